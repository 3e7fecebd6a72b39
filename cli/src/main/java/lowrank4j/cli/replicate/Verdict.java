package lowrank4j.cli.replicate;

import java.util.List;
import java.util.Map;

/**
 * What came of a figure.
 *
 * @param figure that was run
 * @param quick whether at the smaller sizes
 * @param findings one a band, in their order
 * @param points of its picture, of all trials
 * @param halvings how often a step that the paper has fixed was halved, in all trials
 * @param seconds for all trials
 */
public record Verdict(
        Figure figure, boolean quick, List<Finding> findings, List<Point> points, int halvings, double seconds) {

    public Verdict {
        findings = List.copyOf(findings);
        points = List.copyOf(points);
    }

    /**
     * A quantity held against its band: the median over the trials must be within.
     *
     * @param band it must be within
     * @param values one a trial
     */
    public record Finding(Band band, List<Double> values) {
        public Finding {
            values = List.copyOf(values);
        }

        public double median() {
            return Statistics.median(values);
        }

        public boolean holds() {
            return band.holds(median());
        }
    }

    /** Whether every band holds. */
    public boolean holds() {
        return findings.stream().allMatch(Finding::holds);
    }

    /** Sums up the trials of a figure, which must each have measured every quantity that has a band, and no other. */
    static Verdict of(Figure figure, boolean quick, List<Trial> trials, double seconds) {
        List<String> quantities = figure.bands().stream().map(Band::quantity).toList();
        for (Trial trial : trials) {
            Map<String, Double> measures = trial.measures();
            if (measures.size() != quantities.size() || !measures.keySet().containsAll(quantities)) {
                throw new IllegalStateException(
                        figure.name() + " has bands for " + quantities + ", but measured " + measures.keySet());
            }
        }
        List<Finding> findings = figure.bands().stream()
                .map(band -> new Finding(
                        band,
                        trials.stream()
                                .map(trial -> trial.measures().get(band.quantity()))
                                .toList()))
                .toList();
        return new Verdict(
                figure,
                quick,
                findings,
                trials.stream().flatMap(trial -> trial.points().stream()).toList(),
                trials.stream().mapToInt(Trial::halvings).sum(),
                seconds);
    }
}

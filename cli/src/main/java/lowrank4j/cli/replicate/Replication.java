package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lowrank4j.kernel.Engine;

/**
 * How figures are run.
 *
 * @param quick whether at smaller sizes
 * @param seeds trials a figure, with the seeds 1, 2, 3 ...; at least 1
 * @param engine what computes
 * @param cancelled asked at each iterate; the figure in progress is dropped once it says true
 * @param progress told in a few words what is done next
 */
public record Replication(
        boolean quick, int seeds, Engine engine, BooleanSupplier cancelled, Consumer<String> progress) {

    public Replication {
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds is " + seeds + ", but must be at least 1");
        }
    }

    /** Runs a figure; nothing comes of it if it is broken off. */
    public Optional<Verdict> run(Figure figure) {
        long start = System.nanoTime();
        List<Trial> trials = new ArrayList<>();
        try {
            for (int seed = 1; seed <= seeds; seed++) {
                String prefix = figure.name() + ", seed " + seed + " of " + seeds + ": ";
                Trial trial = new Trial(seed, quick, engine, cancelled, what -> progress.accept(prefix + what));
                figure.run(trial);
                trials.add(trial);
            }
        } catch (Trial.BrokenOff ignored) {
            return Optional.empty();
        }
        return Optional.of(Verdict.of(figure, quick, trials, (System.nanoTime() - start) * 1e-9));
    }
}

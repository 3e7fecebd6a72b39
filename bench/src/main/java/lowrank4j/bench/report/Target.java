package lowrank4j.bench.report;

import java.util.Comparator;
import java.util.List;

/**
 * What a kernel is to reach, and how far it got.
 *
 * @param kernel what is measured
 * @param asked what it must reach
 * @param bound the least ratio
 * @param ratios the measured ones; none where the run did not measure it
 * @param reason why it is beyond reach so far, as the code or the roofs show; empty where neither does
 */
record Target(String kernel, String asked, double bound, List<Ratio> ratios, String reason) {
    /** A ratio at a size, in words. */
    record Ratio(String size, double value) {}

    Target {
        ratios = ratios.stream().filter(ratio -> Double.isFinite(ratio.value())).toList();
    }

    Target(String kernel, String asked, double bound, List<Ratio> ratios) {
        this(kernel, asked, bound, ratios, "");
    }

    Target because(String why) {
        return new Target(kernel, asked, bound, ratios, why);
    }

    /** The reason where the target is missed; otherwise nothing. */
    String reasonOfMiss() {
        return isMeasured() && !isMet() ? reason : "";
    }

    boolean isMeasured() {
        return !ratios.isEmpty();
    }

    boolean isMet() {
        return isMeasured() && worst().value() >= bound;
    }

    private Ratio worst() {
        return ratios.stream()
                .min(Comparator.comparingDouble(Ratio::value))
                .orElseThrow(() -> new IllegalStateException("nothing was measured of " + kernel));
    }

    /** The range of ratios, and where the worst is. */
    String measured() {
        if (!isMeasured()) {
            return "–";
        }
        double best = ratios.stream().mapToDouble(Ratio::value).max().orElse(Double.NaN);
        return ratios.size() == 1
                ? Text.ratio(best) + " at " + worst().size()
                : Text.ratio(worst().value()) + " to " + Text.ratio(best) + ", worst at " + worst().size();
    }

    String verdict() {
        if (!isMeasured()) {
            return "not measured";
        }
        long met = ratios.stream().filter(ratio -> ratio.value() >= bound).count();
        return isMet() ? "met" : "missed; met at " + met + " of " + ratios.size() + " sizes";
    }

    /** Targets as a table; {@code what} heads their first column. */
    static Block table(String what, List<Target> targets) {
        List<List<String>> rows = targets.stream()
                .map(target -> List.of(
                        target.kernel(),
                        "at least " + Text.ratio(target.bound()) + " " + target.asked(),
                        target.measured(),
                        target.verdict(),
                        target.reasonOfMiss()))
                .toList();
        return new Block.Table(5, List.of(what, "asked", "measured", "verdict", "why it is missed"), rows);
    }
}

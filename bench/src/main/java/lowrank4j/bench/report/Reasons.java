package lowrank4j.bench.report;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Why a kernel does not reach its target, as far as the measurements of the same run tell. */
final class Reasons {
    /** Rows of dense measurements that are read at once, at least. */
    private static final int ROWS_OF_A_BLOCK = 6;

    /** What the assembly of the register tiles shows. */
    static final String TILE =
            "A step of a register tile has twelve multiply-adds in vectors, eight loads, six of them of a number into all lanes, "
                    + "and the address of each of its six rows to compute. Tiles of more rows or vectors, or of two steps a turn, were slower.";

    private final Map<Family, List<Comparison>> comparisons;
    private final Ceilings ceilings;

    Reasons(Map<Family, List<Comparison>> comparisons, Ceilings ceilings) {
        this.comparisons = comparisons;
        this.ceilings = ceilings;
    }

    private List<Comparison> sizes(Family family) {
        return comparisons.getOrDefault(family, List.of());
    }

    /** What is left of the read roof when each block of rows is read once more, from a cache, while nothing comes from memory. */
    String secondReading(Predicate<Comparison> which) {
        DoubleSummaryStatistics left = sizes(Family.SENSING).stream()
                .filter(which)
                .mapToDouble(comparison -> {
                    double fromMemory = comparison.roof(ceilings);
                    double bytes = Family.SENSING.work(comparison.size()).bytes();
                    double block = ROWS_OF_A_BLOCK * bytes / Family.rows(comparison.size());
                    return fromMemory / (fromMemory + bytes / ceilings.gigabytes(block) * 1e-6);
                })
                .filter(Double::isFinite)
                .summaryStatistics();
        return "The update reads each block of rows a second time, from the cache that holds it, while nothing comes from memory: by "
                + "the roofs this alone leaves " + Text.ratio(left.getMin()) + " to " + Text.ratio(left.getMax()) + "."
                + inC(Family.SENSING, which);
    }

    /** How far the same loop in C gets, where that was measured. */
    String inC(Family family, Predicate<Comparison> which) {
        DoubleSummaryStatistics reached = sizes(family).stream()
                .filter(which)
                .mapToDouble(comparison -> comparison.roof(ceilings) / comparison.milliseconds("C"))
                .filter(Double::isFinite)
                .summaryStatistics();
        return reached.getCount() == 0
                ? ""
                : " In C, with prefetching, the loop reaches " + Text.ratio(reached.getMin()) + " to "
                        + Text.ratio(reached.getMax()) + ".";
    }

    String atTheReadRoof(Predicate<Comparison> which) {
        DoubleSummaryStatistics ratios = sizes(Family.SENSING).stream()
                .filter(which)
                .mapToDouble(comparison -> comparison.milliseconds(Comparison.PEERS) / comparison.roof(ceilings))
                .filter(Double::isFinite)
                .summaryStatistics();
        return "At the read roof itself it would be " + Text.ratio(ratios.getMin()) + " to "
                + Text.ratio(ratios.getMax()) + ".";
    }

    /** Where OpenBLAS itself leaves the least room among tall products. */
    String nearestToTheRoof(Predicate<Comparison> which) {
        ToDoubleFunction<Comparison> room =
                comparison -> comparison.milliseconds("OPENBLAS") / comparison.roof(ceilings);
        return sizes(Family.TALL).stream()
                .filter(which.and(comparison -> Double.isFinite(room.applyAsDouble(comparison))))
                .min(Comparator.comparingDouble(room))
                .map(comparison -> "At the roof itself it would be " + Text.ratio(room.applyAsDouble(comparison))
                        + " at " + comparison.words() + ", where OpenBLAS is nearest to it.")
                .orElse("");
    }

    double growth(String bytes) {
        return ceilings.read(bytes, 2) / ceilings.read(bytes, 1);
    }

    /** How two contenders compare where slow forks do not count. */
    String withoutSlowForks(Family family, Predicate<Comparison> which, String contender, String peer) {
        DoubleSummaryStatistics ratios = sizes(family).stream()
                .filter(which)
                .mapToDouble(comparison -> low(comparison, peer) / low(comparison, contender))
                .filter(Double::isFinite)
                .summaryStatistics();
        return ratios.getCount() == 0
                ? ""
                : "Between the lower ends of the intervals, in which no slow fork has a part, it is "
                        + Text.ratio(ratios.getMin()) + " to " + Text.ratio(ratios.getMax()) + ".";
    }

    private static double low(Comparison comparison, String contender) {
        Interval time = comparison.times().get(contender);
        return time == null ? Double.NaN : time.low();
    }

    /** How much of a pseudo-inverse is the eigendecomposition that it begins with. */
    String shareOfEigenvectors(Predicate<Comparison> which) {
        DoubleSummaryStatistics shares = sizes(Family.INVERSE).stream()
                .filter(which)
                .mapToDouble(comparison -> sizes(Family.EIGEN).stream()
                                .filter(eigen -> eigen.size().equals(comparison.size()))
                                .mapToDouble(eigen -> eigen.milliseconds("VECTOR"))
                                .findFirst()
                                .orElse(Double.NaN)
                        / comparison.milliseconds("VECTOR"))
                .filter(Double::isFinite)
                .summaryStatistics();
        return shares.getCount() == 0
                ? ""
                : "Of its time " + Text.ratio(shares.getMin()) + " to " + Text.ratio(shares.getMax())
                        + " is the eigendecomposition.";
    }
}

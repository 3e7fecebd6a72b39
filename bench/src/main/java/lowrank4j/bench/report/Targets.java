package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import lowrank4j.bench.Roofs;
import lowrank4j.bench.report.Target.Ratio;

/** What each kernel is to reach, in numbers that one run can tell. */
final class Targets {
    private static final int SMALL_RANK = 32;
    private static final int SMALL_EIGEN = 16;

    private final Map<Family, List<Comparison>> comparisons;
    private final Ceilings ceilings;
    private final Reasons reasons;

    Targets(Map<Family, List<Comparison>> comparisons, Ceilings ceilings) {
        this.comparisons = comparisons;
        this.ceilings = ceilings;
        this.reasons = new Reasons(comparisons, ceilings);
    }

    List<Target> all() {
        List<Target> all = new ArrayList<>(sensing());
        all.addAll(signs());
        all.addAll(completion());
        all.addAll(small());
        all.addAll(large());
        return all;
    }

    private List<Target> sensing() {
        Predicate<Comparison> doubles = comparison -> is(comparison, "precision", "FLOAT64");
        return List.of(
                target("sensing, float64, 1 thread", "of the read roof", 0.8, Family.SENSING, doubles, this::ofRoof)
                        .because(reasons.secondReading(doubles)),
                target(
                                "sensing, float64, 1 thread",
                                "times the best two products",
                                2.3,
                                Family.SENSING,
                                doubles,
                                Comparison::againstPeers)
                        .because(reasons.atTheReadRoof(doubles)),
                target(
                                "sensing, float64, 2 threads",
                                "of the read roof of 2 threads",
                                0.9,
                                Family.SENSING,
                                doubles,
                                comparison -> comparison.milliseconds("ROOF 2") / comparison.milliseconds("VECTOR 2"))
                        .because("As on one thread: nothing comes from memory while a block is read the second time."),
                new Target("sensing, float32", "times the rows of float64", 1.8, singlePrecision())
                        .because(
                                "Only the bytes are halved: each number is widened to a double, and then takes the same multiply-adds "
                                        + "and the same loads of X and of the gradient."),
                new Target("sensing, symmetric and packed", "times the rows of full storage", 1.8, packed("VECTOR"))
                        .because(packedInC()),
                new Target("sensing, 8 right-hand sides at once", "times the speed of 8 single ones", 3.2, together()));
    }

    /** Runs from before there were sign measurements say nothing of them. */
    private List<Target> signs() {
        return sizes(Family.SIGNS).isEmpty()
                ? List.of()
                : List.of(
                        new Target("sensing, signs, 1 thread", "times the rows of float64", 8, signs("VECTOR"))
                                .because(
                                        "A quarter of the time brings the bits into the lanes of vectors, for either half in its own "
                                                + "order; the rest goes to a lookup, a shift and an addition of vectors for each 32 signs."),
                        new Target("sensing, signs, 2 threads", "times the rows of float64", 8, signs("VECTOR 2"))
                                .because(
                                        "Signs are computed, rows of doubles are read: two threads multiply and add at "
                                                + Text.ratio(ceilings.gigaflops(2) / ceilings.gigaflops())
                                                + " times the speed of one, but read memory at "
                                                + Text.ratio(reasons.growth(Roofs.MEMORY))
                                                + " times."));
    }

    private List<Target> completion() {
        return List.of(
                target(
                        "completion",
                        "times the best of NumPy, SciPy and plain Java",
                        3,
                        Family.COMPLETION,
                        any -> true,
                        Comparison::againstPeers),
                target("completion", "of its roofline", 0.7, Family.COMPLETION, any -> true, this::ofRoof)
                        .because(
                                "The roofline counts flops and bytes. An entry also takes a sum across the lanes of a vector, and a wait "
                                        + "for the rows that its column points to, which come in no order; in Java also a check of every offset."
                                        + reasons.inC(Family.COMPLETION, any -> true)),
                target(
                                "completion, 2 threads",
                                "times 1 thread",
                                1.8,
                                Family.COMPLETION,
                                any -> true,
                                comparison -> comparison.milliseconds("VECTOR") / comparison.milliseconds("VECTOR 2"))
                        .because("Two threads read L3 at " + Text.ratio(reasons.growth(Roofs.L3))
                                + " times the speed of one, and memory at " + Text.ratio(reasons.growth(Roofs.MEMORY))
                                + " times."));
    }

    private List<Target> small() {
        return List.of(
                target(
                                "tall products, r ≤ 32",
                                "times OpenBLAS through FFM",
                                1.3,
                                Family.TALL,
                                comparison -> rank(comparison) <= SMALL_RANK,
                                against("OPENBLAS"))
                        .because(Reasons.TILE
                                + " Where r is less than the lanes of a vector, the others idle; not in GᵀL and GR of up to four "
                                + "columns, but a tile of that makes eight sums and adds their lanes one by one. "
                                + reasons.nearestToTheRoof(comparison -> rank(comparison) <= SMALL_RANK)),
                target(
                                "tall products, r > 32",
                                "times OpenBLAS through FFM",
                                1,
                                Family.TALL,
                                comparison -> rank(comparison) > SMALL_RANK,
                                against("OPENBLAS"))
                        .because(Reasons.TILE + " "
                                + reasons.nearestToTheRoof(comparison -> rank(comparison) > SMALL_RANK)),
                target(
                                "tall products, n ≤ 1000, native tier",
                                "times OpenBLAS through FFM",
                                1,
                                Family.TALL,
                                any -> true,
                                comparison -> comparison.milliseconds("OPENBLAS") / comparison.milliseconds("NATIVE"))
                        .because(
                                "The native tier calls OpenBLAS where that has kernels for small products, otherwise the vector tier."),
                target(
                        "Cholesky and solution, r ≤ 32",
                        "times LAPACKE through FFM and EJML",
                        3,
                        Family.CHOLESKY,
                        comparison -> rank(comparison) <= SMALL_RANK,
                        Comparison::againstPeers),
                target(
                        "Cholesky and solution, r > 32",
                        "times LAPACKE through FFM and EJML",
                        1,
                        Family.CHOLESKY,
                        comparison -> rank(comparison) > SMALL_RANK,
                        Comparison::againstPeers),
                target(
                                "many small Cholesky in a batch, r ≤ 32",
                                "times LAPACKE through FFM and EJML",
                                3,
                                Family.BATCH,
                                comparison -> rank(comparison) <= SMALL_RANK,
                                Comparison::againstPeers)
                        .because(
                                "Up to r = 8 half of the time and more brings the systems into the lanes of vectors, and the solutions back; at r = 32 "
                                        + "it is a third, and the factors of a group are larger than the first-level cache."),
                target(
                        "symmetric eigen, r ≤ 16",
                        "times LAPACKE through FFM",
                        2,
                        Family.EIGEN,
                        comparison -> rank(comparison) <= SMALL_EIGEN,
                        against("OPENBLAS")),
                target(
                                "symmetric eigen, r > 16",
                                "times LAPACKE through FFM",
                                1,
                                Family.EIGEN,
                                comparison -> rank(comparison) > SMALL_EIGEN,
                                against("OPENBLAS"))
                        .because(reasons.withoutSlowForks(
                                Family.EIGEN, comparison -> rank(comparison) > SMALL_EIGEN, "NATIVE", "OPENBLAS")));
    }

    private List<Target> large() {
        return List.of(
                target(
                                "pseudo-inverse, r ≤ 16",
                                "times LAPACKE through FFM",
                                2,
                                Family.INVERSE,
                                comparison -> rank(comparison) <= SMALL_EIGEN,
                                against("OPENBLAS"))
                        .because(reasons.shareOfEigenvectors(comparison -> rank(comparison) <= SMALL_EIGEN)),
                target(
                        "pseudo-inverse, r > 16",
                        "times LAPACKE through FFM",
                        1,
                        Family.INVERSE,
                        comparison -> rank(comparison) > SMALL_EIGEN,
                        against("OPENBLAS")),
                target(
                                "general product, vector tier",
                                "times OpenBLAS through FFM",
                                0.85,
                                Family.GEMM,
                                any -> true,
                                comparison -> comparison.milliseconds("OPENBLAS") / comparison.milliseconds("VECTOR"))
                        .because(Reasons.TILE),
                throughForeignFunctions("general product", Family.GEMM),
                throughForeignFunctions("symmetric eigen", Family.EIGEN),
                throughForeignFunctions("SVD", Family.SVD),
                throughForeignFunctions("QR", Family.QR));
    }

    private Target throughForeignFunctions(String kernel, Family family) {
        return target(
                        kernel + ", OpenBLAS through FFM",
                        "times the same OpenBLAS without Java",
                        0.97,
                        family,
                        any -> true,
                        comparison -> comparison.milliseconds("OPENBLAS_DIRECT") / comparison.milliseconds("OPENBLAS"))
                .because(reasons.withoutSlowForks(family, any -> true, "OPENBLAS", "OPENBLAS_DIRECT"));
    }

    private Target target(
            String kernel,
            String asked,
            double bound,
            Family family,
            Predicate<Comparison> which,
            ToDoubleFunction<Comparison> ratio) {
        return new Target(
                kernel,
                asked,
                bound,
                sizes(family).stream()
                        .filter(which)
                        .map(comparison -> new Ratio(comparison.words(), ratio.applyAsDouble(comparison)))
                        .toList());
    }

    private List<Comparison> sizes(Family family) {
        return comparisons.getOrDefault(family, List.of());
    }

    private double ofRoof(Comparison comparison) {
        return comparison.ofRoof(ceilings);
    }

    private static ToDoubleFunction<Comparison> against(String peer) {
        return comparison -> comparison.milliseconds(peer) / comparison.milliseconds(Comparison.OURS);
    }

    private static boolean is(Comparison comparison, String parameter, String value) {
        return value.equals(comparison.size().get(parameter));
    }

    private static int rank(Comparison comparison) {
        return Integer.parseInt(comparison.size().getOrDefault("r", "0"));
    }

    private List<Ratio> singlePrecision() {
        return sizes(Family.SENSING).stream()
                .filter(comparison -> is(comparison, "precision", "FLOAT32"))
                .map(comparison -> new Ratio(
                        comparison.words(),
                        millisecondsPerRow(changed(comparison, "precision", "FLOAT64"), "VECTOR")
                                / millisecondsPerRow(comparison.size(), "VECTOR")))
                .toList();
    }

    private List<Ratio> signs(String by) {
        return sizes(Family.SIGNS).stream()
                .map(comparison -> new Ratio(
                        comparison.words(),
                        millisecondsPerRow(changed(comparison, "precision", "FLOAT64"), by)
                                / (comparison.milliseconds(by) / Family.rows(comparison.size()))))
                .toList();
    }

    private String packedInC() {
        return packed("C").stream()
                .filter(ratio -> Double.isFinite(ratio.value()))
                .map(ratio -> "In C, with prefetching, it is " + Text.ratio(ratio.value()) + ".")
                .findFirst()
                .orElse("");
    }

    /** Matrices of 100×100, of which 5050 numbers are all. */
    private List<Ratio> packed(String by) {
        return sizes(Family.SENSING).stream()
                .filter(comparison -> is(comparison, "width", "5050"))
                .map(comparison -> new Ratio(
                        comparison.words(),
                        millisecondsPerRow(changed(comparison, "width", "10000"), by)
                                / millisecondsPerRow(comparison.size(), by)))
                .toList();
    }

    private List<Ratio> together() {
        Map<String, Comparison> bySize =
                sizes(Family.TOGETHER).stream().collect(Collectors.toMap(Comparison::words, comparison -> comparison));
        return sizes(Family.TOGETHER).stream()
                .filter(comparison -> is(comparison, "k", "8"))
                .map(comparison -> {
                    Comparison one = bySize.get(Family.TOGETHER.words(changed(comparison, "k", "1")));
                    double single = one == null ? Double.NaN : one.milliseconds("VECTOR");
                    return new Ratio(comparison.words(), 8 * single / comparison.milliseconds("VECTOR"));
                })
                .toList();
    }

    private static Map<String, String> changed(Comparison comparison, String parameter, String value) {
        Map<String, String> size = new TreeMap<>(comparison.size());
        size.put(parameter, value);
        return size;
    }

    private double millisecondsPerRow(Map<String, String> size, String by) {
        Map<String, Comparison> bySize =
                sizes(Family.SENSING).stream().collect(Collectors.toMap(Comparison::words, comparison -> comparison));
        Comparison found = bySize.get(Family.SENSING.words(size));
        return found == null ? Double.NaN : found.milliseconds(by) / Family.rows(found.size());
    }
}

package lowrank4j.bench;

import static lowrank4j.bench.Contender.EJML;
import static lowrank4j.bench.Contender.NATIVE;
import static lowrank4j.bench.Contender.NETLIB;
import static lowrank4j.bench.Contender.OJALGO;
import static lowrank4j.bench.Contender.OPENBLAS;
import static lowrank4j.bench.Contender.REFERENCE;
import static lowrank4j.bench.Contender.ROOF;
import static lowrank4j.bench.Contender.VECTOR;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;

/**
 * What one run measures, and how long.
 *
 * @param forks JVMs for each contender and size
 * @param warmups iterations that are not counted
 * @param warmupMillis of one of them
 * @param iterations that are counted
 * @param iterationMillis of one of them
 * @param patience seconds after which, on a machine that is busy with something else, one fork must do
 * @param answers one question alone, in a file of its own, and nothing beside its grids is measured
 */
record Plan(
        String name,
        int forks,
        int warmups,
        int warmupMillis,
        int iterations,
        int iterationMillis,
        int patience,
        boolean answers,
        List<Grid> grids) {
    private static final String[] PRODUCTS = {"GRAM", "TIMES", "OUTER", "RIGHT", "LEFT"};

    private static final String TRIAL = "trial-";

    static Plan named(String name) {
        return switch (name) {
            case "quick" -> new Plan(name, 2, 5, 200, 5, 100, 340, false, quick());
            case "sizes" -> new Plan(name, 2, 5, 150, 5, 100, Integer.MAX_VALUE, false, sizes());
            case "widths" -> new Plan(name, 2, 5, 200, 5, 200, Integer.MAX_VALUE, true, widths());
            case "operators" -> new Plan(name, 2, 4, 200, 5, 150, 200, true, operators());
            case "thresholds" -> new Plan(name, 2, 15, 100, 5, 100, Integer.MAX_VALUE, true, thresholds());
            default -> {
                if (!name.startsWith(TRIAL)) {
                    throw new IllegalArgumentException("plan is " + name
                            + ", but must be quick, sizes, widths, thresholds or operators, or one of them after "
                            + TRIAL);
                }
                yield named(name.substring(TRIAL.length())).brief();
            }
        };
    }

    /** The same of these families only. */
    Plan of(Set<String> families) {
        Set<String> known = grids.stream().map(Grid::family).collect(Collectors.toCollection(TreeSet::new));
        if (!known.containsAll(families)) {
            throw new IllegalArgumentException(
                    "families are " + String.join(", ", families) + ", but must be of " + String.join(", ", known));
        }
        List<Grid> some =
                grids.stream().filter(grid -> families.contains(grid.family())).toList();
        return new Plan(name, forks, warmups, warmupMillis, iterations, iterationMillis, patience, answers, some);
    }

    /** The same, too short to mean anything. */
    private Plan brief() {
        return new Plan(name, 1, 1, 50, 2, 50, patience, answers, grids);
    }

    /** Under ten minutes on two processors: the sizes that a user meets most, and of the peers the strongest. */
    private static List<Grid> quick() {
        return List.of(
                roof("MULTIPLY_ADD").with("bytes", Roofs.L1).with("threads", "1", "2"),
                roof("READ", "TRIAD").with("bytes", Roofs.L1).with("threads", "1"),
                roof("READ", "TRIAD")
                        .with("bytes", Roofs.L2, Roofs.L3, Roofs.MEMORY)
                        .with("threads", "1", "2"),
                sensing("25", "FLOAT64", VECTOR, OPENBLAS, ROOF)
                        .with("threads", "1")
                        .with("width", "3600", "5050", "10000", "40000"),
                sensing("25", "FLOAT64", VECTOR, ROOF).with("threads", "2").with("width", "10000", "40000"),
                sensing("25", "FLOAT32", VECTOR, OPENBLAS, ROOF)
                        .with("threads", "1")
                        .with("width", "10000"),
                signs(VECTOR, OPENBLAS).with("threads", "1").with("width", "3600", "10000"),
                signs(VECTOR).with("threads", "2").with("width", "10000"),
                completion("10000", VECTOR, REFERENCE).with("threads", "1").with("r", "4", "16", "64"),
                completion("10000", VECTOR).with("threads", "2").with("r", "4", "16", "64"),
                completion("3200", VECTOR, REFERENCE).with("threads", "1").with("r", "16"),
                Grid.of("together", VECTOR, OPENBLAS).with("width", "10000").with("k", "1", "8"),
                tall(VECTOR, OPENBLAS).with("n", "10000").with("r", "8", "32"),
                tall(VECTOR, OPENBLAS).with("n", "1000").with("r", "64"),
                Grid.of("batch", VECTOR, OPENBLAS, EJML).with("n", "64").with("r", "8", "32"),
                Grid.of("inverse", VECTOR, OPENBLAS, EJML).with("r", "8"),
                Grid.of("cholesky", VECTOR, OPENBLAS, EJML).with("n", "1000").with("r", "8", "32", "128"),
                Grid.of("eigen", VECTOR, NATIVE, OPENBLAS, EJML).with("r", "8", "16", "64"),
                Grid.of("svd", VECTOR, NATIVE, OPENBLAS, EJML).with("shape", "100x100", "1000x20"),
                Grid.of("qr", VECTOR, NATIVE, OPENBLAS, EJML).with("shape", "1000x20"),
                gemm(VECTOR, NATIVE, OPENBLAS, NETLIB).with("shape", "128x128x128", "1000x1000x1000"),
                gemm(VECTOR, NATIVE, OPENBLAS, NETLIB, EJML, OJALGO).with("shape", "512x512x512"),
                gemm(VECTOR, NATIVE, OPENBLAS).with("shape", "2000x100x333"));
    }

    /** All sizes, and of the peers those that quick leaves out: an hour. */
    private static List<Grid> sizes() {
        String[] ranks = {"2", "4", "8", "16", "32", "64", "128"};
        String[] entryRanks = {"4", "8", "16", "32", "64", "128"};
        return List.of(
                roof("MULTIPLY_ADD").with("bytes", Roofs.L1).with("threads", "1", "2"),
                roof("READ", "TRIAD").with("bytes", Roofs.L1).with("threads", "1"),
                roof("READ", "TRIAD")
                        .with("bytes", Roofs.L2, Roofs.L3, Roofs.MEMORY)
                        .with("threads", "1", "2"),
                sensing("50", "FLOAT64", VECTOR, OPENBLAS, ROOF)
                        .with("threads", "1")
                        .with("width", "900", "3600", "5050", "40000", "250000"),
                sensing("50", "FLOAT64", VECTOR, OPENBLAS, ROOF, REFERENCE)
                        .with("threads", "1")
                        .with("width", "10000"),
                sensing("50", "FLOAT64", VECTOR, ROOF)
                        .with("threads", "2")
                        .with("width", "900", "3600", "5050", "10000", "40000", "250000"),
                sensing("50", "FLOAT32", VECTOR, OPENBLAS, ROOF)
                        .with("threads", "1")
                        .with("width", "3600", "10000", "40000"),
                sensing("50", "FLOAT32", VECTOR, ROOF).with("threads", "2").with("width", "10000"),
                signs(VECTOR, OPENBLAS).with("threads", "1").with("width", "3600", "10000", "40000"),
                signs(VECTOR).with("threads", "2").with("width", "3600", "10000", "40000"),
                completion("3200", VECTOR, REFERENCE).with("threads", "1").with("r", entryRanks),
                completion("10000", VECTOR, REFERENCE).with("threads", "1").with("r", entryRanks),
                completion("10000", VECTOR).with("threads", "2").with("r", entryRanks),
                completion("31600", VECTOR, REFERENCE).with("threads", "1").with("r", "8", "32"),
                completion("31600", VECTOR).with("threads", "2").with("r", "8", "32"),
                completion("100000", VECTOR, REFERENCE).with("threads", "1").with("r", "8"),
                completion("100000", VECTOR).with("threads", "2").with("r", "8"),
                tall(VECTOR, NATIVE, OPENBLAS).with("n", "100", "1000").with("r", "2", "4", "8", "16", "32", "64"),
                tall(VECTOR, OPENBLAS).with("n", "100000").with("r", "2", "4", "8", "16", "32", "64"),
                tall(VECTOR, OPENBLAS).with("n", "10000").with("r", "2", "4", "16", "64"),
                tall(VECTOR, OPENBLAS, EJML).with("n", "10000").with("r", "8", "32"),
                Grid.of("together", VECTOR, OPENBLAS)
                        .with("width", "2500", "10000")
                        .with("k", "1", "8", "16"),
                Grid.of("batch", VECTOR, OPENBLAS, EJML).with("n", "64").with("r", "2", "4", "8", "16", "32", "64"),
                Grid.of("inverse", VECTOR, OPENBLAS, EJML).with("r", "2", "4", "8", "16", "32", "64"),
                Grid.of("cholesky", VECTOR, OPENBLAS, EJML).with("n", "1000").with("r", ranks),
                Grid.of("cholesky", VECTOR, OPENBLAS, EJML).with("n", "10000").with("r", "8", "32"),
                Grid.of("eigen", VECTOR, NATIVE, OPENBLAS, EJML).with("r", ranks),
                Grid.of("svd", VECTOR, NATIVE, OPENBLAS, EJML)
                        .with("shape", "16x16", "100x100", "1000x20", "1000x100", "300x300"),
                Grid.of("qr", VECTOR, NATIVE, OPENBLAS, EJML).with("shape", "100x10", "1000x20", "10000x20", "300x300"),
                gemm(VECTOR, NATIVE, OPENBLAS, NETLIB)
                        .with(
                                "shape",
                                "128x128x128",
                                "256x256x256",
                                "1000x1000x1000",
                                "127x129x131",
                                "1000x64x1000",
                                "67x2000x67"),
                gemm(VECTOR, NATIVE, OPENBLAS, NETLIB, EJML, OJALGO).with("shape", "512x512x512"),
                gemm(VECTOR, NATIVE, OPENBLAS).with("shape", "2000x100x333", "2000x2000x2000"));
    }

    /** Each width that the machine has, side by side: of the kernels whose vectors it sets. */
    private static List<Grid> widths() {
        String[] widths = IntStream.of(128, 256, 512)
                .filter(bits -> bits <= DoubleVector.SPECIES_PREFERRED.vectorBitSize())
                .mapToObj(String::valueOf)
                .toArray(String[]::new);
        return List.of(
                sensing("25", "FLOAT64", VECTOR)
                        .with("threads", "1")
                        .with("width", "3600", "10000", "40000")
                        .with(Grid.WIDTH, widths),
                completion("10000", VECTOR)
                        .with("threads", "1")
                        .with("r", "8", "16", "64")
                        .with(Grid.WIDTH, widths),
                Grid.of("tall", VECTOR)
                        .with("product", "GRAM", "TIMES")
                        .with("n", "10000")
                        .with("r", "8", "32")
                        .with(Grid.WIDTH, widths),
                Grid.of("cholesky", VECTOR)
                        .with("n", "1000")
                        .with("r", "8", "32", "128")
                        .with(Grid.WIDTH, widths),
                gemm(VECTOR).with("shape", "512x512x512").with(Grid.WIDTH, widths));
    }

    /** Orders on both sides of each threshold. Decompositions in the vector tier take more than a second of calls until all of their loops are compiled. */
    private static List<Grid> thresholds() {
        return List.of(
                Grid.of("threshold", VECTOR, OPENBLAS)
                        .with("kernel", "PRODUCT", "TIMES", "GRAM", "CHOLESKY", "EIGEN", "SVD", "TALL_SVD", "QR")
                        .with("order", "8", "16", "24", "32", "48", "64", "96", "128", "192", "256"),
                Grid.of("threshold", VECTOR, OPENBLAS)
                        .with("kernel", "PRODUCT", "TIMES")
                        .with("order", "384", "512", "640", "768", "1000"),
                Grid.of("threshold", VECTOR, OPENBLAS)
                        .with("kernel", "CHOLESKY")
                        .with("order", "320", "384", "512"));
    }

    /** Each operator beside NumPy, what making random numbers takes, and the machine's roofs in the same run. */
    private static List<Grid> operators() {
        String[] all = Arrays.stream(OperatorKind.values()).map(Enum::name).toArray(String[]::new);
        String[] seeded = Arrays.stream(OperatorKind.values())
                .filter(kind -> kind.roof() == OperatorKind.Roof.NUMBERS)
                .map(Enum::name)
                .toArray(String[]::new);
        return List.of(
                roof("MULTIPLY_ADD").with("bytes", Roofs.L1).with("threads", "1"),
                roof("READ", "TRIAD")
                        .with("bytes", Roofs.L2, Roofs.L3, Roofs.MEMORY)
                        .with("threads", "1"),
                Grid.of("operators", VECTOR).with("kind", all),
                Grid.of("operators", ROOF).with("kind", seeded));
    }

    private static Grid roof(String... roofs) {
        return Grid.of("roof").with("roof", roofs);
    }

    private static Grid sensing(String millions, String precision, Contender... contenders) {
        return Grid.of("sensing", contenders).with("precision", precision).with("millions", millions);
    }

    private static Grid signs(Contender... contenders) {
        return Grid.of("signs", contenders).with("millions", "25");
    }

    private static Grid completion(String n, Contender... contenders) {
        return Grid.of("completion", contenders).with("n", n);
    }

    private static Grid tall(Contender... contenders) {
        return Grid.of("tall", contenders).with("product", PRODUCTS);
    }

    private static Grid gemm(Contender... contenders) {
        return Grid.of("gemm", contenders);
    }
}

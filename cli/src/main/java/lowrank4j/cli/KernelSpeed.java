package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;
import org.jspecify.annotations.Nullable;

/**
 * How fast a kernel is on this machine, at a glance: the best call of some tenths of a second, on one thread.
 *
 * @param kernel its name and the size of the problem
 * @param seconds time of a call
 * @param work floating-point operations or bytes, read or made, of a call, whichever limits it
 * @param unit of the work per nanosecond
 */
record KernelSpeed(String kernel, double seconds, double work, String unit) {
    private static final int LEAST_ROUNDS = 2;
    private static final int ROUNDS = 6;
    private static final long ROUND_NANOS = 40_000_000;

    /** A busy machine gets fewer rounds, so that the command ends in time. */
    private static final long BUDGET_NANOS = 8_000_000_000L;

    private static final String FLOPS = "GFLOP/s";
    private static final String BYTES = "GB/s";

    /** Matrices measured at once, of a recovery that tries several. */
    private static final int TOGETHER = 8;

    /** Rows for these: a call that takes longer is not compiled in time. */
    private static final int FEW_ROWS = 10;

    /** A call to be timed, and its work. */
    private record Probe(String kernel, double work, String unit, Runnable call) {}

    /** The kernels that solvers spend their time in, for each of the tiers. */
    static List<List<KernelSpeed>> of(List<Kernels> tiers) {
        List<List<Probe>> probes = tiers.stream().map(KernelSpeed::probes).toList();
        List<Map<Probe, Long>> best = new ArrayList<>();
        probes.forEach(tier -> best.add(new LinkedHashMap<>()));
        // In turn: while the others run, the compiler gets to what it has not finished.
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            if (round >= LEAST_ROUNDS && System.nanoTime() - start > BUDGET_NANOS) {
                break;
            }
            for (int t = 0; t < probes.size(); t++) {
                for (Probe probe : probes.get(t)) {
                    best.get(t).merge(probe, best(probe.call()), Math::min);
                }
            }
        }
        return best.stream().map(KernelSpeed::speeds).toList();
    }

    private static List<KernelSpeed> speeds(Map<Probe, Long> nanos) {
        List<KernelSpeed> speeds = new ArrayList<>();
        nanos.forEach(
                (probe, best) -> speeds.add(new KernelSpeed(probe.kernel(), best * 1e-9, probe.work(), probe.unit())));
        return speeds;
    }

    private static List<Probe> probes(Kernels kernels) {
        Random random = new Random(3);
        List<Probe> probes = new ArrayList<>();
        probes.addAll(sensing(kernels, random));
        probes.add(signs(kernels, random));
        probes.add(seeded(kernels));
        probes.addAll(completion(kernels, random));

        Matrix a = gaussian(300, 300, random);
        Matrix b = gaussian(300, 300, random);
        Matrix c = Matrix.zeros(300, 300);
        probes.add(new Probe("multiply 300x300", 2.0 * 300 * 300 * 300, FLOPS, () -> kernels.multiply(1, a, b, 0, c)));

        Matrix tall = gaussian(5000, 10, random);
        Matrix gram = Matrix.zeros(10, 10);
        Matrix product = Matrix.zeros(5000, 10);
        probes.add(new Probe("gram 5000x10", 5000.0 * 10 * 10, FLOPS, () -> kernels.gram(tall, gram)));
        Matrix factor = gram.copy();
        kernels.cholesky(factor);
        probes.add(new Probe("choleskySolve 5000x10", 2.0 * 5000 * 10 * 10, FLOPS, () -> {
            kernels.scaledCopy(1, tall, product);
            kernels.choleskySolve(factor, product);
        }));
        probes.add(smallSystems(kernels, random));
        return probes;
    }

    /** Positive definite systems of rows of a factor, each with its right-hand side. */
    private static Probe smallSystems(Kernels kernels, Random random) {
        int count = 64;
        int rank = 10;
        Matrix given = gaussian(count * rank, rank, random);
        for (int k = 0; k < count * rank; k++) {
            given.set(k, k % rank, rank + 1);
        }
        Matrix systems = Matrix.zeros(count * rank, rank);
        Matrix right = gaussian(count, rank, random);
        Matrix x = Matrix.zeros(count, rank);
        double flops = count * (rank * rank * rank / 3.0 + 2.0 * rank * rank);
        return new Probe("choleskySolveEach 64 of 10x10", flops, FLOPS, () -> {
            kernels.scaledCopy(1, given, systems);
            kernels.scaledCopy(1, right, x);
            kernels.choleskySolveEach(systems, x);
        });
    }

    private static Probe signs(Kernels kernels, Random random) {
        int count = 50;
        int width = 10_000;
        SignRows rows = SignRows.random(Arena.ofAuto(), count, width, 3);
        double[] x = random.doubles(width, -1, 1).toArray();
        double[] y = random.doubles(count).toArray();
        double[] residual = new double[count];
        double[] g = new double[width];
        return new Probe(
                "signGradient 50x10000",
                2.0 * count * width,
                FLOPS,
                () -> kernels.signGradient(rows, 0, count, x, y, residual, g));
    }

    private static Probe seeded(Kernels kernels) {
        int count = 4;
        int width = 4096;
        SeededRows rows = new SeededRows(new Ensemble.Gaussian(), 3, count, width);
        DenseRows out = DenseRows.allocate(Arena.ofAuto(), count, width, DenseRows.Precision.FLOAT32);
        return new Probe(
                "seededNumbers 4x4096 normal",
                4.0 * count * width,
                BYTES,
                () -> kernels.seededNumbers(rows, 0, count, 0, out));
    }

    private static List<Probe> sensing(Kernels kernels, Random random) {
        int count = 50;
        int width = 10_000;
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), count, width, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                rows.set(i, j, random.nextDouble() - 0.5);
            }
        }
        double[] x = random.doubles(width, -1, 1).toArray();
        double[] y = random.doubles(count).toArray();
        double[] residual = new double[count];
        double[] g = new double[width];
        double[][] xs = new double[TOGETHER][];
        double[][] ys = new double[TOGETHER][];
        Arrays.fill(xs, x);
        Arrays.fill(ys, y);
        double[][] residuals = new double[TOGETHER][count];
        double[][] gs = new double[TOGETHER][width];
        double[] loss = new double[TOGETHER];
        return List.of(
                new Probe(
                        "sensingGradient 50x10000",
                        8.0 * count * width,
                        BYTES,
                        () -> kernels.sensingGradient(rows, 0, count, x, y, residual, g)),
                new Probe(
                        "sensingGradients 10x10000, 8 at once",
                        4.0 * TOGETHER * FEW_ROWS * width,
                        FLOPS,
                        () -> kernels.sensingGradients(rows, 0, FEW_ROWS, xs, ys, residuals, gs, loss)));
    }

    private static List<Probe> completion(Kernels kernels, Random random) {
        int n = 1000;
        int inRow = 50;
        int rank = 10;
        int[] rowStart = new int[n + 1];
        int[] columnIndex = new int[n * inRow];
        for (int i = 0; i < n; i++) {
            rowStart[i + 1] = (i + 1) * inRow;
            for (int k = 0; k < inRow; k++) {
                columnIndex[i * inRow + k] = k * (n / inRow) + random.nextInt(n / inRow);
            }
        }
        SparsePattern pattern = new SparsePattern(n, n, rowStart, columnIndex);
        Matrix left = gaussian(n, rank, random);
        Matrix right = gaussian(n, rank, random);
        Matrix gradLeft = Matrix.zeros(n, rank);
        Matrix gradRight = Matrix.zeros(n, rank);
        double[] y = random.doubles(pattern.count()).toArray();
        double[] residual = new double[n * inRow];
        Matrix grams = Matrix.zeros(n * (rank + 1), rank + 1);
        return List.of(
                new Probe(
                        "completionGradient 50000, rank 10",
                        6.0 * rank * n * inRow,
                        FLOPS,
                        () -> kernels.completionGradient(pattern, 0, n, left, right, y, residual, gradLeft, gradRight)),
                new Probe(
                        "completionGrams 50000, rank 10",
                        (rank + 1.0) * (rank + 1) * n * inRow,
                        FLOPS,
                        () -> kernels.completionGrams(pattern, 0, n, right, y, grams)));
    }

    private static Matrix gaussian(int rows, int columns, Random random) {
        return Matrix.wrap(random.doubles((long) rows * columns, -1, 1).toArray(), rows, columns);
    }

    /** Nanoseconds of the fastest call; at least one is made. */
    private static long best(Runnable call) {
        long best = Long.MAX_VALUE;
        long start = System.nanoTime();
        long now = start;
        do {
            call.run();
            long after = System.nanoTime();
            best = Math.min(best, after - now);
            now = after;
        } while (now - start < ROUND_NANOS);
        return best;
    }

    double rate() {
        return work / seconds * 1e-9;
    }

    /** Time and rate in a few characters. */
    String text() {
        return String.format(Locale.ROOT, "%.0f us %5.1f %s", seconds * 1e6, rate(), unit);
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kernel", kernel);
        json.put("seconds", Json.number(seconds));
        json.put("rate", Json.number(rate()));
        json.put("unit", unit);
        return json;
    }
}

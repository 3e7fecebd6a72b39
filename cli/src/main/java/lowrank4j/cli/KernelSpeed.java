package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.jspecify.annotations.Nullable;

/**
 * How fast a kernel is on this machine, at a glance: the best call of some tenths of a second, on one thread.
 *
 * @param kernel its name and the size of the problem
 * @param seconds time of a call
 * @param work floating-point operations or bytes of a call, whichever limits it
 * @param unit of the work per nanosecond
 */
record KernelSpeed(String kernel, double seconds, double work, String unit) {
    private static final int LEAST_ROUNDS = 2;
    private static final int ROUNDS = 6;
    private static final long ROUND_NANOS = 40_000_000;

    /** A busy machine gets fewer rounds, so that the command ends in time. */
    private static final long BUDGET_NANOS = 4_000_000_000L;

    private static final String FLOPS = "GFLOP/s";
    private static final String BYTES = "GB/s";

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
        probes.add(sensing(kernels, random));
        probes.add(completion(kernels, random));

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
        return probes;
    }

    private static Probe sensing(Kernels kernels, Random random) {
        int count = 50;
        int width = 10_000;
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), count, width, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                rows.set(i, j, random.nextDouble() - 0.5);
            }
        }
        double[] x = new double[width];
        double[] y = random.doubles(count).toArray();
        double[] residual = new double[count];
        double[] g = new double[width];
        return new Probe(
                "sensingGradient 50x10000",
                8.0 * count * width,
                BYTES,
                () -> kernels.sensingGradient(rows, 0, count, x, y, residual, g));
    }

    private static Probe completion(Kernels kernels, Random random) {
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
        return new Probe(
                "completionGradient 50000, rank 10",
                6.0 * rank * n * inRow,
                FLOPS,
                () -> kernels.completionGradient(pattern, 0, n, left, right, y, residual, gradLeft, gradRight));
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

package lowrank4j.bench;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;

/**
 * How long the first calls of a small kernel take, before the compiler has seen them. Prints the microseconds of
 * calls 1, 2, 5, 10, 20, …; it must run in a JVM of its own.
 */
public final class ColdStart {
    private static final int WIDTH = 900;
    private static final int ROWS = 200;

    /** The calls whose time is printed. */
    static final int[] CALLS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

    private ColdStart() {}

    /**
     * Prints one line.
     *
     * @param arguments the name of a tier
     */
    public static void main(String[] arguments) {
        SplittableRandom random = new SplittableRandom(1);
        Kernels kernels = Tiers.select(Tier.named(arguments[0])).kernels();
        try (Arena arena = Arena.ofConfined()) {
            DenseRows rows = Numbers.rows(arena, random, ROWS, WIDTH, DenseRows.Precision.FLOAT64);
            double[] x = random.doubles(WIDTH, -1, 1).toArray();
            double[] y = random.doubles(ROWS, -1, 1).toArray();
            double[] residual = new double[ROWS];
            double[] gradient = new double[WIDTH];
            StringBuilder line = new StringBuilder();
            int next = 0;
            for (int call = 1; next < CALLS.length; call++) {
                long start = System.nanoTime();
                kernels.sensingGradient(rows, 0, ROWS, x, y, residual, gradient);
                long nanos = System.nanoTime() - start;
                if (call == CALLS[next]) {
                    line.append(' ').append(nanos / 1e3);
                    next++;
                }
            }
            System.out.println(line.toString().strip());
        }
    }
}

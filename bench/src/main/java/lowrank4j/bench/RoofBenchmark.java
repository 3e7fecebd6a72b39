package lowrank4j.bench;

import java.util.Arrays;
import lowrank4j.matrix.DenseRows;
import org.openjdk.jmh.annotations.Param;

/** What the machine can do at most: multiply-adds, reads, and reads with writes, from each cache and from memory. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class RoofBenchmark extends FamilyBenchmark {
    /** What is measured. */
    public enum Roof {
        MULTIPLY_ADD,
        READ,
        TRIAD
    }

    /** Bytes that one call of READ or TRIAD moves at least, so that the call itself counts for little. */
    private static final long LEAST_BYTES = 1 << 22;

    /** Multiply-adds count as two. */
    public static final double FLOPS_PER_CALL = MultiplyAddRoof.FLOPS;

    @Param
    private Roof roof;

    /** Of all the arrays that are read or written; multiply-adds use none. */
    @Param({"16384", "524288", "8388608", "402653184"})
    private long bytes;

    /** How often one call goes over its {@code bytes}. */
    public static long rounds(long bytes) {
        return Math.max(1, LEAST_BYTES / bytes);
    }

    @Override
    Call prepared() {
        int rounds = (int) rounds(bytes);
        return switch (roof) {
            case MULTIPLY_ADD -> MultiplyAddRoof::run;
            case READ -> read(rows(), rounds);
            case TRIAD -> triad(filled(bytes / 24), filled(bytes / 24), filled(bytes / 24), rounds);
        };
    }

    private DenseRows rows() {
        return Numbers.rows(arena, Numbers.random(), 1, (int) (bytes / 8), DenseRows.Precision.FLOAT64);
    }

    private static double[] filled(long length) {
        double[] numbers = new double[(int) length];
        Arrays.fill(numbers, 1);
        return numbers;
    }

    private static Call read(DenseRows numbers, int rounds) {
        return () -> {
            double sum = 0;
            for (int round = 0; round < rounds; round++) {
                sum += ReadRoof.sum(numbers);
            }
            return sum;
        };
    }

    private static Call triad(double[] a, double[] b, double[] c, int rounds) {
        return () -> {
            for (int round = 0; round < rounds; round++) {
                Triad.run(a, b, c, 0.5);
            }
            return a[0];
        };
    }
}

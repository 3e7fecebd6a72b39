package lowrank4j.bench;

import java.util.Arrays;
import lowrank4j.kernel.Workers;
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

    /** The same for several threads, which must first find together. */
    private static final long LEAST_BYTES_TOGETHER = 1 << 26;

    /** Of each thread; multiply-adds count as two. */
    public static final double FLOPS_PER_CALL = MultiplyAddRoof.FLOPS;

    @Param
    private Roof roof;

    @Param({"1", "2"})
    private int threads;

    /** Of all the arrays that are read or written, of all threads; multiply-adds use none. */
    @Param({"16384", "524288", "8388608", "402653184"})
    private long bytes;

    /** How often one call goes over its {@code bytes}. */
    public static long rounds(long bytes, int threads) {
        return Math.max(1, (threads == 1 ? LEAST_BYTES : LEAST_BYTES_TOGETHER) / bytes);
    }

    @Override
    Call prepared() {
        return threads == 1 ? share(bytes) : together();
    }

    /** Each thread has numbers of its own, its share of the bytes. */
    private Call together() {
        Workers workers = new Workers(threads);
        Call[] shares = new Call[threads];
        Arrays.setAll(shares, thread -> share(bytes / threads));
        double[] results = new double[threads];
        return () -> {
            workers.run(threads, thread -> results[thread] = shares[thread].run());
            return results[0];
        };
    }

    private Call share(long ofBytes) {
        int rounds = (int) rounds(bytes, threads);
        return switch (roof) {
            case MULTIPLY_ADD -> MultiplyAddRoof::run;
            case READ -> read(rows(ofBytes), rounds);
            case TRIAD -> triad(filled(ofBytes / 24), filled(ofBytes / 24), filled(ofBytes / 24), rounds);
        };
    }

    private DenseRows rows(long ofBytes) {
        return Numbers.rows(arena, Numbers.random(), 1, (int) (ofBytes / 8), DenseRows.Precision.FLOAT64);
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

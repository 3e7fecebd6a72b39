package lowrank4j.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One gradient of dense sensing on one thread, beside the read roof and beside two products of OpenBLAS, over the same numbers.
 * Only ratios within one run mean something; on a machine that others use too, those of {@link ProcessorTime}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls fill() before it measures
public class SensingBenchmark {
    /** 400 MB of doubles, 200 MB of floats: many times the caches. */
    private static final int NUMBERS = 50_000_000;

    /** A prime, so that the rows do not fall on it. */
    private static final int PIECE = 1_000_003;

    /** X 30×30, 60×60, 100×100 symmetric and stored packed, 100×100, 200×200 and 500×500. */
    @Param({"900", "3600", "5050", "10000", "40000", "250000"})
    private int width;

    @Param
    private DenseRows.Precision precision;

    private final Arena arena = Arena.ofShared();
    private final Kernels kernels;
    private DenseRows rows;
    private double[] x;
    private double[] y;
    private double[] residual;
    private double[] gradient;
    private TwoProducts products;

    public SensingBenchmark() {
        Tiers.Selection selection = Tiers.select(Tier.VECTOR);
        System.out.println(selection.report().sentence());
        kernels = selection.kernels();
    }

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        rows = DenseRows.allocate(arena, NUMBERS / width, width, precision);
        fillByPieces(rows.segment(), random);
        x = random.doubles(width, -1, 1).toArray();
        y = random.doubles(rows.count(), -1, 1).toArray();
        residual = new double[rows.count()];
        gradient = new double[width];
        products = new TwoProducts(arena, rows, x, y);
        System.out.println(products.library());
        requireAgreement();
    }

    /** Random numbers, many times over: drawing each would take longer than measuring. No two rows are alike. */
    private void fillByPieces(MemorySegment segment, SplittableRandom random) {
        DenseRows piece = DenseRows.allocate(arena, 1, PIECE, precision);
        for (int j = 0; j < PIECE; j++) {
            piece.set(0, j, random.nextDouble() - 0.5);
        }
        for (long start = 0; start < segment.byteSize(); start += piece.bytes()) {
            long bytes = Math.min(piece.bytes(), segment.byteSize() - start);
            MemorySegment.copy(piece.segment(), 0, segment, start, bytes);
        }
    }

    /** The peers do the same work, or their times mean nothing. */
    private void requireAgreement() {
        products.run();
        fusedGradient();
        double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        double allowed = largest * (precision == DenseRows.Precision.FLOAT64 ? 1e-12 : 1e-4);
        for (int j = 0; j < width; j++) {
            if (!(Math.abs(gradient[j] - products.gradient(j)) <= allowed)) {
                throw new IllegalStateException(
                        "gradient[" + j + "] is " + gradient[j] + " and " + products.gradient(j));
            }
        }
    }

    @TearDown
    public void free() {
        arena.close();
    }

    @Benchmark
    public double readRoof() {
        return ReadRoof.sum(rows);
    }

    @Benchmark
    public double twoOpenBlasProducts() {
        return products.run();
    }

    @Benchmark
    public double fusedGradient() {
        return kernels.sensingGradient(rows, 0, rows.count(), x, y, residual, gradient);
    }
}

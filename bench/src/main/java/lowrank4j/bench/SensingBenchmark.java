package lowrank4j.bench;

import java.lang.foreign.Arena;
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
 * Every call is sampled: on a machine that others use too, the least and the median are what can be compared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls fill() before it measures
public class SensingBenchmark {
    /** 400 MB of doubles, 200 MB of floats: many times the caches. */
    private static final int NUMBERS = 50_000_000;

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
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < width; j++) {
                rows.set(i, j, random.nextDouble() - 0.5);
            }
        }
        x = random.doubles(width, -1, 1).toArray();
        y = random.doubles(rows.count(), -1, 1).toArray();
        residual = new double[rows.count()];
        gradient = new double[width];
        products = new TwoProducts(arena, rows, x, y);
        System.out.println(products.library());
        requireAgreement();
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

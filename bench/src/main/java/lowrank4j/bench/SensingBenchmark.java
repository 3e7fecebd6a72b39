package lowrank4j.bench;

import java.util.SplittableRandom;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.DenseRows;
import org.openjdk.jmh.annotations.Param;

/** One gradient of dense sensing, beside the read roof and beside two products of OpenBLAS. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class SensingBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "OPENBLAS", "ROOF"})
    private Contender by;

    @Param({"1", "2"})
    private int threads;

    /** X 30×30, 60×60, 100×100 symmetric and stored packed, 100×100, 200×200 and 500×500. */
    @Param({"900", "3600", "5050", "10000", "40000", "250000"})
    private int width;

    @Param
    private DenseRows.Precision precision;

    /** Millions of numbers in all rows: 400 MB of doubles, 200 MB of floats, many times the caches. */
    @Param("50")
    private int millions;

    private DenseRows rows;
    private double[] x;
    private double[] y;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        rows = Numbers.rows(arena, random, millions * 1_000_000 / width, width, precision);
        x = random.doubles(width, -1, 1).toArray();
        y = random.doubles(rows.count(), -1, 1).toArray();
        return switch (by) {
            case VECTOR, REFERENCE -> checked(threads == 1 ? gradient() : gradientOfWorkers());
            case OPENBLAS -> products()::run;
            case ROOF -> threads == 1 ? () -> ReadRoof.sum(rows) : roofOfWorkers();
            default -> throw absent(by);
        };
    }

    private TwoProducts products() {
        return new TwoProducts(Machinery.openBlas(threads), arena, rows, x, y);
    }

    /** A call with the gradient it has written, not added to, when it is made for the first time. */
    private record Gradient(Call call, double[] values) {}

    private Gradient gradient() {
        Kernels kernels = Machinery.kernels(by);
        double[] residual = new double[rows.count()];
        double[] values = new double[width];
        return new Gradient(() -> kernels.sensingGradient(rows, 0, rows.count(), x, y, residual, values), values);
    }

    private Gradient gradientOfWorkers() {
        Engine engine = Machinery.engine(by, threads);
        BlockGradients blocks = new BlockGradients(engine, rows, x, y);
        return new Gradient(blocks, blocks.gradient());
    }

    private Call checked(Gradient gradient) {
        TwoProducts products = products();
        products.run();
        double[] expected = new double[width];
        for (int j = 0; j < width; j++) {
            expected[j] = products.gradient(j);
        }
        gradient.call().run();
        double tolerance = precision == DenseRows.Precision.FLOAT64 ? Agreement.DOUBLES : 1e-4;
        Agreement.require(j -> gradient.values()[j], expected, tolerance);
        return gradient.call();
    }

    private Call roofOfWorkers() {
        Workers workers = new Workers(threads);
        DenseRows[] parts = BlockGradients.parts(rows);
        double[] sums = new double[parts.length];
        return () -> {
            workers.run(parts.length, part -> sums[part] = ReadRoof.sum(parts[part]));
            return sums[0];
        };
    }
}

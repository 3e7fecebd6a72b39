package lowrank4j.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import org.openjdk.jmh.annotations.Param;

/** One gradient of sign measurements in one bit each, beside two products of OpenBLAS with the same signs as doubles. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class SignsBenchmark extends FamilyBenchmark {
    private static final int BLOCKS = 16;

    @Param({"VECTOR", "OPENBLAS"})
    private Contender by;

    @Param({"1", "2"})
    private int threads;

    /** X 60×60, 100×100 and 200×200, where {@link SensingBenchmark} has the same as doubles. */
    @Param({"3600", "10000", "40000"})
    private int width;

    /** Millions of signs in all rows. */
    @Param("25")
    private int millions;

    private SignRows rows;
    private double[] x;
    private double[] y;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        rows = SignRows.random(arena, millions * 1_000_000 / width, width, 1);
        x = random.doubles(width, -1, 1).toArray();
        y = random.doubles(rows.count(), -1, 1).toArray();
        return switch (by) {
            case VECTOR, REFERENCE -> threads == 1 ? gradient() : gradientOfWorkers();
            case OPENBLAS -> products()::run;
            default -> throw absent(by);
        };
    }

    private TwoProducts products() {
        DenseRows doubles = DenseRows.allocate(arena, rows.count(), width, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < width; j++) {
                doubles.set(i, j, rows.get(i, j));
            }
        }
        return new TwoProducts(Machinery.openBlas(threads), arena, doubles, x, y);
    }

    private Call gradient() {
        Kernels kernels = Machinery.kernels(by);
        double[] residual = new double[rows.count()];
        double[] values = new double[width];
        return checked(() -> kernels.signGradient(rows, 0, rows.count(), x, y, residual, values), values);
    }

    /** Blocks of rows, each with a gradient of its own, as the library does it. */
    private Call gradientOfWorkers() {
        Engine engine = Machinery.engine(by, threads);
        double[] residual = new double[rows.count()];
        double[][] gradients = new double[BLOCKS][width];
        double[] losses = new double[BLOCKS];
        Call call = () -> {
            engine.workers().run(BLOCKS, block -> {
                Arrays.fill(gradients[block], 0);
                losses[block] = engine.kernels()
                        .signGradient(rows, start(block), start(block + 1), x, y, residual, gradients[block]);
            });
            Matrix sum = Matrix.wrap(gradients[0], 1, width);
            for (int block = 1; block < BLOCKS; block++) {
                engine.kernels().axpy(1, Matrix.wrap(gradients[block], 1, width), sum);
            }
            return losses[0];
        };
        return checked(call, gradients[0]);
    }

    private int start(int block) {
        return (int) ((long) rows.count() * block / BLOCKS);
    }

    /** @param values the gradient that the first call writes or adds to zeros */
    private Call checked(Call call, double[] values) {
        TwoProducts products = products();
        products.run();
        double[] expected = new double[width];
        for (int j = 0; j < width; j++) {
            expected[j] = products.gradient(j);
        }
        call.run();
        Agreement.require(j -> values[j], expected, Agreement.DOUBLES);
        return call;
    }
}

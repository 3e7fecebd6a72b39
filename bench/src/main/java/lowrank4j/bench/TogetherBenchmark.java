package lowrank4j.bench;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import lowrank4j.blas.Blas;
import lowrank4j.blas.Transpose;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import org.openjdk.jmh.annotations.Param;

/** The gradients of dense sensing at k matrices at once: starts, sweeps or bootstraps that share a read of the measurements. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class TogetherBenchmark extends FamilyBenchmark {
    private static final int NUMBERS = 25_000_000;

    @Param({"VECTOR", "OPENBLAS"})
    private Contender by;

    /** X 50×50 and 100×100. */
    @Param({"2500", "10000"})
    private int width;

    @Param({"1", "8", "16"})
    private int k;

    private DenseRows rows;
    private double[][] x;
    private double[][] y;

    @Override
    Call prepared() {
        SplittableRandom random = Numbers.random();
        rows = Numbers.rows(arena, random, NUMBERS / width, width, DenseRows.Precision.FLOAT64);
        x = new double[k][];
        y = new double[k][];
        for (int p = 0; p < k; p++) {
            x[p] = random.doubles(width, -1, 1).toArray();
            y[p] = random.doubles(rows.count(), -1, 1).toArray();
        }
        return switch (by) {
            case VECTOR -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1).blas());
            default -> throw absent(by);
        };
    }

    private Call ours(Kernels kernels) {
        double[][] residual = new double[k][rows.count()];
        double[][] g = new double[k][width];
        double[] loss = new double[k];
        Call call = () -> {
            kernels.sensingGradients(rows, 0, rows.count(), x, y, residual, g, loss);
            return loss[0];
        };
        call.run();
        for (int p = 0; p < k; p++) {
            requireGradient(p, g[p]);
        }
        return call;
    }

    /** Two products with k columns: R = A Xᵀ - Yᵀ, then G = Rᵀ A. */
    private Call ofOpenBlas(Blas blas) {
        int m = rows.count();
        MemorySegment of = Numbers.offHeap(arena, Matrix.of(x));
        MemorySegment observed = Numbers.offHeap(arena, Matrix.of(y).transposed());
        MemorySegment residual = arena.allocate(8L * m * k, 64);
        MemorySegment g = arena.allocate(8L * k * width, 64);
        Call call = () -> {
            MemorySegment.copy(observed, 0, residual, 0, observed.byteSize());
            blas.gemm(
                    Transpose.NONE,
                    Transpose.TRANSPOSED,
                    m,
                    k,
                    width,
                    1,
                    rows.segment(),
                    width,
                    of,
                    width,
                    -1,
                    residual,
                    k);
            blas.gemm(
                    Transpose.TRANSPOSED,
                    Transpose.NONE,
                    k,
                    width,
                    m,
                    1,
                    residual,
                    k,
                    rows.segment(),
                    width,
                    0,
                    g,
                    width);
            return 0;
        };
        call.run();
        double[] all = Numbers.onHeap(g, k, width).data();
        for (int p = 0; p < k; p++) {
            requireGradient(p, Arrays.copyOfRange(all, p * width, (p + 1) * width));
        }
        return call;
    }

    private void requireGradient(int p, double[] actual) {
        TwoProducts products = new TwoProducts(Machinery.openBlas(1), arena, rows, x[p], y[p]);
        products.run();
        double[] expected = new double[width];
        for (int j = 0; j < width; j++) {
            expected[j] = products.gradient(j);
        }
        Agreement.require(j -> actual[j], expected, Agreement.DOUBLES);
    }
}

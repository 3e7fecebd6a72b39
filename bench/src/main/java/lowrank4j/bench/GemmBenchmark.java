package lowrank4j.bench;

import java.util.SplittableRandom;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.openjdk.jmh.annotations.Param;

/** The general product of dense matrices, on one thread. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class GemmBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "NATIVE", "OPENBLAS", "NETLIB", "EJML", "OJALGO"})
    private Contender by;

    /** Rows, terms and columns: squares, and shapes that are no multiple of any tile. */
    @Param({
        "128x128x128",
        "256x256x256",
        "512x512x512",
        "1000x1000x1000",
        "2000x2000x2000",
        "127x129x131",
        "1000x64x1000",
        "67x2000x67",
        "2000x100x333"
    })
    private String shape;

    @Override
    Call prepared() {
        int[] extents = Shape.extents(shape);
        SplittableRandom random = Numbers.random();
        Matrix a = Numbers.matrix(random, extents[0], extents[1]);
        Matrix b = Numbers.matrix(random, extents[1], extents[2]);
        Product measured = switch (by) {
            case VECTOR, NATIVE, REFERENCE -> Product.ours(Machinery.kernels(by), TallProduct.RIGHT, a, b);
            case OPENBLAS -> Product.ofOpenBlas(Machinery.openBlas(1).blas(), arena, TallProduct.RIGHT, a, b);
            case EJML -> Product.ofEjml(TallProduct.RIGHT, a, b);
            case NETLIB -> ColumnProducts.ofNetlib(Machinery.vectorBlas(), a, b);
            case OJALGO -> ColumnProducts.ofOjAlgo(a, b);
            default -> throw absent(by);
        };
        measured.call().run();
        requireProduct(a, b, measured.result().get());
        return measured.call();
    }

    /** A product is right if {@code C v = A (B v)} for a random v, which takes no third product to see (Freivalds 1977). */
    private static void requireProduct(Matrix a, Matrix b, Matrix c) {
        Kernels kernels = Machinery.kernels(Contender.REFERENCE);
        Matrix v = Numbers.matrix(new SplittableRandom(2), b.columns(), 1);
        Matrix first = Matrix.zeros(b.rows(), 1);
        Matrix expected = Matrix.zeros(a.rows(), 1);
        Matrix actual = Matrix.zeros(a.rows(), 1);
        kernels.multiply(1, b, v, 0, first);
        kernels.multiply(1, a, first, 0, expected);
        kernels.multiply(1, c, v, 0, actual);
        Agreement.require(actual, expected);
    }
}

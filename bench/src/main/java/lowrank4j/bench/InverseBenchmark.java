package lowrank4j.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import lowrank4j.blas.OpenBlas;
import lowrank4j.blas.Transpose;
import lowrank4j.blas.Triangle;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Param;

/** The pseudo-inverse of a positive definite r×r matrix, which is its inverse, so that a wrong one is seen. Each call starts from a copy. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class InverseBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "OPENBLAS", "EJML"})
    private Contender by;

    @Param({"2", "4", "8", "16", "32", "64"})
    private int r;

    private Matrix s;

    @Override
    Call prepared() {
        s = Numbers.positiveDefinite(Numbers.random(), r);
        return switch (by) {
            case VECTOR, NATIVE, REFERENCE -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1));
            case EJML -> ofEjml();
            default -> throw absent(by);
        };
    }

    private Call ours(Kernels kernels) {
        Matrix copy = Matrix.zeros(r, r);
        Matrix inverse = Matrix.zeros(r, r);
        Call call = () -> {
            copy.copyFrom(s);
            kernels.pseudoInverse(copy, inverse);
            return inverse.data()[0];
        };
        call.run();
        requireInverse(inverse);
        return call;
    }

    /** LAPACKE's eigenvectors, those of significant eigenvalues scaled, and their product with themselves. */
    private Call ofOpenBlas(OpenBlas library) {
        MemorySegment a = Numbers.offHeap(arena, s);
        MemorySegment vectors = arena.allocate(8L * r * r, 64);
        MemorySegment values = arena.allocate(8L * r, 64);
        MemorySegment inverse = arena.allocate(8L * r * r, 64);
        Call call = () -> {
            library.lapack().symmetricEigen(Triangle.LOWER, r, a, r, values, vectors, r);
            for (int j = 0; j < r; j++) {
                double value = values.getAtIndex(ValueLayout.JAVA_DOUBLE, j);
                double scale =
                        value > r * 0x1p-52 * values.getAtIndex(ValueLayout.JAVA_DOUBLE, 0) ? 1 / Math.sqrt(value) : 0;
                for (int i = 0; i < r; i++) {
                    long at = (long) i * r + j;
                    double entry = vectors.getAtIndex(ValueLayout.JAVA_DOUBLE, at);
                    vectors.setAtIndex(ValueLayout.JAVA_DOUBLE, at, entry * scale);
                }
            }
            library.blas()
                    .gemm(Transpose.NONE, Transpose.TRANSPOSED, r, r, r, 1, vectors, r, vectors, r, 0, inverse, r);
            return 0;
        };
        call.run();
        requireInverse(Numbers.onHeap(inverse, r, r));
        return call;
    }

    private Call ofEjml() {
        DMatrixRMaj copy = new DMatrixRMaj(r, r);
        DMatrixRMaj inverse = new DMatrixRMaj(r, r);
        Call call = () -> {
            System.arraycopy(s.data(), 0, copy.data, 0, r * r);
            CommonOps_DDRM.pinv(copy, inverse);
            return inverse.data[0];
        };
        call.run();
        requireInverse(Matrix.wrap(inverse.data, r, r));
        return call;
    }

    private void requireInverse(Matrix inverse) {
        Matrix product = Matrix.zeros(r, r);
        Machinery.kernels(Contender.REFERENCE).multiply(1, s, inverse, 0, product);
        Agreement.require(product, Matrix.identity(r));
    }
}

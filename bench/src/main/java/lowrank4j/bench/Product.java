package lowrank4j.bench;

import static lowrank4j.blas.Transpose.NONE;
import static lowrank4j.blas.Transpose.TRANSPOSED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import lowrank4j.blas.Blas;
import lowrank4j.blas.Triangle;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A tall product by one contender.
 *
 * @param result what the last call has written
 */
record Product(Call call, Supplier<Matrix> result) {
    static Product ours(Kernels kernels, TallProduct product, Matrix a, Matrix b) {
        Matrix c = result(product, a, b);
        double[] data = c.data();
        return new Product(
                switch (product) {
                    case GRAM ->
                        () -> {
                            kernels.gram(a, c);
                            return data[0];
                        };
                    case TIMES, RIGHT ->
                        () -> {
                            kernels.multiply(1, a, b, 0, c);
                            return data[0];
                        };
                    case OUTER ->
                        () -> {
                            kernels.multiplyTransposed(1, a, b, 0, c);
                            return data[0];
                        };
                    case LEFT ->
                        () -> {
                            kernels.transposedMultiply(1, a, b, 0, c);
                            return data[0];
                        };
                },
                () -> c);
    }

    /** A gram matrix is asked for as one triangle, the least work there is; it is mirrored only to be compared. */
    static Product ofOpenBlas(Blas blas, Arena arena, TallProduct product, Matrix left, Matrix right) {
        MemorySegment a = Numbers.offHeap(arena, left);
        MemorySegment b = Numbers.offHeap(arena, right);
        Matrix shape = result(product, left, right);
        MemorySegment c = Numbers.offHeap(arena, shape);
        int m = shape.rows();
        int n = shape.columns();
        int lda = left.columns();
        int ldb = right.columns();
        Call call = switch (product) {
            case GRAM ->
                () -> {
                    blas.syrk(Triangle.LOWER, TRANSPOSED, n, left.rows(), 1, a, lda, 0, c, n);
                    return 0;
                };
            case TIMES, RIGHT ->
                () -> {
                    blas.gemm(NONE, NONE, m, n, lda, 1, a, lda, b, ldb, 0, c, n);
                    return 0;
                };
            case OUTER ->
                () -> {
                    blas.gemm(NONE, TRANSPOSED, m, n, lda, 1, a, lda, b, ldb, 0, c, n);
                    return 0;
                };
            case LEFT ->
                () -> {
                    blas.gemm(TRANSPOSED, NONE, m, n, left.rows(), 1, a, lda, b, ldb, 0, c, n);
                    return 0;
                };
        };
        return new Product(call, () -> {
            Matrix found = Numbers.onHeap(c, m, n);
            return product == TallProduct.GRAM ? mirrored(found) : found;
        });
    }

    static Product ofEjml(TallProduct product, Matrix left, Matrix right) {
        DMatrixRMaj a = DMatrixRMaj.wrap(left.rows(), left.columns(), left.data());
        DMatrixRMaj b = DMatrixRMaj.wrap(right.rows(), right.columns(), right.data());
        Matrix result = result(product, left, right);
        DMatrixRMaj c = DMatrixRMaj.wrap(result.rows(), result.columns(), result.data());
        return new Product(
                switch (product) {
                    case GRAM ->
                        () -> {
                            CommonOps_DDRM.multInner(a, c);
                            return c.data[0];
                        };
                    case TIMES, RIGHT -> () -> CommonOps_DDRM.mult(a, b, c).data[0];
                    case OUTER -> () -> CommonOps_DDRM.multTransB(a, b, c).data[0];
                    case LEFT -> () -> CommonOps_DDRM.multTransA(a, b, c).data[0];
                },
                () -> result);
    }

    private static Matrix result(TallProduct product, Matrix a, Matrix b) {
        return switch (product) {
            case GRAM -> Matrix.zeros(a.columns(), a.columns());
            case TIMES, RIGHT -> Matrix.zeros(a.rows(), b.columns());
            case OUTER -> Matrix.zeros(a.rows(), b.rows());
            case LEFT -> Matrix.zeros(a.columns(), b.columns());
        };
    }

    private static Matrix mirrored(Matrix lower) {
        for (int i = 0; i < lower.rows(); i++) {
            for (int j = 0; j < i; j++) {
                lower.set(j, i, lower.get(i, j));
            }
        }
        return lower;
    }
}

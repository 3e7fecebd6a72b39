package lowrank4j.blas;

import java.lang.foreign.MemorySegment;

/**
 * The BLAS routines of one precision, on row-major operands that were checked before.
 *
 * <p>A {@code critical} call takes operands on the heap, and no garbage collection starts until it returns.
 */
interface BlasRoutines {
    /** {@code CBLAS_ORDER} for rows that lie contiguous. */
    int ROW_MAJOR = 101;

    Precision precision();

    /** {@code C ← α op(A) op(B) + β C}; k is the inner extent, C gives the others. */
    void gemm(
            boolean critical,
            Transpose transposeA,
            Transpose transposeB,
            int k,
            double alpha,
            Block a,
            Block b,
            double beta,
            Block c);

    /** One triangle of {@code C ← α op(A) op(A)ᵀ + β C}. */
    void syrk(
            boolean critical,
            Triangle triangle,
            Transpose transpose,
            int k,
            double alpha,
            Block a,
            double beta,
            Block c);

    /** {@code B ← X}, where {@code op(A) X = αB} or {@code X op(A) = αB}. */
    void trsm(
            boolean critical,
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            double alpha,
            Block a,
            Block b);

    /** {@code B ← αAᵀ}, always a critical call. */
    void transpose(double alpha, Block a, Block b);

    /** {@code y ← α op(A) x + β y}. */
    void gemv(
            boolean critical,
            Transpose transpose,
            double alpha,
            Block a,
            MemorySegment x,
            double beta,
            MemorySegment y);

    /** {@code xᵀy}. */
    double dot(boolean critical, int n, MemorySegment x, MemorySegment y);

    /** {@code y ← αx + y}. */
    void axpy(boolean critical, int n, double alpha, MemorySegment x, MemorySegment y);

    /** {@code √(xᵀx)}. */
    double nrm2(boolean critical, int n, MemorySegment x);
}

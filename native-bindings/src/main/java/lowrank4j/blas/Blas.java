package lowrank4j.blas;

import static java.lang.foreign.MemorySegment.ofArray;

import java.lang.foreign.MemorySegment;

/**
 * Products of vectors and matrices in double precision; taken from {@link OpenBlas#blas()}.
 *
 * <p>The layout of matrices, and what is checked, is in the {@linkplain lowrank4j.blas package description}. Operands off the heap go
 * straight to the library. Operands on the heap do so in pieces short enough not to hold up a garbage collection; where a product
 * cannot be cut that finely (all of m, n and k above about 180), they are copied off the heap and C back.
 */
public final class Blas {
    private final CheckedProducts products = new CheckedProducts(new DoubleBlasRoutines());

    Blas() {}

    /**
     * {@code C ← α op(A) op(B) + β C}. Cost: 2mnk flops.
     *
     * @param transA whether op(A) is A or Aᵀ
     * @param transB whether op(B) is B or Bᵀ
     * @param m rows of C and op(A)
     * @param n columns of C and op(B)
     * @param k columns of op(A), rows of op(B)
     * @param a m×k, or k×m where transposed
     * @param aOffset index of A's first entry
     * @param lda row stride of A, at least its columns as stored
     * @param b k×n, or n×k where transposed
     * @param beta where 0, the old contents of C are not read
     * @param c m×n; entries beyond its columns are not touched
     * @throws IllegalArgumentException if a count or offset is negative, a stride too small or an operand too short
     */
    public void gemm(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int aOffset,
            int lda,
            double[] b,
            int bOffset,
            int ldb,
            double beta,
            double[] c,
            int cOffset,
            int ldc) {
        if (ShortProducts.accept(transA, transB, m, n, k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc)) {
            ShortProducts.gemm(transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
            return;
        }
        products.gemm(
                transA,
                transB,
                m,
                n,
                k,
                alpha,
                ofArray(a),
                aOffset,
                lda,
                ofArray(b),
                bOffset,
                ldb,
                beta,
                ofArray(c),
                cOffset,
                ldc);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void gemm(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            double alpha,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb,
            double beta,
            MemorySegment c,
            int ldc) {
        products.gemm(transA, transB, m, n, k, alpha, a, 0, lda, b, 0, ldb, beta, c, 0, ldc);
    }

    /**
     * One triangle of {@code C ← α op(A) op(A)ᵀ + β C}: {@code AAᵀ} or, transposed, {@code AᵀA}. Cost: n²k flops.
     *
     * @param triangle the one that is written, and read where β is not 0
     * @param transpose whether op(A) is A or Aᵀ
     * @param n order of C, rows of op(A)
     * @param k columns of op(A)
     * @param a n×k, or k×n where transposed
     * @param c n×n
     * @throws IllegalArgumentException as {@code gemm} does
     */
    public void syrk(
            Triangle triangle,
            Transpose transpose,
            int n,
            int k,
            double alpha,
            double[] a,
            int aOffset,
            int lda,
            double beta,
            double[] c,
            int cOffset,
            int ldc) {
        products.syrk(triangle, transpose, n, k, alpha, ofArray(a), aOffset, lda, beta, ofArray(c), cOffset, ldc);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void syrk(
            Triangle triangle,
            Transpose transpose,
            int n,
            int k,
            double alpha,
            MemorySegment a,
            int lda,
            double beta,
            MemorySegment c,
            int ldc) {
        products.syrk(triangle, transpose, n, k, alpha, a, 0, lda, beta, c, 0, ldc);
    }

    /**
     * {@code B ← X} where {@code op(A) X = αB} or {@code X op(A) = αB}. Cost: mn flops for each row of A.
     *
     * A zero on the diagonal is not noticed; it leaves infinities or NaN in B.
     *
     * @param side where A stands
     * @param triangle the one of A as stored that is read
     * @param transpose whether op(A) is A or Aᵀ
     * @param diagonal whether the diagonal of A is stored, or all ones
     * @param m rows of B
     * @param n columns of B
     * @param a m×m on the left, n×n on the right
     * @param b m×n, overwritten
     * @throws IllegalArgumentException as {@code gemm} does
     */
    public void trsm(
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            int m,
            int n,
            double alpha,
            double[] a,
            int aOffset,
            int lda,
            double[] b,
            int bOffset,
            int ldb) {
        products.trsm(
                side, triangle, transpose, diagonal, m, n, alpha, ofArray(a), aOffset, lda, ofArray(b), bOffset, ldb);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void trsm(
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            int m,
            int n,
            double alpha,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb) {
        products.trsm(side, triangle, transpose, diagonal, m, n, alpha, a, 0, lda, b, 0, ldb);
    }

    /**
     * {@code y ← α op(A) x + β y}. Cost: 2mn flops; it is bound by reading A.
     *
     * @param transpose whether op(A) is A or Aᵀ
     * @param m rows of A as stored
     * @param n columns of A as stored
     * @param a m×n
     * @param x n entries, or m where transposed
     * @param beta where 0, the old contents of y are not read
     * @param y m entries, or n where transposed
     * @throws IllegalArgumentException as {@code gemm} does
     */
    public void gemv(
            Transpose transpose,
            int m,
            int n,
            double alpha,
            double[] a,
            int aOffset,
            int lda,
            double[] x,
            int xOffset,
            double beta,
            double[] y,
            int yOffset) {
        products.gemv(transpose, m, n, alpha, ofArray(a), aOffset, lda, ofArray(x), xOffset, beta, ofArray(y), yOffset);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void gemv(
            Transpose transpose,
            int m,
            int n,
            double alpha,
            MemorySegment a,
            int lda,
            MemorySegment x,
            double beta,
            MemorySegment y) {
        products.gemv(transpose, m, n, alpha, a, 0, lda, x, 0, beta, y, 0);
    }

    /**
     * {@code Σ xᵢ yᵢ} over n entries. Cost: 2n flops.
     *
     * @throws IllegalArgumentException as {@code gemm} does
     */
    public double dot(int n, double[] x, int xOffset, double[] y, int yOffset) {
        return products.dot(n, ofArray(x), xOffset, ofArray(y), yOffset);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public double dot(int n, MemorySegment x, MemorySegment y) {
        return products.dot(n, x, 0, y, 0);
    }

    /**
     * {@code y ← αx + y}, n entries. Cost: 2n flops.
     *
     * @throws IllegalArgumentException as {@code gemm} does
     */
    public void axpy(int n, double alpha, double[] x, int xOffset, double[] y, int yOffset) {
        products.axpy(n, alpha, ofArray(x), xOffset, ofArray(y), yOffset);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void axpy(int n, double alpha, MemorySegment x, MemorySegment y) {
        products.axpy(n, alpha, x, 0, y, 0);
    }

    /**
     * {@code √Σ xᵢ²} over n entries, scaled so that no square overflows. Cost: 2n flops.
     *
     * @throws IllegalArgumentException as {@code gemm} does
     */
    public double nrm2(int n, double[] x, int xOffset) {
        return products.nrm2(n, ofArray(x), xOffset);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public double nrm2(int n, MemorySegment x) {
        return products.nrm2(n, x, 0);
    }
}

package lowrank4j.blas;

import static java.lang.foreign.MemorySegment.ofArray;

import java.lang.foreign.MemorySegment;

/**
 * Matrix factorisations in double precision; taken from {@link OpenBlas#lapack()}.
 *
 * <p>The layout of matrices, and what is checked, is in the {@linkplain lowrank4j.blas package description}. Inputs are kept unless
 * said; all work is done off the heap, on copies. An output may overlap an input here, since inputs are copied first.
 */
public final class Lapack {
    private final CheckedFactorizations factorizations =
            new CheckedFactorizations(new DoubleLapackRoutines(), new DoubleBlasRoutines());

    Lapack() {}

    /**
     * Cholesky factor of a symmetric positive definite A: {@code A = LLᵀ} (lower) or {@code A = UᵀU} (upper). Cost: n³/3 flops.
     *
     * @param triangle the one of A that is read, and overwritten by L or U; the other is not touched
     * @param n order of A
     * @param a n×n
     * @return 0; or the order of the first leading minor that is not positive definite, which NaN and infinity are not: then an A on
     *     the heap is as it was, off the heap its triangle is lost
     * @throws IllegalArgumentException if a count or offset is negative, a stride too small or an operand too short
     */
    public int cholesky(Triangle triangle, int n, double[] a, int aOffset, int lda) {
        return factorizations.cholesky(triangle, n, ofArray(a), aOffset, lda);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public int cholesky(Triangle triangle, int n, MemorySegment a, int lda) {
        return factorizations.cholesky(triangle, n, a, 0, lda);
    }

    /**
     * {@code B ← X} where {@code A X = B} or {@code X A = B}, from the factor of A. On the right nothing is transposed: use it for
     * {@code B A⁻¹}, many rows. Cost: 2n²·count flops.
     *
     * @param side where A stands
     * @param triangle the one that holds the factor
     * @param n order of A
     * @param count of right sides
     * @param a n×n, from {@code cholesky}
     * @param b n×count on the left, count×n on the right; overwritten
     * @throws IllegalArgumentException as {@code cholesky} does
     */
    public void choleskySolve(
            Side side,
            Triangle triangle,
            int n,
            int count,
            double[] a,
            int aOffset,
            int lda,
            double[] b,
            int bOffset,
            int ldb) {
        factorizations.choleskySolve(side, triangle, n, count, ofArray(a), aOffset, lda, ofArray(b), bOffset, ldb);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void choleskySolve(
            Side side, Triangle triangle, int n, int count, MemorySegment a, int lda, MemorySegment b, int ldb) {
        factorizations.choleskySolve(side, triangle, n, count, a, 0, lda, b, 0, ldb);
    }

    /**
     * {@code A = QR} by Householder reflections, k = min(m, n); the diagonal of R may have either sign. Cost: 4mnk - 4k³/3 flops or
     * less.
     *
     * @param m rows of A
     * @param n columns of A
     * @param a m×n, kept
     * @param q m×k, orthonormal columns; may be A itself where k = n
     * @param r k×n, upper triangular, zeros below the diagonal
     * @throws IllegalArgumentException as {@code cholesky} does, and if an entry of A is NaN or infinite
     */
    public void thinQr(
            int m,
            int n,
            double[] a,
            int aOffset,
            int lda,
            double[] q,
            int qOffset,
            int ldq,
            double[] r,
            int rOffset,
            int ldr) {
        factorizations.thinQr(m, n, ofArray(a), aOffset, lda, ofArray(q), qOffset, ldq, ofArray(r), rOffset, ldr);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void thinQr(int m, int n, MemorySegment a, int lda, MemorySegment q, int ldq, MemorySegment r, int ldr) {
        factorizations.thinQr(m, n, a, 0, lda, q, 0, ldq, r, 0, ldr);
    }

    /**
     * {@code A = U diag(values) Vᵀ} by divide and conquer, k = min(m, n). Cost: about 6mnk + 20k³ flops, and as much memory again as
     * A, U and V take.
     *
     * @param m rows of A
     * @param n columns of A
     * @param a m×n, kept
     * @param u m×k, orthonormal columns
     * @param values k of them, at least 0, descending
     * @param v n×k, orthonormal columns
     * @throws IllegalArgumentException as {@code cholesky} does, and if an entry of A is NaN or infinite (LAPACK may then never
     *     return), or if k is above 23169
     * @throws BlasException if the iteration does not converge
     */
    public void thinSvd(
            int m,
            int n,
            double[] a,
            int aOffset,
            int lda,
            double[] u,
            int uOffset,
            int ldu,
            double[] values,
            int valuesOffset,
            double[] v,
            int vOffset,
            int ldv) {
        factorizations.thinSvd(
                m,
                n,
                ofArray(a),
                aOffset,
                lda,
                ofArray(u),
                uOffset,
                ldu,
                ofArray(values),
                valuesOffset,
                ofArray(v),
                vOffset,
                ldv);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void thinSvd(
            int m,
            int n,
            MemorySegment a,
            int lda,
            MemorySegment u,
            int ldu,
            MemorySegment values,
            MemorySegment v,
            int ldv) {
        factorizations.thinSvd(m, n, a, 0, lda, u, 0, ldu, values, 0, v, 0, ldv);
    }

    /**
     * {@code A = V diag(values) Vᵀ} of a symmetric A, by divide and conquer. Cost: about 4n³ flops.
     *
     * @param triangle the one of A that is read
     * @param n order of A
     * @param a n×n, kept
     * @param values n of them, descending
     * @param v n×n, column j belongs to value j; may be A itself
     * @throws IllegalArgumentException as {@code cholesky} does, and if an entry read is NaN or infinite (LAPACK may then never
     *     return), or if n is above 32766
     * @throws BlasException if the iteration does not converge
     */
    public void symmetricEigen(
            Triangle triangle,
            int n,
            double[] a,
            int aOffset,
            int lda,
            double[] values,
            int valuesOffset,
            double[] v,
            int vOffset,
            int ldv) {
        factorizations.symmetricEigen(
                triangle, n, ofArray(a), aOffset, lda, ofArray(values), valuesOffset, ofArray(v), vOffset, ldv);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void symmetricEigen(
            Triangle triangle, int n, MemorySegment a, int lda, MemorySegment values, MemorySegment v, int ldv) {
        factorizations.symmetricEigen(triangle, n, a, 0, lda, values, 0, v, 0, ldv);
    }

    /**
     * The X of least {@code |AX - B|}, of those the one of least {@code |X|} where m &lt; n, by QR or LQ of an A of full rank. Cost:
     * about 2mnk flops, k = min(m, n), and 4mn for each right side.
     *
     * @param m rows of A and B
     * @param n columns of A, rows of X
     * @param count of right sides, columns of B and X
     * @param a m×n, kept
     * @param b m×count, kept
     * @param x n×count
     * @throws IllegalArgumentException as {@code cholesky} does, and if an entry of A or B is NaN or infinite
     * @throws BlasException if a pivot of A is exactly 0; an A of nearly full rank is not noticed
     */
    public void leastSquares(
            int m,
            int n,
            int count,
            double[] a,
            int aOffset,
            int lda,
            double[] b,
            int bOffset,
            int ldb,
            double[] x,
            int xOffset,
            int ldx) {
        factorizations.leastSquares(
                m, n, count, ofArray(a), aOffset, lda, ofArray(b), bOffset, ldb, ofArray(x), xOffset, ldx);
    }

    /**
     * The same on memory segments, which hold {@code double}s, on the heap or off it.
     */
    public void leastSquares(
            int m, int n, int count, MemorySegment a, int lda, MemorySegment b, int ldb, MemorySegment x, int ldx) {
        factorizations.leastSquares(m, n, count, a, 0, lda, b, 0, ldb, x, 0, ldx);
    }
}

package lowrank4j.blas;

import static java.lang.foreign.MemorySegment.ofArray;

import java.lang.foreign.MemorySegment;

/**
 * Matrix factorisations in single precision; taken from {@link OpenBlas#floatLapack()}.
 *
 * <p>Everything is as in {@link Lapack}, with {@code float} for {@code double}.
 */
public final class FloatLapack {
    private final CheckedFactorizations factorizations =
            new CheckedFactorizations(new FloatLapackRoutines(), new FloatBlasRoutines());

    FloatLapack() {}

    /**
     * {@link Lapack#cholesky} in single precision.
     */
    public int cholesky(Triangle triangle, int n, float[] a, int aOffset, int lda) {
        return factorizations.cholesky(triangle, n, ofArray(a), aOffset, lda);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public int cholesky(Triangle triangle, int n, MemorySegment a, int lda) {
        return factorizations.cholesky(triangle, n, a, 0, lda);
    }

    /**
     * {@link Lapack#choleskySolve} in single precision.
     */
    public void choleskySolve(
            Side side,
            Triangle triangle,
            int n,
            int count,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb) {
        factorizations.choleskySolve(side, triangle, n, count, ofArray(a), aOffset, lda, ofArray(b), bOffset, ldb);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void choleskySolve(
            Side side, Triangle triangle, int n, int count, MemorySegment a, int lda, MemorySegment b, int ldb) {
        factorizations.choleskySolve(side, triangle, n, count, a, 0, lda, b, 0, ldb);
    }

    /**
     * {@link Lapack#thinQr} in single precision.
     */
    public void thinQr(
            int m,
            int n,
            float[] a,
            int aOffset,
            int lda,
            float[] q,
            int qOffset,
            int ldq,
            float[] r,
            int rOffset,
            int ldr) {
        factorizations.thinQr(m, n, ofArray(a), aOffset, lda, ofArray(q), qOffset, ldq, ofArray(r), rOffset, ldr);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void thinQr(int m, int n, MemorySegment a, int lda, MemorySegment q, int ldq, MemorySegment r, int ldr) {
        factorizations.thinQr(m, n, a, 0, lda, q, 0, ldq, r, 0, ldr);
    }

    /**
     * {@link Lapack#thinSvd} in single precision.
     */
    public void thinSvd(
            int m,
            int n,
            float[] a,
            int aOffset,
            int lda,
            float[] u,
            int uOffset,
            int ldu,
            float[] values,
            int valuesOffset,
            float[] v,
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
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
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
     * {@link Lapack#symmetricEigen} in single precision.
     */
    public void symmetricEigen(
            Triangle triangle,
            int n,
            float[] a,
            int aOffset,
            int lda,
            float[] values,
            int valuesOffset,
            float[] v,
            int vOffset,
            int ldv) {
        factorizations.symmetricEigen(
                triangle, n, ofArray(a), aOffset, lda, ofArray(values), valuesOffset, ofArray(v), vOffset, ldv);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void symmetricEigen(
            Triangle triangle, int n, MemorySegment a, int lda, MemorySegment values, MemorySegment v, int ldv) {
        factorizations.symmetricEigen(triangle, n, a, 0, lda, values, 0, v, 0, ldv);
    }

    /**
     * {@link Lapack#leastSquares} in single precision.
     */
    public void leastSquares(
            int m,
            int n,
            int count,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float[] x,
            int xOffset,
            int ldx) {
        factorizations.leastSquares(
                m, n, count, ofArray(a), aOffset, lda, ofArray(b), bOffset, ldb, ofArray(x), xOffset, ldx);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void leastSquares(
            int m, int n, int count, MemorySegment a, int lda, MemorySegment b, int ldb, MemorySegment x, int ldx) {
        factorizations.leastSquares(m, n, count, a, 0, lda, b, 0, ldb, x, 0, ldx);
    }
}

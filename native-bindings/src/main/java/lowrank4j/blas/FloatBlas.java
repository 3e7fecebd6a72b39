package lowrank4j.blas;

import static java.lang.foreign.MemorySegment.ofArray;

import java.lang.foreign.MemorySegment;

/**
 * Products of vectors and matrices in single precision; taken from {@link OpenBlas#floatBlas()}.
 *
 * <p>Everything is as in {@link Blas}, with {@code float} for {@code double}; sums are taken in single precision.
 */
public final class FloatBlas {
    private final CheckedProducts products = new CheckedProducts(new FloatBlasRoutines());

    FloatBlas() {}

    /**
     * {@link Blas#gemm} in single precision.
     */
    public void gemm(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb,
            float beta,
            float[] c,
            int cOffset,
            int ldc) {
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
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void gemm(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            float alpha,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb,
            float beta,
            MemorySegment c,
            int ldc) {
        products.gemm(transA, transB, m, n, k, alpha, a, 0, lda, b, 0, ldb, beta, c, 0, ldc);
    }

    /**
     * {@link Blas#syrk} in single precision.
     */
    public void syrk(
            Triangle triangle,
            Transpose transpose,
            int n,
            int k,
            float alpha,
            float[] a,
            int aOffset,
            int lda,
            float beta,
            float[] c,
            int cOffset,
            int ldc) {
        products.syrk(triangle, transpose, n, k, alpha, ofArray(a), aOffset, lda, beta, ofArray(c), cOffset, ldc);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void syrk(
            Triangle triangle,
            Transpose transpose,
            int n,
            int k,
            float alpha,
            MemorySegment a,
            int lda,
            float beta,
            MemorySegment c,
            int ldc) {
        products.syrk(triangle, transpose, n, k, alpha, a, 0, lda, beta, c, 0, ldc);
    }

    /**
     * {@link Blas#trsm} in single precision.
     */
    public void trsm(
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            int m,
            int n,
            float alpha,
            float[] a,
            int aOffset,
            int lda,
            float[] b,
            int bOffset,
            int ldb) {
        products.trsm(
                side, triangle, transpose, diagonal, m, n, alpha, ofArray(a), aOffset, lda, ofArray(b), bOffset, ldb);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void trsm(
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            int m,
            int n,
            float alpha,
            MemorySegment a,
            int lda,
            MemorySegment b,
            int ldb) {
        products.trsm(side, triangle, transpose, diagonal, m, n, alpha, a, 0, lda, b, 0, ldb);
    }

    /**
     * {@link Blas#gemv} in single precision.
     */
    public void gemv(
            Transpose transpose,
            int m,
            int n,
            float alpha,
            float[] a,
            int aOffset,
            int lda,
            float[] x,
            int xOffset,
            float beta,
            float[] y,
            int yOffset) {
        products.gemv(transpose, m, n, alpha, ofArray(a), aOffset, lda, ofArray(x), xOffset, beta, ofArray(y), yOffset);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void gemv(
            Transpose transpose,
            int m,
            int n,
            float alpha,
            MemorySegment a,
            int lda,
            MemorySegment x,
            float beta,
            MemorySegment y) {
        products.gemv(transpose, m, n, alpha, a, 0, lda, x, 0, beta, y, 0);
    }

    /**
     * {@link Blas#dot} in single precision.
     */
    public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        return (float) products.dot(n, ofArray(x), xOffset, ofArray(y), yOffset);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public float dot(int n, MemorySegment x, MemorySegment y) {
        return (float) products.dot(n, x, 0, y, 0);
    }

    /**
     * {@link Blas#axpy} in single precision.
     */
    public void axpy(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        products.axpy(n, alpha, ofArray(x), xOffset, ofArray(y), yOffset);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public void axpy(int n, float alpha, MemorySegment x, MemorySegment y) {
        products.axpy(n, alpha, x, 0, y, 0);
    }

    /**
     * {@link Blas#nrm2} in single precision.
     */
    public float nrm2(int n, float[] x, int xOffset) {
        return (float) products.nrm2(n, ofArray(x), xOffset);
    }

    /**
     * The same on memory segments, which hold {@code float}s, on the heap or off it.
     */
    public float nrm2(int n, MemorySegment x) {
        return (float) products.nrm2(n, x, 0);
    }
}

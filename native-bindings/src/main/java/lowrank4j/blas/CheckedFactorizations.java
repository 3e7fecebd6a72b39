package lowrank4j.blas;

import static lowrank4j.blas.CheckedProducts.requireCount;

import java.lang.foreign.MemorySegment;

/** The door of the factorisations: turns raw arguments into checked operands. Offsets count entries. */
final class CheckedFactorizations {
    private final Factorizations factorizations;

    CheckedFactorizations(LapackRoutines routines, BlasRoutines blasRoutines) {
        this.factorizations = new Factorizations(routines, new Products(blasRoutines));
    }

    int cholesky(Triangle triangle, int n, MemorySegment a, long aOffset, int lda) {
        requireCount("n", n);
        return factorizations.cholesky(
                triangle, matrix("a", a, aOffset, n, n, lda).writable("a"));
    }

    void choleskySolve(
            Side side,
            Triangle triangle,
            int n,
            int count,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment b,
            long bOffset,
            int ldb) {
        requireCount("n", n);
        requireCount("count", count);
        Block factor = matrix("a", a, aOffset, n, n, lda);
        Block rightSides =
                side == Side.LEFT ? matrix("b", b, bOffset, n, count, ldb) : matrix("b", b, bOffset, count, n, ldb);
        factorizations.choleskySolve(side, triangle, factor, rightSides.writable("b"));
    }

    void thinQr(
            int m,
            int n,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment q,
            long qOffset,
            int ldq,
            MemorySegment r,
            long rOffset,
            int ldr) {
        requireCount("m", m);
        requireCount("n", n);
        int k = Math.min(m, n);
        factorizations.thinQr(
                matrix("a", a, aOffset, m, n, lda),
                matrix("q", q, qOffset, m, k, ldq).writable("q"),
                matrix("r", r, rOffset, k, n, ldr).writable("r"));
    }

    void thinSvd(
            int m,
            int n,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment u,
            long uOffset,
            int ldu,
            MemorySegment values,
            long valuesOffset,
            MemorySegment v,
            long vOffset,
            int ldv) {
        requireCount("m", m);
        requireCount("n", n);
        int k = Math.min(m, n);
        factorizations.thinSvd(
                matrix("a", a, aOffset, m, n, lda),
                matrix("u", u, uOffset, m, k, ldu).writable("u"),
                vector("values", values, valuesOffset, k).writable("values"),
                matrix("v", v, vOffset, n, k, ldv).writable("v"));
    }

    void symmetricEigen(
            Triangle triangle,
            int n,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment values,
            long valuesOffset,
            MemorySegment v,
            long vOffset,
            int ldv) {
        requireCount("n", n);
        factorizations.symmetricEigen(
                triangle,
                matrix("a", a, aOffset, n, n, lda),
                vector("values", values, valuesOffset, n).writable("values"),
                matrix("v", v, vOffset, n, n, ldv).writable("v"));
    }

    void leastSquares(
            int m,
            int n,
            int count,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment b,
            long bOffset,
            int ldb,
            MemorySegment x,
            long xOffset,
            int ldx) {
        requireCount("m", m);
        requireCount("n", n);
        requireCount("count", count);
        factorizations.leastSquares(
                matrix("a", a, aOffset, m, n, lda),
                matrix("b", b, bOffset, m, count, ldb),
                matrix("x", x, xOffset, n, count, ldx).writable("x"));
    }

    private Block matrix(String name, MemorySegment data, long offset, int rows, int columns, int stride) {
        return Block.matrix(name, data, offset, factorizations.precision(), rows, columns, stride);
    }

    private Block vector(String name, MemorySegment data, long offset, int length) {
        return Block.vector(name, data, offset, factorizations.precision(), length);
    }
}

package lowrank4j.blas;

import static lowrank4j.blas.Transpose.NONE;

import java.lang.foreign.MemorySegment;

/** The door of the products: turns raw arguments into checked operands. Offsets count entries. */
final class CheckedProducts {
    private final Products products;

    CheckedProducts(BlasRoutines routines) {
        this.products = new Products(routines);
    }

    void gemm(
            Transpose transA,
            Transpose transB,
            int m,
            int n,
            int k,
            double alpha,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment b,
            long bOffset,
            int ldb,
            double beta,
            MemorySegment c,
            long cOffset,
            int ldc) {
        requireCount("m", m);
        requireCount("n", n);
        requireCount("k", k);
        Block left = stored("a", transA, a, aOffset, m, k, lda);
        Block right = stored("b", transB, b, bOffset, k, n, ldb);
        Block result = stored("c", NONE, c, cOffset, m, n, ldc).writable("c");
        products.gemm(transA, transB, k, alpha, left, right, beta, result);
    }

    void syrk(
            Triangle triangle,
            Transpose transpose,
            int n,
            int k,
            double alpha,
            MemorySegment a,
            long aOffset,
            int lda,
            double beta,
            MemorySegment c,
            long cOffset,
            int ldc) {
        requireCount("n", n);
        requireCount("k", k);
        Block factor = stored("a", transpose, a, aOffset, n, k, lda);
        Block result = stored("c", NONE, c, cOffset, n, n, ldc).writable("c");
        products.syrk(triangle, transpose, k, alpha, factor, beta, result);
    }

    void trsm(
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            int m,
            int n,
            double alpha,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment b,
            long bOffset,
            int ldb) {
        requireCount("m", m);
        requireCount("n", n);
        int order = side == Side.LEFT ? m : n;
        Block matrix = stored("a", NONE, a, aOffset, order, order, lda);
        Block result = stored("b", NONE, b, bOffset, m, n, ldb).writable("b");
        products.trsm(side, triangle, transpose, diagonal, alpha, matrix, result);
    }

    void gemv(
            Transpose transpose,
            int m,
            int n,
            double alpha,
            MemorySegment a,
            long aOffset,
            int lda,
            MemorySegment x,
            long xOffset,
            double beta,
            MemorySegment y,
            long yOffset) {
        requireCount("m", m);
        requireCount("n", n);
        Block matrix = stored("a", NONE, a, aOffset, m, n, lda);
        Block in = vector("x", x, xOffset, transpose == NONE ? n : m);
        Block out = vector("y", y, yOffset, transpose == NONE ? m : n).writable("y");
        products.gemv(transpose, alpha, matrix, in, beta, out);
    }

    double dot(int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
        requireCount("n", n);
        return products.dot(vector("x", x, xOffset, n), vector("y", y, yOffset, n));
    }

    void axpy(int n, double alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
        requireCount("n", n);
        products.axpy(
                alpha, vector("x", x, xOffset, n), vector("y", y, yOffset, n).writable("y"));
    }

    double nrm2(int n, MemorySegment x, long xOffset) {
        requireCount("n", n);
        return products.nrm2(vector("x", x, xOffset, n));
    }

    /** An operand of which op(A) has the given extents. */
    private Block stored(
            String name, Transpose transpose, MemorySegment data, long offset, int rows, int columns, int stride) {
        return transpose == NONE
                ? Block.matrix(name, data, offset, products.precision(), rows, columns, stride)
                : Block.matrix(name, data, offset, products.precision(), columns, rows, stride);
    }

    private Block vector(String name, MemorySegment data, long offset, int length) {
        return Block.vector(name, data, offset, products.precision(), length);
    }

    static void requireCount(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " = " + value + ": must be 0 or more");
        }
    }
}

package lowrank4j.blas;

import static lowrank4j.blas.Transpose.NONE;

import java.lang.foreign.MemorySegment;

/**
 * Decides how a product reaches the library, for either precision.
 *
 * <p>Operands off the heap go through one plain call. Operands on the heap go through critical calls: nothing is copied, but until
 * such a call returns no thread gets past a safepoint. So each is kept short by cutting the product along one extent; for 100000x10
 * times 10x10 that takes 0.6 of the time of copying. Where no cut gives pieces worth a call, the operands are copied off the heap,
 * which costs about 5 % of so much arithmetic.
 */
final class Products {
    /** Flops of one critical call, about 0.1 ms of a dense product: a call of m = n = k = 1600 would stop all threads for 150 ms. */
    static final long CRITICAL_FLOPS = 4_000_000;

    /** Entries read by one critical call that is bound by memory, about 0.1 ms as well. */
    static final int CRITICAL_ENTRIES = 1 << 17;

    /** The shortest piece worth a call: each packs the operand that they share anew. */
    static final int SHORTEST_PIECE = 64;

    /** Side of the square tiles of a transposition: two of doubles fit the second-level cache. */
    static final int TILE = 128;

    /** Entries of one inner product in the search for NaN: OpenBLAS shares out longer ones among threads. */
    private static final int SHORT_VECTOR = 1 << 13;

    private final BlasRoutines routines;

    Products(BlasRoutines routines) {
        this.routines = routines;
    }

    Precision precision() {
        return routines.precision();
    }

    /** {@code C ← α op(A) op(B) + β C}, k the inner extent. */
    void gemm(Transpose transposeA, Transpose transposeB, int k, double alpha, Block a, Block b, double beta, Block c) {
        if (c.isEmpty()) {
            return;
        }
        if (!a.onHeap() && !b.onHeap() && !c.onHeap()) {
            routines.gemm(false, transposeA, transposeB, k, alpha, a, b, beta, c);
            return;
        }
        int m = c.rows();
        int n = c.columns();
        int rows = piece(m, 2L * n * k);
        int columns = piece(n, 2L * m * k);
        int terms = piece(k, 2L * m * n);
        if (rows > 0) {
            for (int i = 0, count; i < m; i += count) {
                count = Math.min(rows, m - i);
                Block rowsOfA = part(transposeA, a, i, 0, count, k);
                routines.gemm(true, transposeA, transposeB, k, alpha, rowsOfA, b, beta, c.part(i, 0, count, n));
            }
        } else if (columns > 0) {
            for (int j = 0, count; j < n; j += count) {
                count = Math.min(columns, n - j);
                Block columnsOfB = part(transposeB, b, 0, j, k, count);
                routines.gemm(true, transposeA, transposeB, k, alpha, a, columnsOfB, beta, c.part(0, j, m, count));
            }
        } else if (terms > 0) {
            for (int p = 0, count; p < k; p += count) {
                count = Math.min(terms, k - p);
                Block columnsOfA = part(transposeA, a, 0, p, m, count);
                Block rowsOfB = part(transposeB, b, p, 0, count, n);
                routines.gemm(true, transposeA, transposeB, count, alpha, columnsOfA, rowsOfB, p == 0 ? beta : 1, c);
            }
        } else {
            try (Scratch scratch = Scratch.open()) {
                Block out = result(scratch, c, beta);
                Block left = scratch.offHeap(a);
                Block right = scratch.offHeap(b);
                routines.gemm(false, transposeA, transposeB, k, alpha, left, right, beta, out);
                if (c.onHeap()) {
                    out.copyTo(c);
                }
            }
        }
    }

    /** One triangle of {@code C ← α op(A) op(A)ᵀ + β C}, k the inner extent. */
    void syrk(Triangle triangle, Transpose transpose, int k, double alpha, Block a, double beta, Block c) {
        if (c.isEmpty()) {
            return;
        }
        if (!a.onHeap() && !c.onHeap()) {
            routines.syrk(false, triangle, transpose, k, alpha, a, beta, c);
            return;
        }
        int n = c.rows();
        int terms = piece(k, (long) n * (n + 1L));
        if (terms > 0) {
            for (int p = 0, count; p < k; p += count) {
                count = Math.min(terms, k - p);
                Block columnsOfA = part(transpose, a, 0, p, n, count);
                routines.syrk(true, triangle, transpose, count, alpha, columnsOfA, p == 0 ? beta : 1, c);
            }
        } else {
            try (Scratch scratch = Scratch.open()) {
                Block out = result(scratch, c, beta);
                routines.syrk(false, triangle, transpose, k, alpha, scratch.offHeap(a), beta, out);
                if (c.onHeap()) {
                    out.copyTriangleTo(c, triangle);
                }
            }
        }
    }

    /** {@code B ← X}, where {@code op(A) X = αB} or {@code X op(A) = αB}. */
    void trsm(Side side, Triangle triangle, Transpose transpose, Diagonal diagonal, double alpha, Block a, Block b) {
        if (b.isEmpty()) {
            return;
        }
        if (!a.onHeap() && !b.onHeap()) {
            routines.trsm(false, side, triangle, transpose, diagonal, alpha, a, b);
            return;
        }
        // Right sides are independent of each other: the columns of B in A X = αB, its rows in X A = αB.
        int rightSides = side == Side.LEFT ? b.columns() : b.rows();
        int piece = piece(rightSides, (long) a.rows() * a.rows());
        if (piece > 0) {
            for (int i = 0, count; i < rightSides; i += count) {
                count = Math.min(piece, rightSides - i);
                Block some = side == Side.LEFT ? b.part(0, i, b.rows(), count) : b.part(i, 0, count, b.columns());
                routines.trsm(true, side, triangle, transpose, diagonal, alpha, a, some);
            }
        } else {
            try (Scratch scratch = Scratch.open()) {
                Block out = scratch.offHeap(b);
                routines.trsm(false, side, triangle, transpose, diagonal, alpha, scratch.offHeap(a), out);
                if (b.onHeap()) {
                    out.copyTo(b);
                }
            }
        }
    }

    /** {@code B ← αAᵀ}, without overlap, in tiles that are short critical calls. */
    void transpose(double alpha, Block a, Block b) {
        for (int i = 0, rows; i < a.rows(); i += rows) {
            rows = Math.min(TILE, a.rows() - i);
            for (int j = 0, columns; j < a.columns(); j += columns) {
                columns = Math.min(TILE, a.columns() - j);
                routines.transpose(alpha, a.part(i, j, rows, columns), b.part(j, i, columns, rows));
            }
        }
    }

    /** {@code y ← α op(A) x + β y}. */
    void gemv(Transpose transpose, double alpha, Block a, Block x, double beta, Block y) {
        if (a.isEmpty()) {
            y.scale(beta); // BLAS leaves y as it is here
            return;
        }
        if (!a.onHeap() && !x.onHeap() && !y.onHeap()) {
            routines.gemv(false, transpose, alpha, a, x.data(), beta, y.data());
            return;
        }
        int width = Math.min(a.columns(), CRITICAL_ENTRIES);
        int height = Math.clamp(CRITICAL_ENTRIES / width, 1, a.rows());
        for (int i = 0, rows; i < a.rows(); i += rows) {
            rows = Math.min(height, a.rows() - i);
            for (int j = 0, columns; j < a.columns(); j += columns) {
                columns = Math.min(width, a.columns() - j);
                Block tile = a.part(i, j, rows, columns);
                if (transpose == NONE) {
                    MemorySegment out = y.part(0, i, 1, rows).data();
                    routines.gemv(
                            true, NONE, alpha, tile, x.part(0, j, 1, columns).data(), j == 0 ? beta : 1, out);
                } else {
                    MemorySegment out = y.part(0, j, 1, columns).data();
                    routines.gemv(
                            true, transpose, alpha, tile, x.part(0, i, 1, rows).data(), i == 0 ? beta : 1, out);
                }
            }
        }
    }

    /** {@code xᵀy}. */
    double dot(Block x, Block y) {
        int n = x.columns();
        if (!x.onHeap() && !y.onHeap()) {
            return routines.dot(false, n, x.data(), y.data());
        }
        double sum = 0;
        for (int i = 0, count; i < n; i += count) {
            count = Math.min(CRITICAL_ENTRIES, n - i);
            sum += routines.dot(
                    true,
                    count,
                    x.part(0, i, 1, count).data(),
                    y.part(0, i, 1, count).data());
        }
        return sum;
    }

    /** Whether a compact block off the heap is free of NaN and of numbers, infinite or not, whose squares are infinite. */
    boolean squaresAreFinite(Block a) {
        long bytes = a.data().byteSize();
        long step = (long) SHORT_VECTOR * a.precision().bytes();
        boolean finite = true;
        for (long start = 0; start < bytes && finite; start += step) {
            MemorySegment x = a.data().asSlice(start, Math.min(step, bytes - start));
            int n = (int) (x.byteSize() / a.precision().bytes());
            finite = Double.isFinite(routines.dot(false, n, x, x));
        }
        return finite;
    }

    /** {@code y ← αx + y}. */
    void axpy(double alpha, Block x, Block y) {
        int n = x.columns();
        if (!x.onHeap() && !y.onHeap()) {
            routines.axpy(false, n, alpha, x.data(), y.data());
            return;
        }
        for (int i = 0, count; i < n; i += count) {
            count = Math.min(CRITICAL_ENTRIES, n - i);
            routines.axpy(
                    true,
                    count,
                    alpha,
                    x.part(0, i, 1, count).data(),
                    y.part(0, i, 1, count).data());
        }
    }

    /** {@code √(xᵀx)}, without overflow where the result has none. */
    double nrm2(Block x) {
        int n = x.columns();
        if (!x.onHeap()) {
            return routines.nrm2(false, n, x.data());
        }
        double norm = 0;
        for (int i = 0, count; i < n; i += count) {
            count = Math.min(CRITICAL_ENTRIES, n - i);
            norm = Math.hypot(
                    norm, routines.nrm2(true, count, x.part(0, i, 1, count).data()));
        }
        return norm;
    }

    /** The part of a matrix whose place is given in op(A). */
    private static Block part(Transpose transpose, Block a, int i, int j, int rows, int columns) {
        return transpose == NONE ? a.part(i, j, rows, columns) : a.part(j, i, columns, rows);
    }

    /** Room off the heap for a result whose old values matter only where beta is not 0. */
    private static Block result(Scratch scratch, Block c, double beta) {
        if (!c.onHeap()) {
            return c;
        }
        return beta == 0 ? scratch.block(c.precision(), c.rows(), c.columns()) : scratch.copy(c);
    }

    /**
     * Into which even pieces to cut an extent so that each is one short critical call: the whole extent where that is short
     * enough, 0 where the pieces would not be worth their calls.
     */
    private static int piece(int extent, long flopsPerUnit) {
        long longest = CRITICAL_FLOPS / Math.max(1, flopsPerUnit);
        if (extent <= longest) {
            return extent;
        }
        if (longest < SHORTEST_PIECE) {
            return 0;
        }
        long pieces = Math.ceilDiv(extent, longest);
        return (int) Math.ceilDiv(extent, pieces);
    }
}

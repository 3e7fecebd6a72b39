package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import lowrank4j.matrix.Matrix;

/** {@code C ← αAᵀB + βC} where one of A and B has at most {@link #COLUMNS} columns: the other is read once, in order, and never packed. */
final class OuterProducts {
    /** Most columns of B, so that the sums of a block stay in the second-level cache. */
    static final int COLUMNS = 64;

    /** Columns of A in a block. */
    static final int BLOCK = 256;

    private static final int BLOCK_BYTES = Panels.BYTES * BLOCK;

    /** Of the sums of a block. */
    static final int BYTES = BLOCK_BYTES * COLUMNS;

    private OuterProducts() {}

    /** B has at most {@link #COLUMNS} columns. */
    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        MemorySegment sums = Scratch.ofThread().outerSums;
        for (int i = 0; i < a.columns(); i += BLOCK) {
            int rows = Math.min(BLOCK, a.columns() - i);
            sum(a, i, rows, b);
            for (int j = 0; j < b.columns(); j += Panels.WIDTH) {
                Panels.unpack(sums, j * BLOCK, rows, Math.min(Panels.WIDTH, b.columns() - j), alpha, beta, c, i, j);
            }
        }
    }

    /** A has at most {@link #COLUMNS} columns: the same with the parts of A and B, and the rows and columns of C, exchanged. */
    static void transposedMultiplyFewRows(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        MemorySegment sums = Scratch.ofThread().outerSums;
        for (int j = 0; j < b.columns(); j += BLOCK) {
            int columns = Math.min(BLOCK, b.columns() - j);
            sum(b, j, columns, a);
            for (int i = 0; i < a.columns(); i += Panels.WIDTH) {
                Panels.unpackTransposed(
                        sums, i * BLOCK, Math.min(Panels.WIDTH, a.columns() - i), columns, alpha, beta, c, i, j);
            }
        }
    }

    /** Sums rows i … i + rows - 1 of AᵀB into {@link Scratch#outerSums}. */
    private static void sum(Matrix a, int i, int rows, Matrix b) {
        Scratch scratch = Scratch.ofThread();
        for (int j = 0; j < b.columns(); j += Panels.WIDTH) {
            OuterTiles.clear(scratch.outerSums, j * BLOCK_BYTES, rows);
        }
        int rest = b.columns() % Panels.WIDTH;
        int whole = b.columns() - rest;
        for (int p = 0; p < a.rows(); p += OuterTiles.ROWS) {
            int depth = Math.min(OuterTiles.ROWS, a.rows() - p);
            for (int j = 0; j < whole; j += Panels.WIDTH) {
                wide(a, p, i, depth, rows, b, j, COUNT, scratch.outerSums);
            }
            if (rest > COUNT) {
                wide(a, p, i, depth, rows, b, whole, Panels.right(rest), scratch.outerSums);
            } else if (rest == COUNT) {
                narrow(
                        a,
                        p,
                        i,
                        depth,
                        rows,
                        b.data(),
                        b.rowOffset(p) + whole,
                        b.stride(),
                        scratch.outerSums,
                        whole * BLOCK_BYTES);
            } else if (rest > 0) {
                pad(b, p, depth, whole, scratch.tile);
                narrow(a, p, i, depth, rows, scratch.tile, 0, COUNT, scratch.outerSums, whole * BLOCK_BYTES);
            }
        }
    }

    private static void wide(
            Matrix a, int p, int i, int depth, int rows, Matrix b, int j, int right, MemorySegment sums) {
        int a0 = a.rowOffset(p) + i;
        int b0 = b.rowOffset(p) + j;
        if (depth == OuterTiles.ROWS) {
            OuterTiles.wide(a.data(), a0, a.stride(), rows, b.data(), b0, b.stride(), right, sums, j * BLOCK_BYTES);
            return;
        }
        for (int q = 0; q < depth; q++) {
            OuterTiles.wideRow(
                    a.data(), a0 + q * a.stride(), rows, b.data(), b0 + q * b.stride(), right, sums, j * BLOCK_BYTES);
        }
    }

    /** Rows p … p + depth - 1 of B from a column on, fewer than a vector of them, and zeros. */
    private static void pad(Matrix b, int p, int depth, int column, double[] tile) {
        int columns = b.columns() - column;
        for (int q = 0; q < depth; q++) {
            System.arraycopy(b.data(), b.rowOffset(p + q) + column, tile, q * COUNT, columns);
            Arrays.fill(tile, q * COUNT + columns, (q + 1) * COUNT, 0);
        }
    }

    private static void narrow(
            Matrix a, int p, int i, int depth, int rows, double[] b, int b0, int stride, MemorySegment sums, int s0) {
        int a0 = a.rowOffset(p) + i;
        if (depth == OuterTiles.ROWS) {
            OuterTiles.narrow(a.data(), a0, a.stride(), rows, b, b0, stride, sums, s0);
            return;
        }
        for (int q = 0; q < depth; q++) {
            OuterTiles.narrowRow(a.data(), a0 + q * a.stride(), rows, b, b0 + q * stride, sums, s0);
        }
    }
}

package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import java.lang.foreign.MemorySegment;
import lowrank4j.matrix.Matrix;

/** The tiles of one packed block of B: a tile's part of A stays in the first-level cache while the panels pass by. */
final class Blocks {
    private Blocks() {}

    /**
     * Columns j … j + columns - 1 of {@code C ← AB} or, where {@code add} says so, {@code C ← C + AB}, for columns p … p + depth - 1
     * of A and the block of B in {@link Scratch#panels}. With {@code transposed}, Aᵀ takes the place of A: its rows are packed,
     * since a loop over a column of A checks each access.
     */
    static void multiply(boolean transposed, Matrix a, int p, int depth, int columns, Matrix c, int j, boolean add) {
        Scratch scratch = Scratch.ofThread();
        for (int i = 0; i < c.rows(); i += Panels.ROWS) {
            int rows = Math.min(Panels.ROWS, c.rows() - i);
            int c0 = c.rowOffset(i) + j;
            if (transposed) {
                Panels.packRows(a.data(), a.rowOffset(p) + i, a.stride(), depth, rows, scratch.strip);
                multiply(scratch.strip, 0, depth, rows, scratch, depth, columns, c, c0, add);
            } else {
                multiply(a.data(), a.rowOffset(i) + p, a.stride(), rows, scratch, depth, columns, c, c0, add);
            }
        }
    }

    private static void multiply(
            double[] a,
            int a0,
            int stride,
            int rows,
            Scratch scratch,
            int depth,
            int columns,
            Matrix c,
            int c0,
            boolean add) {
        MemorySegment panels = scratch.panels;
        int q = 0;
        for (; q + COUNT < columns; q += Panels.WIDTH) {
            int right = Panels.right(Math.min(Panels.WIDTH, columns - q));
            RowTiles.wide(
                    a,
                    a0,
                    stride,
                    rows,
                    panels,
                    q * depth * Panels.BYTES,
                    depth,
                    add,
                    c.data(),
                    c0 + q,
                    c.stride(),
                    right);
        }
        int overlap = Panels.overlap(columns);
        if (q + COUNT == columns + overlap && (overlap == 0 || !add)) {
            RowTiles.narrow(
                    a,
                    a0,
                    stride,
                    rows,
                    panels,
                    q * depth * Panels.BYTES,
                    depth,
                    add,
                    c.data(),
                    c0 + q - overlap,
                    c.stride());
        } else if (q < columns) {
            RowTiles.narrow(
                    a, a0, stride, rows, panels, q * depth * Panels.BYTES, depth, false, scratch.tile, 0, COUNT);
            unload(scratch.tile, overlap, rows, columns - q, add, c.data(), c0 + q, c.stride());
        }
    }

    /** The columns of a tile from {@code first} that belong to C, fewer than a vector. */
    private static void unload(
            double[] tile, int first, int rows, int columns, boolean add, double[] c, int c0, int stride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = tile[i * COUNT + first + j];
                c[c0 + i * stride + j] = add ? c[c0 + i * stride + j] + sum : sum;
            }
        }
    }
}

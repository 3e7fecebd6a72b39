package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import lowrank4j.matrix.Matrix;

/** The tiles of one packed block of B: a tile's part of A stays in the first-level cache while the panels pass by. */
final class Blocks {
    private Blocks() {}

    /**
     * Columns j … j + columns - 1 of {@code C ← AB} or, where {@code add} says so, {@code C ← C + AB}, for columns p … p + depth - 1
     * of A and the block of B in {@link Scratch#panels}. With {@code transposed}, Aᵀ takes the place of A.
     */
    static void multiply(boolean transposed, Matrix a, int p, int depth, int columns, Matrix c, int j, boolean add) {
        Scratch scratch = Scratch.ofThread();
        for (int i = 0; i < c.rows(); i += Panels.ROWS) {
            int rows = Math.min(Panels.ROWS, c.rows() - i);
            int a0 = transposed ? a.rowOffset(p) + i : a.rowOffset(i) + p;
            int q = 0;
            for (; q + COUNT < columns; q += Panels.WIDTH) {
                int right = Panels.right(Math.min(Panels.WIDTH, columns - q));
                wide(transposed, a, a0, rows, scratch.panels, q * depth, depth, add, c, c.rowOffset(i) + j + q, right);
            }
            if (q < columns) {
                narrow(transposed, a, a0, rows, scratch, q * depth, depth, add, c, c.rowOffset(i) + j + q, columns - q);
            }
        }
    }

    private static void wide(
            boolean transposed,
            Matrix a,
            int a0,
            int rows,
            double[] panels,
            int b0,
            int depth,
            boolean add,
            Matrix c,
            int c0,
            int right) {
        if (transposed) {
            ColumnTiles.wide(a.data(), a0, a.stride(), rows, panels, b0, depth, add, c.data(), c0, c.stride(), right);
        } else {
            RowTiles.wide(a.data(), a0, a.stride(), rows, panels, b0, depth, add, c.data(), c0, c.stride(), right);
        }
    }

    /** At most a vector of columns: fewer ones go through a tile of their own. */
    private static void narrow(
            boolean transposed,
            Matrix a,
            int a0,
            int rows,
            Scratch scratch,
            int b0,
            int depth,
            boolean add,
            Matrix c,
            int c0,
            int columns) {
        boolean whole = columns == COUNT;
        double[] to = whole ? c.data() : scratch.tile;
        int at = whole ? c0 : 0;
        int stride = whole ? c.stride() : COUNT;
        if (transposed) {
            ColumnTiles.narrow(a.data(), a0, a.stride(), rows, scratch.panels, b0, depth, add && whole, to, at, stride);
        } else {
            RowTiles.narrow(a.data(), a0, a.stride(), rows, scratch.panels, b0, depth, add && whole, to, at, stride);
        }
        if (!whole) {
            unload(scratch.tile, rows, columns, add, c.data(), c0, c.stride());
        }
    }

    private static void unload(double[] tile, int rows, int columns, boolean add, double[] c, int c0, int stride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = tile[i * COUNT + j];
                c[c0 + i * stride + j] = add ? c[c0 + i * stride + j] + sum : sum;
            }
        }
    }
}

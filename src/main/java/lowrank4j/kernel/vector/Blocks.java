package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import lowrank4j.matrix.Matrix;

/** The tiles of one packed block of B: A tile's rows stay in the first-level cache while the panels pass by. */
final class Blocks {
    private Blocks() {}

    static void alongRows(Matrix a, int p, int depth, int columns, Matrix c, int j, boolean add) {
        Scratch scratch = Scratch.ofThread();
        for (int i = 0; i < c.rows(); i += Panels.ROWS) {
            int rows = Math.min(Panels.ROWS, c.rows() - i);
            int a0 = a.rowOffset(i) + p;
            for (int q = 0; q < columns; q += Panels.WIDTH) {
                int width = Math.min(Panels.WIDTH, columns - q);
                int c0 = c.rowOffset(i) + j + q;
                if (width > COUNT) {
                    RowTiles.wide(
                            a.data(),
                            a0,
                            a.stride(),
                            rows,
                            scratch.panels,
                            q * depth,
                            depth,
                            add,
                            c.data(),
                            c0,
                            c.stride(),
                            Panels.right(width));
                } else if (width == COUNT) {
                    RowTiles.narrow(
                            a.data(),
                            a0,
                            a.stride(),
                            rows,
                            scratch.panels,
                            q * depth,
                            depth,
                            add,
                            c.data(),
                            c0,
                            c.stride());
                } else {
                    RowTiles.narrow(
                            a.data(),
                            a0,
                            a.stride(),
                            rows,
                            scratch.panels,
                            q * depth,
                            depth,
                            false,
                            scratch.tile,
                            0,
                            COUNT);
                    unload(scratch.tile, rows, width, add, c.data(), c0, c.stride());
                }
            }
        }
    }

    static void alongColumns(Matrix a, int p, int depth, int columns, Matrix c, int j, boolean add) {
        Scratch scratch = Scratch.ofThread();
        for (int i = 0; i < c.rows(); i += Panels.ROWS) {
            int rows = Math.min(Panels.ROWS, c.rows() - i);
            int a0 = a.rowOffset(p) + i;
            for (int q = 0; q < columns; q += Panels.WIDTH) {
                int width = Math.min(Panels.WIDTH, columns - q);
                int c0 = c.rowOffset(i) + j + q;
                if (width > COUNT) {
                    ColumnTiles.wide(
                            a.data(),
                            a0,
                            a.stride(),
                            rows,
                            scratch.panels,
                            q * depth,
                            depth,
                            add,
                            c.data(),
                            c0,
                            c.stride(),
                            Panels.right(width));
                } else if (width == COUNT) {
                    ColumnTiles.narrow(
                            a.data(),
                            a0,
                            a.stride(),
                            rows,
                            scratch.panels,
                            q * depth,
                            depth,
                            add,
                            c.data(),
                            c0,
                            c.stride());
                } else {
                    ColumnTiles.narrow(
                            a.data(),
                            a0,
                            a.stride(),
                            rows,
                            scratch.panels,
                            q * depth,
                            depth,
                            false,
                            scratch.tile,
                            0,
                            COUNT);
                    unload(scratch.tile, rows, width, add, c.data(), c0, c.stride());
                }
            }
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

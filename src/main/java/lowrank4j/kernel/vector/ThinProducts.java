package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import java.util.Arrays;
import lowrank4j.matrix.Matrix;

/** Products in which what is small stays in registers, where tiles would spend their time on beginnings and ends. */
final class ThinProducts {
    /** Most terms of AB that are taken this way. */
    static final int TERMS = 8;

    /** Rows that pass by at a time, so that they are still in a cache when they come again. */
    private static final int ROWS = 128;

    // Called through an interface, the loops are compiled on their own: in one method they would be too much for the
    // compiler,
    // and what it does not remove of vectors are objects.

    /** A loop of {@link ThinTiles}. */
    @FunctionalInterface
    private interface StreamTile {
        void stream(double[] a, int a0, int stride, int rows, double[] b, double[] c, int c0, int strideC);
    }

    /** A loop of {@link SumTiles}. */
    @FunctionalInterface
    private interface SumTile {
        void sum(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0);
    }

    private static final StreamTile[] STREAMS = {
        ThinTiles::one,
        ThinTiles::two,
        ThinTiles::three,
        ThinTiles::four,
        ThinTiles::five,
        ThinTiles::six,
        ThinTiles::seven,
        ThinTiles::eight
    };

    private static final SumTile[] SUMS = {SumTiles::one, SumTiles::two, SumTiles::four, SumTiles::eight};

    private ThinProducts() {}

    /** Whether {@link #multiply} can: few terms, and whole vectors of C or rows that follow each other without a gap. */
    static boolean canMultiply(Matrix a, double beta, Matrix c) {
        return beta == 0 && a.columns() > 0 && a.columns() <= TERMS && (c.columns() >= COUNT || c.isContiguous());
    }

    /** {@code C ← αAB}, or {@code C ← αABᵀ}, where {@link #canMultiply} says so. */
    static void multiply(boolean transposedB, double alpha, Matrix a, Matrix b, Matrix c) {
        double[] tile = Scratch.ofThread().tile;
        int columns = Math.min(COUNT, c.columns());
        for (int i = 0; i < c.rows(); i += ROWS) {
            int rows = Math.min(ROWS, c.rows() - i);
            for (int j = 0; j < c.columns(); j += COUNT) {
                // The last vector overlaps the one before: it writes the same values again.
                int from = Math.min(j, c.columns() - columns);
                load(transposedB, alpha, b, a.columns(), from, columns, tile);
                stream(a, i, rows, tile, c, from);
            }
        }
    }

    /** Columns j … j + columns - 1 of αB, or of αBᵀ, a vector wide. */
    private static void load(
            boolean transposedB, double alpha, Matrix b, int terms, int j, int columns, double[] tile) {
        double[] data = b.data();
        for (int p = 0; p < terms; p++) {
            int at = transposedB ? b.rowOffset(j) + p : b.rowOffset(p) + j;
            int step = transposedB ? b.stride() : 1;
            for (int q = 0; q < columns; q++) {
                tile[p * COUNT + q] = alpha * data[at + q * step];
            }
        }
    }

    /** Rows i … i + rows - 1 of C; those whose vector would reach beyond the last row of C by way of a copy. */
    private static void stream(Matrix a, int i, int rows, double[] tile, Matrix c, int j) {
        StreamTile tiles = STREAMS[a.columns() - 1];
        int end = c.rowOffset(c.rows() - 1) + c.columns();
        int c0 = c.rowOffset(i) + j;
        int whole = Math.clamp((end - COUNT - c0) / c.stride() + (c0 + COUNT <= end ? 1 : 0), 0, rows);
        tiles.stream(a.data(), a.rowOffset(i), a.stride(), whole, tile, c.data(), c0, c.stride());
        double[] copy = Scratch.ofThread().tile;
        int copyAt = TERMS * COUNT;
        for (int k = whole; k < rows; k++) {
            tiles.stream(a.data(), a.rowOffset(i + k), a.stride(), 1, tile, copy, copyAt, COUNT);
            System.arraycopy(copy, copyAt, c.data(), c.rowOffset(i + k) + j, c.columns() - j);
        }
    }

    /** {@code C ← αAᵀB + βC} for an A and a B of at most {@link OuterProducts#COLUMNS} columns. */
    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        double[] sums = Scratch.ofThread().sums;
        sum(a, b, false, sums);
        double[] data = c.data();
        for (int i = 0; i < c.rows(); i++) {
            int to = c.rowOffset(i);
            for (int j = 0; j < c.columns(); j++) {
                double sum = alpha * sums[i * SumTiles.STRIDE + j];
                data[to + j] = beta == 0 ? sum : sum + beta * data[to + j];
            }
        }
    }

    /** {@code G ← XᵀX} for an X of at most {@link OuterProducts#COLUMNS} columns: sums what is above the diagonal, and mirrors it. */
    static void gram(Matrix x, Matrix g) {
        double[] sums = Scratch.ofThread().sums;
        sum(x, x, true, sums);
        double[] data = g.data();
        for (int i = 0; i < g.rows(); i++) {
            for (int j = i; j < g.columns(); j++) {
                double sum = sums[i * SumTiles.STRIDE + j];
                data[g.rowOffset(i) + j] = sum;
                data[g.rowOffset(j) + i] = sum;
            }
        }
    }

    private static void sum(Matrix a, Matrix b, boolean upperOnly, double[] sums) {
        Arrays.fill(sums, 0, a.columns() * SumTiles.STRIDE, 0);
        for (int p = 0; p < a.rows(); p += ROWS) {
            int rows = Math.min(ROWS, a.rows() - p);
            for (int j = 0; j < b.columns(); j += Panels.WIDTH) {
                int columns = Math.min(Panels.WIDTH, b.columns() - j);
                int width = columns > COUNT ? Panels.WIDTH : COUNT;
                int needed = upperOnly ? Math.min(j + columns, a.columns()) : a.columns();
                // Vectors may reach into the next row of B, whose products are not looked at, but not beyond its array.
                int reach = b.data().length - width - b.rowOffset(p) - j;
                int whole = reach < 0 ? 0 : Math.min(rows, reach / b.stride() + 1);
                int i = 0;
                for (; width > COUNT && i <= needed - 4; i += 4) {
                    SumTiles.fourWide(
                            a.data(),
                            a.rowOffset(p) + i,
                            a.stride(),
                            whole,
                            b.data(),
                            b.rowOffset(p) + j,
                            b.stride(),
                            sums,
                            i * SumTiles.STRIDE + j);
                }
                for (; i < needed; i += chunk(needed - i)) {
                    sum(a, i, chunk(needed - i), b, j, p, whole, sums);
                    if (width > COUNT) {
                        sum(a, i, chunk(needed - i), b, j + COUNT, p, whole, sums);
                    }
                }
                rest(a, needed, b, j, columns, p + whole, rows - whole, sums);
            }
        }
    }

    private static void sum(Matrix a, int i, int chunk, Matrix b, int j, int p, int rows, double[] sums) {
        int a0 = a.rowOffset(p) + i;
        int b0 = b.rowOffset(p) + j;
        int s0 = i * SumTiles.STRIDE + j;
        SUMS[Integer.numberOfTrailingZeros(chunk)].sum(
                a.data(), a0, a.stride(), rows, b.data(), b0, b.stride(), sums, s0);
    }

    private static void rest(Matrix a, int needed, Matrix b, int j, int columns, int p, int rows, double[] sums) {
        for (int k = p; k < p + rows; k++) {
            for (int i = 0; i < needed; i++) {
                double factor = a.data()[a.rowOffset(k) + i];
                for (int q = 0; q < columns; q++) {
                    sums[i * SumTiles.STRIDE + j + q] += factor * b.data()[b.rowOffset(k) + j + q];
                }
            }
        }
    }

    /** The largest of 8, 4, 2 and 1 that is not above {@code rest}. */
    private static int chunk(int rest) {
        return Math.min(8, Integer.highestOneBit(rest));
    }
}

package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;

import java.util.Arrays;
import lowrank4j.matrix.Matrix;

/** Products in which what is small stays in registers, where tiles would spend their time on beginnings and ends. */
final class ThinProducts {
    /** Most terms of AB that are taken this way. */
    static final int TERMS = 8;

    /** Rows that pass by at a time, so that they are still in a cache when they come again. */
    private static final int ROWS = 128;

    // Called through an interface, the loops are compiled each on its own. In one method they would be too much for the
    // compiler, and vectors that it does not remove are objects.

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

    private static final StreamTile[] NARROW_STREAMS = {
        ThinTiles::oneNarrow, ThinTiles::twoNarrow, ThinTiles::threeNarrow, ThinTiles::fourNarrow
    };

    /** By the power of two of the columns of A. */
    private static final SumTile[] SUMS = {SumTiles::one, SumTiles::two, SumTiles::four};

    private static final SumTile[] WIDE_SUMS = {SumTiles::oneWide, SumTiles::twoWide, SumTiles::fourWide};

    private ThinProducts() {}

    /** Whether {@link #multiply} can: few terms, and whole vectors of C or rows that follow each other without a gap. */
    static boolean canMultiply(Matrix a, double beta, Matrix c) {
        return beta == 0 && a.columns() > 0 && a.columns() <= TERMS && (c.columns() >= width(a, c) || c.isContiguous());
    }

    /** Columns of C that are taken at a time. */
    private static int width(Matrix a, Matrix c) {
        return c.columns() <= STREAM_COUNT && a.columns() <= NARROW_STREAMS.length ? STREAM_COUNT : COUNT;
    }

    /** {@code C ← αAB}, or {@code C ← αABᵀ}, where {@link #canMultiply} says so. */
    static void multiply(boolean transposedB, double alpha, Matrix a, Matrix b, Matrix c) {
        double[] tile = Scratch.ofThread().tile;
        int width = width(a, c);
        int columns = Math.min(width, c.columns());
        for (int i = 0; i < c.rows(); i += ROWS) {
            int rows = Math.min(ROWS, c.rows() - i);
            for (int j = 0; j < c.columns(); j += width) {
                // The last vector overlaps the one before: it writes the same values again.
                int from = Math.min(j, c.columns() - columns);
                load(transposedB, alpha, b, a.columns(), from, columns, width, tile);
                stream(a, i, rows, tile, c, from);
            }
        }
    }

    /** Columns j … j + columns - 1 of αB, or of αBᵀ, {@code width} numbers a row. */
    private static void load(
            boolean transposedB, double alpha, Matrix b, int terms, int j, int columns, int width, double[] tile) {
        double[] data = b.data();
        for (int p = 0; p < terms; p++) {
            int at = transposedB ? b.rowOffset(j) + p : b.rowOffset(p) + j;
            int step = transposedB ? b.stride() : 1;
            for (int q = 0; q < columns; q++) {
                tile[p * width + q] = alpha * data[at + q * step];
            }
        }
    }

    /** Rows i … i + rows - 1 of C; those whose vector would reach beyond the last row of C by way of a copy. */
    private static void stream(Matrix a, int i, int rows, double[] tile, Matrix c, int j) {
        boolean dense = a.columns() == TERMS && a.stride() == TERMS && c.columns() == TERMS && c.stride() == TERMS;
        if (dense && COUNT == TERMS) {
            ThinTiles.eightOfEight(a.data(), a.rowOffset(i), rows, tile, c.data(), c.rowOffset(i) + j);
            return;
        }
        int width = width(a, c);
        StreamTile tiles = (width < COUNT ? NARROW_STREAMS : STREAMS)[a.columns() - 1];
        int end = c.rowOffset(c.rows() - 1) + c.columns();
        int c0 = c.rowOffset(i) + j;
        int whole = end - width < c0 ? 0 : Math.min(rows, (end - width - c0) / c.stride() + 1);
        tiles.stream(a.data(), a.rowOffset(i), a.stride(), whole, tile, c.data(), c0, c.stride());
        int copy = TERMS * COUNT;
        for (int k = whole; k < rows; k++) {
            tiles.stream(a.data(), a.rowOffset(i + k), a.stride(), 1, tile, tile, copy, width);
            System.arraycopy(tile, copy, c.data(), c.rowOffset(i + k) + j, c.columns() - j);
        }
    }

    /** {@code C ← αAᵀB + βC} for an A of at most {@link OuterProducts#COLUMNS} columns. */
    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        double[] sums = Scratch.ofThread().sums;
        double[] data = c.data();
        for (int first = 0; first < b.columns(); first += SumTiles.STRIDE) {
            int columns = Math.min(SumTiles.STRIDE, b.columns() - first);
            sum(a, b, first, columns, false, sums);
            for (int i = 0; i < a.columns(); i++) {
                int to = c.rowOffset(i) + first;
                for (int j = 0; j < columns; j++) {
                    double sum = alpha * sums[i * SumTiles.STRIDE + j];
                    data[to + j] = beta == 0 ? sum : sum + beta * data[to + j];
                }
            }
        }
    }

    /** {@code G ← XᵀX} for an X of at most {@link OuterProducts#COLUMNS} columns: sums what is above the diagonal, and mirrors it. */
    static void gram(Matrix x, Matrix g) {
        double[] sums = Scratch.ofThread().sums;
        sum(x, x, 0, x.columns(), true, sums);
        double[] data = g.data();
        for (int i = 0; i < g.rows(); i++) {
            for (int j = i; j < g.columns(); j++) {
                double sum = sums[i * SumTiles.STRIDE + j];
                data[g.rowOffset(i) + j] = sum;
                data[g.rowOffset(j) + i] = sum;
            }
        }
    }

    /** Sums AᵀB of so many columns of B from {@code first} on, at most {@link SumTiles#STRIDE}. */
    private static void sum(Matrix a, Matrix b, int first, int columns, boolean upperOnly, double[] sums) {
        Arrays.fill(sums, 0, a.columns() * SumTiles.STRIDE, 0);
        for (int p = 0; p < a.rows(); p += ROWS) {
            int rows = Math.min(ROWS, a.rows() - p);
            for (int j = 0; j < columns; j += Panels.WIDTH) {
                int some = Math.min(Panels.WIDTH, columns - j);
                int needed = upperOnly ? Math.min(j + some, a.columns()) : a.columns();
                int width = some <= STREAM_COUNT ? STREAM_COUNT : some <= SumTiles.WIDE ? SumTiles.WIDE : Panels.WIDTH;
                // Vectors may reach into the next row of B, whose products are not looked at, but not beyond its array.
                int reach = b.data().length - width - b.rowOffset(p) - first - j;
                int whole = reach < 0 ? 0 : Math.min(rows, reach / b.stride() + 1);
                for (int i = 0; i < needed; i += chunk(width, needed - i)) {
                    sum(a, i, chunk(width, needed - i), b, first, j, width, p, whole, sums);
                }
                rest(a, needed, b, first, j, some, p + whole, rows - whole, sums);
            }
        }
    }

    private static void sum(
            Matrix a, int i, int chunk, Matrix b, int first, int j, int width, int p, int rows, double[] sums) {
        int a0 = a.rowOffset(p) + i;
        int b0 = b.rowOffset(p) + first + j;
        int s0 = i * SumTiles.STRIDE + j;
        if (chunk == 6) {
            SumTiles.sixFull(a.data(), a0, a.stride(), rows, b.data(), b0, b.stride(), sums, s0);
            return;
        }
        if (width > SumTiles.WIDE && chunk == 4) {
            SumTiles.fourFull(a.data(), a0, a.stride(), rows, b.data(), b0, b.stride(), sums, s0);
            return;
        }
        SumTile tile = (width == STREAM_COUNT ? SUMS : WIDE_SUMS)[Integer.numberOfTrailingZeros(chunk)];
        for (int right = 0; right < width; right += SumTiles.WIDE) {
            tile.sum(a.data(), a0, a.stride(), rows, b.data(), b0 + right, b.stride(), sums, s0 + right);
        }
    }

    private static void rest(
            Matrix a, int needed, Matrix b, int first, int j, int columns, int p, int rows, double[] sums) {
        for (int k = p; k < p + rows; k++) {
            for (int i = 0; i < needed; i++) {
                double factor = a.data()[a.rowOffset(k) + i];
                for (int q = 0; q < columns; q++) {
                    sums[i * SumTiles.STRIDE + j + q] += factor * b.data()[b.rowOffset(k) + first + j + q];
                }
            }
        }
    }

    /** Columns of A that are taken next: of many beside whole vectors six, unless two would be left; of others four, two or one. */
    private static int chunk(int width, int rest) {
        return width > SumTiles.WIDE && rest >= 6 && rest != 8 ? 6 : Math.min(4, Integer.highestOneBit(rest));
    }
}

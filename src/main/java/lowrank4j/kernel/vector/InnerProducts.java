package lowrank4j.kernel.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static lowrank4j.kernel.vector.Lanes.COUNT;

import java.lang.foreign.MemorySegment;
import lowrank4j.matrix.Matrix;

/**
 * {@code C ← αAB} for a B of at most half as many columns as a vector has lanes, as inner products along the rows of A: no vector is half
 * empty, and no number of A has to be spread over one.
 */
final class InnerProducts {
    /** Most terms that are taken at a time, so that rows of A and the columns of B beside them stay in a near cache. */
    private static final int DEPTH = 512;

    private static final int MOST_ROWS = 4;

    /** Fewest terms: with 128 it took 0.94 of the time of {@link RowTiles}, with 200 0.76, but with 100 1.05 and with 50 1.3. */
    private static final int TERMS = 128;

    private InnerProducts() {}

    /** Whether {@link #multiply} can: few columns, many terms and a few rows. */
    static boolean canMultiply(Matrix a, Matrix c) {
        return c.columns() <= COUNT / 2 && a.columns() >= TERMS && c.rows() >= MOST_ROWS;
    }

    /** {@code C ← αAB}, or {@code C ← αABᵀ}; added to C where {@code add} says so. */
    static void multiply(boolean transposedB, double alpha, Matrix a, Matrix b, boolean add, Matrix c) {
        MemorySegment packed = Scratch.ofThread().panels;
        int terms = a.columns();
        int width = width(c);
        for (int p = 0; p < terms; p += DEPTH) {
            // A last block of less than a vector is joined to the one before.
            int depth = terms - p < DEPTH + COUNT ? terms - p : DEPTH;
            for (int k = 0; k < c.columns(); k++) {
                int from = transposedB ? b.rowOffset(k) + p : b.rowOffset(p) + k;
                pack(alpha, b.data(), from, transposedB ? 1 : b.stride(), depth, width, packed, k * COUNT);
            }
            multiply(a, p, depth, packed, add || p > 0, c);
            if (depth > DEPTH) {
                return;
            }
        }
    }

    /** A column of so many side by side; its last vector, if it has fewer left, reaches back, with zeros for what was there before. */
    private static void pack(
            double alpha, double[] b, int from, int step, int depth, int width, MemorySegment packed, int to) {
        int whole = depth - depth % COUNT;
        for (int q = 0; q < whole; q++) {
            packed.setAtIndex(JAVA_DOUBLE, to + q / COUNT * width * COUNT + q % COUNT, alpha * b[from + q * step]);
        }
        for (int lane = 0; lane < COUNT && whole < depth; lane++) {
            int q = depth - COUNT + lane;
            packed.setAtIndex(JAVA_DOUBLE, to + whole * width + lane, q < whole ? 0 : alpha * b[from + q * step]);
        }
    }

    private static void multiply(Matrix a, int p, int depth, MemorySegment packed, boolean add, Matrix c) {
        double[] sums = Scratch.ofThread().sums;
        boolean isWide = width(c) == 4;
        int height = isWide ? 2 : 4;
        for (int done = 0; done < c.rows(); done += height) {
            // The last tile reaches back to rows that are done.
            int i = Math.min(done, c.rows() - height);
            if (isWide) {
                InnerTiles.twoByFour(a.data(), a.rowOffset(i) + p, a.stride(), depth, packed, sums);
            } else {
                InnerTiles.fourByTwo(a.data(), a.rowOffset(i) + p, a.stride(), depth, packed, sums);
            }
            store(sums, done - i, height, add, c, i);
        }
    }

    /** Columns of a tile; of those that C does not have, whatever stands there, the sums are not looked at. */
    private static int width(Matrix c) {
        return c.columns() > 2 ? 4 : 2;
    }

    /** Rows of a tile from one on; its first row is row i of C. */
    private static void store(double[] sums, int from, int height, boolean add, Matrix c, int i) {
        double[] data = c.data();
        for (int row = from; row < height; row++) {
            int at = c.rowOffset(i + row);
            int lanes = row * width(c) * COUNT;
            for (int k = 0; k < c.columns(); k++) {
                double sum = Lanes.sum(sums, lanes + k * COUNT, COUNT);
                data[at + k] = add ? data[at + k] + sum : sum;
            }
        }
    }
}

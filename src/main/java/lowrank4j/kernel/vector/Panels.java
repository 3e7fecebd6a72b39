package lowrank4j.kernel.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import lowrank4j.matrix.Matrix;

/**
 * Packed blocks of B: panels of at most {@link #WIDTH} columns one after the other, each row by row, {@link #WIDTH} numbers a
 * row. Panels have no tails: where one has more columns than a vector but fewer than two, its second vector overlaps the first, and
 * where the last has fewer than a vector, it begins as many columns earlier.
 */
final class Panels {
    /** Numbers in a row of a panel: two vectors. */
    static final int WIDTH = 2 * COUNT;

    /** Of a number in a panel. */
    static final int BYTES = 8;

    static final int VECTOR_BYTES = BYTES * COUNT;

    /** Of a row of a panel. */
    static final int ROW_BYTES = BYTES * WIDTH;

    /** Rows of a register tile: with two vectors of B and a broadcast, its sums take fifteen registers. */
    static final int ROWS = 6;

    /** Most rows of B in a block: a panel of them fills half of the first-level cache. */
    static final int DEPTH = 256;

    /** Most columns of B in a block: such a block fills half of a second-level cache of a megabyte. */
    static final int COLUMNS = 256;

    private Panels() {}

    /** Where in a panel of this many columns the second vector begins; not above 0 where one vector is enough. */
    static int right(int columns) {
        return columns - COUNT;
    }

    /** Columns by which the last panel of a block begins earlier. */
    static int overlap(int columns) {
        int rest = columns % WIDTH;
        return columns < COUNT || rest == 0 || rest >= COUNT ? 0 : COUNT - rest;
    }

    /** Packs α times the depth×columns block of the row-major {@code b} from {@code b0}. */
    static void pack(double alpha, double[] b, int b0, int stride, int depth, int columns, MemorySegment panels) {
        int whole = columns - columns % WIDTH;
        for (int j = 0; j < whole; j += WIDTH) {
            for (int p = 0; p < depth; p++) {
                copyTwo(alpha, b, b0 + p * stride + j, COUNT, panels, j * depth * BYTES + p * ROW_BYTES);
            }
        }
        int overlap = overlap(columns);
        int rest = columns - whole + overlap;
        for (int p = 0; p < depth && rest > 0; p++) {
            int from = b0 + p * stride + whole - overlap;
            int to = whole * depth * BYTES + p * ROW_BYTES;
            if (rest >= COUNT) {
                copyTwo(alpha, b, from, right(rest), panels, to);
            } else {
                copyPart(alpha, b, from, rest, panels, to);
            }
        }
    }

    private static void copyTwo(double alpha, double[] b, int from, int right, MemorySegment panels, int to) {
        fromArray(DOUBLES, b, from).mul(alpha).intoMemorySegment(panels, to, ORDER);
        fromArray(DOUBLES, b, from + right).mul(alpha).intoMemorySegment(panels, to + VECTOR_BYTES, ORDER);
    }

    /** {@code columns}, fewer than a vector has lanes, and zeros. */
    private static void copyPart(double alpha, double[] b, int from, int columns, MemorySegment panels, int to) {
        if (Lanes.MASKS) {
            fromArray(DOUBLES, b, from, DOUBLES.indexInRange(0, columns))
                    .mul(alpha)
                    .intoMemorySegment(panels, to, ORDER);
        } else {
            panels.set(JAVA_DOUBLE, to, alpha * b[from]);
            panels.set(JAVA_DOUBLE, to + BYTES, 0);
        }
    }

    /** Packs α times the transpose of the columns×depth block of the row-major {@code b} from {@code b0}. */
    static void packTransposed(
            double alpha, double[] b, int b0, int stride, int depth, int columns, MemorySegment panels) {
        for (int j = 0; j < columns; j += WIDTH) {
            int first = columns - j < WIDTH ? j - overlap(columns) : j;
            int width = Math.min(WIDTH, columns - first);
            int right = Math.max(0, right(width));
            for (int q = 0; q < COUNT; q++) {
                int to = j * depth + q;
                packColumn(q < width ? alpha : 0, b, b0 + (first + Math.min(q, width - 1)) * stride, depth, panels, to);
                packColumn(alpha, b, b0 + (first + Math.min(right + q, width - 1)) * stride, depth, panels, to + COUNT);
            }
        }
    }

    private static void packColumn(double alpha, double[] b, int from, int depth, MemorySegment panels, int to) {
        for (int p = 0; p < depth; p++) {
            panels.setAtIndex(JAVA_DOUBLE, to + p * WIDTH, alpha * b[from + p]);
        }
    }

    /** Packs the columns of the depth×rows block of the row-major {@code a} from {@code a0}, one after the other. */
    static void packRows(double[] a, int a0, int stride, int depth, int rows, double[] strip) {
        for (int p = 0; p < depth; p++) {
            for (int i = 0; i < rows; i++) {
                strip[i * depth + p] = a[a0 + p * stride + i];
            }
        }
    }

    /** {@code C ← αS + βC} for rows×columns of C from (i, j) and the panel S at {@code from}; with β = 0 the old C is not read. */
    static void unpack(
            MemorySegment sums, int from, int rows, int columns, double alpha, double beta, Matrix c, int i, int j) {
        for (int row = 0; row < rows; row++) {
            int to = c.rowOffset(i + row) + j;
            int at = from + row * WIDTH;
            if (columns == WIDTH) {
                combine(sums, at, alpha, beta, c.data(), to, WIDTH);
            } else if (columns > COUNT) {
                combine(sums, at, alpha, beta, c.data(), to, COUNT);
                combine(sums, at + WIDTH - right(columns), alpha, beta, c.data(), to + COUNT, right(columns));
            } else {
                combine(sums, at, alpha, beta, c.data(), to, columns);
            }
        }
    }

    /** {@code C ← αSᵀ + βC} for rows×columns of C from (i, j) and the panel S at {@code from}, whose columns are C's rows. */
    static void unpackTransposed(
            MemorySegment sums, int from, int rows, int columns, double alpha, double beta, Matrix c, int i, int j) {
        double[] data = c.data();
        for (int row = 0; row < rows; row++) {
            int at = from + (row < COUNT ? row : row + WIDTH - rows);
            int to = c.rowOffset(i + row) + j;
            for (int k = 0; k < columns; k++) {
                double sum = alpha * sums.getAtIndex(JAVA_DOUBLE, at + k * WIDTH);
                data[to + k] = beta == 0 ? sum : sum + beta * data[to + k];
            }
        }
    }

    private static void combine(MemorySegment sums, int from, double alpha, double beta, double[] c, int to, int n) {
        for (int k = 0; k < n; k++) {
            double sum = alpha * sums.getAtIndex(JAVA_DOUBLE, from + k);
            c[to + k] = beta == 0 ? sum : sum + beta * c[to + k];
        }
    }
}

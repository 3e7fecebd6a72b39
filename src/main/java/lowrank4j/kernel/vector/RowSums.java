package lowrank4j.kernel.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;

/**
 * {@code C ← αAᵀB + βC} for a B of a few columns: multiples of A's rows are added to a sum for each column of B, as long as such a row. A is
 * read in its order, four rows at a time, and no vector is half empty.
 */
final class RowSums {
    /** Most columns of B: its numbers of four rows, spread over vectors, take half of the registers. */
    private static final int COLUMNS = Math.min(4, COUNT / 2);

    private static final int ROWS = 4;

    /** Columns of A in a block, whose sums stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private static final int BYTES = Panels.BYTES;
    private static final long PITCH = (long) BLOCK * BYTES;

    private RowSums() {}

    /** Whether {@link #transposedMultiply} can: a few columns, one at least. */
    static boolean canMultiply(Matrix b) {
        return b.columns() > 0 && b.columns() <= COLUMNS;
    }

    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        MemorySegment sums = Scratch.ofThread().outerSums;
        for (int j = 0; j < a.columns(); j += BLOCK) {
            int columns = Math.min(BLOCK, a.columns() - j);
            int padded = (columns + COUNT - 1) / COUNT * COUNT;
            for (int k = 0; k < COLUMNS; k++) {
                clear(sums, k * PITCH, padded);
            }
            sum(a, j, columns, padded, b, sums);
            for (int k = 0; k < c.columns(); k++) {
                combine(alpha, sums, (long) k * BLOCK, columns, beta, c.data(), c.rowOffset(j) + k, c.stride());
            }
        }
    }

    /** A column of C. */
    private static void combine(
            double alpha, MemorySegment sums, long from, int count, double beta, double[] c, int to, int stride) {
        for (int i = 0; i < count; i++) {
            double sum = alpha * sums.getAtIndex(JAVA_DOUBLE, from + i);
            int at = to + i * stride;
            c[at] = beta == 0 ? sum : sum + beta * c[at];
        }
    }

    private static void clear(MemorySegment sums, long from, int columns) {
        DoubleVector zero = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < columns; i += COUNT) {
            zero.intoMemorySegment(sums, from + (long) BYTES * i, ORDER);
        }
    }

    /** Sums over the rows of A; the last vector of a row may reach beyond it, into sums that are not looked at, but not beyond the array. */
    private static void sum(Matrix a, int j, int columns, int padded, Matrix b, MemorySegment sums) {
        int reach = a.data().length - padded - a.rowOffset(0) - j;
        int inside = Math.min(a.rows(), reach / a.stride() + 1);
        int p = 0;
        for (; p + ROWS <= inside; p += ROWS) {
            int a0 = a.rowOffset(p) + j;
            if (b.columns() > 2) {
                addFour(a.data(), a0, a.stride(), padded, b.data(), b.rowOffset(p), b.stride(), b.columns() - 1, sums);
            } else {
                addTwo(a.data(), a0, a.stride(), padded, b.data(), b.rowOffset(p), b.stride(), b.columns() - 1, sums);
            }
        }
        for (; p < a.rows(); p++) {
            for (int k = 0; k < b.columns(); k++) {
                addRow(b.get(p, k), a.data(), a.rowOffset(p) + j, columns, sums, k * PITCH);
            }
        }
    }

    /** Multiples of four rows to two sums. */
    private static void addTwo(
            double[] a,
            int a0,
            int stride,
            int columns,
            double[] b,
            int b0,
            int strideB,
            int last,
            MemorySegment sums) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        DoubleVector b00 = broadcast(b[b0]);
        DoubleVector b10 = broadcast(b[b0 + strideB]);
        DoubleVector b20 = broadcast(b[b0 + 2 * strideB]);
        DoubleVector b30 = broadcast(b[b0 + 3 * strideB]);
        DoubleVector b01 = broadcast(b[b0 + last]);
        DoubleVector b11 = broadcast(b[b0 + strideB + last]);
        DoubleVector b21 = broadcast(b[b0 + 2 * strideB + last]);
        DoubleVector b31 = broadcast(b[b0 + 3 * strideB + last]);
        for (int i = 0; i < columns; i += COUNT) {
            long to = (long) BYTES * i;
            DoubleVector row = fromArray(DOUBLES, a, a0 + i);
            DoubleVector s0 = row.fma(b00, fromMemorySegment(DOUBLES, sums, to, ORDER));
            DoubleVector s1 = row.fma(b01, fromMemorySegment(DOUBLES, sums, to + PITCH, ORDER));
            row = fromArray(DOUBLES, a, a1 + i);
            s0 = row.fma(b10, s0);
            s1 = row.fma(b11, s1);
            row = fromArray(DOUBLES, a, a2 + i);
            s0 = row.fma(b20, s0);
            s1 = row.fma(b21, s1);
            row = fromArray(DOUBLES, a, a3 + i);
            row.fma(b30, s0).intoMemorySegment(sums, to, ORDER);
            row.fma(b31, s1).intoMemorySegment(sums, to + PITCH, ORDER);
        }
    }

    /** Multiples of four rows to four sums. */
    private static void addFour(
            double[] a,
            int a0,
            int stride,
            int columns,
            double[] b,
            int b0,
            int strideB,
            int last,
            MemorySegment sums) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        DoubleVector b00 = broadcast(b[b0]);
        DoubleVector b10 = broadcast(b[b0 + strideB]);
        DoubleVector b20 = broadcast(b[b0 + 2 * strideB]);
        DoubleVector b30 = broadcast(b[b0 + 3 * strideB]);
        DoubleVector b01 = broadcast(b[b0 + 1]);
        DoubleVector b11 = broadcast(b[b0 + strideB + 1]);
        DoubleVector b21 = broadcast(b[b0 + 2 * strideB + 1]);
        DoubleVector b31 = broadcast(b[b0 + 3 * strideB + 1]);
        DoubleVector b02 = broadcast(b[b0 + 2]);
        DoubleVector b12 = broadcast(b[b0 + strideB + 2]);
        DoubleVector b22 = broadcast(b[b0 + 2 * strideB + 2]);
        DoubleVector b32 = broadcast(b[b0 + 3 * strideB + 2]);
        DoubleVector b03 = broadcast(b[b0 + last]);
        DoubleVector b13 = broadcast(b[b0 + strideB + last]);
        DoubleVector b23 = broadcast(b[b0 + 2 * strideB + last]);
        DoubleVector b33 = broadcast(b[b0 + 3 * strideB + last]);
        for (int i = 0; i < columns; i += COUNT) {
            long to = (long) BYTES * i;
            DoubleVector row = fromArray(DOUBLES, a, a0 + i);
            DoubleVector s0 = row.fma(b00, fromMemorySegment(DOUBLES, sums, to, ORDER));
            DoubleVector s1 = row.fma(b01, fromMemorySegment(DOUBLES, sums, to + PITCH, ORDER));
            DoubleVector s2 = row.fma(b02, fromMemorySegment(DOUBLES, sums, to + 2 * PITCH, ORDER));
            DoubleVector s3 = row.fma(b03, fromMemorySegment(DOUBLES, sums, to + 3 * PITCH, ORDER));
            row = fromArray(DOUBLES, a, a1 + i);
            s0 = row.fma(b10, s0);
            s1 = row.fma(b11, s1);
            s2 = row.fma(b12, s2);
            s3 = row.fma(b13, s3);
            row = fromArray(DOUBLES, a, a2 + i);
            s0 = row.fma(b20, s0);
            s1 = row.fma(b21, s1);
            s2 = row.fma(b22, s2);
            s3 = row.fma(b23, s3);
            row = fromArray(DOUBLES, a, a3 + i);
            row.fma(b30, s0).intoMemorySegment(sums, to, ORDER);
            row.fma(b31, s1).intoMemorySegment(sums, to + PITCH, ORDER);
            row.fma(b32, s2).intoMemorySegment(sums, to + 2 * PITCH, ORDER);
            row.fma(b33, s3).intoMemorySegment(sums, to + 3 * PITCH, ORDER);
        }
    }

    /** A multiple of one row to one sum. */
    private static void addRow(double factor, double[] a, int a0, int columns, MemorySegment sums, long to) {
        DoubleVector by = broadcast(factor);
        int whole = columns - columns % COUNT;
        for (int i = 0; i < whole; i += COUNT) {
            long at = to + (long) BYTES * i;
            fromArray(DOUBLES, a, a0 + i)
                    .fma(by, fromMemorySegment(DOUBLES, sums, at, ORDER))
                    .intoMemorySegment(sums, at, ORDER);
        }
        for (int i = whole; i < columns; i++) {
            long at = to / BYTES + i;
            sums.setAtIndex(JAVA_DOUBLE, at, Math.fma(factor, a[a0 + i], sums.getAtIndex(JAVA_DOUBLE, at)));
        }
    }
}

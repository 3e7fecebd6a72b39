package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * {@code S ← S + AᵀB} for a B of few columns: eight rows of B stay in registers while the same eight rows of A stream past, each
 * read once and in order. S lies in the first-level cache from byte {@code s0} on, a row of a panel for each column of A.
 */
final class OuterTiles {
    /** Rows of A and B taken at a time. */
    static final int ROWS = 8;

    private OuterTiles() {}

    /**
     * {@code columns} columns of eight rows of A from {@code a0}, times eight rows of B, two vectors wide: one from {@code b0}, one
     * {@code right} columns further.
     */
    static void wide(
            double[] a,
            int a0,
            int stride,
            int columns,
            double[] b,
            int b0,
            int strideB,
            int right,
            MemorySegment sums,
            int s0) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        int a4 = a3 + stride;
        int a5 = a4 + stride;
        int a6 = a5 + stride;
        int a7 = a6 + stride;
        DoubleVector x0 = fromArray(DOUBLES, b, b0);
        DoubleVector y0 = fromArray(DOUBLES, b, b0 + right);
        DoubleVector x1 = fromArray(DOUBLES, b, b0 + strideB);
        DoubleVector y1 = fromArray(DOUBLES, b, b0 + strideB + right);
        DoubleVector x2 = fromArray(DOUBLES, b, b0 + 2 * strideB);
        DoubleVector y2 = fromArray(DOUBLES, b, b0 + 2 * strideB + right);
        DoubleVector x3 = fromArray(DOUBLES, b, b0 + 3 * strideB);
        DoubleVector y3 = fromArray(DOUBLES, b, b0 + 3 * strideB + right);
        DoubleVector x4 = fromArray(DOUBLES, b, b0 + 4 * strideB);
        DoubleVector y4 = fromArray(DOUBLES, b, b0 + 4 * strideB + right);
        DoubleVector x5 = fromArray(DOUBLES, b, b0 + 5 * strideB);
        DoubleVector y5 = fromArray(DOUBLES, b, b0 + 5 * strideB + right);
        DoubleVector x6 = fromArray(DOUBLES, b, b0 + 6 * strideB);
        DoubleVector y6 = fromArray(DOUBLES, b, b0 + 6 * strideB + right);
        DoubleVector x7 = fromArray(DOUBLES, b, b0 + 7 * strideB);
        DoubleVector y7 = fromArray(DOUBLES, b, b0 + 7 * strideB + right);
        for (int i = 0; i < columns; i++) {
            long at = s0 + (long) Panels.ROW_BYTES * i;
            DoubleVector ai = broadcast(a[a0 + i]);
            DoubleVector x = ai.fma(x0, fromMemorySegment(DOUBLES, sums, at, ORDER));
            DoubleVector y = ai.fma(y0, fromMemorySegment(DOUBLES, sums, at + Panels.VECTOR_BYTES, ORDER));
            ai = broadcast(a[a1 + i]);
            x = ai.fma(x1, x);
            y = ai.fma(y1, y);
            ai = broadcast(a[a2 + i]);
            x = ai.fma(x2, x);
            y = ai.fma(y2, y);
            ai = broadcast(a[a3 + i]);
            x = ai.fma(x3, x);
            y = ai.fma(y3, y);
            ai = broadcast(a[a4 + i]);
            x = ai.fma(x4, x);
            y = ai.fma(y4, y);
            ai = broadcast(a[a5 + i]);
            x = ai.fma(x5, x);
            y = ai.fma(y5, y);
            ai = broadcast(a[a6 + i]);
            x = ai.fma(x6, x);
            y = ai.fma(y6, y);
            ai = broadcast(a[a7 + i]);
            x = ai.fma(x7, x);
            y = ai.fma(y7, y);
            x.intoMemorySegment(sums, at, ORDER);
            y.intoMemorySegment(sums, at + Panels.VECTOR_BYTES, ORDER);
        }
    }

    /** The same one vector wide. */
    static void narrow(
            double[] a, int a0, int stride, int columns, double[] b, int b0, int strideB, MemorySegment sums, int s0) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        int a4 = a3 + stride;
        int a5 = a4 + stride;
        int a6 = a5 + stride;
        int a7 = a6 + stride;
        DoubleVector x0 = fromArray(DOUBLES, b, b0);
        DoubleVector x1 = fromArray(DOUBLES, b, b0 + strideB);
        DoubleVector x2 = fromArray(DOUBLES, b, b0 + 2 * strideB);
        DoubleVector x3 = fromArray(DOUBLES, b, b0 + 3 * strideB);
        DoubleVector x4 = fromArray(DOUBLES, b, b0 + 4 * strideB);
        DoubleVector x5 = fromArray(DOUBLES, b, b0 + 5 * strideB);
        DoubleVector x6 = fromArray(DOUBLES, b, b0 + 6 * strideB);
        DoubleVector x7 = fromArray(DOUBLES, b, b0 + 7 * strideB);
        for (int i = 0; i < columns; i++) {
            long at = s0 + (long) Panels.ROW_BYTES * i;
            DoubleVector even = broadcast(a[a0 + i]).fma(x0, fromMemorySegment(DOUBLES, sums, at, ORDER));
            DoubleVector odd = broadcast(a[a1 + i]).mul(x1);
            even = broadcast(a[a2 + i]).fma(x2, even);
            odd = broadcast(a[a3 + i]).fma(x3, odd);
            even = broadcast(a[a4 + i]).fma(x4, even);
            odd = broadcast(a[a5 + i]).fma(x5, odd);
            even = broadcast(a[a6 + i]).fma(x6, even);
            odd = broadcast(a[a7 + i]).fma(x7, odd);
            even.add(odd).intoMemorySegment(sums, at, ORDER);
        }
    }

    /** The same for one row, two vectors wide. */
    static void wideRow(double[] a, int a0, int columns, double[] b, int b0, int right, MemorySegment sums, int s0) {
        narrowRow(a, a0, columns, b, b0, sums, s0);
        narrowRow(a, a0, columns, b, b0 + right, sums, s0 + Panels.VECTOR_BYTES);
    }

    /** The same for one row, one vector wide. */
    static void narrowRow(double[] a, int a0, int columns, double[] b, int b0, MemorySegment sums, int s0) {
        DoubleVector x = fromArray(DOUBLES, b, b0);
        for (int i = 0; i < columns; i++) {
            long at = s0 + (long) Panels.ROW_BYTES * i;
            broadcast(a[a0 + i])
                    .fma(x, fromMemorySegment(DOUBLES, sums, at, ORDER))
                    .intoMemorySegment(sums, at, ORDER);
        }
    }

    /** {@code S ← 0} for as many columns of A. */
    static void clear(MemorySegment sums, int s0, int columns) {
        DoubleVector zero = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < columns; i++) {
            long at = s0 + (long) Panels.ROW_BYTES * i;
            zero.intoMemorySegment(sums, at, ORDER);
            zero.intoMemorySegment(sums, at + Panels.VECTOR_BYTES, ORDER);
        }
    }
}

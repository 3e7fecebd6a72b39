package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.STREAM;
import static lowrank4j.kernel.vector.Lanes.STREAM_COUNT;
import static lowrank4j.kernel.vector.Lanes.broadcast;
import static lowrank4j.kernel.vector.Lanes.broadcastStream;

import jdk.incubator.vector.DoubleVector;

/**
 * {@code S ← S + AᵀB} for a few columns of A and one or two vectors of those of B: the sums stay in registers while the rows of A and
 * B stream past, several rows in flight where the sums are few. Row k of S is at {@code s0 + k·}{@link #STRIDE}. Whole vectors only
 * where there are columns for two, or else those of {@link Lanes#STREAM}.
 */
final class SumTiles {
    /** Columns of B in two vectors of {@link Lanes#STREAM}. */
    static final int WIDE = 2 * STREAM_COUNT;

    /** Numbers in a row of S. */
    static final int STRIDE = OuterProducts.COLUMNS;

    private SumTiles() {}

    /** Six columns of A and two whole vectors of B. */
    static void sixFull(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector x0 = fromArray(DOUBLES, sums, s0);
        DoubleVector y0 = fromArray(DOUBLES, sums, s0 + COUNT);
        DoubleVector x1 = fromArray(DOUBLES, sums, s0 + STRIDE);
        DoubleVector y1 = fromArray(DOUBLES, sums, s0 + STRIDE + COUNT);
        DoubleVector x2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE);
        DoubleVector y2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE + COUNT);
        DoubleVector x3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE);
        DoubleVector y3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE + COUNT);
        DoubleVector x4 = fromArray(DOUBLES, sums, s0 + 4 * STRIDE);
        DoubleVector y4 = fromArray(DOUBLES, sums, s0 + 4 * STRIDE + COUNT);
        DoubleVector x5 = fromArray(DOUBLES, sums, s0 + 5 * STRIDE);
        DoubleVector y5 = fromArray(DOUBLES, sums, s0 + 5 * STRIDE + COUNT);
        for (int p = 0, at = a0, from = b0; p < rows; p++, at += stride, from += strideB) {
            DoubleVector x = fromArray(DOUBLES, b, from);
            DoubleVector y = fromArray(DOUBLES, b, from + COUNT);
            DoubleVector factor = broadcast(a[at]);
            x0 = factor.fma(x, x0);
            y0 = factor.fma(y, y0);
            factor = broadcast(a[at + 1]);
            x1 = factor.fma(x, x1);
            y1 = factor.fma(y, y1);
            factor = broadcast(a[at + 2]);
            x2 = factor.fma(x, x2);
            y2 = factor.fma(y, y2);
            factor = broadcast(a[at + 3]);
            x3 = factor.fma(x, x3);
            y3 = factor.fma(y, y3);
            factor = broadcast(a[at + 4]);
            x4 = factor.fma(x, x4);
            y4 = factor.fma(y, y4);
            factor = broadcast(a[at + 5]);
            x5 = factor.fma(x, x5);
            y5 = factor.fma(y, y5);
        }
        Lanes.exact(x0).intoArray(sums, s0);
        Lanes.exact(y0).intoArray(sums, s0 + COUNT);
        Lanes.exact(x1).intoArray(sums, s0 + STRIDE);
        Lanes.exact(y1).intoArray(sums, s0 + STRIDE + COUNT);
        Lanes.exact(x2).intoArray(sums, s0 + 2 * STRIDE);
        Lanes.exact(y2).intoArray(sums, s0 + 2 * STRIDE + COUNT);
        Lanes.exact(x3).intoArray(sums, s0 + 3 * STRIDE);
        Lanes.exact(y3).intoArray(sums, s0 + 3 * STRIDE + COUNT);
        Lanes.exact(x4).intoArray(sums, s0 + 4 * STRIDE);
        Lanes.exact(y4).intoArray(sums, s0 + 4 * STRIDE + COUNT);
        Lanes.exact(x5).intoArray(sums, s0 + 5 * STRIDE);
        Lanes.exact(y5).intoArray(sums, s0 + 5 * STRIDE + COUNT);
    }

    /** Four columns of A and two whole vectors of B. */
    static void fourFull(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector x0 = fromArray(DOUBLES, sums, s0);
        DoubleVector y0 = fromArray(DOUBLES, sums, s0 + COUNT);
        DoubleVector x1 = fromArray(DOUBLES, sums, s0 + STRIDE);
        DoubleVector y1 = fromArray(DOUBLES, sums, s0 + STRIDE + COUNT);
        DoubleVector x2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE);
        DoubleVector y2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE + COUNT);
        DoubleVector x3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE);
        DoubleVector y3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE + COUNT);
        for (int p = 0, at = a0, from = b0; p < rows; p++, at += stride, from += strideB) {
            DoubleVector x = fromArray(DOUBLES, b, from);
            DoubleVector y = fromArray(DOUBLES, b, from + COUNT);
            DoubleVector factor = broadcast(a[at]);
            x0 = factor.fma(x, x0);
            y0 = factor.fma(y, y0);
            factor = broadcast(a[at + 1]);
            x1 = factor.fma(x, x1);
            y1 = factor.fma(y, y1);
            factor = broadcast(a[at + 2]);
            x2 = factor.fma(x, x2);
            y2 = factor.fma(y, y2);
            factor = broadcast(a[at + 3]);
            x3 = factor.fma(x, x3);
            y3 = factor.fma(y, y3);
        }
        Lanes.exact(x0).intoArray(sums, s0);
        Lanes.exact(y0).intoArray(sums, s0 + COUNT);
        Lanes.exact(x1).intoArray(sums, s0 + STRIDE);
        Lanes.exact(y1).intoArray(sums, s0 + STRIDE + COUNT);
        Lanes.exact(x2).intoArray(sums, s0 + 2 * STRIDE);
        Lanes.exact(y2).intoArray(sums, s0 + 2 * STRIDE + COUNT);
        Lanes.exact(x3).intoArray(sums, s0 + 3 * STRIDE);
        Lanes.exact(y3).intoArray(sums, s0 + 3 * STRIDE + COUNT);
    }

    /** Four columns of A and two vectors of B. */
    static void fourWide(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector x0 = fromArray(STREAM, sums, s0);
        DoubleVector y0 = fromArray(STREAM, sums, s0 + STREAM_COUNT);
        DoubleVector x1 = fromArray(STREAM, sums, s0 + STRIDE);
        DoubleVector y1 = fromArray(STREAM, sums, s0 + STRIDE + STREAM_COUNT);
        DoubleVector x2 = fromArray(STREAM, sums, s0 + 2 * STRIDE);
        DoubleVector y2 = fromArray(STREAM, sums, s0 + 2 * STRIDE + STREAM_COUNT);
        DoubleVector x3 = fromArray(STREAM, sums, s0 + 3 * STRIDE);
        DoubleVector y3 = fromArray(STREAM, sums, s0 + 3 * STRIDE + STREAM_COUNT);
        for (int p = 0, at = a0, from = b0; p < rows; p++, at += stride, from += strideB) {
            DoubleVector x = fromArray(STREAM, b, from);
            DoubleVector y = fromArray(STREAM, b, from + STREAM_COUNT);
            DoubleVector factor = broadcastStream(a[at]);
            x0 = factor.fma(x, x0);
            y0 = factor.fma(y, y0);
            factor = broadcastStream(a[at + 1]);
            x1 = factor.fma(x, x1);
            y1 = factor.fma(y, y1);
            factor = broadcastStream(a[at + 2]);
            x2 = factor.fma(x, x2);
            y2 = factor.fma(y, y2);
            factor = broadcastStream(a[at + 3]);
            x3 = factor.fma(x, x3);
            y3 = factor.fma(y, y3);
        }
        Lanes.exactStream(x0).intoArray(sums, s0);
        Lanes.exactStream(y0).intoArray(sums, s0 + STREAM_COUNT);
        Lanes.exactStream(x1).intoArray(sums, s0 + STRIDE);
        Lanes.exactStream(y1).intoArray(sums, s0 + STRIDE + STREAM_COUNT);
        Lanes.exactStream(x2).intoArray(sums, s0 + 2 * STRIDE);
        Lanes.exactStream(y2).intoArray(sums, s0 + 2 * STRIDE + STREAM_COUNT);
        Lanes.exactStream(x3).intoArray(sums, s0 + 3 * STRIDE);
        Lanes.exactStream(y3).intoArray(sums, s0 + 3 * STRIDE + STREAM_COUNT);
    }

    /** Two columns of A and two vectors of B. */
    static void twoWide(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector xa0 = fromArray(STREAM, sums, s0);
        DoubleVector ya0 = fromArray(STREAM, sums, s0 + STREAM_COUNT);
        DoubleVector xa1 = fromArray(STREAM, sums, s0 + STRIDE);
        DoubleVector ya1 = fromArray(STREAM, sums, s0 + STRIDE + STREAM_COUNT);
        DoubleVector xb0 = zero(STREAM);
        DoubleVector yb0 = zero(STREAM);
        DoubleVector xb1 = zero(STREAM);
        DoubleVector yb1 = zero(STREAM);
        int p = 0;
        int at = a0;
        int from = b0;
        for (; p < rows - 1; p += 2) {
            DoubleVector x = fromArray(STREAM, b, from);
            DoubleVector y = fromArray(STREAM, b, from + STREAM_COUNT);
            DoubleVector factor = broadcastStream(a[at]);
            xa0 = factor.fma(x, xa0);
            ya0 = factor.fma(y, ya0);
            factor = broadcastStream(a[at + 1]);
            xa1 = factor.fma(x, xa1);
            ya1 = factor.fma(y, ya1);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            y = fromArray(STREAM, b, from + STREAM_COUNT);
            factor = broadcastStream(a[at]);
            xb0 = factor.fma(x, xb0);
            yb0 = factor.fma(y, yb0);
            factor = broadcastStream(a[at + 1]);
            xb1 = factor.fma(x, xb1);
            yb1 = factor.fma(y, yb1);
            at += stride;
            from += strideB;
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(STREAM, b, from);
            DoubleVector y = fromArray(STREAM, b, from + STREAM_COUNT);
            DoubleVector factor = broadcastStream(a[at]);
            xa0 = factor.fma(x, xa0);
            ya0 = factor.fma(y, ya0);
            factor = broadcastStream(a[at + 1]);
            xa1 = factor.fma(x, xa1);
            ya1 = factor.fma(y, ya1);
            at += stride;
            from += strideB;
        }
        Lanes.exactStream(xa0).add(xb0).intoArray(sums, s0);
        Lanes.exactStream(ya0).add(yb0).intoArray(sums, s0 + STREAM_COUNT);
        Lanes.exactStream(xa1).add(xb1).intoArray(sums, s0 + STRIDE);
        Lanes.exactStream(ya1).add(yb1).intoArray(sums, s0 + STRIDE + STREAM_COUNT);
    }

    /** One column of A and two vectors of B. */
    static void oneWide(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector xa0 = fromArray(STREAM, sums, s0);
        DoubleVector ya0 = fromArray(STREAM, sums, s0 + STREAM_COUNT);
        DoubleVector xb0 = zero(STREAM);
        DoubleVector yb0 = zero(STREAM);
        DoubleVector xc0 = zero(STREAM);
        DoubleVector yc0 = zero(STREAM);
        DoubleVector xd0 = zero(STREAM);
        DoubleVector yd0 = zero(STREAM);
        int p = 0;
        int at = a0;
        int from = b0;
        for (; p < rows - 3; p += 4) {
            DoubleVector x = fromArray(STREAM, b, from);
            DoubleVector y = fromArray(STREAM, b, from + STREAM_COUNT);
            DoubleVector factor = broadcastStream(a[at]);
            xa0 = factor.fma(x, xa0);
            ya0 = factor.fma(y, ya0);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            y = fromArray(STREAM, b, from + STREAM_COUNT);
            factor = broadcastStream(a[at]);
            xb0 = factor.fma(x, xb0);
            yb0 = factor.fma(y, yb0);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            y = fromArray(STREAM, b, from + STREAM_COUNT);
            factor = broadcastStream(a[at]);
            xc0 = factor.fma(x, xc0);
            yc0 = factor.fma(y, yc0);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            y = fromArray(STREAM, b, from + STREAM_COUNT);
            factor = broadcastStream(a[at]);
            xd0 = factor.fma(x, xd0);
            yd0 = factor.fma(y, yd0);
            at += stride;
            from += strideB;
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(STREAM, b, from);
            DoubleVector y = fromArray(STREAM, b, from + STREAM_COUNT);
            DoubleVector factor = broadcastStream(a[at]);
            xa0 = factor.fma(x, xa0);
            ya0 = factor.fma(y, ya0);
            at += stride;
            from += strideB;
        }
        Lanes.exactStream(xa0).add(xb0).add(Lanes.exactStream(xc0).add(xd0)).intoArray(sums, s0);
        Lanes.exactStream(ya0).add(yb0).add(Lanes.exactStream(yc0).add(yd0)).intoArray(sums, s0 + STREAM_COUNT);
    }

    /** Four columns of A and one vector of B. */
    static void four(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector xa0 = fromArray(STREAM, sums, s0);
        DoubleVector xa1 = fromArray(STREAM, sums, s0 + STRIDE);
        DoubleVector xa2 = fromArray(STREAM, sums, s0 + 2 * STRIDE);
        DoubleVector xa3 = fromArray(STREAM, sums, s0 + 3 * STRIDE);
        DoubleVector xb0 = zero(STREAM);
        DoubleVector xb1 = zero(STREAM);
        DoubleVector xb2 = zero(STREAM);
        DoubleVector xb3 = zero(STREAM);
        int p = 0;
        int at = a0;
        int from = b0;
        for (; p < rows - 1; p += 2) {
            DoubleVector x = fromArray(STREAM, b, from);
            xa0 = broadcastStream(a[at]).fma(x, xa0);
            xa1 = broadcastStream(a[at + 1]).fma(x, xa1);
            xa2 = broadcastStream(a[at + 2]).fma(x, xa2);
            xa3 = broadcastStream(a[at + 3]).fma(x, xa3);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xb0 = broadcastStream(a[at]).fma(x, xb0);
            xb1 = broadcastStream(a[at + 1]).fma(x, xb1);
            xb2 = broadcastStream(a[at + 2]).fma(x, xb2);
            xb3 = broadcastStream(a[at + 3]).fma(x, xb3);
            at += stride;
            from += strideB;
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(STREAM, b, from);
            xa0 = broadcastStream(a[at]).fma(x, xa0);
            xa1 = broadcastStream(a[at + 1]).fma(x, xa1);
            xa2 = broadcastStream(a[at + 2]).fma(x, xa2);
            xa3 = broadcastStream(a[at + 3]).fma(x, xa3);
            at += stride;
            from += strideB;
        }
        Lanes.exactStream(xa0).add(xb0).intoArray(sums, s0);
        Lanes.exactStream(xa1).add(xb1).intoArray(sums, s0 + STRIDE);
        Lanes.exactStream(xa2).add(xb2).intoArray(sums, s0 + 2 * STRIDE);
        Lanes.exactStream(xa3).add(xb3).intoArray(sums, s0 + 3 * STRIDE);
    }

    /** Two columns of A and one vector of B. */
    static void two(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector xa0 = fromArray(STREAM, sums, s0);
        DoubleVector xa1 = fromArray(STREAM, sums, s0 + STRIDE);
        DoubleVector xb0 = zero(STREAM);
        DoubleVector xb1 = zero(STREAM);
        DoubleVector xc0 = zero(STREAM);
        DoubleVector xc1 = zero(STREAM);
        DoubleVector xd0 = zero(STREAM);
        DoubleVector xd1 = zero(STREAM);
        int p = 0;
        int at = a0;
        int from = b0;
        for (; p < rows - 3; p += 4) {
            DoubleVector x = fromArray(STREAM, b, from);
            xa0 = broadcastStream(a[at]).fma(x, xa0);
            xa1 = broadcastStream(a[at + 1]).fma(x, xa1);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xb0 = broadcastStream(a[at]).fma(x, xb0);
            xb1 = broadcastStream(a[at + 1]).fma(x, xb1);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xc0 = broadcastStream(a[at]).fma(x, xc0);
            xc1 = broadcastStream(a[at + 1]).fma(x, xc1);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xd0 = broadcastStream(a[at]).fma(x, xd0);
            xd1 = broadcastStream(a[at + 1]).fma(x, xd1);
            at += stride;
            from += strideB;
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(STREAM, b, from);
            xa0 = broadcastStream(a[at]).fma(x, xa0);
            xa1 = broadcastStream(a[at + 1]).fma(x, xa1);
            at += stride;
            from += strideB;
        }
        Lanes.exactStream(xa0).add(xb0).add(Lanes.exactStream(xc0).add(xd0)).intoArray(sums, s0);
        Lanes.exactStream(xa1).add(xb1).add(Lanes.exactStream(xc1).add(xd1)).intoArray(sums, s0 + STRIDE);
    }

    /** One column of A and one vector of B. */
    static void one(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector xa0 = fromArray(STREAM, sums, s0);
        DoubleVector xb0 = zero(STREAM);
        DoubleVector xc0 = zero(STREAM);
        DoubleVector xd0 = zero(STREAM);
        int p = 0;
        int at = a0;
        int from = b0;
        for (; p < rows - 3; p += 4) {
            DoubleVector x = fromArray(STREAM, b, from);
            xa0 = broadcastStream(a[at]).fma(x, xa0);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xb0 = broadcastStream(a[at]).fma(x, xb0);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xc0 = broadcastStream(a[at]).fma(x, xc0);
            at += stride;
            from += strideB;
            x = fromArray(STREAM, b, from);
            xd0 = broadcastStream(a[at]).fma(x, xd0);
            at += stride;
            from += strideB;
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(STREAM, b, from);
            xa0 = broadcastStream(a[at]).fma(x, xa0);
            at += stride;
            from += strideB;
        }
        Lanes.exactStream(xa0).add(xb0).add(Lanes.exactStream(xc0).add(xd0)).intoArray(sums, s0);
    }
}

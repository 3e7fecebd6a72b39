package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;

/**
 * {@code S ← S + AᵀB} for a few columns of A and a vector of those of B: the sums stay in registers while the rows of A and B
 * stream past. Row k of S is at {@code s0 + k·}{@link #STRIDE}.
 */
final class SumTiles {
    /** Numbers in a row of S. */
    static final int STRIDE = OuterProducts.COLUMNS;

    private SumTiles() {}

    /** Eight columns of A. */
    static void eight(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector c0 = fromArray(DOUBLES, sums, s0);
        DoubleVector c1 = fromArray(DOUBLES, sums, s0 + STRIDE);
        DoubleVector c2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE);
        DoubleVector c3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE);
        DoubleVector c4 = fromArray(DOUBLES, sums, s0 + 4 * STRIDE);
        DoubleVector c5 = fromArray(DOUBLES, sums, s0 + 5 * STRIDE);
        DoubleVector c6 = fromArray(DOUBLES, sums, s0 + 6 * STRIDE);
        DoubleVector c7 = fromArray(DOUBLES, sums, s0 + 7 * STRIDE);
        for (int p = 0, at = a0, from = b0; p < rows; p++, at += stride, from += strideB) {
            DoubleVector x = fromArray(DOUBLES, b, from);
            c0 = broadcast(DOUBLES, a[at]).fma(x, c0);
            c1 = broadcast(DOUBLES, a[at + 1]).fma(x, c1);
            c2 = broadcast(DOUBLES, a[at + 2]).fma(x, c2);
            c3 = broadcast(DOUBLES, a[at + 3]).fma(x, c3);
            c4 = broadcast(DOUBLES, a[at + 4]).fma(x, c4);
            c5 = broadcast(DOUBLES, a[at + 5]).fma(x, c5);
            c6 = broadcast(DOUBLES, a[at + 6]).fma(x, c6);
            c7 = broadcast(DOUBLES, a[at + 7]).fma(x, c7);
        }
        c0.intoArray(sums, s0);
        c1.intoArray(sums, s0 + STRIDE);
        c2.intoArray(sums, s0 + 2 * STRIDE);
        c3.intoArray(sums, s0 + 3 * STRIDE);
        c4.intoArray(sums, s0 + 4 * STRIDE);
        c5.intoArray(sums, s0 + 5 * STRIDE);
        c6.intoArray(sums, s0 + 6 * STRIDE);
        c7.intoArray(sums, s0 + 7 * STRIDE);
    }

    /** Four columns of A. */
    static void four(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector c0 = fromArray(DOUBLES, sums, s0);
        DoubleVector c1 = fromArray(DOUBLES, sums, s0 + STRIDE);
        DoubleVector c2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE);
        DoubleVector c3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE);
        DoubleVector d10 = zero(DOUBLES);
        DoubleVector d11 = zero(DOUBLES);
        DoubleVector d12 = zero(DOUBLES);
        DoubleVector d13 = zero(DOUBLES);
        int p = 0;
        for (; p < rows - 1; p += 2) {
            int at = a0 + p * stride;
            int from = b0 + p * strideB;
            DoubleVector x = fromArray(DOUBLES, b, from);
            c0 = broadcast(DOUBLES, a[at]).fma(x, c0);
            c1 = broadcast(DOUBLES, a[at + 1]).fma(x, c1);
            c2 = broadcast(DOUBLES, a[at + 2]).fma(x, c2);
            c3 = broadcast(DOUBLES, a[at + 3]).fma(x, c3);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d10 = broadcast(DOUBLES, a[at]).fma(x, d10);
            d11 = broadcast(DOUBLES, a[at + 1]).fma(x, d11);
            d12 = broadcast(DOUBLES, a[at + 2]).fma(x, d12);
            d13 = broadcast(DOUBLES, a[at + 3]).fma(x, d13);
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(DOUBLES, b, b0 + p * strideB);
            c0 = broadcast(DOUBLES, a[a0 + p * stride]).fma(x, c0);
            c1 = broadcast(DOUBLES, a[a0 + p * stride + 1]).fma(x, c1);
            c2 = broadcast(DOUBLES, a[a0 + p * stride + 2]).fma(x, c2);
            c3 = broadcast(DOUBLES, a[a0 + p * stride + 3]).fma(x, c3);
        }
        c0 = c0.add(d10);
        c1 = c1.add(d11);
        c2 = c2.add(d12);
        c3 = c3.add(d13);
        c0.intoArray(sums, s0);
        c1.intoArray(sums, s0 + STRIDE);
        c2.intoArray(sums, s0 + 2 * STRIDE);
        c3.intoArray(sums, s0 + 3 * STRIDE);
    }

    /** Two columns of A. */
    static void two(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector c0 = fromArray(DOUBLES, sums, s0);
        DoubleVector c1 = fromArray(DOUBLES, sums, s0 + STRIDE);
        DoubleVector d10 = zero(DOUBLES);
        DoubleVector d11 = zero(DOUBLES);
        DoubleVector d20 = zero(DOUBLES);
        DoubleVector d21 = zero(DOUBLES);
        DoubleVector d30 = zero(DOUBLES);
        DoubleVector d31 = zero(DOUBLES);
        int p = 0;
        for (; p < rows - 3; p += 4) {
            int at = a0 + p * stride;
            int from = b0 + p * strideB;
            DoubleVector x = fromArray(DOUBLES, b, from);
            c0 = broadcast(DOUBLES, a[at]).fma(x, c0);
            c1 = broadcast(DOUBLES, a[at + 1]).fma(x, c1);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d10 = broadcast(DOUBLES, a[at]).fma(x, d10);
            d11 = broadcast(DOUBLES, a[at + 1]).fma(x, d11);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d20 = broadcast(DOUBLES, a[at]).fma(x, d20);
            d21 = broadcast(DOUBLES, a[at + 1]).fma(x, d21);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d30 = broadcast(DOUBLES, a[at]).fma(x, d30);
            d31 = broadcast(DOUBLES, a[at + 1]).fma(x, d31);
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(DOUBLES, b, b0 + p * strideB);
            c0 = broadcast(DOUBLES, a[a0 + p * stride]).fma(x, c0);
            c1 = broadcast(DOUBLES, a[a0 + p * stride + 1]).fma(x, c1);
        }
        c0 = c0.add(d10).add(d20.add(d30));
        c1 = c1.add(d11).add(d21.add(d31));
        c0.intoArray(sums, s0);
        c1.intoArray(sums, s0 + STRIDE);
    }

    /** One column of A. */
    static void one(double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector c0 = fromArray(DOUBLES, sums, s0);
        DoubleVector d10 = zero(DOUBLES);
        DoubleVector d20 = zero(DOUBLES);
        DoubleVector d30 = zero(DOUBLES);
        DoubleVector d40 = zero(DOUBLES);
        DoubleVector d50 = zero(DOUBLES);
        DoubleVector d60 = zero(DOUBLES);
        DoubleVector d70 = zero(DOUBLES);
        int p = 0;
        for (; p < rows - 7; p += 8) {
            int at = a0 + p * stride;
            int from = b0 + p * strideB;
            DoubleVector x = fromArray(DOUBLES, b, from);
            c0 = broadcast(DOUBLES, a[at]).fma(x, c0);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d10 = broadcast(DOUBLES, a[at]).fma(x, d10);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d20 = broadcast(DOUBLES, a[at]).fma(x, d20);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d30 = broadcast(DOUBLES, a[at]).fma(x, d30);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d40 = broadcast(DOUBLES, a[at]).fma(x, d40);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d50 = broadcast(DOUBLES, a[at]).fma(x, d50);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d60 = broadcast(DOUBLES, a[at]).fma(x, d60);
            at += stride;
            from += strideB;
            x = fromArray(DOUBLES, b, from);
            d70 = broadcast(DOUBLES, a[at]).fma(x, d70);
        }
        for (; p < rows; p++) {
            DoubleVector x = fromArray(DOUBLES, b, b0 + p * strideB);
            c0 = broadcast(DOUBLES, a[a0 + p * stride]).fma(x, c0);
        }
        c0 = c0.add(d10).add(d20.add(d30)).add(d40.add(d50).add(d60.add(d70)));
        c0.intoArray(sums, s0);
    }

    /** Four columns of A, and two vectors of B side by side. */
    static void fourWide(
            double[] a, int a0, int stride, int rows, double[] b, int b0, int strideB, double[] sums, int s0) {
        DoubleVector c0 = fromArray(DOUBLES, sums, s0);
        DoubleVector d0 = fromArray(DOUBLES, sums, s0 + COUNT);
        DoubleVector c1 = fromArray(DOUBLES, sums, s0 + STRIDE);
        DoubleVector d1 = fromArray(DOUBLES, sums, s0 + STRIDE + COUNT);
        DoubleVector c2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE);
        DoubleVector d2 = fromArray(DOUBLES, sums, s0 + 2 * STRIDE + COUNT);
        DoubleVector c3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE);
        DoubleVector d3 = fromArray(DOUBLES, sums, s0 + 3 * STRIDE + COUNT);
        for (int p = 0, at = a0, from = b0; p < rows; p++, at += stride, from += strideB) {
            DoubleVector x = fromArray(DOUBLES, b, from);
            DoubleVector y = fromArray(DOUBLES, b, from + COUNT);
            DoubleVector factor = broadcast(DOUBLES, a[at]);
            c0 = factor.fma(x, c0);
            d0 = factor.fma(y, d0);
            factor = broadcast(DOUBLES, a[at + 1]);
            c1 = factor.fma(x, c1);
            d1 = factor.fma(y, d1);
            factor = broadcast(DOUBLES, a[at + 2]);
            c2 = factor.fma(x, c2);
            d2 = factor.fma(y, d2);
            factor = broadcast(DOUBLES, a[at + 3]);
            c3 = factor.fma(x, c3);
            d3 = factor.fma(y, d3);
        }
        c0.intoArray(sums, s0);
        d0.intoArray(sums, s0 + COUNT);
        c1.intoArray(sums, s0 + STRIDE);
        d1.intoArray(sums, s0 + STRIDE + COUNT);
        c2.intoArray(sums, s0 + 2 * STRIDE);
        d2.intoArray(sums, s0 + 2 * STRIDE + COUNT);
        c3.intoArray(sums, s0 + 3 * STRIDE);
        d3.intoArray(sums, s0 + 3 * STRIDE + COUNT);
    }
}

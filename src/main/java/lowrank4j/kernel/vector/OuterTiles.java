package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.all;
import static lowrank4j.kernel.vector.Lanes.fma;
import static lowrank4j.kernel.vector.Lanes.load;

import jdk.incubator.vector.DoubleVector;

/**
 * {@code S ← S + AᵀB} for a B of few columns: eight rows of B stay in registers while the same eight rows of A stream past, each
 * read once and in order. S lies in the first-level cache, {@link Panels#WIDTH} numbers for each column of A.
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
            double[] sums,
            int s0) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        int a4 = a3 + stride;
        int a5 = a4 + stride;
        int a6 = a5 + stride;
        int a7 = a6 + stride;
        DoubleVector x0 = load(b, b0);
        DoubleVector y0 = load(b, b0 + right);
        DoubleVector x1 = load(b, b0 + strideB);
        DoubleVector y1 = load(b, b0 + strideB + right);
        DoubleVector x2 = load(b, b0 + 2 * strideB);
        DoubleVector y2 = load(b, b0 + 2 * strideB + right);
        DoubleVector x3 = load(b, b0 + 3 * strideB);
        DoubleVector y3 = load(b, b0 + 3 * strideB + right);
        DoubleVector x4 = load(b, b0 + 4 * strideB);
        DoubleVector y4 = load(b, b0 + 4 * strideB + right);
        DoubleVector x5 = load(b, b0 + 5 * strideB);
        DoubleVector y5 = load(b, b0 + 5 * strideB + right);
        DoubleVector x6 = load(b, b0 + 6 * strideB);
        DoubleVector y6 = load(b, b0 + 6 * strideB + right);
        DoubleVector x7 = load(b, b0 + 7 * strideB);
        DoubleVector y7 = load(b, b0 + 7 * strideB + right);
        for (int i = 0; i < columns; i++) {
            int at = s0 + i * Panels.WIDTH;
            DoubleVector ai = all(a[a0 + i]);
            DoubleVector x = fma(ai, x0, load(sums, at));
            DoubleVector y = fma(ai, y0, load(sums, at + Lanes.COUNT));
            ai = all(a[a1 + i]);
            x = fma(ai, x1, x);
            y = fma(ai, y1, y);
            ai = all(a[a2 + i]);
            x = fma(ai, x2, x);
            y = fma(ai, y2, y);
            ai = all(a[a3 + i]);
            x = fma(ai, x3, x);
            y = fma(ai, y3, y);
            ai = all(a[a4 + i]);
            x = fma(ai, x4, x);
            y = fma(ai, y4, y);
            ai = all(a[a5 + i]);
            x = fma(ai, x5, x);
            y = fma(ai, y5, y);
            ai = all(a[a6 + i]);
            x = fma(ai, x6, x);
            y = fma(ai, y6, y);
            ai = all(a[a7 + i]);
            x = fma(ai, x7, x);
            y = fma(ai, y7, y);
            x.intoArray(sums, at);
            y.intoArray(sums, at + Lanes.COUNT);
        }
    }

    /** The same one vector wide. */
    static void narrow(
            double[] a, int a0, int stride, int columns, double[] b, int b0, int strideB, double[] sums, int s0) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        int a4 = a3 + stride;
        int a5 = a4 + stride;
        int a6 = a5 + stride;
        int a7 = a6 + stride;
        DoubleVector x0 = load(b, b0);
        DoubleVector x1 = load(b, b0 + strideB);
        DoubleVector x2 = load(b, b0 + 2 * strideB);
        DoubleVector x3 = load(b, b0 + 3 * strideB);
        DoubleVector x4 = load(b, b0 + 4 * strideB);
        DoubleVector x5 = load(b, b0 + 5 * strideB);
        DoubleVector x6 = load(b, b0 + 6 * strideB);
        DoubleVector x7 = load(b, b0 + 7 * strideB);
        for (int i = 0; i < columns; i++) {
            int at = s0 + i * Panels.WIDTH;
            DoubleVector even = fma(all(a[a0 + i]), x0, load(sums, at));
            DoubleVector odd = all(a[a1 + i]).mul(x1);
            even = fma(all(a[a2 + i]), x2, even);
            odd = fma(all(a[a3 + i]), x3, odd);
            even = fma(all(a[a4 + i]), x4, even);
            odd = fma(all(a[a5 + i]), x5, odd);
            even = fma(all(a[a6 + i]), x6, even);
            odd = fma(all(a[a7 + i]), x7, odd);
            even.add(odd).intoArray(sums, at);
        }
    }

    /** The same for one row, two vectors wide. */
    static void wideRow(double[] a, int a0, int columns, double[] b, int b0, int right, double[] sums, int s0) {
        narrowRow(a, a0, columns, b, b0, sums, s0);
        narrowRow(a, a0, columns, b, b0 + right, sums, s0 + Lanes.COUNT);
    }

    /** The same for one row, one vector wide. */
    static void narrowRow(double[] a, int a0, int columns, double[] b, int b0, double[] sums, int s0) {
        DoubleVector x = load(b, b0);
        for (int i = 0; i < columns; i++) {
            int at = s0 + i * Panels.WIDTH;
            fma(all(a[a0 + i]), x, load(sums, at)).intoArray(sums, at);
        }
    }
}

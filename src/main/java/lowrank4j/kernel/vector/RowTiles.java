package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;

/**
 * Register tiles of {@code C ← AB} or {@code C ← C + AB} that read A where it lies, along its rows: entry (i, p) of the tile's
 * rows of A at {@code a0 + i·stride + p}, and B from a packed panel. Where a tile has fewer than {@link Panels#ROWS} rows, its last
 * row is computed and written several times, always with the same value.
 */
final class RowTiles {
    private RowTiles() {}

    /** A tile two vectors wide; the second one begins at column {@code right} of the tile and may overlap the first. */
    static void wide(
            double[] a,
            int a0,
            int stride,
            int rows,
            double[] b,
            int b0,
            int depth,
            boolean add,
            double[] c,
            int c0,
            int strideC,
            int right) {
        int a1 = a0 + Math.min(1, rows - 1) * stride;
        int a2 = a0 + Math.min(2, rows - 1) * stride;
        int a3 = a0 + Math.min(3, rows - 1) * stride;
        int a4 = a0 + Math.min(4, rows - 1) * stride;
        int a5 = a0 + (rows - 1) * stride;
        DoubleVector s00 = zero(DOUBLES);
        DoubleVector s01 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        DoubleVector s40 = s00;
        DoubleVector s41 = s00;
        DoubleVector s50 = s00;
        DoubleVector s51 = s00;
        for (int p = 0; p < depth; p++) {
            DoubleVector x = fromArray(DOUBLES, b, b0 + p * Panels.WIDTH);
            DoubleVector y = fromArray(DOUBLES, b, b0 + p * Panels.WIDTH + COUNT);
            DoubleVector ap = broadcast(DOUBLES, a[a0 + p]);
            s00 = ap.fma(x, s00);
            s01 = ap.fma(y, s01);
            ap = broadcast(DOUBLES, a[a1 + p]);
            s10 = ap.fma(x, s10);
            s11 = ap.fma(y, s11);
            ap = broadcast(DOUBLES, a[a2 + p]);
            s20 = ap.fma(x, s20);
            s21 = ap.fma(y, s21);
            ap = broadcast(DOUBLES, a[a3 + p]);
            s30 = ap.fma(x, s30);
            s31 = ap.fma(y, s31);
            ap = broadcast(DOUBLES, a[a4 + p]);
            s40 = ap.fma(x, s40);
            s41 = ap.fma(y, s41);
            ap = broadcast(DOUBLES, a[a5 + p]);
            s50 = ap.fma(x, s50);
            s51 = ap.fma(y, s51);
        }
        int c1 = c0 + Math.min(1, rows - 1) * strideC;
        int c2 = c0 + Math.min(2, rows - 1) * strideC;
        int c3 = c0 + Math.min(3, rows - 1) * strideC;
        int c4 = c0 + Math.min(4, rows - 1) * strideC;
        int c5 = c0 + (rows - 1) * strideC;
        if (add) {
            s00 = s00.add(fromArray(DOUBLES, c, c0));
            s01 = s01.add(fromArray(DOUBLES, c, c0 + right));
            s10 = s10.add(fromArray(DOUBLES, c, c1));
            s11 = s11.add(fromArray(DOUBLES, c, c1 + right));
            s20 = s20.add(fromArray(DOUBLES, c, c2));
            s21 = s21.add(fromArray(DOUBLES, c, c2 + right));
            s30 = s30.add(fromArray(DOUBLES, c, c3));
            s31 = s31.add(fromArray(DOUBLES, c, c3 + right));
            s40 = s40.add(fromArray(DOUBLES, c, c4));
            s41 = s41.add(fromArray(DOUBLES, c, c4 + right));
            s50 = s50.add(fromArray(DOUBLES, c, c5));
            s51 = s51.add(fromArray(DOUBLES, c, c5 + right));
        }
        s00.intoArray(c, c0);
        s01.intoArray(c, c0 + right);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + right);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + right);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + right);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + right);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + right);
    }

    /** A tile one vector wide. */
    static void narrow(
            double[] a,
            int a0,
            int stride,
            int rows,
            double[] b,
            int b0,
            int depth,
            boolean add,
            double[] c,
            int c0,
            int strideC) {
        int a1 = a0 + Math.min(1, rows - 1) * stride;
        int a2 = a0 + Math.min(2, rows - 1) * stride;
        int a3 = a0 + Math.min(3, rows - 1) * stride;
        int a4 = a0 + Math.min(4, rows - 1) * stride;
        int a5 = a0 + (rows - 1) * stride;
        DoubleVector s0 = zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        for (int p = 0; p < depth; p++) {
            DoubleVector x = fromArray(DOUBLES, b, b0 + p * Panels.WIDTH);
            s0 = broadcast(DOUBLES, a[a0 + p]).fma(x, s0);
            s1 = broadcast(DOUBLES, a[a1 + p]).fma(x, s1);
            s2 = broadcast(DOUBLES, a[a2 + p]).fma(x, s2);
            s3 = broadcast(DOUBLES, a[a3 + p]).fma(x, s3);
            s4 = broadcast(DOUBLES, a[a4 + p]).fma(x, s4);
            s5 = broadcast(DOUBLES, a[a5 + p]).fma(x, s5);
        }
        int c1 = c0 + Math.min(1, rows - 1) * strideC;
        int c2 = c0 + Math.min(2, rows - 1) * strideC;
        int c3 = c0 + Math.min(3, rows - 1) * strideC;
        int c4 = c0 + Math.min(4, rows - 1) * strideC;
        int c5 = c0 + (rows - 1) * strideC;
        if (add) {
            s0 = s0.add(fromArray(DOUBLES, c, c0));
            s1 = s1.add(fromArray(DOUBLES, c, c1));
            s2 = s2.add(fromArray(DOUBLES, c, c2));
            s3 = s3.add(fromArray(DOUBLES, c, c3));
            s4 = s4.add(fromArray(DOUBLES, c, c4));
            s5 = s5.add(fromArray(DOUBLES, c, c5));
        }
        s0.intoArray(c, c0);
        s1.intoArray(c, c1);
        s2.intoArray(c, c2);
        s3.intoArray(c, c3);
        s4.intoArray(c, c4);
        s5.intoArray(c, c5);
    }
}

package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static lowrank4j.kernel.vector.AllMemory.SEGMENT;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/**
 * Register tiles of {@code C ← AB} or {@code C ← C + AB} that read A where it lies, along its rows: entry (i, p) of the tile's
 * rows of A at {@code a0 + i·stride + p}, and B from a packed panel at byte {@code b0}. Where a tile has fewer than {@link Panels#ROWS} rows, its last
 * row is computed and written several times, always with the same value.
 */
final class RowTiles {
    /**
     * Where the sums start from if C is not added to. A choice between two ends of the loop would make it too much for the
     * compiler, which then leaves vectors as objects.
     */
    private static final double[] ZEROS = new double[COUNT];

    private RowTiles() {}

    /** A tile two vectors wide; the second one begins at column {@code right} of the tile and may overlap the first. */
    static void wide(
            double[] a,
            int a0,
            int stride,
            int rows,
            MemorySegment b,
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
        int c1 = c0 + Math.min(1, rows - 1) * strideC;
        int c2 = c0 + Math.min(2, rows - 1) * strideC;
        int c3 = c0 + Math.min(3, rows - 1) * strideC;
        int c4 = c0 + Math.min(4, rows - 1) * strideC;
        int c5 = c0 + (rows - 1) * strideC;
        double[] start = add ? c : ZEROS;
        int other = add ? right : 0;
        DoubleVector s00 = fromArray(DOUBLES, start, add ? c0 : 0);
        DoubleVector s01 = fromArray(DOUBLES, start, (add ? c0 : 0) + other);
        DoubleVector s10 = fromArray(DOUBLES, start, add ? c1 : 0);
        DoubleVector s11 = fromArray(DOUBLES, start, (add ? c1 : 0) + other);
        DoubleVector s20 = fromArray(DOUBLES, start, add ? c2 : 0);
        DoubleVector s21 = fromArray(DOUBLES, start, (add ? c2 : 0) + other);
        DoubleVector s30 = fromArray(DOUBLES, start, add ? c3 : 0);
        DoubleVector s31 = fromArray(DOUBLES, start, (add ? c3 : 0) + other);
        DoubleVector s40 = fromArray(DOUBLES, start, add ? c4 : 0);
        DoubleVector s41 = fromArray(DOUBLES, start, (add ? c4 : 0) + other);
        DoubleVector s50 = fromArray(DOUBLES, start, add ? c5 : 0);
        DoubleVector s51 = fromArray(DOUBLES, start, (add ? c5 : 0) + other);
        // With AllMemory, or an address as a long, registers do not suffice where the collector lets C2 leave out
        // safepoints.
        for (int p = 0; p < depth; p++) {
            DoubleVector x = fromMemorySegment(DOUBLES, b, b0 + p * Panels.ROW_BYTES, ORDER);
            DoubleVector y = fromMemorySegment(DOUBLES, b, b0 + p * Panels.ROW_BYTES + Panels.VECTOR_BYTES, ORDER);
            DoubleVector ap = broadcast(a[a0 + p]);
            s00 = ap.fma(x, s00);
            s01 = ap.fma(y, s01);
            ap = broadcast(a[a1 + p]);
            s10 = ap.fma(x, s10);
            s11 = ap.fma(y, s11);
            ap = broadcast(a[a2 + p]);
            s20 = ap.fma(x, s20);
            s21 = ap.fma(y, s21);
            ap = broadcast(a[a3 + p]);
            s30 = ap.fma(x, s30);
            s31 = ap.fma(y, s31);
            ap = broadcast(a[a4 + p]);
            s40 = ap.fma(x, s40);
            s41 = ap.fma(y, s41);
            ap = broadcast(a[a5 + p]);
            s50 = ap.fma(x, s50);
            s51 = ap.fma(y, s51);
        }
        Lanes.exact(s00).intoArray(c, c0);
        Lanes.exact(s01).intoArray(c, c0 + right);
        Lanes.exact(s10).intoArray(c, c1);
        Lanes.exact(s11).intoArray(c, c1 + right);
        Lanes.exact(s20).intoArray(c, c2);
        Lanes.exact(s21).intoArray(c, c2 + right);
        Lanes.exact(s30).intoArray(c, c3);
        Lanes.exact(s31).intoArray(c, c3 + right);
        Lanes.exact(s40).intoArray(c, c4);
        Lanes.exact(s41).intoArray(c, c4 + right);
        Lanes.exact(s50).intoArray(c, c5);
        Lanes.exact(s51).intoArray(c, c5 + right);
    }

    /** A tile one vector wide. */
    static void narrow(
            double[] a,
            int a0,
            int stride,
            int rows,
            MemorySegment b,
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
        int c1 = c0 + Math.min(1, rows - 1) * strideC;
        int c2 = c0 + Math.min(2, rows - 1) * strideC;
        int c3 = c0 + Math.min(3, rows - 1) * strideC;
        int c4 = c0 + Math.min(4, rows - 1) * strideC;
        int c5 = c0 + (rows - 1) * strideC;
        double[] start = add ? c : ZEROS;
        DoubleVector s0 = fromArray(DOUBLES, start, add ? c0 : 0);
        DoubleVector s1 = fromArray(DOUBLES, start, add ? c1 : 0);
        DoubleVector s2 = fromArray(DOUBLES, start, add ? c2 : 0);
        DoubleVector s3 = fromArray(DOUBLES, start, add ? c3 : 0);
        DoubleVector s4 = fromArray(DOUBLES, start, add ? c4 : 0);
        DoubleVector s5 = fromArray(DOUBLES, start, add ? c5 : 0);
        long panel = AllMemory.address(b, b0);
        for (int p = 0; p < depth; p++) {
            long at = panel + (long) Panels.ROW_BYTES * p;
            DoubleVector x = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            s0 = broadcast(a[a0 + p]).fma(x, s0);
            s1 = broadcast(a[a1 + p]).fma(x, s1);
            s2 = broadcast(a[a2 + p]).fma(x, s2);
            s3 = broadcast(a[a3 + p]).fma(x, s3);
            s4 = broadcast(a[a4 + p]).fma(x, s4);
            s5 = broadcast(a[a5 + p]).fma(x, s5);
        }
        Lanes.exact(s0).intoArray(c, c0);
        Lanes.exact(s1).intoArray(c, c1);
        Lanes.exact(s2).intoArray(c, c2);
        Lanes.exact(s3).intoArray(c, c3);
        Lanes.exact(s4).intoArray(c, c4);
        Lanes.exact(s5).intoArray(c, c5);
    }
}

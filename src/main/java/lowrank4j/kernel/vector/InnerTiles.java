package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.fromMemorySegment;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.AllMemory.SEGMENT;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Inner products of a few rows of A with a few columns of B, in lanes that are not summed yet: the lanes of row i and column k go to
 * {@code sums[(i·columns + k)·COUNT]}. Columns of B lie packed side by side, a vector of each, and then the next. What is left over of the
 * rows is taken by a last vector that reaches back, with zeros, there as in the columns, for what was taken before.
 */
final class InnerTiles {
    private InnerTiles() {}

    /**
     * Two rows and four columns.
     *
     * @param depth length of a row, at least a vector
     */
    static void twoByFour(double[] a, int a0, int stride, int depth, MemorySegment b, double[] sums) {
        int a1 = a0 + stride;
        DoubleVector s00 = zero(DOUBLES);
        DoubleVector s01 = zero(DOUBLES);
        DoubleVector s02 = zero(DOUBLES);
        DoubleVector s03 = zero(DOUBLES);
        DoubleVector s10 = zero(DOUBLES);
        DoubleVector s11 = zero(DOUBLES);
        DoubleVector s12 = zero(DOUBLES);
        DoubleVector s13 = zero(DOUBLES);
        int whole = depth - depth % COUNT;
        long columns = AllMemory.address(b, 0);
        for (int p = 0; p < whole; p += COUNT) {
            long at = columns + p * 4L * Panels.BYTES;
            DoubleVector row = fromArray(DOUBLES, a, a0 + p);
            DoubleVector other = fromArray(DOUBLES, a, a1 + p);
            DoubleVector column = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            s00 = row.fma(column, s00);
            s10 = other.fma(column, s10);
            column = fromMemorySegment(DOUBLES, SEGMENT, at + Panels.VECTOR_BYTES, ORDER);
            s01 = row.fma(column, s01);
            s11 = other.fma(column, s11);
            column = fromMemorySegment(DOUBLES, SEGMENT, at + 2L * Panels.VECTOR_BYTES, ORDER);
            s02 = row.fma(column, s02);
            s12 = other.fma(column, s12);
            column = fromMemorySegment(DOUBLES, SEGMENT, at + 3L * Panels.VECTOR_BYTES, ORDER);
            s03 = row.fma(column, s03);
            s13 = other.fma(column, s13);
        }
        if (whole < depth) {
            LongVector left = Lanes.clearingFirst(COUNT - depth + whole);
            int p = depth - COUNT;
            long at = columns + whole * 4L * Panels.BYTES;
            DoubleVector row = left(a, a0 + p, left);
            DoubleVector other = left(a, a1 + p, left);
            DoubleVector column = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            s00 = row.fma(column, s00);
            s10 = other.fma(column, s10);
            column = fromMemorySegment(DOUBLES, SEGMENT, at + Panels.VECTOR_BYTES, ORDER);
            s01 = row.fma(column, s01);
            s11 = other.fma(column, s11);
            column = fromMemorySegment(DOUBLES, SEGMENT, at + 2L * Panels.VECTOR_BYTES, ORDER);
            s02 = row.fma(column, s02);
            s12 = other.fma(column, s12);
            column = fromMemorySegment(DOUBLES, SEGMENT, at + 3L * Panels.VECTOR_BYTES, ORDER);
            s03 = row.fma(column, s03);
            s13 = other.fma(column, s13);
        }
        Lanes.exact(s00).intoArray(sums, 0);
        Lanes.exact(s01).intoArray(sums, COUNT);
        Lanes.exact(s02).intoArray(sums, 2 * COUNT);
        Lanes.exact(s03).intoArray(sums, 3 * COUNT);
        Lanes.exact(s10).intoArray(sums, 4 * COUNT);
        Lanes.exact(s11).intoArray(sums, 5 * COUNT);
        Lanes.exact(s12).intoArray(sums, 6 * COUNT);
        Lanes.exact(s13).intoArray(sums, 7 * COUNT);
    }

    private static DoubleVector left(double[] a, int at, LongVector left) {
        return Lanes.exact(fromArray(DOUBLES, a, at))
                .reinterpretAsLongs()
                .and(left)
                .reinterpretAsDoubles();
    }

    /** Four rows and two columns, as {@link #twoByFour}. */
    static void fourByTwo(double[] a, int a0, int stride, int depth, MemorySegment b, double[] sums) {
        int a1 = a0 + stride;
        int a2 = a1 + stride;
        int a3 = a2 + stride;
        DoubleVector s00 = zero(DOUBLES);
        DoubleVector s01 = zero(DOUBLES);
        DoubleVector s10 = zero(DOUBLES);
        DoubleVector s11 = zero(DOUBLES);
        DoubleVector s20 = zero(DOUBLES);
        DoubleVector s21 = zero(DOUBLES);
        DoubleVector s30 = zero(DOUBLES);
        DoubleVector s31 = zero(DOUBLES);
        int whole = depth - depth % COUNT;
        long columns = AllMemory.address(b, 0);
        for (int p = 0; p < whole; p += COUNT) {
            long at = columns + p * 2L * Panels.BYTES;
            DoubleVector column = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            DoubleVector other = fromMemorySegment(DOUBLES, SEGMENT, at + Panels.VECTOR_BYTES, ORDER);
            DoubleVector row = fromArray(DOUBLES, a, a0 + p);
            s00 = row.fma(column, s00);
            s01 = row.fma(other, s01);
            row = fromArray(DOUBLES, a, a1 + p);
            s10 = row.fma(column, s10);
            s11 = row.fma(other, s11);
            row = fromArray(DOUBLES, a, a2 + p);
            s20 = row.fma(column, s20);
            s21 = row.fma(other, s21);
            row = fromArray(DOUBLES, a, a3 + p);
            s30 = row.fma(column, s30);
            s31 = row.fma(other, s31);
        }
        if (whole < depth) {
            LongVector left = Lanes.clearingFirst(COUNT - depth + whole);
            int p = depth - COUNT;
            long at = columns + whole * 2L * Panels.BYTES;
            DoubleVector column = fromMemorySegment(DOUBLES, SEGMENT, at, ORDER);
            DoubleVector other = fromMemorySegment(DOUBLES, SEGMENT, at + Panels.VECTOR_BYTES, ORDER);
            DoubleVector row = left(a, a0 + p, left);
            s00 = row.fma(column, s00);
            s01 = row.fma(other, s01);
            row = left(a, a1 + p, left);
            s10 = row.fma(column, s10);
            s11 = row.fma(other, s11);
            row = left(a, a2 + p, left);
            s20 = row.fma(column, s20);
            s21 = row.fma(other, s21);
            row = left(a, a3 + p, left);
            s30 = row.fma(column, s30);
            s31 = row.fma(other, s31);
        }
        Lanes.exact(s00).intoArray(sums, 0);
        Lanes.exact(s01).intoArray(sums, COUNT);
        Lanes.exact(s10).intoArray(sums, 2 * COUNT);
        Lanes.exact(s11).intoArray(sums, 3 * COUNT);
        Lanes.exact(s20).intoArray(sums, 4 * COUNT);
        Lanes.exact(s21).intoArray(sums, 5 * COUNT);
        Lanes.exact(s30).intoArray(sums, 6 * COUNT);
        Lanes.exact(s31).intoArray(sums, 7 * COUNT);
    }
}

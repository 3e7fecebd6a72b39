package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * Products of the sparse matrix of the observed entries: sums over the entries of a row, up to four vectors of them in registers while the
 * rows of x pass by. The last vector ends with the row and overlaps the one before it; what it repeats is written twice with the same value.
 */
final class CompletionSums {
    private CompletionSums() {}

    static void product(SparsePattern pattern, int fromRow, int toRow, double[] z, Matrix x, Matrix out) {
        int width = x.columns();
        int last = width - COUNT;
        for (int i = fromRow; i < toRow; i++) {
            int from = pattern.rowStart()[i];
            int end = pattern.rowStart()[i + 1];
            if (width >= 4 * COUNT) {
                for (int k = 0; k < width - 4 * COUNT; k += 4 * COUNT) {
                    fourVectors(pattern, from, end, z, x, k, out, i);
                }
                fourVectors(pattern, from, end, z, x, width - 4 * COUNT, out, i);
            } else if (width > 3 * COUNT) {
                twoVectors(pattern, from, end, z, x, 0, COUNT, out, i);
                twoVectors(pattern, from, end, z, x, last - COUNT, last, out, i);
            } else if (width > 2 * COUNT) {
                threeVectors(pattern, from, end, z, x, last, out, i);
            } else if (width >= COUNT) {
                twoVectors(pattern, from, end, z, x, 0, last, out, i);
            } else if (Lanes.MASKS) {
                oneVector(pattern, from, end, z, x, out, i);
            } else {
                numbers(pattern, from, end, z, x, out, i);
            }
        }
    }

    /** Columns first … first + 4·COUNT - 1. */
    private static void fourVectors(
            SparsePattern pattern, int from, int end, double[] z, Matrix x, int first, Matrix out, int i) {
        int[] columns = pattern.columnIndex();
        double[] data = x.data();
        DoubleVector sum0 = DoubleVector.zero(DOUBLES);
        DoubleVector sum1 = DoubleVector.zero(DOUBLES);
        DoubleVector sum2 = DoubleVector.zero(DOUBLES);
        DoubleVector sum3 = DoubleVector.zero(DOUBLES);
        for (int e = from; e < end; e++) {
            DoubleVector by = broadcast(z[e]);
            int at = x.rowOffset(columns[e]) + first;
            sum0 = by.fma(fromArray(DOUBLES, data, at), sum0);
            sum1 = by.fma(fromArray(DOUBLES, data, at + COUNT), sum1);
            sum2 = by.fma(fromArray(DOUBLES, data, at + 2 * COUNT), sum2);
            sum3 = by.fma(fromArray(DOUBLES, data, at + 3 * COUNT), sum3);
        }
        int to = out.rowOffset(i) + first;
        Lanes.exact(sum0).intoArray(out.data(), to);
        Lanes.exact(sum1).intoArray(out.data(), to + COUNT);
        Lanes.exact(sum2).intoArray(out.data(), to + 2 * COUNT);
        Lanes.exact(sum3).intoArray(out.data(), to + 3 * COUNT);
    }

    /** The first two vectors, and that of the columns from {@code last} on. */
    private static void threeVectors(
            SparsePattern pattern, int from, int end, double[] z, Matrix x, int last, Matrix out, int i) {
        int[] columns = pattern.columnIndex();
        double[] data = x.data();
        DoubleVector sum0 = DoubleVector.zero(DOUBLES);
        DoubleVector sum1 = DoubleVector.zero(DOUBLES);
        DoubleVector sum2 = DoubleVector.zero(DOUBLES);
        for (int e = from; e < end; e++) {
            DoubleVector by = broadcast(z[e]);
            int at = x.rowOffset(columns[e]);
            sum0 = by.fma(fromArray(DOUBLES, data, at), sum0);
            sum1 = by.fma(fromArray(DOUBLES, data, at + COUNT), sum1);
            sum2 = by.fma(fromArray(DOUBLES, data, at + last), sum2);
        }
        int to = out.rowOffset(i);
        Lanes.exact(sum0).intoArray(out.data(), to);
        Lanes.exact(sum1).intoArray(out.data(), to + COUNT);
        Lanes.exact(sum2).intoArray(out.data(), to + last);
    }

    /** The vectors of the columns from {@code first} and from {@code last} on. */
    private static void twoVectors(
            SparsePattern pattern, int from, int end, double[] z, Matrix x, int first, int last, Matrix out, int i) {
        int[] columns = pattern.columnIndex();
        double[] data = x.data();
        DoubleVector sum0 = DoubleVector.zero(DOUBLES);
        DoubleVector sum1 = DoubleVector.zero(DOUBLES);
        for (int e = from; e < end; e++) {
            DoubleVector by = broadcast(z[e]);
            int at = x.rowOffset(columns[e]);
            sum0 = by.fma(fromArray(DOUBLES, data, at + first), sum0);
            sum1 = by.fma(fromArray(DOUBLES, data, at + last), sum1);
        }
        int to = out.rowOffset(i);
        Lanes.exact(sum0).intoArray(out.data(), to + first);
        Lanes.exact(sum1).intoArray(out.data(), to + last);
    }

    /** Fewer columns than a vector has lanes, where masked loads are instructions. */
    private static void oneVector(SparsePattern pattern, int from, int end, double[] z, Matrix x, Matrix out, int i) {
        int[] columns = pattern.columnIndex();
        double[] data = x.data();
        VectorMask<Double> width = DOUBLES.indexInRange(0, x.columns());
        DoubleVector sum = DoubleVector.zero(DOUBLES);
        for (int e = from; e < end; e++) {
            DoubleVector row = fromArray(DOUBLES, data, x.rowOffset(columns[e]), width);
            sum = broadcast(z[e]).fma(row, sum);
        }
        Lanes.exact(sum).intoArray(out.data(), out.rowOffset(i), width);
    }

    /** Columns one by one. */
    private static void numbers(SparsePattern pattern, int from, int end, double[] z, Matrix x, Matrix out, int i) {
        for (int k = 0; k < x.columns(); k++) {
            double sum = 0;
            for (int e = from; e < end; e++) {
                sum += z[e] * x.data()[x.rowOffset(pattern.columnIndex()[e]) + k];
            }
            out.data()[out.rowOffset(i) + k] = sum;
        }
    }
}

package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** The entries of one row of {@link Completion#forward}, by the number of vectors, as {@link CompletionRows}. */
final class CompletionProducts {
    private CompletionProducts() {}

    /** Rank at most the lanes of a vector, where masked loads are instructions. */
    static void oneVector(SparsePattern pattern, int i, Matrix left, Matrix right, double[] out) {
        int[] columns = pattern.columnIndex();
        double[] rightData = right.data();
        VectorMask<Double> rank = DOUBLES.indexInRange(0, left.columns());
        DoubleVector l = fromArray(DOUBLES, left.data(), left.rowOffset(i), rank);
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            DoubleVector r = fromArray(DOUBLES, rightData, right.rowOffset(columns[e]), rank);
            out[e] = Lanes.sum(r.mul(l));
        }
    }

    /** Rank at least the lanes of a vector, at most those of two. */
    static void twoVectors(SparsePattern pattern, int i, Matrix left, Matrix right, double[] out) {
        int[] columns = pattern.columnIndex();
        double[] rightData = right.data();
        int last = left.columns() - COUNT;
        DoubleVector l0 = fromArray(DOUBLES, left.data(), left.rowOffset(i));
        DoubleVector l1 = fromArray(DOUBLES, left.data(), left.rowOffset(i) + last);
        LongVector repeated = Lanes.clearingFirst(COUNT - last);
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            int from = right.rowOffset(columns[e]);
            DoubleVector r0 = fromArray(DOUBLES, rightData, from);
            DoubleVector r1 = fromArray(DOUBLES, rightData, from + last);
            DoubleVector product1 =
                    r1.mul(l1).viewAsIntegralLanes().and(repeated).viewAsFloatingLanes();
            out[e] = Lanes.sum(r0.fma(l0, product1));
        }
    }

    /** Any rank. */
    static void anyVectors(SparsePattern pattern, int i, Matrix left, Matrix right, double[] out) {
        int[] columns = pattern.columnIndex();
        int rank = left.columns();
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            out[e] = Updates.dot(left.data(), left.rowOffset(i), right.data(), right.rowOffset(columns[e]), rank);
        }
    }
}

package lowrank4j.kernel.vector;

import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** Matrix completion: sums over observed entries. */
final class Completion {
    private Completion() {}

    static void forward(SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        int[] rowStart = pattern.rowStart();
        int[] columnIndex = pattern.columnIndex();
        int rank = left.columns();
        for (int i = fromRow; i < toRow; i++) {
            for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
                out[e] = Updates.dot(
                        left.data(), left.rowOffset(i), right.data(), right.rowOffset(columnIndex[e]), rank);
            }
        }
    }

    static double gradient(
            SparsePattern pattern,
            int fromRow,
            int toRow,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int[] rowStart = pattern.rowStart();
        int[] columnIndex = pattern.columnIndex();
        int rank = left.columns();
        double loss = 0;
        for (int i = fromRow; i < toRow; i++) {
            int l = left.rowOffset(i);
            for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
                int r = right.rowOffset(columnIndex[e]);
                double difference = Updates.dot(left.data(), l, right.data(), r, rank) - y[e];
                residual[e] = difference;
                loss += difference * difference;
                Updates.axpy(difference, right.data(), r, gradLeft.data(), gradLeft.rowOffset(i), rank);
                Updates.axpy(difference, left.data(), l, gradRight.data(), gradRight.rowOffset(columnIndex[e]), rank);
            }
        }
        return loss;
    }
}

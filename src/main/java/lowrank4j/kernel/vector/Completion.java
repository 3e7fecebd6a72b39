package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** Matrix completion: sums over observed entries, each touched once. */
final class Completion {
    private Completion() {}

    static void forward(SparsePattern pattern, int fromRow, int toRow, Matrix left, Matrix right, double[] out) {
        int rank = left.columns();
        for (int i = fromRow; i < toRow; i++) {
            if (rank <= COUNT && Lanes.MASKS) {
                CompletionProducts.oneVector(pattern, i, left, right, out);
            } else if (rank >= COUNT && rank <= 2 * COUNT) {
                CompletionProducts.twoVectors(pattern, i, left, right, out);
            } else {
                CompletionProducts.anyVectors(pattern, i, left, right, out);
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
        int rank = left.columns();
        int entries = pattern.rowStart()[toRow] - pattern.rowStart()[fromRow];
        if (CompletionRecords.serve(entries, pattern.columns(), rank)) {
            return CompletionRecords.gradient(pattern, fromRow, toRow, left, right, y, residual, gradLeft, gradRight);
        }
        double loss = 0;
        for (int i = fromRow; i < toRow; i++) {
            if (rank == COUNT) {
                loss += CompletionRows.fullVector(pattern, i, left, right, y, residual, gradLeft, gradRight);
            } else if (rank < COUNT && Lanes.MASKS) {
                loss += CompletionRows.oneVector(pattern, i, left, right, y, residual, gradLeft, gradRight);
            } else if (rank >= COUNT && rank <= 2 * COUNT) {
                loss += CompletionRows.twoVectors(pattern, i, left, right, y, residual, gradLeft, gradRight);
            } else if (rank >= 2 * COUNT && rank <= 4 * COUNT) {
                loss += CompletionRows.fourVectors(pattern, i, left, right, y, residual, gradLeft, gradRight);
            } else {
                loss += CompletionRows.anyVectors(pattern, i, left, right, y, residual, gradLeft, gradRight);
            }
        }
        return loss;
    }
}

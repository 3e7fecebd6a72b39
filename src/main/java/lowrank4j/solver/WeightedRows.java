package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** The r×r systems of rows whose entries have weights of their own, or whose numbers must not be negative: one row at a time. */
final class WeightedRows {
    private final Kernels kernels;
    private final double countPower;
    private final boolean nonnegative;

    WeightedRows(Kernels kernels, double countPower, boolean nonnegative) {
        this.kernels = kernels;
        this.countPower = countPower;
        this.nonnegative = nonnegative;
    }

    /**
     * {@code out_i ← argmin Σ_j w_j(x·fixed_j - values_j)² + ridge·n^p‖x‖²} over the entries of each row, from ≤ i &lt; to; zero where it
     * has none. Each entry is weighted by its own weight and by its residual at the present {@code out}, which also is where
     * nonnegative rows start; n is the sum of a row's own weights.
     *
     * @param own weights by position; none for ones
     * @param weights of the residuals; empty for ones
     * @param out (to - from)×r
     */
    void solve(
            SparsePattern pattern,
            double[] values,
            double[] own,
            int from,
            int to,
            Matrix fixed,
            double ridge,
            Optional<Reweighting> weights,
            Matrix out) {
        int rank = fixed.columns();
        int largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, pattern.count(i));
        }
        Matrix gathered = Matrix.zeros(largest, rank);
        Matrix targets = Matrix.zeros(largest, 1);
        Matrix system = Matrix.zeros(rank, rank);
        Matrix right = Matrix.zeros(1, rank);
        for (int i = from; i < to; i++) {
            int count = pattern.count(i);
            Matrix rows = gathered.rowRange(0, count);
            Matrix target = targets.rowRange(0, count);
            Matrix row = out.rowRange(i - from, i - from + 1);
            gather(pattern, values, i, fixed, rows, target);
            if (own.length > 0) {
                weighByOwn(rows, target, own, pattern.rowStart()[i]);
            }
            if (weights.isPresent()) {
                weigh(rows, target, row, weights.get());
            }
            kernels.gram(rows, system);
            kernels.transposedMultiply(1, target, rows, 0, right);
            double damping = ridge * Math.pow(sum(pattern, own, i), countPower);
            for (int k = 0; k < rank; k++) {
                system.set(k, k, system.get(k, k) + damping);
            }
            if (nonnegative) {
                NonnegativeRow.solve(system, right, row);
            } else {
                row.copyFrom(right);
                kernels.choleskySolveEach(system, row);
            }
        }
    }

    private static void gather(
            SparsePattern pattern, double[] values, int row, Matrix fixed, Matrix rows, Matrix targets) {
        int start = pattern.rowStart()[row];
        for (int e = 0; e < rows.rows(); e++) {
            System.arraycopy(
                    fixed.data(),
                    fixed.rowOffset(pattern.columnIndex()[start + e]),
                    rows.data(),
                    rows.rowOffset(e),
                    fixed.columns());
            targets.set(e, 0, values[start + e]);
        }
    }

    /** The sum of a row's weights: their count where there are none. */
    static double sum(SparsePattern pattern, double[] weights, int row) {
        if (weights.length == 0) {
            return pattern.count(row);
        }
        double sum = 0;
        for (int e = pattern.rowStart()[row]; e < pattern.rowStart()[row + 1]; e++) {
            sum += weights[e];
        }
        return sum;
    }

    /** Scales the equations of a row by the roots of the weights given with them. */
    private static void weighByOwn(Matrix rows, Matrix targets, double[] own, int start) {
        for (int e = 0; e < rows.rows(); e++) {
            double root = Math.sqrt(own[start + e]);
            targets.set(e, 0, root * targets.get(e, 0));
            for (int k = 0; k < rows.columns(); k++) {
                rows.set(e, k, root * rows.get(e, k));
            }
        }
    }

    /** Scales the equations of a row by the roots of their weights. */
    private static void weigh(Matrix rows, Matrix targets, Matrix present, Reweighting weights) {
        for (int e = 0; e < rows.rows(); e++) {
            double fit = 0;
            for (int k = 0; k < rows.columns(); k++) {
                fit += rows.get(e, k) * present.get(0, k);
            }
            double value = targets.get(e, 0);
            double weight = weights.weight(value, fit);
            double root = Math.sqrt(weight);
            targets.set(e, 0, root * weights.target(value, weight));
            for (int k = 0; k < rows.columns(); k++) {
                rows.set(e, k, root * rows.get(e, k));
            }
        }
    }
}

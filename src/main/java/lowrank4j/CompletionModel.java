package lowrank4j;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.AlternatingLeastSquares;

/**
 * A completed matrix: {@code X_ij = mean + rowOffset_i + columnOffset_j + l_i·r_j}.
 *
 * @param factors of the low-rank part, without the offsets; may have no columns
 * @param mean 0 without offsets
 * @param rowOffsets one a row, zeros without offsets
 * @param columnOffsets one a column, zeros without offsets
 * @param ridge of the fit, as in {@link AlternatingLeastSquares}; 0 without one
 * @param range of the predictions: what the sum says beyond it is brought to its nearer end
 */
public record CompletionModel(
        Factors factors, double mean, double[] rowOffsets, double[] columnOffsets, double ridge, Range range) {
    /** A model that may predict any number. */
    public CompletionModel(
            Factors factors, double mean, double[] rowOffsets, double[] columnOffsets, double ridge) {
        this(factors, mean, rowOffsets, columnOffsets, ridge, Range.ALL);
    }

    public CompletionModel {
        if (rowOffsets.length != factors.rows() || columnOffsets.length != factors.columns()) {
            throw new InvalidArgumentException("there are " + rowOffsets.length + " row and " + columnOffsets.length
                    + " column offsets, but the matrix is " + factors.rows() + "x" + factors.columns());
        }
    }

    /** Whether any offset is in use. */
    public boolean hasOffsets() {
        if (mean != 0) {
            return true;
        }
        for (double offset : rowOffsets) {
            if (offset != 0) {
                return true;
            }
        }
        for (double offset : columnOffsets) {
            if (offset != 0) {
                return true;
            }
        }
        return false;
    }

    /** The value at an entry of the matrix. Cost: 2r flops. */
    public double predict(int row, int column) {
        return range.nearest(mean + rowOffsets[row] + columnOffsets[column] + factors.entry(row, column));
    }

    /**
     * The values of a row that was not in the fit, from the entries known of it: its offset and its r×r system are
     * solved as in the fit, with the columns as they are.
     *
     * @param columns of the known entries, distinct
     * @param values of the known entries, finite
     * @return one prediction for each column of the matrix
     */
    public double[] predictNewRow(int[] columns, double[] values, Kernels kernels) {
        int n2 = factors.columns();
        SparsePattern.Entries entries = SparsePattern.sorted(1, n2, new int[columns.length], columns, values);
        double offset = hasOffsets() ? newRowOffset(entries) : 0;
        double[] left = new double[columns.length];
        for (int e = 0; e < left.length; e++) {
            left[e] = entries.values()[e]
                    - mean
                    - offset
                    - columnOffsets[entries.pattern().columnIndex()[e]];
        }
        Matrix row = Matrix.zeros(1, factors.rank());
        if (factors.rank() > 0 && columns.length > 0) {
            double least = 1e-9 * Math.sqrt(kernels.dot(factors.right(), factors.right()) / n2);
            new AlternatingLeastSquares.RowSolver(kernels, factors.rank(), columns.length)
                    .solve(
                            entries.pattern(),
                            left,
                            0,
                            1,
                            factors.right(),
                            Math.max(ridge, Math.max(least, Double.MIN_NORMAL)),
                            row);
        }
        double[] predicted = new double[n2];
        for (int j = 0; j < n2; j++) {
            predicted[j] =
                    range.nearest(mean + offset + columnOffsets[j] + new Factors(row, factors.right()).entry(0, j));
        }
        return predicted;
    }

    private double newRowOffset(SparsePattern.Entries entries) {
        double sum = 0;
        for (int e = 0; e < entries.values().length; e++) {
            sum += entries.values()[e] - mean - columnOffsets[entries.pattern().columnIndex()[e]];
        }
        return sum / (entries.values().length + Offsets.DAMPING);
    }

    /** Factors of the whole X, before any range: with offsets, two more columns that carry them, {@code [L, mean + rowOffset, 1]·[R, 1, columnOffset]ᵀ}. */
    public Factors whole() {
        if (!hasOffsets()) {
            return factors;
        }
        int r = factors.rank();
        Matrix left = Matrix.zeros(factors.rows(), r + 2);
        Matrix right = Matrix.zeros(factors.columns(), r + 2);
        left.columnRange(0, r).copyFrom(factors.left());
        right.columnRange(0, r).copyFrom(factors.right());
        for (int i = 0; i < left.rows(); i++) {
            left.set(i, r, mean + rowOffsets[i]);
            left.set(i, r + 1, 1);
        }
        for (int j = 0; j < right.rows(); j++) {
            right.set(j, r, 1);
            right.set(j, r + 1, columnOffsets[j]);
        }
        return new Factors(left, right);
    }
}

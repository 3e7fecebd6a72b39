package lowrank4j;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
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
 * @param nonnegative whether the factors were fitted without negative entries, as those of later rows are then
 * @param unitWeight mean weight of the entries that were fitted, as it was given: later entries need weights then, which count in its
 *     units; 0 where none were given
 * @param loss of the fit, under which later rows are solved too
 * @param deviations that losses {@code huber} and {@code absolute} count residuals in; empty under the others
 */
public record CompletionModel(
        Factors factors,
        double mean,
        double[] rowOffsets,
        double[] columnOffsets,
        double ridge,
        Range range,
        boolean nonnegative,
        double unitWeight,
        Loss loss,
        Optional<Deviations> deviations) {
    /**
     * Standard deviations of the entries about the fit, by the median of their magnitudes, which outliers hardly move.
     *
     * @param ofOffsets of what the offsets leave of the entries, at least 0 and finite
     * @param ofFit of what the whole model leaves of them, at least 0 and finite
     */
    public record Deviations(double ofOffsets, double ofFit) {
        public Deviations {
            require("ofOffsets", ofOffsets);
            require("ofFit", ofFit);
        }

        private static void require(String name, double deviation) {
            if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
                throw new InvalidArgumentException(name + " is " + deviation + ", but must be at least 0 and finite");
            }
        }
    }

    /** A model fitted by least squares. */
    public CompletionModel(
            Factors factors,
            double mean,
            double[] rowOffsets,
            double[] columnOffsets,
            double ridge,
            Range range,
            boolean nonnegative,
            double unitWeight) {
        this(
                factors,
                mean,
                rowOffsets,
                columnOffsets,
                ridge,
                range,
                nonnegative,
                unitWeight,
                Loss.SQUARED,
                Optional.empty());
    }

    /** A model whose factors may have entries of any sign. */
    public CompletionModel(
            Factors factors, double mean, double[] rowOffsets, double[] columnOffsets, double ridge, Range range) {
        this(factors, mean, rowOffsets, columnOffsets, ridge, range, false, 0);
    }

    /** A model that may predict any number. */
    public CompletionModel(Factors factors, double mean, double[] rowOffsets, double[] columnOffsets, double ridge) {
        this(factors, mean, rowOffsets, columnOffsets, ridge, Range.ALL);
    }

    public CompletionModel {
        if (rowOffsets.length != factors.rows() || columnOffsets.length != factors.columns()) {
            throw new InvalidArgumentException("there are " + rowOffsets.length + " row and " + columnOffsets.length
                    + " column offsets, but the matrix is " + factors.rows() + "x" + factors.columns());
        }
        if (!(unitWeight >= 0 && unitWeight < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException(
                    "unitWeight is " + unitWeight + ", but must be 0 without weights, or above 0 and finite");
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

    void requireEntry(int row, int column) {
        if (row < 0 || row >= factors.rows() || column < 0 || column >= factors.columns()) {
            throw new InvalidArgumentException("entry (" + row + ", " + column + ") is outside the model, which is "
                    + factors.rows() + "x" + factors.columns() + " and counts from 0");
        }
    }

    /** The value at an entry of the matrix. Cost: 2r flops. */
    public double predict(int row, int column) {
        requireEntry(row, column);
        return range.nearest(mean + rowOffsets[row] + columnOffsets[column] + factors.entry(row, column));
    }

    /**
     * The values of a row that was not in the fit, from the entries known of it: its offset and its r×r system are
     * solved as in the fit, under its loss, with the columns as they are; {@link Loss#TRUNCATED}, which sorts out wrong entries by the fit
     * of all, is refused.
     *
     * @param columns of the known entries, distinct
     * @param values of the known entries, finite
     * @return one prediction for each column of the matrix
     */
    public double[] predictNewRow(int[] columns, double[] values, Kernels kernels) {
        return predictNewRow(columns, values, new double[0], kernels);
    }

    /**
     * The same for a model fitted with weights.
     *
     * @param weights of the known entries, above 0 and finite, as they would have been given for the fit; none without weights
     */
    public double[] predictNewRow(int[] columns, double[] values, double[] weights, Kernels kernels) {
        int[] zeros = new int[columns.length];
        SparsePattern.Entries entries = SparsePattern.sorted(1, factors.columns(), zeros, columns, values);
        double[] sorted = weights.length == 0
                ? weights
                : SparsePattern.sorted(1, factors.columns(), zeros, columns, weights)
                        .values();
        AddedRows.Solved row = AddedRows.solved(this, entries.pattern(), entries.values(), sorted, kernels);
        Factors one = new Factors(row.left(), factors.right());
        double[] predicted = new double[factors.columns()];
        for (int j = 0; j < predicted.length; j++) {
            predicted[j] = range.nearest(mean + row.offsets()[0] + columnOffsets[j] + one.entry(0, j));
        }
        return predicted;
    }

    /**
     * The model with rows added after its own, each from the entries known of it: its offset and its r×r system are solved as in the
     * fit, under its loss, with the columns as they are; {@link Loss#TRUNCATED} is refused. A row without entries is predicted by the column offsets. Cost: 2r² flops an entry and r³/3 a
     * row, and a copy of the factors.
     *
     * @param pattern of the new rows, over the columns of this model
     * @param values by position, finite
     */
    public CompletionModel withRows(SparsePattern pattern, double[] values, Kernels kernels) {
        return withRows(pattern, values, new double[0], kernels);
    }

    /**
     * The same for a model fitted with weights.
     *
     * @param weights by position, above 0 and finite, as they would have been given for the fit; none without weights
     */
    public CompletionModel withRows(SparsePattern pattern, double[] values, double[] weights, Kernels kernels) {
        int n1 = factors.rows();
        int[] added = new int[pattern.rows()];
        Arrays.setAll(added, k -> n1 + k);
        Matrix left = Matrix.zeros(n1 + pattern.rows(), factors.rank());
        left.rowRange(0, n1).copyFrom(factors.left());
        return replaced(
                added,
                AddedRows.solved(this, pattern, values, weights, kernels),
                left,
                Arrays.copyOf(rowOffsets, n1 + pattern.rows()));
    }

    /**
     * The model with some of its rows solved anew, as {@link #withRows} does, after entries have come or changed.
     *
     * @param rows of this model, distinct
     * @param pattern row k holds all that is known of {@code rows[k]}, old and new: what is not there is forgotten
     * @param values by position, finite
     */
    public CompletionModel withEntries(int[] rows, SparsePattern pattern, double[] values, Kernels kernels) {
        return withEntries(rows, pattern, values, new double[0], kernels);
    }

    /**
     * The same for a model fitted with weights.
     *
     * @param weights by position, above 0 and finite, as they would have been given for the fit; none without weights
     */
    public CompletionModel withEntries(
            int[] rows, SparsePattern pattern, double[] values, double[] weights, Kernels kernels) {
        if (rows.length != pattern.rows()) {
            throw new InvalidArgumentException(
                    "there are " + rows.length + " rows to solve anew, but entries of " + pattern.rows());
        }
        BitSet seen = new BitSet();
        for (int row : rows) {
            if (row < 0 || row >= factors.rows()) {
                throw new InvalidArgumentException(
                        "row " + row + " is to be solved anew, but the model has rows 0 to " + (factors.rows() - 1));
            }
            if (seen.get(row)) {
                throw new InvalidArgumentException(
                        "row " + row + " is to be solved anew twice, but the rows must be distinct");
            }
            seen.set(row);
        }
        return replaced(
                rows,
                AddedRows.solved(this, pattern, values, weights, kernels),
                factors.left().copy(),
                Arrays.copyOf(rowOffsets, rowOffsets.length));
    }

    /** The model of the transposed matrix, for what is said of rows here and wanted of columns. */
    public CompletionModel transposed() {
        return new CompletionModel(
                new Factors(factors.right(), factors.left()),
                mean,
                columnOffsets,
                rowOffsets,
                ridge,
                range,
                nonnegative,
                unitWeight,
                loss,
                deviations);
    }

    private CompletionModel replaced(int[] rows, AddedRows.Solved solved, Matrix left, double[] offsets) {
        for (int k = 0; k < rows.length; k++) {
            left.rowRange(rows[k], rows[k] + 1).copyFrom(solved.left().rowRange(k, k + 1));
            offsets[rows[k]] = solved.offsets()[k];
        }
        return new CompletionModel(
                new Factors(left, factors.right()),
                mean,
                offsets,
                columnOffsets,
                ridge,
                range,
                nonnegative,
                unitWeight,
                loss,
                deviations);
    }

    /**
     * Factors of the whole X, before any range: with offsets, two more columns that carry them, {@code [L, mean + rowOffset, 1]·[R, 1,
     * columnOffset]ᵀ}.
     */
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

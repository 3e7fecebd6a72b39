package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.AlternatingLeastSquares;
import lowrank4j.solver.Reweighting;

/** Rows solved under the loss of a model, with its columns as they are. */
final class AddedRows {
    /**
     * Ridge of a row where the fit had none, in units of the mean square of a row of the right factor, as the Gram matrices are that it is
     * added to: beside rounding it keeps rows of fewer entries than columns solvable.
     */
    private static final double LEAST_RIDGE = 1e-12;

    /** Rounds of reweighting at the most, and how little of the largest number the last one moves. */
    private static final int MOST_ROUNDS = 500;

    private static final double STILL = 1e-10;

    private final CompletionModel model;
    private final SparsePattern pattern;
    private final double[] values;
    private final EntryWeights weights;
    private final Kernels kernels;
    private final Matrix right;
    private final AlternatingLeastSquares.RowSolver solver;

    /**
     * What was solved.
     *
     * @param offsets one a row
     * @param left a factor a row
     */
    record Solved(double[] offsets, Matrix left) {}

    private AddedRows(
            CompletionModel model, SparsePattern pattern, double[] values, EntryWeights weights, Kernels kernels) {
        this.model = model;
        this.pattern = pattern;
        this.values = values;
        this.weights = weights;
        this.kernels = kernels;
        this.right = model.factors().right();
        this.solver = new AlternatingLeastSquares.RowSolver(kernels, right.columns());
    }

    /** @param givenWeights by position, as they would have been given for the fit; none without weights */
    static Solved solved(
            CompletionModel model, SparsePattern pattern, double[] values, double[] givenWeights, Kernels kernels) {
        if (values.length != pattern.count()) {
            throw new InvalidArgumentException("there are " + values.length + " values, but the pattern has "
                    + pattern.count() + " entries: each needs one");
        }
        for (int e = 0; e < values.length; e++) {
            if (!Double.isFinite(values[e])) {
                throw new InvalidArgumentException("value " + e + " is " + values[e] + ", but must be finite");
            }
        }
        if (givenWeights.length > 0 && givenWeights.length != values.length) {
            throw new InvalidArgumentException(
                    "there are " + givenWeights.length + " weights, but " + values.length + " entries: each needs one");
        }
        EntryWeights weights = values.length == 0
                ? EntryWeights.none()
                : new EntryWeights(EntryWeights.inUnits(model.unitWeight(), givenWeights), model.unitWeight());
        if (pattern.columns() != model.factors().columns()) {
            throw new InvalidArgumentException("the rows have " + pattern.columns() + " columns, but the model has "
                    + model.factors().columns());
        }
        requireLoss(model, values);
        return new AddedRows(model, pattern, values, weights, kernels).solved();
    }

    /** Refuses what rows cannot be solved under, and values that it has no meaning for. */
    private static void requireLoss(CompletionModel model, double[] values) {
        Loss loss = model.loss();
        if (loss == Loss.TRUNCATED) {
            throw new InvalidArgumentException(
                    "the model was fitted under loss truncated, which sorts out wrong entries"
                            + " by the fit of all: it takes no new rows or entries; complete anew with them");
        }
        if (loss.isRobust() && model.deviations().isEmpty()) {
            throw new InvalidArgumentException("the model was fitted under loss " + loss
                    + ", but does not tell the deviations that it counts residuals in: it takes no new rows or entries;"
                    + " complete anew with them");
        }
        if (loss == Loss.LOGISTIC) {
            Loss.requireSigns(values);
        }
    }

    private Solved solved() {
        double[] left = values.clone();
        double[] offsets = new double[pattern.rows()];
        boolean hasOffsets = model.hasOffsets();
        Optional<Reweighting> ofOffsets = reweighting(CompletionModel.Deviations::ofOffsets);
        for (int i = 0; i < pattern.rows(); i++) {
            int from = pattern.rowStart()[i];
            int to = pattern.rowStart()[i + 1];
            for (int e = from; e < to; e++) {
                left[e] -= model.mean() + model.columnOffsets()[pattern.columnIndex()[e]];
            }
            offsets[i] = hasOffsets ? offset(left, from, to, ofOffsets) : 0;
            for (int e = from; e < to; e++) {
                left[e] -= offsets[i];
            }
        }
        Matrix rows = Matrix.zeros(pattern.rows(), right.columns());
        if (right.columns() > 0 && pattern.count() > 0) {
            double least = LEAST_RIDGE * kernels.dot(right, right) / right.rows();
            double ridge = Math.max(model.ridge(), Math.max(least, Double.MIN_NORMAL));
            Optional<Reweighting> ofFit = reweighting(CompletionModel.Deviations::ofFit);
            if (ofFit.isEmpty()) {
                solve(pattern, left, weights.relative(), ridge, rows);
            } else {
                for (int i = 0; i < pattern.rows(); i++) {
                    if (pattern.count(i) > 0) {
                        reweigh(i, left, ofFit.get(), ridge, rows.rowRange(i, i + 1));
                    }
                }
            }
        }
        return new Solved(offsets, rows);
    }

    private Optional<Reweighting> reweighting(ToDoubleFunction<CompletionModel.Deviations> of) {
        return model.loss()
                .reweighting(model.deviations().map(of::applyAsDouble).orElse(0.0));
    }

    /** The damped mean of what the columns leave of a row, as {@link Offsets} fits it. */
    private double offset(double[] left, int from, int to, Optional<Reweighting> reweighting) {
        double offset = 0;
        double moved = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS && moved > STILL * Math.abs(offset); round++) {
            double sum = 0;
            double count = 0;
            for (int e = from; e < to; e++) {
                double present = offset;
                double residual = left[e];
                double weight = weights.at(e)
                        * reweighting.map(r -> r.weight(residual, present)).orElse(1.0);
                sum += weight * left[e];
                count += weight;
            }
            double next = sum / (count + Offsets.DAMPING);
            moved = reweighting.isEmpty() ? 0 : Math.abs(next - offset);
            offset = next;
        }
        return offset;
    }

    /** Reweighted least squares of one row, from zero, until it rests: the losses are convex. */
    private void reweigh(int i, double[] left, Reweighting reweighting, double ridge, Matrix row) {
        int from = pattern.rowStart()[i];
        int count = pattern.count(i);
        int[] columns = Arrays.copyOfRange(pattern.columnIndex(), from, from + count);
        SparsePattern alone = new SparsePattern(1, pattern.columns(), new int[] {0, count}, columns);
        double[] weight = new double[count];
        double[] target = new double[count];
        double moved = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int round = 0; round < MOST_ROUNDS && moved > STILL * largest; round++) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                double fit = kernels.dot(row, right.rowRange(columns[k], columns[k] + 1));
                weight[k] = reweighting.weight(left[from + k], fit);
                target[k] = reweighting.target(left[from + k], weight[k]);
                sum += weight[k];
            }
            Matrix before = row.copy();
            // The ridge of a row goes by the count of its entries, whatever their residuals weigh.
            double ridgeOfWeights =
                    AlternatingLeastSquares.ridgeOf(ridge, count) / AlternatingLeastSquares.ridgeOf(1, sum);
            solve(alone, target, weight, ridgeOfWeights, row);
            moved = 0;
            largest = 0;
            for (int k = 0; k < row.columns(); k++) {
                moved = Math.max(moved, Math.abs(row.get(0, k) - before.get(0, k)));
                largest = Math.max(largest, Math.abs(row.get(0, k)));
            }
        }
    }

    private void solve(SparsePattern some, double[] targets, double[] own, double ridge, Matrix out) {
        if (model.nonnegative()) {
            AlternatingLeastSquares.solveNonnegative(some, targets, own, right, ridge, kernels, out);
        } else {
            solver.solve(some, targets, own, 0, some.rows(), right, ridge, out);
        }
    }
}

package lowrank4j;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.AlternatingLeastSquares;

/**
 * Standard errors of what a completion under a ridge predicts.
 *
 * <p>Given the columns, a row's factor is a ridge regression on the entries of that row, and so its prediction has the variance
 * {@code s² xⱼᵀ(Σ x xᵀ + Λ)⁻¹xⱼ}, where the x are the columns' factors at those entries, with a 1 for the row's offset, and Λ is
 * the ridge (Hoerl, Kennard 1970, from the Bayesian side); a column's likewise, given the rows. With {@code s²} for the noise of the
 * entry itself the variance of a new entry about its prediction is
 * {@code s²(1 + xⱼᵀ(Σ x xᵀ + Λ)⁻¹xⱼ + zᵢᵀ(Σ z zᵀ + Λ)⁻¹zᵢ)}. About 95 % of new entries lie within two standard errors where the
 * model holds; that rows and columns err together, and that the model may be wrong, is not in it.
 *
 * <p>The noise {@code s² = loss/(m - d)} is what the fit leaves of the entries, for as many as the fit has not used up:
 * d sums the same two quadratic forms over the fitted entries, less the parts that rows and columns share.
 *
 * <p>With weights the sums are Σ w x xᵀ, the loss Σ w(X - y)², and an entry of weight w has the noise {@code s²/w}: weights in units of the
 * mean of those that the model was fitted with.
 *
 * <p>Cost of making: about 4·m·r² flops; of standard errors: r³/3 flops for each row and column asked for, and 2r² a place. Memory:
 * 16 bytes an entry.
 */
public final class ErrorBars {
    /** Of the entries, the smallest part that is taken to tell of the noise. */
    private static final double LEAST_SPARE = 0.05;

    private final CompletionModel model;
    private final Side left;
    private final Side right;
    private final double noise;

    /**
     * One side of the model: the entries of its rows, and what they are regressed on.
     *
     * @param pattern of the entries that were fitted
     * @param weights of these by position; empty for ones
     * @param regressors a row for each column of the pattern: its factor, and 1 where there are offsets
     */
    private record Side(SparsePattern pattern, double[] weights, Matrix regressors) {
        double weight(int position) {
            return weights.length == 0 ? 1 : weights[position];
        }
    }

    /**
     * Of a model and the entries that it was fitted to.
     *
     * @param fitted as large as the model; what is not among them does not narrow the bars
     * @param model of loss squared, with a ridge, or with no columns
     */
    public ErrorBars(MatrixCompletion fitted, CompletionModel model, Engine engine) {
        SparsePattern pattern = fitted.pattern();
        if (pattern.rows() != model.factors().rows()
                || pattern.columns() != model.factors().columns()) {
            throw new InvalidArgumentException("the entries are of a " + pattern.rows() + "x" + pattern.columns()
                    + " matrix, but the model is "
                    + model.factors().rows() + "x" + model.factors().columns());
        }
        if (model.loss() != Loss.SQUARED) {
            throw new InvalidArgumentException("the model was fitted under loss " + model.loss()
                    + ", but standard errors are those of least squares: fit it under loss squared");
        }
        if (model.factors().rank() > 0 && !(model.ridge() > 0)) {
            throw new InvalidArgumentException("the model has no ridge: its standard errors are not those of a ridge"
                    + " regression; fit it with algorithm als");
        }
        this.model = model;
        boolean offsets = model.hasOffsets();
        int[] rowOf = new int[pattern.columnIndex().length];
        for (int i = 0; i < pattern.rows(); i++) {
            Arrays.fill(rowOf, pattern.rowStart()[i], pattern.rowStart()[i + 1], i);
        }
        double[] weights = weights(fitted, model);
        this.left = new Side(pattern, weights, withOnes(model.factors().right(), offsets));
        int count = pattern.columns();
        int length = pattern.rows();
        int[] from = pattern.columnIndex();
        this.right = new Side(
                SparsePattern.sorted(count, length, from, rowOf, fitted.sharedValues())
                        .pattern(),
                weights.length == 0 ? weights : pattern.transposed(weights).values(),
                withOnes(model.factors().left(), offsets));
        double[] leverage = leverages(rowOf, pattern.columnIndex(), engine);
        double loss = 0;
        double used = 0;
        for (int e = 0; e < leverage.length; e++) {
            double gap = fitted.sharedValues()[e] - model.predict(rowOf[e], pattern.columnIndex()[e]);
            loss += left.weight(e) * gap * gap;
            used += left.weight(e) * leverage[e];
        }
        int shared = model.factors().rank() * model.factors().rank() + (offsets ? 1 : 0);
        double spare = leverage.length - Math.max(0, used - shared);
        this.noise = Math.sqrt(loss / Math.max(spare, LEAST_SPARE * leverage.length));
    }

    /** Of the entries, in the model's units. */
    private static double[] weights(MatrixCompletion fitted, CompletionModel model) {
        if (fitted.isWeighted() != model.unitWeight() > 0) {
            throw new InvalidArgumentException(
                    fitted.isWeighted()
                            ? "the entries have weights, but the model was fitted without"
                            : "the model was fitted with weights, so each entry needs one");
        }
        double ratio = fitted.isWeighted() ? fitted.entryWeights().unit() / model.unitWeight() : 1;
        double[] weights = fitted.weights();
        for (int e = 0; e < weights.length; e++) {
            weights[e] *= ratio;
        }
        return ratio == 1 && fitted.entryWeights().relative().length == 0 ? new double[0] : weights;
    }

    private static Matrix withOnes(Matrix factor, boolean offsets) {
        int rank = factor.columns();
        Matrix wide = Matrix.zeros(factor.rows(), rank + (offsets ? 1 : 0));
        if (rank > 0) {
            wide.columnRange(0, rank).copyFrom(factor);
        }
        for (int i = 0; i < wide.rows() && offsets; i++) {
            wide.set(i, rank, 1);
        }
        return wide;
    }

    /** Standard deviation of one entry, of weight 1, about the model: s. */
    public double noise() {
        return noise;
    }

    /**
     * Standard errors of the predictions at these places, of a new entry, of weight 1, about its prediction.
     *
     * @param row of each place, in that of the model
     * @param column of each place, as many
     */
    public double[] at(int[] row, int[] column, Engine engine) {
        double[] ones = new double[row.length];
        Arrays.fill(ones, 1);
        return at(row, column, ones, engine);
    }

    /**
     * The same of entries with weights of their own.
     *
     * @param weight of each, above 0 and finite, in units of the mean of those that the model was fitted with
     */
    public double[] at(int[] row, int[] column, double[] weight, Engine engine) {
        requirePlaces(row, column, weight);
        double[] bars = leverages(row, column, engine);
        for (int k = 0; k < bars.length; k++) {
            bars[k] = noise * Math.sqrt(1 / weight[k] + bars[k]);
        }
        return bars;
    }

    private void requirePlaces(int[] row, int[] column, double[] weight) {
        if (row.length != column.length || row.length != weight.length) {
            throw new InvalidArgumentException("there are " + row.length + " rows, " + column.length + " columns and "
                    + weight.length + " weights: each place needs one of each");
        }
        for (int k = 0; k < row.length; k++) {
            model.requireEntry(row[k], column[k]);
            if (!(weight[k] > 0) || weight[k] == Double.POSITIVE_INFINITY) {
                throw new InvalidArgumentException(
                        "weight " + k + " is " + weight[k] + ", but must be above 0 and finite");
            }
        }
    }

    /** The two quadratic forms, added, at each place. */
    private double[] leverages(int[] row, int[] column, Engine engine) {
        double[] sum = new double[row.length];
        double[] other = new double[row.length];
        add(left, row, column, engine, sum);
        add(right, column, row, engine, other);
        for (int k = 0; k < sum.length; k++) {
            sum[k] += other[k];
        }
        return sum;
    }

    /** Writes {@code x_jᵀ(Σ x xᵀ + Λ)⁻¹ x_j} for each place (i, j) of one side, the places of one row together. */
    private void add(Side side, int[] row, int[] column, Engine engine, double[] out) {
        int order = side.regressors().columns();
        if (order == 0) {
            return;
        }
        // The places by row: a counting sort.
        int[] start = new int[side.pattern().rows() + 1];
        for (int i : row) {
            start[i + 1]++;
        }
        for (int i = 0; i < side.pattern().rows(); i++) {
            start[i + 1] += start[i];
        }
        int[] next = Arrays.copyOf(start, side.pattern().rows());
        int[] places = new int[row.length];
        for (int k = 0; k < row.length; k++) {
            places[next[row[k]]++] = k;
        }
        engine.workers().run(side.pattern().rows(), i -> {
            int from = start[i];
            int to = start[i + 1];
            if (from == to) {
                return;
            }
            Kernels kernels = engine.kernels();
            Matrix system = system(side, i, kernels);
            Matrix at = Matrix.zeros(to - from, order);
            for (int k = from; k < to; k++) {
                int j = column[places[k]];
                at.rowRange(k - from, k - from + 1).copyFrom(side.regressors().rowRange(j, j + 1));
            }
            Matrix solved = at.copy();
            kernels.choleskySolve(system, solved);
            for (int k = from; k < to; k++) {
                out[places[k]] =
                        kernels.dot(at.rowRange(k - from, k - from + 1), solved.rowRange(k - from, k - from + 1));
            }
        });
    }

    /** The Cholesky factor of a row's normal matrix. */
    private Matrix system(Side side, int row, Kernels kernels) {
        int order = side.regressors().columns();
        int rank = model.factors().rank();
        int start = side.pattern().rowStart()[row];
        int count = side.pattern().count(row);
        Matrix gathered = Matrix.zeros(Math.max(1, count), order);
        double sum = 0;
        for (int k = 0; k < count; k++) {
            int j = side.pattern().columnIndex()[start + k];
            double weight = side.weight(start + k);
            kernels.scaledCopy(Math.sqrt(weight), side.regressors().rowRange(j, j + 1), gathered.rowRange(k, k + 1));
            sum += weight;
        }
        Matrix system = Matrix.zeros(order, order);
        kernels.gram(gathered, system);
        // A row without entries has no ridge of its own: it is as uncertain as one with a single entry would be before
        // it.
        double ridge = AlternatingLeastSquares.ridgeOf(model.ridge(), count == 0 ? 1 : sum);
        for (int k = 0; k < order; k++) {
            system.set(k, k, system.get(k, k) + (k < rank ? ridge : Offsets.DAMPING));
        }
        if (!kernels.cholesky(system)) {
            throw new InvalidArgumentException(
                    "the ridge " + model.ridge() + " is lost in rounding beside the factors: no standard errors");
        }
        return system;
    }
}

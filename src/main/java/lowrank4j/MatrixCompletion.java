package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.Equations;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Problem;

/**
 * Completes a matrix of low rank from some of its entries; missing is missing, zero is a value.
 *
 * <p>The recommended way lets held-out entries decide: an exact low-rank recovery where the data are of low rank up to small noise, by
 * descent, or from entries too few for it, about 1.5 to 2.5 times the free parameters, by greedy Gauss-Newton; or
 * else offsets for rows and columns with a low-rank part under a ridge, or the offsets alone. The gradient methods by name fit
 * {@code L Rᵀ} to the entries as they are, without offsets.
 *
 * <p>With a weight w_ij an entry ({@link #withWeights}) every fit minimises {@code Σ w_ij (X_ij - y_ij)²}, and every error that a
 * result tells is weighted alike.
 *
 * <p>n1×n2 is never formed: memory is about 20 bytes an entry, while the search looks for what is missing 32 more, and 8(n1+n2)r bytes for each
 * of a handful of factors.
 */
public final class MatrixCompletion {
    /** The largest weight of an entry in units of the least: beyond it the smallest are lost in rounding. */
    public static final double LARGEST_WEIGHT_RATIO = 1e15;

    private final SparsePattern pattern;
    private final double[] values;
    /** By position; empty without times. */
    private final double[] times;

    private final EntryWeights weights;
    /** Of the values, and so of the predictions. */
    private final Range range;

    private MatrixCompletion(
            SparsePattern pattern, double[] values, double[] times, EntryWeights weights, Range range) {
        this.range = range;
        this.weights = weights;
        this.pattern = pattern;
        this.values = values;
        this.times = times;
    }

    /**
     * The entries (row[k], column[k]) = value[k] of a rows×columns matrix, in any order.
     *
     * @param row each in 0 … rows - 1
     * @param column each in 0 … columns - 1; no pair (row, column) twice
     * @param value each finite
     */
    public static MatrixCompletion of(int rows, int columns, int[] row, int[] column, double[] value) {
        if (rows < 1 || columns < 1) {
            throw new InvalidArgumentException("the matrix is " + rows + "x" + columns + ", but must be at least 1x1");
        }
        if (value.length == 0) {
            throw new InvalidArgumentException("there are no observed entries: at least 1 is needed");
        }
        for (int k = 0; k < value.length; k++) {
            if (!Double.isFinite(value[k])) {
                throw new InvalidArgumentException("entry " + k + " is " + value[k] + ", but must be finite");
            }
        }
        SparsePattern.Entries entries = SparsePattern.sorted(rows, columns, row, column, value);
        return new MatrixCompletion(entries.pattern(), entries.values(), new double[0], EntryWeights.none(), Range.ALL);
    }

    /**
     * With the time of each entry, in any unit, for hold-outs by time.
     *
     * @param row of each time; with {@code column} the places of the observed entries, each once, in any order
     * @param time each finite
     */
    public MatrixCompletion withTimes(int[] row, int[] column, double[] time) {
        return new MatrixCompletion(pattern, values, arranged("time", row, column, time), weights, range);
    }

    /**
     * With a weight for each entry, for fits of {@code Σ w_ij (X_ij - y_ij)²}: best in proportion to 1/variance. Only their ratios count;
     * a weight of 2 is as good as the same entry twice, and an entry that was measured several times is one of their weighted mean
     * with the sum of their weights. The ridge of a row and the damping of its offset go by the sum of its weights.
     *
     * <p>Objective, residual and held-out errors are weighted too, in units of the mean weight, and the noise estimate is that of an entry
     * of mean weight. Held-out entries are chosen without regard to weights. For the loss {@link Loss#SQUARED} and all algorithms but
     * {@link Algorithm#NUCLEAR_NORM}; the others refuse.
     *
     * @param row of each weight; with {@code column} the places of the observed entries, each once, in any order
     * @param weight each above 0 and finite, the largest at most {@link #LARGEST_WEIGHT_RATIO} times the least
     */
    public MatrixCompletion withWeights(int[] row, int[] column, double[] weight) {
        EntryWeights given = EntryWeights.of(arranged("weight", row, column, weight));
        return new MatrixCompletion(pattern, values, times, given, range);
    }

    /** Whether weights were given. */
    public boolean isWeighted() {
        return weights.areGiven();
    }

    /** The weights of the entries by position, in units of their mean; ones where none were given. */
    public double[] weights() {
        double[] all = new double[values.length];
        Arrays.setAll(all, weights::at);
        return all;
    }

    /**
     * With a range for what is predicted; held-out errors are those of predictions inside it. Values outside are refused, and so is a
     * range under {@link Loss#LOGISTIC}, whose predictions are log odds.
     */
    public MatrixCompletion withRange(Range legal) {
        for (int e = 0; e < values.length; e++) {
            if (!legal.contains(values[e])) {
                throw new InvalidArgumentException("an observed value is " + values[e] + ", outside the range " + legal
                        + ": no prediction could reach it");
            }
        }
        return new MatrixCompletion(pattern, values, times, weights, legal);
    }

    /** What can be predicted. */
    public Range range() {
        return range;
    }

    /** Numbers that go with the entries, by position. */
    private double[] arranged(String name, int[] row, int[] column, double[] numbers) {
        for (int k = 0; k < numbers.length; k++) {
            if (!Double.isFinite(numbers[k])) {
                throw new InvalidArgumentException(name + " " + k + " is " + numbers[k] + ", but must be finite");
            }
        }
        SparsePattern.Entries entries = SparsePattern.sorted(pattern.rows(), pattern.columns(), row, column, numbers);
        if (!Arrays.equals(entries.pattern().rowStart(), pattern.rowStart())
                || !Arrays.equals(entries.pattern().columnIndex(), pattern.columnIndex())) {
            throw new InvalidArgumentException("there are " + numbers.length + " numbers of the name " + name
                    + ", whose places are not those of the " + values.length + " entries: each entry needs one");
        }
        return entries.values();
    }

    /** The observed entries, by position in {@link #pattern()}; a copy. */
    public double[] values() {
        return values.clone();
    }

    /** Which entries are observed. */
    public SparsePattern pattern() {
        return pattern;
    }

    /**
     * Completes the matrix; misuse throws, and how the iteration ended is a value of the result. Holds out at random.
     *
     * <p>{@code als}, and {@code recommended} under another loss than squares or for nonnegative factors, run sweeps: a start, a step, a
     * damping and a penalty are refused then, and the greatest number of iterations and the tolerance do not count.
     */
    public CompletionResult solve(RecoveryOptions options) {
        return solve(options, HoldOut.RANDOM);
    }

    /**
     * Completes the matrix, and holds out as told: the share that the options name, and the entries that decide between models in
     * {@code recommended} and {@code als}.
     */
    public CompletionResult solve(RecoveryOptions options, HoldOut by) {
        long start = System.nanoTime();
        options.rank().ifPresent(rank -> RecoveryRun.requireRank(rank, Math.min(pattern.rows(), pattern.columns())));
        options.loss().objection(options.algorithm()).ifPresent(objection -> {
            throw new InvalidArgumentException("algorithm " + options.algorithm() + " does not apply to loss "
                    + options.loss() + ": " + objection);
        });
        if (options.nonnegative()
                && (options.loss() == Loss.TRUNCATED
                        || options.loss() == Loss.LOGISTIC
                        || (options.algorithm() != Algorithm.RECOMMENDED && options.algorithm() != Algorithm.ALS))) {
            throw new InvalidArgumentException(
                    "nonnegative factors are those of als, under loss squared, huber or absolute;" + " algorithm is "
                            + options.algorithm() + " and loss " + options.loss());
        }
        if (isWeighted() && (options.loss() != Loss.SQUARED || options.algorithm() == Algorithm.NUCLEAR_NORM)) {
            throw new InvalidArgumentException("weights do not apply to "
                    + (options.loss() == Loss.SQUARED
                            ? "algorithm nuclear-norm, whose shrinking steps are for entries of one weight"
                            : "loss " + options.loss() + ", which weights the entries itself")
                    + ": they are for the loss squared");
        }
        if (options.loss() == Loss.LOGISTIC && !range.isAll()) {
            throw new InvalidArgumentException(
                    "range is " + range
                            + ", but does not apply to loss logistic: X holds log odds, whose probabilities are from 0 to 1 anyhow");
        }
        if (options.algorithm() == Algorithm.ALS
                || (options.algorithm() == Algorithm.RECOMMENDED
                        && (options.nonnegative() || options.loss().isReweighted()))) {
            options.refuseForSweeps("algorithm " + options.algorithm() + " under loss " + options.loss()
                    + (options.nonnegative() ? " with nonnegative factors" : ""));
        }
        try (Engine engine = RecoveryRun.engine(options)) {
            if (options.loss() == Loss.LOGISTIC) {
                Loss.requireSigns(values);
            }
            if (options.loss() == Loss.TRUNCATED) {
                return robust(by, options, engine, start);
            }
            return switch (options.algorithm()) {
                case RECOMMENDED -> new CompletionChoice(CompletionTask.of(this, by, options, engine, start)).solve();
                case ALS -> new CompletionChoice(CompletionTask.of(this, by, options, engine, start)).ridge();
                default -> asNamed(by, options, engine, start);
            };
        }
    }

    private CompletionResult robust(HoldOut by, RecoveryOptions options, Engine engine, long start) {
        if (options.holdOut() == 0) {
            return new RobustRun(this, Optional.empty(), options, engine, start).solve();
        }
        Split split = split(by, options.holdOut(), options.seed());
        return new RobustRun(split.fitted(), Optional.of(split.heldOut().heldOut(engine)), options, engine, start)
                .solve();
    }

    private CompletionResult asNamed(HoldOut by, RecoveryOptions options, Engine engine, long start) {
        if (options.holdOut() == 0) {
            return plain(fit(Optional.empty(), options, engine, start));
        }
        Split split = split(by, options.holdOut(), options.seed());
        return plain(split.fitted().fit(Optional.of(split.heldOut().heldOut(engine)), options, engine, start));
    }

    private RecoveryResult fit(Optional<HeldOut> heldOut, RecoveryOptions options, Engine engine, long start) {
        return options.algorithm() == Algorithm.NUCLEAR_NORM
                ? new NuclearNormRun(this, heldOut, options, engine, start).solve()
                : RecoveryRun.run(problem(engine), heldOut, options, start);
    }

    /** A result of least squares without offsets. */
    CompletionResult plain(RecoveryResult recovery) {
        return plain(recovery, Loss.SQUARED, SparsePart.none());
    }

    CompletionResult plain(RecoveryResult recovery, Loss loss, SparsePart sparse) {
        Factors factors = recovery.factors();
        return new CompletionResult(
                recovery,
                new CompletionModel(
                        factors,
                        0,
                        new double[factors.rows()],
                        new double[factors.columns()],
                        0,
                        range,
                        false,
                        weights.unit(),
                        loss,
                        Optional.empty()),
                sparse);
    }

    Problem problem(Engine engine) {
        Equations equations = new Equations(new ObservedEntries(pattern, engine), values);
        Equations used = weights.relative().length == 0 ? equations : equations.weighted(weights.relative());
        return new Problem(used.operator(), used.observed(), engine);
    }

    /** Errors are those of the mean that the loss says, within the legal range. */
    HeldOut heldOut(Loss loss, Engine engine) {
        return new HeldOut(
                new ObservedEntries(pattern, engine),
                values,
                weights.relative(),
                value -> range.nearest(loss.mean(value)));
    }

    HeldOut heldOut(Engine engine) {
        return heldOut(Loss.SQUARED, engine);
    }

    /** What is fitted and what is held out, of one matrix. */
    public record Split(MatrixCompletion fitted, MatrixCompletion heldOut) {}

    /**
     * Holds out about this fraction, at least one entry on either side.
     *
     * @param fraction above 0 and below 1
     */
    public Split split(HoldOut by, double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new InvalidArgumentException(
                    "hold-out fraction is " + fraction + ", but must be above 0 and below 1");
        }
        return split(by.chosen(pattern, fraction, times, seed));
    }

    /** Holds out the entries of these positions. */
    Split split(boolean[] isHeld) {
        return new Split(part(isHeld, false), part(isHeld, true));
    }

    /** These entries without those marked. */
    MatrixCompletion without(boolean[] marked) {
        return part(marked, false);
    }

    /** About so many of the entries, those of whole rows, chosen at random; all of them where there are hardly more. */
    MatrixCompletion ofSomeRows(int entries, long seed) {
        if (values.length <= 1.5 * entries) {
            return this;
        }
        Random random = new Random(seed);
        boolean[] isTaken = new boolean[pattern.rows()];
        int rows = 0;
        int size = 0;
        for (int i = 0; i < isTaken.length; i++) {
            isTaken[i] = random.nextDouble() * values.length < entries;
            rows += isTaken[i] ? 1 : 0;
            size += isTaken[i] ? pattern.count(i) : 0;
        }
        if (size < entries / 2) {
            return this; // few rows hold nearly all
        }
        int[] rowStart = new int[rows + 1];
        int[] columnIndex = new int[size];
        double[] partValues = new double[size];
        double[] partTimes = new double[times.length > 0 ? size : 0];
        double[] partWeights = new double[weights.relative().length > 0 ? size : 0];
        for (int i = 0, to = 0; i < isTaken.length; i++) {
            if (isTaken[i]) {
                int from = pattern.rowStart()[i];
                System.arraycopy(pattern.columnIndex(), from, columnIndex, rowStart[to], pattern.count(i));
                System.arraycopy(values, from, partValues, rowStart[to], pattern.count(i));
                if (times.length > 0) {
                    System.arraycopy(times, from, partTimes, rowStart[to], pattern.count(i));
                }
                if (partWeights.length > 0) {
                    System.arraycopy(weights.relative(), from, partWeights, rowStart[to], pattern.count(i));
                }
                rowStart[to + 1] = rowStart[to] + pattern.count(i);
                to++;
            }
        }
        return new MatrixCompletion(
                new SparsePattern(rows, pattern.columns(), rowStart, columnIndex),
                partValues,
                partTimes,
                new EntryWeights(partWeights, weights.unit()),
                range);
    }

    private MatrixCompletion part(boolean[] isHeld, boolean wanted) {
        int[] rowStart = new int[pattern.rows() + 1];
        int size = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                size += isHeld[e] == wanted ? 1 : 0;
            }
            rowStart[i + 1] = size;
        }
        int[] columnIndex = new int[size];
        int next = 0;
        for (int e = 0; e < isHeld.length; e++) {
            if (isHeld[e] == wanted) {
                columnIndex[next++] = pattern.columnIndex()[e];
            }
        }
        return new MatrixCompletion(
                new SparsePattern(pattern.rows(), pattern.columns(), rowStart, columnIndex),
                part(values, isHeld, wanted, size),
                part(times, isHeld, wanted, size),
                new EntryWeights(part(weights.relative(), isHeld, wanted, size), weights.unit()),
                range);
    }

    /** Those of the numbers by position that are wanted; none where there are none. */
    private static double[] part(double[] numbers, boolean[] isHeld, boolean wanted, int size) {
        if (numbers.length == 0) {
            return numbers;
        }
        double[] part = new double[size];
        int next = 0;
        for (int e = 0; e < numbers.length; e++) {
            if (isHeld[e] == wanted) {
                part[next++] = numbers[e];
            }
        }
        return part;
    }

    /** The weights themselves, shared. */
    EntryWeights entryWeights() {
        return weights;
    }

    /** The values themselves, shared. */
    double[] sharedValues() {
        return values;
    }
}

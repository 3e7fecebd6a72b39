package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.AlternatingLeastSquares;
import lowrank4j.solver.GramSpectrum;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Median;

/** Offsets, then sweeps at ever lighter ridges, each from where the last ended, for any loss. */
final class LossPath {
    /** Ridges that are tried, heaviest first, in units of the deviation that the offsets leave. */
    static final double[] RIDGES = {1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.06, 0.03, 0.01};

    /** Sweeps at each ridge of the path; the next ridge starts from there. */
    private static final int SWEEPS = 4;

    /** Singular values below this fraction of the first carry nothing yet; so many of the columns that they have go on to the next ridge. */
    private static final double IDLE = 1e-2;

    private static final int MOST_IDLE = 8;

    /** Columns of the factors under a ridge, which decides how many of them carry anything. */
    private static final int RIDGE_RANK = 40;

    private final CompletionTask task;
    private final RecoveryOptions options;
    private final List<IterationEvent> trace = new ArrayList<>();
    private final MatrixCompletion part;
    private final ObservedEntries operator;
    private final Offsets offsets;
    private final double deviation;
    private final double[] left;
    private final double[] fit;
    private final double[] gap;
    private final Median median;
    private final double norm;
    private Optional<AlternatingLeastSquares> squares = Optional.empty();
    private int ridges;

    /** Fits the offsets of a part of the task's entries. */
    LossPath(MatrixCompletion part, CompletionTask task) {
        this.task = task;
        this.options = task.options();
        this.part = part;
        this.operator = new ObservedEntries(part.pattern(), task.engine());
        // Offsets may be negative, and are no log odds.
        EntryWeights weights = part.entryWeights();
        this.offsets = options.nonnegative() || options.loss() == Loss.LOGISTIC
                ? Offsets.none(part.pattern().rows(), part.pattern().columns())
                : options.loss() == Loss.SQUARED
                        ? Offsets.fit(part.pattern(), part.sharedValues(), weights)
                        : Offsets.fit(part.pattern(), part.sharedValues(), options.loss());
        this.left = offsets.residuals(part.pattern(), part.sharedValues());
        this.fit = new double[left.length];
        this.gap = left.clone();
        this.median = new Median(left.length);
        this.deviation = options.loss()
                .slope(
                        options.loss().isRobust()
                                ? median.deviation(left)
                                : Math.sqrt(weights.squaredNorm(left) / weights.sum(left.length)));
        this.norm = Math.sqrt(part.problem(task.engine()).squaredNorm());
    }

    /** An event a sweep. */
    List<IterationEvent> trace() {
        return List.copyOf(trace);
    }

    double ridgeInUse() {
        return ridges == 0 ? 0 : RIDGES[ridges - 1] * Math.max(deviation, Double.MIN_NORMAL);
    }

    void advance(Optional<HeldOut> heldOut) {
        advance(heldOut, () -> true);
    }

    /** @param goesOn asked after each sweep; a ridge that is left early keeps all columns */
    void advance(Optional<HeldOut> heldOut, BooleanSupplier goesOn) {
        ridges++;
        AlternatingLeastSquares als = squares.orElseGet(this::fromRandom);
        squares = Optional.of(als);
        for (int sweep = 0; sweep < SWEEPS && !task.isOver(); sweep++) {
            record(als.sweep(ridgeInUse(), options.loss().reweighting(median.deviation(gap))), heldOut);
            if (!goesOn.getAsBoolean()) {
                return;
            }
        }
        if (options.rank().isEmpty() && !options.nonnegative()) {
            als.replace(withoutIdle(als.factors()));
        }
    }

    private int rank() {
        int limit = Math.min(part.pattern().rows(), part.pattern().columns());
        return Math.min(options.rank().orElse(RIDGE_RANK), limit);
    }

    private AlternatingLeastSquares fromRandom() {
        AlternatingLeastSquares random = options.nonnegative()
                ? AlternatingLeastSquares.nonnegative(part.pattern(), left, rank(), options.seed(), task.engine())
                : new AlternatingLeastSquares(part.pattern(), left, rank(), options.seed(), task.engine());
        return random.weighted(part.entryWeights().relative());
    }

    /** The leading singular triples: those that carry something, and a few for what lighter ridges may show. */
    private Factors withoutIdle(Factors factors) {
        GramSpectrum spectrum = new GramSpectrum(factors, task.engine().kernels());
        double[] values = spectrum.values();
        int kept = 0;
        while (kept < values.length && values[kept] > IDLE * values[0]) {
            kept++;
        }
        kept += MOST_IDLE;
        if (kept >= values.length) {
            return factors;
        }
        Factors balanced = spectrum.balanced();
        return new Factors(
                balanced.left().columnRange(0, kept).copy(),
                balanced.right().columnRange(0, kept).copy());
    }

    /** @param ofSquares the sum of the squared residuals where the sweep knows it, or NaN */
    private void record(double ofSquares, Optional<HeldOut> heldOut) {
        Factors factors = squares.orElseThrow().factors();
        double loss = Double.isNaN(ofSquares) ? loss(factors) : ofSquares;
        IterationEvent event = new IterationEvent(
                trace.size(),
                (System.nanoTime() - task.start()) * 1e-9,
                0.5 * loss,
                norm == 0 ? 0 : Math.sqrt(loss) / norm,
                heldOut.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(heldOut.get().error(model().whole())),
                factors.rank(),
                1,
                ridgeInUse());
        trace.add(event);
        options.listener().iterated(event, factors);
    }

    /** The sum of the squared residuals, which also weigh the next sweep. */
    private double loss(Factors factors) {
        operator.forward(factors, fit);
        double loss = 0;
        for (int e = 0; e < fit.length; e++) {
            gap[e] = options.loss().mean(fit[e]) - left[e];
            loss += part.entryWeights().at(e) * gap[e] * gap[e];
        }
        return loss;
    }

    CompletionModel model() {
        Factors factors = squares.map(als -> als.factors().copy())
                .orElseGet(() -> new Factors(
                        Matrix.zeros(part.pattern().rows(), 0),
                        Matrix.zeros(part.pattern().columns(), 0)));
        return new CompletionModel(
                factors,
                offsets.mean(),
                offsets.row(),
                offsets.column(),
                ridgeInUse(),
                part.range(),
                options.nonnegative(),
                part.entryWeights().unit(),
                options.loss(),
                options.loss().isRobust()
                        ? Optional.of(new CompletionModel.Deviations(deviation, median.deviation(gap)))
                        : Optional.empty());
    }
}

package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Median;
import lowrank4j.solver.Method;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.RobustDescent;
import lowrank4j.solver.ScaledGradientDescent;
import lowrank4j.solver.StoppingRule;
import lowrank4j.solver.Termination;
import lowrank4j.solver.ThresholdedMeasurements;

/** From entries, some of them grossly wrong, to X and the sparse part: finds the rank, descends under a threshold, and sorts out what is wrong. */
final class RobustRun {
    /** Iterations over which the objective must have settled, and the fall that still counts. */
    private static final int SETTLED_WINDOW = 10;

    private static final double SETTLED = 1e-6;

    /** Standard deviations of the residual beyond which an entry is reported as wrong. */
    private static final double REPORTED = 4;

    /** Residuals below this part of the entries' own deviation are rounding, and nothing wrong. */
    private static final double ROUNDING = 1e-7;

    /** Part of the entries from which the model of a few wrong ones is in doubt. */
    private static final double MANY = 0.25;

    private final MatrixCompletion data;
    private final double[] values;
    private final Optional<HeldOut> heldOut;
    private final RecoveryOptions options;
    private final Engine engine;
    private final long start;
    private final MeasurementOperator entries;

    RobustRun(MatrixCompletion data, Optional<HeldOut> heldOut, RecoveryOptions options, Engine engine, long start) {
        if (options.damping().isPresent() || options.penalty().isPresent()) {
            throw new InvalidArgumentException(
                    "loss " + options.loss() + " is descended on without a damping and without a penalty");
        }
        if (options.step().isPresent()) {
            throw new InvalidArgumentException("step is " + options.step().getAsDouble()
                    + ", but does not apply to loss " + options.loss()
                    + ", whose threshold falls as fast as automatic steps converge");
        }
        this.data = data;
        this.values = data.sharedValues();
        this.heldOut = heldOut;
        this.options = options;
        this.engine = engine;
        this.start = start;
        SparsePattern pattern = data.pattern();
        boolean full = pattern.count() == (long) pattern.rows() * pattern.columns();
        this.entries = full
                ? EveryEntry.rectangular(pattern.rows(), pattern.columns(), engine)
                : new ObservedEntries(pattern, engine);
    }

    CompletionResult solve() {
        Problem problem = new Problem(entries, values, engine);
        StoppingRule stop = thresholded(options.tolerance())
                .or(StoppingRule.iterations(options.maxIterations()))
                .or(trace -> options.ending(start));
        return sumUp(options.algorithm() == Algorithm.RECOMMENDED ? grown(problem, stop) : asNamed(problem, stop));
    }

    /** Ends where the residual is small under the threshold, which is not yet that of the result. */
    private static StoppingRule thresholded(double tolerance) {
        StoppingRule residual = StoppingRule.residual(tolerance);
        return trace -> residual.check(trace)
                .map(met -> new Termination.Converged(
                        met.rule(),
                        String.format(
                                Locale.ROOT,
                                "The residual under the threshold is %.2g of the entries without those beyond it, within the"
                                        + " tolerance %.2g.",
                                trace.getLast().relativeResidual(),
                                tolerance)));
    }

    private Recovery.Outcome grown(Problem problem, StoppingRule stop) {
        if (options.initialisation().isPresent()) {
            throw new InvalidArgumentException(
                    "initialisation does not apply to the recommended robust completion, which grows from rank zero; name"
                            + " an algorithm, such as scaled-gd");
        }
        return new RobustDescent(
                        problem,
                        new RobustDescent.Plan(
                                options.rank().orElse(problem.maxRank()),
                                stop,
                                options.seed(),
                                options.listener(),
                                options.cancelled()))
                .run();
    }

    /** As published, at the rank that was asked for. */
    private Recovery.Outcome asNamed(Problem problem, StoppingRule stop) {
        if (options.rank().isEmpty()) {
            throw new InvalidArgumentException("rank is not given, but algorithm " + options.algorithm()
                    + " needs it under loss " + options.loss() + ": only the recommended one finds it");
        }
        double threshold = Math.max(RobustDescent.firstThreshold(problem), Double.MIN_NORMAL);
        Problem trimmed = RobustDescent.trimmed(problem, threshold);
        return new Recovery(
                        new Problem(
                                new ThresholdedMeasurements(entries, threshold, ThresholdedMeasurements.DECAY),
                                values,
                                engine),
                        new Recovery.Plan(
                                method(),
                                options.initialisation()
                                        .orElse((scored, rank, random) ->
                                                Initialisation.spectral().start(trimmed, rank, random)),
                                options.rank().getAsInt(),
                                false,
                                OptionalDouble.empty(),
                                stop.or(StoppingRule.settled(SETTLED_WINDOW, SETTLED)),
                                Optional.empty(), // what is held out has outliers too, which would end the run anyhow
                                options.seed(),
                                options.listener(),
                                options.cancelled()))
                .run();
    }

    private Method method() {
        return options.algorithm() == Algorithm.RECOMMENDED
                ? new ScaledGradientDescent()
                : options.algorithm().method(OptionalDouble.empty(), OptionalDouble.empty());
    }

    /** {@code y - A(X)}. */
    private double[] residual(Factors factors) {
        double[] residual = new double[values.length];
        entries.forward(factors, residual);
        for (int e = 0; e < residual.length; e++) {
            residual[e] = values[e] - residual[e];
        }
        return residual;
    }

    private CompletionResult sumUp(Recovery.Outcome outcome) {
        long iterated = System.nanoTime();
        double[] residual = residual(outcome.factors());
        Median median = new Median(values.length);
        double limit = Math.max(REPORTED * median.deviation(residual), ROUNDING * median.deviation(values));
        double[] cleaned = values.clone();
        int[] wrong = IntStream.range(0, values.length)
                .filter(e -> Math.abs(residual[e]) > limit)
                .toArray();
        for (int e : wrong) {
            cleaned[e] -= residual[e];
        }
        Problem cleanedProblem = new Problem(entries, cleaned, engine);
        RecoveryResult recovery = RecoveryRun.sumUp(
                cleanedProblem,
                heldOut,
                options,
                new RecoveryRun.Choice(
                        "thresholded " + method().name(),
                        options.algorithm() == Algorithm.RECOMMENDED
                                ? "its rate depends neither on the condition number nor on the size of the outliers"
                                : "asked for"),
                outcome,
                RecoveryRun.Significant.of(cleanedProblem, outcome.factors(), OptionalDouble.empty()),
                new RecoveryRun.Times(start, start, iterated));
        List<String> warnings = new ArrayList<>(recovery.warnings());
        if (wrong.length > MANY * values.length) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of the entries stand out of the fit: that is more than a few grossly wrong ones, and the fit is in doubt.",
                    100.0 * wrong.length / values.length));
        }
        return data.plain(recovery.withWarnings(warnings), Loss.TRUNCATED, sparse(wrong, residual));
    }

    private SparsePart sparse(int[] wrong, double[] residual) {
        SparsePattern pattern = data.pattern();
        int[] row = new int[wrong.length];
        int[] column = new int[wrong.length];
        double[] value = new double[wrong.length];
        for (int k = 0, i = 0; k < wrong.length; k++) {
            while (pattern.rowStart()[i + 1] <= wrong[k]) {
                i++;
            }
            row[k] = i;
            column[k] = pattern.columnIndex()[wrong[k]];
            value[k] = residual[wrong[k]];
        }
        return new SparsePart(row, column, value);
    }
}

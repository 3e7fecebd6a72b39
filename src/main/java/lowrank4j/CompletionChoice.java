package lowrank4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.AlternatingLeastSquares;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Median;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;

/** Lets held-out entries choose the model of a completion, then fits it to all of them. */
final class CompletionChoice {
    /** Relative held-out error below which the data are of low rank up to small noise, and nothing else needs to be tried. */
    private static final double NEARLY_EXACT = 1e-3;

    /** Share of the entries that decides between the models. */
    private static final double DECIDING_SHARE = 0.1;

    /** Iterations that the exact recovery may take to show what it can predict. */
    private static final int TRIAL_ITERATIONS = 200;

    /** Ridges that are tried, heaviest first, in units of the deviation that the offsets leave. */
    private static final double[] RIDGES = {1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.06, 0.03, 0.01};

    /** Sweeps at each ridge of the path; the next ridge starts from there. */
    private static final int SWEEPS = 4;

    /** Ridges without a new least held-out error after which the path ends. */
    private static final int PATIENCE = 2;

    /** Columns of the factors under a ridge, which decides how many of them carry anything. */
    private static final int RIDGE_RANK = 40;

    /** Singular values below this fraction of the first are those that the ridge has put out. */
    private static final double PUT_OUT = 1e-2;

    /** What may be fitted: all, but for what the caller holds out. */
    private final MatrixCompletion data;

    private final Optional<HeldOut> callersHeldOut;
    private final RecoveryOptions options;
    private final Engine engine;
    private final long start;
    private final List<IterationEvent> trace = new ArrayList<>();

    /** How what decides, and what the caller wants to watch, is held out. */
    private final HoldOut by;

    CompletionChoice(MatrixCompletion all, HoldOut by, RecoveryOptions options, Engine engine, long start) {
        this.by = by;
        this.options = options;
        this.engine = engine;
        this.start = start;
        if (options.holdOut() == 0) {
            this.data = all;
            this.callersHeldOut = Optional.empty();
        } else {
            MatrixCompletion.Split split = all.split(by, options.holdOut(), options.seed());
            this.data = split.fitted();
            this.callersHeldOut = Optional.of(split.heldOut().heldOut(options.loss(), engine));
        }
    }

    /** A point of the path: so many ridges, none meaning the offsets alone, and its held-out error. */
    private record Point(int ridges, double error) {}

    CompletionResult solve() {
        if (options.loss() != Loss.SQUARED || options.nonnegative()) {
            return ridge();
        }
        Optional<RatingsChoice> ratings =
                data.sharedValues().length < RatingsChoice.LEAST_ENTRIES ? Optional.empty() : Optional.of(ratings());
        if (ratings.isPresent() && ratings.get().isNoisy()) {
            return ratings.get().fitted();
        }
        if (data.sharedValues().length < 2) {
            return data.plain(RecoveryRun.run(data.problem(engine), callersHeldOut, options, start));
        }
        // What decides is held out of what may be fitted, so that the caller's held-out error stays honest.
        MatrixCompletion.Split split = data.split(by, DECIDING_SHARE, options.seed() + 1);
        HeldOut deciding = split.heldOut().heldOut(engine);
        RecoveryOptions trial = options.withMaxIterations(Math.min(options.maxIterations(), TRIAL_ITERATIONS));
        RecoveryResult exact = RecoveryRun.run(split.fitted().problem(engine), Optional.of(deciding), trial, start);
        double exactError = deciding.error(exact.factors());
        if (exactError > NEARLY_EXACT && !(exact.termination() instanceof Termination.Cancelled)) {
            if (ratings.isPresent()) {
                if (ratings.get().error() < deciding.rootMeanSquare(exact.factors())) {
                    return ratings.get().fitted();
                }
                return exactly(exact);
            }
            Point point = bestPoint(split.fitted(), deciding);
            if (point.error() < exactError) {
                return fitted(point);
            }
        }
        return exactly(exact);
    }

    private RatingsChoice ratings() {
        return new RatingsChoice(data, by, callersHeldOut, options, engine, start);
    }

    /** All entries, as the trial has shown. */
    private CompletionResult exactly(RecoveryResult exact) {
        // The rank is known now: the search needs not start over, and the trial's factors are nearly the answer.
        RecoveryOptions warm = exact.factors().rank() == 0
                ? options
                : options.withInitialisation(Initialisation.warm(exact.factors()));
        RecoveryResult last = RecoveryRun.run(data.problem(engine), callersHeldOut, warm, start);
        return data.plain(last.withTrace(joined(exact.trace(), last.trace())));
    }

    /** The events of two runs in a row, numbered on. */
    private static List<IterationEvent> joined(List<IterationEvent> first, List<IterationEvent> second) {
        List<IterationEvent> joined = new ArrayList<>(first);
        int offset = first.isEmpty() ? 0 : first.getLast().iteration() + 1;
        double seconds = first.isEmpty() ? 0 : first.getLast().seconds();
        for (IterationEvent event : second) {
            joined.add(new IterationEvent(
                    offset + event.iteration(),
                    seconds + event.seconds(),
                    event.objective(),
                    event.relativeResidual(),
                    event.heldOutError(),
                    event.rank(),
                    event.step(),
                    event.damping()));
        }
        return joined;
    }

    /** The model with offsets and ridge, without a look at the exact one. */
    CompletionResult ridge() {
        boolean least = options.loss() == Loss.SQUARED && !options.nonnegative();
        if (least && data.sharedValues().length >= RatingsChoice.LEAST_ENTRIES) {
            return ratings().fitted();
        }
        MatrixCompletion.Split split = data.split(by, DECIDING_SHARE, options.seed() + 1);
        return fitted(bestPoint(split.fitted(), split.heldOut().heldOut(options.loss(), engine)));
    }

    /** What is fitted: all, but for what the caller holds out. */
    MatrixCompletion data() {
        return data;
    }

    /** How many ridges the path has. */
    static int ridges() {
        return RIDGES.length;
    }

    /** A ridge of the path, counted from 1, in units of the deviation that the offsets leave. */
    static double ridge(int number) {
        return RIDGES[number - 1];
    }

    /** Root mean squares of the held-out error along the path, well past its least: of the offsets alone, then at each ridge. */
    double[] errorsAlongPath(HeldOut heldOut) {
        Path path = new Path(data);
        double[] errors = new double[RIDGES.length + 1];
        errors[0] = heldOut.rootMeanSquare(path.model().whole());
        int least = 0;
        int reached = 1;
        while (reached <= RIDGES.length && (least == 0 || reached - least <= 2 * PATIENCE) && !ended()) {
            path.advance(Optional.empty());
            errors[reached] = heldOut.rootMeanSquare(path.model().whole());
            least = errors[reached] < errors[least] ? reached : least;
            reached++;
        }
        return Arrays.copyOf(errors, reached);
    }

    /**
     * The fit at a ridge of the path that was chosen elsewhere.
     *
     * @param ridge one of the path; 0 for the offsets alone
     * @param sentence why it was chosen
     */
    CompletionResult fitted(double ridge, String sentence) {
        int number = 0;
        while (ridge > 0 && ridge(number + 1) > ridge) {
            number++;
        }
        return fitted(new Point(ridge > 0 ? number + 1 : 0, 0), Optional.of(sentence));
    }

    private int rank() {
        int limit = Math.min(data.pattern().rows(), data.pattern().columns());
        return Math.min(options.rank().orElse(RIDGE_RANK), limit);
    }

    private Point bestPoint(MatrixCompletion part, HeldOut deciding) {
        Path path = new Path(part);
        Point best = new Point(0, error(deciding, path.model()));
        for (int k = 1; k <= RIDGES.length && !ended(); k++) {
            path.advance(Optional.of(deciding));
            double error = error(deciding, path.model());
            if (error < best.error()) {
                best = new Point(k, error);
            } else if (k - best.ridges() >= PATIENCE && best.ridges() > 0) {
                break;
            }
        }
        return best;
    }

    /** What decides: outliers among the entries held out must not. */
    private double error(HeldOut deciding, CompletionModel model) {
        return options.loss().isRobust() ? deciding.meanMagnitude(model.whole()) : deciding.error(model.whole());
    }

    private boolean ended() {
        boolean late = options.timeLimit()
                .map(limit -> System.nanoTime() - start > limit.toNanos())
                .orElse(false);
        return late || options.cancelled().getAsBoolean();
    }

    private CompletionResult fitted(Point point) {
        return fitted(point, Optional.empty());
    }

    private CompletionResult fitted(Point point, Optional<String> sentence) {
        trace.clear();
        Path path = new Path(data);
        for (int k = 1; k <= point.ridges() && !ended(); k++) {
            path.advance(callersHeldOut);
        }
        CompletionModel model = path.model();
        Termination termination = options.cancelled().getAsBoolean()
                ? new Termination.Cancelled()
                : new Termination.Converged("held-out", sentence.orElseGet(() -> sentence(point, model)));
        RecoveryResult recovery = RecoveryRun.sumUp(
                data.problem(engine),
                callersHeldOut,
                options,
                new RecoveryRun.Choice(
                        "als", "held-out entries were predicted best by offsets with a low-rank part under a ridge"),
                new Recovery.Outcome(model.whole(), termination, List.copyOf(trace), 0, 0),
                new RecoveryRun.Significant(model.factors(), OptionalDouble.of(PUT_OUT)),
                new RecoveryRun.Times(start, start, System.nanoTime()));
        return new CompletionResult(recovery, model);
    }

    private static String sentence(Point point, CompletionModel model) {
        return point.ridges() == 0
                ? String.format(
                        Locale.ROOT,
                        "Offsets only: no low-rank part predicted held-out entries better than their error of %.3g.",
                        point.error())
                : String.format(
                        Locale.ROOT,
                        "The held-out error was least, %.3g, at ridge %.3g.",
                        point.error(),
                        model.ridge());
    }

    /** Offsets, then sweeps at ever lighter ridges, each from where the last ended. */
    private final class Path {
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

        Path(MatrixCompletion part) {
            this.part = part;
            this.operator = new ObservedEntries(part.pattern(), engine);
            // Offsets may be negative, and are no log odds.
            this.offsets = options.nonnegative() || options.loss() == Loss.LOGISTIC
                    ? Offsets.none(part.pattern().rows(), part.pattern().columns())
                    : Offsets.fit(part.pattern(), part.sharedValues(), options.loss());
            this.left = offsets.residuals(part.pattern(), part.sharedValues());
            this.fit = new double[left.length];
            this.gap = left.clone();
            this.median = new Median(left.length);
            double sum = 0;
            for (double value : left) {
                sum += value * value;
            }
            this.deviation = options.loss()
                    .slope(options.loss().isRobust() ? median.deviation(left) : Math.sqrt(sum / left.length));
            this.norm = Math.sqrt(part.problem(engine).squaredNorm());
        }

        double ridgeInUse() {
            return ridges == 0 ? 0 : RIDGES[ridges - 1] * Math.max(deviation, Double.MIN_NORMAL);
        }

        void advance(Optional<HeldOut> heldOut) {
            ridges++;
            AlternatingLeastSquares als = squares.orElseGet(() -> options.nonnegative()
                    ? AlternatingLeastSquares.nonnegative(part.pattern(), left, rank(), options.seed(), engine)
                    : new AlternatingLeastSquares(part.pattern(), left, rank(), options.seed(), engine));
            squares = Optional.of(als);
            for (int sweep = 0; sweep < SWEEPS && !ended(); sweep++) {
                als.sweep(ridgeInUse(), options.loss().reweighting(median.deviation(gap)));
                record(als.factors(), heldOut);
            }
        }

        private void record(Factors factors, Optional<HeldOut> heldOut) {
            operator.forward(factors, fit);
            double loss = 0;
            for (int e = 0; e < fit.length; e++) {
                gap[e] = options.loss().mean(fit[e]) - left[e];
                loss += gap[e] * gap[e];
            }
            IterationEvent event = new IterationEvent(
                    trace.size(),
                    (System.nanoTime() - start) * 1e-9,
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

        CompletionModel model() {
            Factors factors = squares.map(als -> als.factors().copy())
                    .orElseGet(() -> new Factors(
                            Matrix.zeros(part.pattern().rows(), 0),
                            Matrix.zeros(part.pattern().columns(), 0)));
            return new CompletionModel(
                    factors, offsets.mean(), offsets.row(), offsets.column(), ridgeInUse(), part.range());
        }
    }
}

package lowrank4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;

/** Offsets with a low-rank part under a ridge, of a path of ever lighter ones, for any loss. */
final class RidgeTrial {
    /** Ridges that are tried, heaviest first, in units of the deviation that the offsets leave. */
    static final double[] RIDGES = {1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.06, 0.03, 0.01};

    /** Sweeps at each ridge of the path; the next ridge starts from there. */
    private static final int SWEEPS = 4;

    /** Ridges without a new least held-out error after which the path ends. */
    private static final int PATIENCE = 2;

    /**
     * Held-out error, in units of the offsets', above which noise is nearly all that they leave. At its best ridge it was 0.98 of
     * MovieLens' 100,000 ratings, 0.90 to 0.93 of ratings with a deviation of 0.45 in noise of 0.8; without noise it was 0.80 of 1.5
     * entries a parameter at rank 5.
     */
    private static final double NEARLY_NOISE = 0.8;

    /** Relative held-out error of the offsets from which they say next to nothing of the entries, which then are no ratings. */
    private static final double NEARLY_NOTHING = 0.95;

    /**
     * Rise of the held-out error at which the path ends: of noisy entries it goes on rising. It was 1.003 at the most along the path of 1.5
     * entries a parameter without noise.
     */
    private static final double CLEARLY_WORSE = 1.01;

    /** Singular values below this fraction of the first carry nothing yet; so many of the columns that they have go on to the next ridge. */
    private static final double IDLE = 1e-2;

    private static final int MOST_IDLE = 8;

    /** Columns of the factors under a ridge, which decides how many of them carry anything. */
    private static final int RIDGE_RANK = 40;

    private final CompletionTask task;
    private final MatrixCompletion data;
    private final RecoveryOptions options;
    private final List<IterationEvent> trace = new ArrayList<>();

    RidgeTrial(CompletionTask task) {
        this.task = task;
        this.data = task.data();
        this.options = task.options();
    }

    /** A point of the path: so many ridges, none meaning the offsets alone, and its held-out error. */
    record Point(int ridges, double error) {}

    /** Root mean squares of the held-out error along the path, well past its least: of the offsets alone, then at each ridge. */
    double[] errorsAlongPath(HeldOut heldOut) {
        Path path = new Path(data);
        double[] errors = new double[RIDGES.length + 1];
        errors[0] = heldOut.rootMeanSquare(path.model().whole());
        int least = 0;
        int reached = 1;
        while (reached <= RIDGES.length && (least == 0 || reached - least <= 2 * PATIENCE) && !task.isOver()) {
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
        while (ridge > 0 && RIDGES[number] > ridge) {
            number++;
        }
        return fitted(new Point(ridge > 0 ? number + 1 : 0, 0), Optional.of(sentence));
    }

    private int rank() {
        int limit = Math.min(data.pattern().rows(), data.pattern().columns());
        return Math.min(options.rank().orElse(RIDGE_RANK), limit);
    }

    /** Looks along the path of a part for the point that predicts best. */
    Search search(MatrixCompletion part, HeldOut deciding) {
        return new Search(part, deciding);
    }

    /** The way along a path until {@link #PATIENCE} ridges have brought nothing or a sweep predicts clearly worse; it may rest. */
    final class Search {
        private final Path path;
        private final HeldOut deciding;
        private final double[] errors = new double[RIDGES.length + 1];
        private int best;
        private int reached;
        private boolean isWorse;

        private Search(MatrixCompletion part, HeldOut deciding) {
            this.path = new Path(part);
            this.deciding = deciding;
            this.errors[0] = error(deciding, path.model());
        }

        private boolean isEnded() {
            return isWorse || reached == RIDGES.length || (best > 0 && reached - best >= PATIENCE);
        }

        private void advance() {
            reached++;
            path.advance(Optional.of(deciding), () -> {
                errors[reached] = error(deciding, path.model());
                isWorse = best > 0 && errors[reached] > CLEARLY_WORSE * errors[best];
                return !isWorse;
            });
            best = errors[reached] < errors[best] ? reached : best;
        }

        /**
         * Whether noise is nearly all of what the offsets leave, so that a recovery without a ridge can predict no better: then lighter
         * ridges predict clearly worse, where too few entries without noise predict about as well under any. Rests as soon as they say no.
         * It does not begin where offsets say nothing of the entries.
         */
        boolean isNoisy() {
            if (errors[0] > NEARLY_NOTHING) {
                return false;
            }
            while (!isEnded() && errors[best] > NEARLY_NOISE * errors[0] && !task.isOver()) {
                advance();
            }
            return isWorse && errors[best] > NEARLY_NOISE * errors[0];
        }

        /** The best point of all. */
        Point best() {
            while (!isEnded() && !task.isOver()) {
                advance();
            }
            return new Point(best, errors[best]);
        }
    }

    /** What decides: outliers among the entries held out must not. */
    private double error(HeldOut deciding, CompletionModel model) {
        return options.loss().isRobust() ? deciding.meanMagnitude(model.whole()) : deciding.error(model.whole());
    }

    /** The fit of all entries at this point. */
    CompletionResult fitted(Point point) {
        return fitted(point, Optional.empty());
    }

    private CompletionResult fitted(Point point, Optional<String> sentence) {
        trace.clear();
        Path path = new Path(data);
        for (int k = 1; k <= point.ridges() && !task.isOver(); k++) {
            path.advance(task.callersHeldOut());
        }
        CompletionModel model = path.model();
        Termination termination = options.cancelled().getAsBoolean()
                ? new Termination.Cancelled()
                : new Termination.Converged("held-out", sentence.orElseGet(() -> sentence(point, model)));
        Problem problem = data.problem(task.engine());
        RecoveryResult recovery = RecoveryRun.sumUp(
                problem,
                task.callersHeldOut(),
                options,
                new RecoveryRun.Choice(
                        "als", "held-out entries were predicted best by offsets with a low-rank part under a ridge"),
                new Recovery.Outcome(model.whole(), termination, List.copyOf(trace), 0, 0),
                RecoveryRun.Significant.of(problem, model.factors(), OptionalDouble.of(RidgePath.PUT_OUT)),
                new RecoveryRun.Times(task.start(), task.start(), System.nanoTime()));
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
            double sum = 0;
            for (int e = 0; e < left.length; e++) {
                sum += weights.at(e) * left[e] * left[e];
            }
            this.deviation = options.loss()
                    .slope(
                            options.loss().isRobust()
                                    ? median.deviation(left)
                                    : Math.sqrt(sum / weights.sum(left.length)));
            this.norm = Math.sqrt(part.problem(task.engine()).squaredNorm());
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
                    part.entryWeights().unit());
        }
    }
}

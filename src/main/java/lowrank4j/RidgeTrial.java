package lowrank4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;

/** Offsets with a low-rank part under a ridge, of a path of ever lighter ones, for any loss. */
final class RidgeTrial {
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

    /**
     * Standard errors by which the best ridge must gain on the offsets: the best of many gains some by chance alone, and of models that
     * predict alike within one the simplest is preferred (Hastie, Tibshirani, Friedman 2009, 7.10).
     */
    private static final double EVIDENT = 1;

    private final CompletionTask task;
    private final MatrixCompletion data;
    private final RecoveryOptions options;

    RidgeTrial(CompletionTask task) {
        this.task = task;
        this.data = task.data();
        this.options = task.options();
    }

    /** A point of the path: so many ridges, none meaning the offsets alone, and its held-out error. */
    record Point(int ridges, double error) {}

    /** Root mean squares of the held-out error along the path, well past its least: of the offsets alone, then at each ridge. */
    double[] errorsAlongPath(HeldOut heldOut) {
        LossPath path = new LossPath(data, task);
        double[] errors = new double[LossPath.RIDGES.length + 1];
        errors[0] = heldOut.rootMeanSquare(path.model().whole());
        int least = 0;
        int reached = 1;
        while (reached <= LossPath.RIDGES.length && (least == 0 || reached - least <= 2 * PATIENCE) && !task.isOver()) {
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
        while (ridge > 0 && LossPath.RIDGES[number] > ridge) {
            number++;
        }
        return fitted(new Point(ridge > 0 ? number + 1 : 0, 0), Optional.of(sentence));
    }

    /** Looks along the path of a part for the point that predicts best. */
    Search search(MatrixCompletion part, HeldOut deciding) {
        return new Search(part, deciding);
    }

    /** The way along a path until {@link #PATIENCE} ridges have brought nothing or a sweep predicts clearly worse; it may rest. */
    final class Search {
        private final LossPath path;
        private final HeldOut deciding;
        private final double[] errors = new double[LossPath.RIDGES.length + 1];
        private int best;
        private int reached;
        private boolean isWorse;
        private final Factors offsets;
        private Factors leading;

        private Search(MatrixCompletion part, HeldOut deciding) {
            this.path = new LossPath(part, task);
            this.deciding = deciding;
            Arrays.fill(errors, Double.POSITIVE_INFINITY); // where no time is left, a ridge is not even tried
            this.errors[0] = error(deciding, path.model());
            this.offsets = path.model().whole();
            this.leading = offsets;
        }

        private boolean isEnded() {
            return isWorse || reached == LossPath.RIDGES.length || (best > 0 && reached - best >= PATIENCE);
        }

        private void advance() {
            reached++;
            path.advance(Optional.of(deciding), () -> {
                errors[reached] = error(deciding, path.model());
                isWorse = best > 0 && errors[reached] > CLEARLY_WORSE * errors[best];
                return !isWorse;
            });
            if (errors[reached] < errors[best]) {
                best = reached;
                leading = path.model().whole();
            }
        }

        /** Error of the offsets alone. */
        double offsetsError() {
            return errors[0];
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

        /** Whether any point so far has predicted better than the offsets alone. */
        boolean hasBest() {
            return best > 0;
        }

        /** The best point of all; the offsets alone where nothing predicts better than by chance. */
        Point best() {
            while (!isEnded() && !task.isOver()) {
                advance();
            }
            return deciding.evidence(offsets, leading, options.loss().isRobust()) > EVIDENT
                    ? new Point(best, errors[best])
                    : new Point(0, errors[0]);
        }
    }

    /** What decides: outliers among the entries held out must not. */
    private double error(HeldOut deciding, CompletionModel model) {
        return options.loss().isRobust() ? deciding.meanMagnitude(model.whole()) : deciding.error(model.whole());
    }

    /** The fit of all entries at the best point of a search; what the search itself has come to, where no time is left for that. */
    CompletionResult fitted(Search search) {
        Point point = search.best();
        return task.isOver() && search.hasBest()
                ? summedUp(search.path, point, Optional.empty())
                : fitted(point, Optional.empty());
    }

    private CompletionResult fitted(Point point, Optional<String> sentence) {
        LossPath path = new LossPath(data, task);
        for (int k = 1; k <= point.ridges() && !task.isOver(); k++) {
            path.advance(task.callersHeldOut());
        }
        return summedUp(path, point, sentence);
    }

    private CompletionResult summedUp(LossPath path, Point point, Optional<String> sentence) {
        CompletionModel model = path.model();
        Termination termination = options.ending(task.start())
                .orElseGet(
                        () -> new Termination.Converged("held-out", sentence.orElseGet(() -> sentence(point, model))));
        Problem problem = data.problem(task.engine());
        RecoveryResult recovery = RecoveryRun.sumUp(
                problem,
                task.callersHeldOut(),
                options,
                new RecoveryRun.Choice(
                        "als", "held-out entries were predicted best by offsets with a low-rank part under a ridge"),
                new Recovery.Outcome(model.whole(), termination, path.trace(), 0, 0),
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
}

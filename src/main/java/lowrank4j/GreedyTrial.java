package lowrank4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.FactorSpectrum;
import lowrank4j.solver.GreedyGaussNewton;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;
import lowrank4j.solver.VisibleDirections;

/**
 * Greedy ranks and Gauss-Newton for entries too few for descent: {@link GreedyGaussNewton} with any rank that the entries could
 * determine, on all but a few of them, which confirm it.
 */
final class GreedyTrial {
    /** Entries that confirm: an exact fit predicts them all, and near the information limit none can be spared. */
    private static final int CONFIRMING_ENTRIES = 50;

    private static final double LEAST_SHARE = 0.02;

    private static final double LARGEST_SHARE = 0.1;

    /** Median error of these, relative to the values, up to which an exact fit is confirmed: rows with few entries may stay undetermined. */
    private static final double CONFIRMED = 1e-6;

    /** Mean square of all predictions, in units of that of the entries, up to which a fit that is not exact is believed. */
    private static final double PLAUSIBLE = 1.2;

    /** Iterations at the most. */
    private static final int ITERATIONS = 200;

    /** Singular values below this fraction of the first are rounding. */
    private static final double ROUNDING = 1e-12;

    private final CompletionTask task;
    private final RecoveryOptions options;
    private final Problem problem;
    private final HeldOut confirming;
    private final Recovery.Outcome outcome;
    private final Factors factors;

    /** Fits. */
    GreedyTrial(CompletionTask task) {
        this.task = task;
        this.options = task.options();
        MatrixCompletion data = task.data();
        double share = Math.clamp((double) CONFIRMING_ENTRIES / data.sharedValues().length, LEAST_SHARE, LARGEST_SHARE);
        MatrixCompletion.Split split = data.split(HoldOut.RANDOM, share, options.seed() + 3);
        this.problem = split.fitted().problem(task.engine());
        this.confirming = split.heldOut().heldOut(task.engine());
        int determined = problem.determinedRank();
        this.outcome = task.iterate(
                problem,
                Initialisation.zero(),
                new GreedyGaussNewton(true),
                Math.min(options.rank().orElse(determined), determined),
                options.tolerance(),
                ITERATIONS,
                Optional.of(confirming));
        FactorSpectrum spectrum =
                new FactorSpectrum(outcome.factors(), task.engine().kernels());
        this.factors = VisibleDirections.of(problem, spectrum.leading(spectrum.count(ROUNDING * spectrum.values()[0])));
    }

    /** Whether the entries are fitted to the tolerance, and those that confirm are predicted. */
    boolean isExact() {
        double size = Math.sqrt(problem.squaredNorm() / problem.operator().count());
        return outcome.termination().isConverged()
                && confirming.median(factors).orElse(Double.POSITIVE_INFINITY) <= CONFIRMED * size;
    }

    /** Whether it predicts all entries that confirm, and not only most. */
    boolean isConfirmedByAll() {
        return error() <= CONFIRMED;
    }

    int rank() {
        return factors.rank();
    }

    /** Relative error on the entries that confirm; infinite of a fit whose other entries are much larger than these. */
    double error() {
        return isPlausible() ? confirming.error(factors) : Double.POSITIVE_INFINITY;
    }

    /** Root mean square of the error on the entries that confirm; infinite where {@link #error} is. */
    double rootMeanSquare() {
        return isPlausible() ? confirming.rootMeanSquare(factors) : Double.POSITIVE_INFINITY;
    }

    /** Whether what is predicted of all entries is no larger than what was seen of some: an over-fit hides where nothing is observed. */
    private boolean isPlausible() {
        double sum = 0;
        for (double value : new FactorSpectrum(factors, task.engine().kernels()).values()) {
            sum += value * value;
        }
        double each = sum / ((double) factors.rows() * factors.columns());
        return each <= PLAUSIBLE * problem.squaredNorm() / problem.operator().count();
    }

    /**
     * The fit of all entries, where it is exact. Where it is not, that of the trial: steps taken to converge would fit the noise, and
     * with few entries predict nothing.
     */
    CompletionResult fitted() {
        Problem all = task.data().problem(task.engine());
        if (!isExact()) {
            Termination end = new Termination.Converged(
                    "held-out",
                    String.format(
                            Locale.ROOT,
                            "Held-out entries were predicted best at rank %d, with a relative error of %.3g.",
                            factors.rank(),
                            error()));
            return summedUp(all, new Recovery.Outcome(factors, end, outcome.trace(), outcome.step(), 0));
        }
        Recovery.Outcome last = task.iterate(
                all,
                Initialisation.warm(factors),
                new GreedyGaussNewton(),
                factors.rank(),
                options.tolerance(),
                ITERATIONS,
                task.callersHeldOut());
        List<IterationEvent> trace = CompletionChoice.joined(outcome.trace(), last.trace());
        return summedUp(
                all, new Recovery.Outcome(last.factors(), last.termination(), trace, last.step(), last.retreats()));
    }

    private CompletionResult summedUp(Problem all, Recovery.Outcome fit) {
        return task.data()
                .plain(RecoveryRun.sumUp(
                        all,
                        task.callersHeldOut(),
                        options,
                        new RecoveryRun.Choice("greedy-gauss-newton", reason(all)),
                        fit,
                        RecoveryRun.Significant.of(all, fit.factors(), OptionalDouble.empty()),
                        new RecoveryRun.Times(task.start(), task.start(), System.nanoTime())));
    }

    private String reason(Problem all) {
        return String.format(
                Locale.ROOT,
                "recommended: greedy-gauss-newton, since the %d entries are %.2f times the %d free parameters of rank %d, and descent did"
                        + " not fit them; entries held out %s",
                all.operator().count(),
                (double) all.operator().count() / Math.max(1, all.freedom(factors.rank())),
                all.freedom(factors.rank()),
                factors.rank(),
                isExact() ? "confirm the fit" : "were predicted best so");
    }
}

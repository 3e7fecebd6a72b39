package lowrank4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.FactorSpectrum;
import lowrank4j.solver.GaussNewton;
import lowrank4j.solver.GreedyGaussNewton;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Method;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.StoppingRule;
import lowrank4j.solver.Termination;
import lowrank4j.solver.VisibleDirections;

/**
 * Greedy ranks and Gauss-Newton for entries too few for descent: {@link GreedyGaussNewton} with any rank that the entries could
 * determine, on all but a few of them, which confirm it. Told the rank, {@link GaussNewton} is tried too, from all directions at once: of
 * 20 matrices of 300×350 and rank 5 with equal singular values, 1.5 times as many entries as free parameters, it fits 19, and greedy ranks
 * none; where singular values are a factor of ten apart greedy ranks do as well, many times faster.
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

    /** Iterations from all directions at once: of 20 matrices as above 17 were fitted in 40, 19 in 100, 20 in 200, and others take them all. */
    private static final int ITERATIONS_TOGETHER = 100;

    /** Singular values below this fraction of the first are rounding. */
    private static final double ROUNDING = 1e-12;

    private final CompletionTask task;
    private final RecoveryOptions options;
    private final Problem problem;
    private final HeldOut confirming;
    private final Fit fit;

    private record Fit(String method, Recovery.Outcome outcome, Factors factors) {}

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
        int rank = Math.min(options.rank().orElse(determined), determined);
        Fit greedy = fit(Initialisation.zero(), new GreedyGaussNewton(true), rank, ITERATIONS);
        this.fit = options.rank().isEmpty() || isExact(greedy)
                ? greedy
                : together(rank).orElse(greedy);
    }

    /** All directions at once, for a rank that is known: of equal singular values the first few explain nothing. */
    private Optional<Fit> together(int rank) {
        Fit fit = fit(Initialisation.spectral(), new GaussNewton(), rank, ITERATIONS_TOGETHER);
        return isExact(fit) ? Optional.of(fit) : Optional.empty();
    }

    private Fit fit(Initialisation initialisation, Method method, int rank, int iterations) {
        Recovery.Outcome outcome = run(problem, initialisation, method, rank, Optional.of(confirming), iterations);
        FactorSpectrum spectrum =
                new FactorSpectrum(outcome.factors(), task.engine().kernels());
        Factors significant = spectrum.leading(spectrum.count(ROUNDING * spectrum.values()[0]));
        return new Fit(method.name(), outcome, VisibleDirections.of(problem, significant));
    }

    private Recovery.Outcome run(
            Problem fitted,
            Initialisation initialisation,
            Method method,
            int rank,
            Optional<HeldOut> heldOut,
            int iterations) {
        return new Recovery(
                        fitted,
                        new Recovery.Plan(
                                method,
                                initialisation,
                                rank,
                                false,
                                OptionalDouble.empty(),
                                StoppingRule.residual(options.tolerance())
                                        .or(StoppingRule.iterations(Math.min(iterations, options.maxIterations()))),
                                heldOut,
                                options.seed(),
                                options.listener(),
                                task::isOver))
                .run();
    }

    /** Whether the entries are fitted to the tolerance, and those that confirm are predicted. */
    boolean isExact() {
        return isExact(fit);
    }

    private boolean isExact(Fit candidate) {
        double size = Math.sqrt(problem.squaredNorm() / problem.operator().count());
        return candidate.outcome().termination().isConverged()
                && confirming.median(candidate.factors()).orElse(Double.POSITIVE_INFINITY) <= CONFIRMED * size;
    }

    /** Relative error on the entries that confirm; infinite of a fit whose other entries are much larger than these. */
    double error() {
        return isPlausible() ? confirming.error(fit.factors()) : Double.POSITIVE_INFINITY;
    }

    /** Root mean square of the error on the entries that confirm; infinite where {@link #error} is. */
    double rootMeanSquare() {
        return isPlausible() ? confirming.rootMeanSquare(fit.factors()) : Double.POSITIVE_INFINITY;
    }

    /** Whether what is predicted of all entries is no larger than what was seen of some: an over-fit hides where nothing is observed. */
    private boolean isPlausible() {
        Factors factors = fit.factors();
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
        Factors factors = fit.factors();
        Recovery.Outcome outcome = fit.outcome();
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
        Recovery.Outcome last = run(
                all,
                Initialisation.warm(factors),
                new GreedyGaussNewton(),
                factors.rank(),
                task.callersHeldOut(),
                ITERATIONS);
        List<IterationEvent> trace = CompletionChoice.joined(outcome.trace(), last.trace());
        return summedUp(
                all, new Recovery.Outcome(last.factors(), last.termination(), trace, last.step(), last.retreats()));
    }

    private CompletionResult summedUp(Problem all, Recovery.Outcome last) {
        return task.data()
                .plain(RecoveryRun.sumUp(
                        all,
                        task.callersHeldOut(),
                        options,
                        new RecoveryRun.Choice(fit.method(), reason(all)),
                        last,
                        RecoveryRun.Significant.of(all, last.factors(), OptionalDouble.empty()),
                        new RecoveryRun.Times(task.start(), task.start(), System.nanoTime())));
    }

    private String reason(Problem all) {
        long freedom = all.freedom(fit.factors().rank());
        return String.format(
                Locale.ROOT,
                "recommended: %s, since the %d entries are %.2f times the %d free parameters of rank %d, and descent did"
                        + " not fit them; entries held out %s",
                fit.method(),
                all.operator().count(),
                (double) all.operator().count() / Math.max(1, freedom),
                freedom,
                fit.factors().rank(),
                isExact() ? "confirm the fit" : "were predicted best so");
    }
}

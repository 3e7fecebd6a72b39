package lowrank4j;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.solver.CycleRank;
import lowrank4j.solver.GaussNewton;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;

/**
 * {@link GaussNewton} from all directions at once, for entries near the information limit of a matrix whose singular values are so alike that
 * the first few explain nothing: what {@link GreedyTrial} cannot begin with. It over-fits at too high a rank, so that the rank must be
 * known, or be one of the few about {@link CycleRank}. No entry is held out: more entries than free parameters, all fitted to the
 * tolerance, are not fitted by chance.
 */
final class TogetherTrial {
    /** Ranks that are tried, in units of the estimate: it errs, and is low where singular values differ. */
    private static final double LEAST = 0.8;

    private static final double LARGEST = 1.5;

    /** Entries in units of the free parameters above which descent finds any exact fit. */
    private static final double PLENTY = 3;

    /** Steps that tell whether the rank can fit: below the true rank a fifth of the entries and more is left by any. */
    private static final int TRIAL_ITERATIONS = 100;

    /** Entries times columns times inner iterations that such a step may cost, so that the small problems, which are the harder, get more. */
    private static final double TRIAL_WORK = 2e6;

    private static final int LEAST_INNER_ITERATIONS = 20;

    private static final int MOST_INNER_ITERATIONS = 2000;

    /** The same of all steps that tell, which is some seconds. */
    private static final double MOST_WORK = 2e9;

    /** Relative residual from which whole steps converge, at twice the digits each. */
    private static final double NEAR = 0.02;

    private static final int ITERATIONS = 20;

    private final CompletionTask task;
    private final RecoveryOptions options;
    private final Problem problem;

    TogetherTrial(CompletionTask task) {
        this.task = task;
        this.options = task.options();
        this.problem = task.data().problem(task.engine());
    }

    /** The fit of the least rank that is exact, up to {@code largest}. */
    Optional<CompletionResult> exact(int largest) {
        int determined = Math.min(largest, problem.determinedRank());
        int first = options.rank().orElse(0);
        int last = first;
        if (options.rank().isEmpty()) {
            double estimate = CycleRank.of(task.data().pattern(), task.data().sharedValues());
            first = (int) Math.max(1, LEAST * Math.min(estimate, Integer.MAX_VALUE));
            last = (int) Math.ceil(LARGEST * Math.min(estimate, determined));
        }
        double work = 0;
        for (int rank = first; rank <= Math.min(last, determined) && !task.isOver(); rank++) {
            if (problem.operator().count() > PLENTY * problem.freedom(rank)) {
                continue;
            }
            double size = (double) problem.operator().count() * rank;
            int inner = (int) Math.clamp(TRIAL_WORK / size, LEAST_INNER_ITERATIONS, MOST_INNER_ITERATIONS);
            work += TRIAL_ITERATIONS * inner * size;
            if (work > MOST_WORK) {
                break;
            }
            Optional<CompletionResult> fit = exact(rank, inner);
            if (fit.isPresent()) {
                return fit;
            }
        }
        return Optional.empty();
    }

    private Optional<CompletionResult> exact(int rank, int inner) {
        if (problem.freedom(rank) >= problem.operator().count()) {
            return Optional.empty();
        }
        long prepared = System.nanoTime();
        Recovery.Outcome near = task.iterate(
                problem,
                Initialisation.spectral(),
                new GaussNewton(GaussNewton.Variant.AVERAGING, inner),
                rank,
                NEAR,
                TRIAL_ITERATIONS,
                task.callersHeldOut());
        if (!near.termination().isConverged()) {
            return Optional.empty();
        }
        GaussNewton method = new GaussNewton();
        Recovery.Outcome outcome = task.iterate(
                problem,
                Initialisation.warm(near.factors()),
                method,
                rank,
                options.tolerance(),
                ITERATIONS,
                task.callersHeldOut());
        if (!outcome.termination().isConverged()) {
            return Optional.empty();
        }
        Recovery.Outcome both = new Recovery.Outcome(
                outcome.factors(),
                outcome.termination(),
                CompletionChoice.joined(near.trace(), outcome.trace()),
                outcome.step(),
                near.retreats() + outcome.retreats());
        return Optional.of(task.data()
                .plain(RecoveryRun.sumUp(
                        problem,
                        task.callersHeldOut(),
                        options,
                        new RecoveryRun.Choice(method.name(), reason(rank)),
                        both,
                        RecoveryRun.Significant.of(problem, outcome.factors(), OptionalDouble.empty()),
                        new RecoveryRun.Times(task.start(), prepared, System.nanoTime()))));
    }

    private String reason(int rank) {
        return String.format(
                Locale.ROOT,
                "recommended: %s at rank %d, which fits all %d entries, %.2f times its %d free parameters, where neither descent nor greedy"
                        + " ranks fitted them",
                new GaussNewton().name(),
                rank,
                problem.operator().count(),
                (double) problem.operator().count() / problem.freedom(rank),
                problem.freedom(rank));
    }
}

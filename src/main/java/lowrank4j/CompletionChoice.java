package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.NoiseFloor;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;

/** Lets held-out entries choose the model of a completion, then fits it to all of them. */
final class CompletionChoice {
    /** From so many entries on the ridges come first: of fewer, those held out do not tell noise for sure. */
    private static final int LEAST_RATINGS = 20_000;

    /** Relative held-out error below which the data are of low rank up to small noise, and nothing else needs to be tried. */
    private static final double NEARLY_EXACT = 1e-3;

    /** Iterations that the exact recovery may take to show what it can predict. */
    private static final int TRIAL_ITERATIONS = 200;

    /**
     * Held-out error, in units of the other models', below which greedy ranks that fit no entry exactly are preferred: theirs is of
     * fewer entries.
     */
    private static final double CLEARLY_BETTER = 0.5;

    /** Relative held-out error up to which noise hides no more than a ridge could bring to light. */
    private static final double MOSTLY_FITTED = 0.5;

    /** Held-out error, in units of what the noise of the entries that were fitted leads to expect, that is as much as that. */
    private static final double AS_MUCH = 1.1;

    /** Relative held-out error up to which entries of which a ridge does not say that they are noisy are explained. */
    private static final double EXPLAINED = 0.1;

    private final CompletionTask task;
    private final MatrixCompletion data;
    private final RecoveryOptions options;

    CompletionChoice(CompletionTask task) {
        this.task = task;
        this.data = task.data();
        this.options = task.options();
    }

    CompletionResult solve() {
        if (options.loss() != Loss.SQUARED || options.nonnegative()) {
            return ridge();
        }
        Optional<RatingsChoice> ratings =
                data.sharedValues().length < RatingsChoice.LEAST_ENTRIES ? Optional.empty() : Optional.of(ratings());
        if (ratings.isPresent() && ratings.get().isNoisy()) {
            return ratings.get().fitted();
        }
        RidgeTrial ridge = new RidgeTrial(task);
        if (data.sharedValues().length < 2) {
            return ridge.fitted(0, "Offsets only: there is one entry, and none to hold out.");
        }
        MatrixCompletion.Split split = task.deciding();
        HeldOut deciding = split.heldOut().heldOut(task.engine());
        Optional<RidgeTrial.Search> begun = ratings.isEmpty() && data.sharedValues().length >= LEAST_RATINGS
                ? Optional.of(ridge.search(split.fitted(), deciding))
                : Optional.empty();
        if (begun.isPresent()
                && (begun.get().isNoisy() || (task.isOver() && begun.get().hasBest()))) {
            return together(begun.get().best().error(), MOSTLY_FITTED).orElseGet(() -> ridge.fitted(begun.get()));
        }
        RecoveryOptions trial = options.withMaxIterations(Math.min(options.maxIterations(), TRIAL_ITERATIONS));
        Problem fitted = split.fitted().problem(task.engine());
        RecoveryResult exact = RecoveryRun.run(fitted, Optional.of(deciding), trial, task.start());
        double exactError = deciding.error(exact.factors());
        if (task.isOver() && begun.isPresent() && begun.get().best().error() < exactError) {
            return ridge.fitted(begun.get());
        }
        if (task.isOver() || (exactError <= NEARLY_EXACT && exact.termination().isConverged())) {
            return exactly(exact, deciding);
        }
        RidgeTrial.Search search = begun.orElseGet(() -> ridge.search(split.fitted(), deciding));
        if (exactError <= search.offsetsError() && isAllButNoise(exact, fitted, deciding)) {
            return exactly(exact, deciding);
        }
        GreedyTrial greedy = new GreedyTrial(task);
        if (greedy.isExact()) {
            // At too high a rank entries are fitted as well, and a few that are held out tell of what hides between
            // them.
            Optional<CompletionResult> lower =
                    greedy.isConfirmedByAll() ? Optional.empty() : new TogetherTrial(task).exact(greedy.rank() - 1);
            return lower.orElseGet(greedy::fitted);
        }
        if (exactError <= NEARLY_EXACT) {
            return exactly(exact, deciding);
        }
        if (ratings.isPresent()) {
            if (greedy.rootMeanSquare()
                    < CLEARLY_BETTER * Math.min(ratings.get().error(), deciding.rootMeanSquare(exact.factors()))) {
                return greedy.fitted();
            }
            return ratings.get().error() < deciding.rootMeanSquare(exact.factors())
                    ? ratings.get().fitted()
                    : exactly(exact, deciding);
        }
        double ridgeError = search.best().error();
        Optional<CompletionResult> together =
                together(Math.min(greedy.error(), Math.min(ridgeError, exactError)), EXPLAINED);
        if (together.isPresent()) {
            return together.get();
        }
        if (greedy.error() < CLEARLY_BETTER * Math.min(ridgeError, exactError)) {
            return greedy.fitted();
        }
        return ridgeError < exactError ? ridge.fitted(search) : exactly(exact, deciding);
    }

    /** All directions at once, where nothing explains the entries: where the least error on those held out, relative, is above {@code limit}. */
    private Optional<CompletionResult> together(double error, double limit) {
        return error <= limit ? Optional.empty() : new TogetherTrial(task).exact(Integer.MAX_VALUE);
    }

    /**
     * Whether the recovery has found its rank and leaves noise alone, of which the entries held out have as much: nothing else can predict
     * them better, then.
     */
    private boolean isAllButNoise(RecoveryResult exact, Problem problem, HeldOut deciding) {
        int rank = exact.factors().rank();
        double share = (double) problem.freedom(rank) / problem.operator().count();
        return exact.termination() instanceof Termination.Converged converged
                && converged.rule().equals("noise-floor")
                && deciding.error(exact.factors()) <= MOSTLY_FITTED
                && deciding.rootMeanSquare(exact.factors()) <= AS_MUCH * Math.sqrt(1 + share) * exact.noiseEstimate()
                && NoiseFloor.isReached(problem, exact.factors(), options.seed());
    }

    /** The model with offsets and ridge, without a look at the exact one. */
    CompletionResult ridge() {
        boolean least = options.loss() == Loss.SQUARED && !options.nonnegative();
        if (least && data.sharedValues().length >= RatingsChoice.LEAST_ENTRIES) {
            return ratings().fitted();
        }
        MatrixCompletion.Split split = task.deciding();
        RidgeTrial ridge = new RidgeTrial(task);
        HeldOut deciding = split.heldOut().heldOut(options.loss(), task.engine());
        return ridge.fitted(ridge.search(split.fitted(), deciding));
    }

    private RatingsChoice ratings() {
        return new RatingsChoice(data, task.by(), task.callersHeldOut(), options, task.engine(), task.start());
    }

    /**
     * All entries, as the trial has shown; the trial itself where a spectrum falls so slowly that without entries held out the search for
     * the rank stops short of it, and predicts them worse although it has fitted them.
     */
    private CompletionResult exactly(RecoveryResult exact, HeldOut deciding) {
        // The rank is known now: the search needs not start over, and the trial's factors are nearly the answer.
        RecoveryOptions warm = exact.factors().rank() == 0
                ? options
                : options.withInitialisation(Initialisation.warm(exact.factors()));
        Problem problem = data.problem(task.engine());
        long started = System.nanoTime();
        RecoveryResult last = RecoveryRun.run(problem, task.callersHeldOut(), warm, task.start());
        List<IterationEvent> trace = joined(exact.trace(), last.trace());
        double exactError = deciding.error(exact.factors());
        // A run that was cut short says so itself.
        if (exactError <= NEARLY_EXACT
                || !last.termination().isConverged()
                || deciding.error(last.factors()) <= exactError) {
            return data.plain(last.withTrace(trace));
        }
        return data.plain(RecoveryRun.sumUp(
                problem,
                task.callersHeldOut(),
                options,
                new RecoveryRun.Choice(last.algorithm(), last.reason()),
                new Recovery.Outcome(exact.factors(), exact.termination(), trace, last.step(), 0),
                RecoveryRun.Significant.of(problem, exact.factors(), OptionalDouble.empty()),
                new RecoveryRun.Times(task.start(), started, System.nanoTime())));
    }

    /** The events of two runs in a row, numbered on. */
    static List<IterationEvent> joined(List<IterationEvent> first, List<IterationEvent> second) {
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
}

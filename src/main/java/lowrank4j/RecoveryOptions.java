package lowrank4j;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Tier;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationListener;
import lowrank4j.solver.Termination;

/**
 * How to recover. {@link #defaults()} needs no ground truth, no step size and no rank; each {@code with} method gives a changed copy.
 *
 * @param rank the largest rank allowed; empty to find it
 * @param algorithm the method
 * @param initialisation the start; empty for the method's own
 * @param step the step, above 0, halved only while the objective would rise; empty for an automatic one
 * @param damping at least 0: λ of scaled-gd-lambda, the multiplier of √f of precgd, the first λ of noisy-precgd; empty for an automatic one
 * @param penalty above 0: λ of group-lasso and of nuclear-norm, τ of flat-minimum-gd; empty for an automatic one
 * @param maxIterations at least 0; does not bound the sweeps of a completion by als, of each of whose ridges there are a few, and which
 *     end by held-out entries, by {@code timeLimit} or when {@code cancelled}
 * @param tolerance relative residual at which the run has converged, at least 0; not looked at by those sweeps either
 * @param timeLimit if any: for all that one solve runs, asked at each iterate
 * @param holdOut fraction of the measurements that is not fitted but used to watch the error, in [0, 1); 0 for none
 * @param seed of everything random; the same seed gives the same bits for any number of threads
 * @param threads at least 1
 * @param tier forced; empty for the best available
 * @param loss over the residuals, for completion; squares for other measurements
 * @param nonnegative whether the factors of a completion must not be negative
 * @param listener told of each iterate
 * @param cancelled asked at each iterate; may be answered from another thread's doing
 */
public record RecoveryOptions(
        OptionalInt rank,
        Algorithm algorithm,
        Optional<Initialisation> initialisation,
        OptionalDouble step,
        OptionalDouble damping,
        OptionalDouble penalty,
        int maxIterations,
        double tolerance,
        Optional<Duration> timeLimit,
        double holdOut,
        long seed,
        int threads,
        Optional<Tier> tier,
        Loss loss,
        boolean nonnegative,
        IterationListener listener,
        BooleanSupplier cancelled) {

    public RecoveryOptions {
        require(rank.isEmpty() || rank.getAsInt() >= 1, "rank", rank, "at least 1");
        require(step.isEmpty() || isPositive(step.getAsDouble()), "step", step, "above 0 and finite");
        require(
                damping.isEmpty() || damping.getAsDouble() == 0 || isPositive(damping.getAsDouble()),
                "damping",
                damping,
                "at least 0 and finite");
        require(penalty.isEmpty() || isPositive(penalty.getAsDouble()), "penalty", penalty, "above 0 and finite");
        require(maxIterations >= 0, "maxIterations", maxIterations, "at least 0");
        require(
                tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY,
                "tolerance",
                tolerance,
                "at least 0 and finite");
        require(timeLimit.isEmpty() || !timeLimit.get().isNegative(), "timeLimit", timeLimit, "not negative");
        require(holdOut >= 0 && holdOut < 1, "holdOut", holdOut, "at least 0 and below 1");
        require(threads >= 1, "threads", threads, "at least 1");
    }

    private static boolean isPositive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }

    private static void require(boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            throw new InvalidArgumentException(name + " is " + value + ", but must be " + allowed);
        }
    }

    /** Everything automatic: rank, method, step, damping; relative residual 1e-10, at most 2000 iterations, all processors. */
    public static RecoveryOptions defaults() {
        return new RecoveryOptions(
                OptionalInt.empty(),
                Algorithm.RECOMMENDED,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                2000,
                1e-10,
                Optional.empty(),
                0,
                0,
                Runtime.getRuntime().availableProcessors(),
                Optional.empty(),
                Loss.SQUARED,
                false,
                IterationListener.none(),
                () -> false);
    }

    /**
     * How what began then, by System.nanoTime(), has to end: cancelled, or out of the time that is for all of its runs together; empty while
     * it may go on.
     */
    Optional<Termination> ending(long start) {
        if (cancelled.getAsBoolean()) {
            return Optional.of(new Termination.Cancelled());
        }
        return timeLimit
                .filter(limit -> Duration.ofNanos(System.nanoTime() - start).compareTo(limit) >= 0)
                .map(limit -> new Termination.TimeLimit(limit.toNanos() * 1e-9));
    }

    /** Whether it has to end. */
    boolean isOver(long start) {
        return ending(start).isPresent();
    }

    /**
     * Refuses what only gradient methods look at.
     *
     * @param fit what does not, as a user calls it
     */
    void refuseForSweeps(String fit) {
        if (initialisation.isPresent()) {
            throw refusal("initialisation is given", fit);
        }
        refuse("step", step, fit);
        refuse("damping", damping, fit);
        refuse("penalty", penalty, fit);
    }

    private static void refuse(String name, OptionalDouble value, String fit) {
        if (value.isPresent()) {
            throw refusal(name + " is " + value.getAsDouble(), fit);
        }
    }

    private static InvalidArgumentException refusal(String given, String fit) {
        return new InvalidArgumentException(given + ", but does not apply to " + fit
                + ": its sweeps have no start, no step, no damping and no penalty to choose");
    }

    public RecoveryOptions withRank(int newRank) {
        return with(draft -> draft.rank = OptionalInt.of(newRank));
    }

    public RecoveryOptions withAlgorithm(Algorithm newAlgorithm) {
        return with(draft -> draft.algorithm = newAlgorithm);
    }

    public RecoveryOptions withInitialisation(Initialisation newInitialisation) {
        return with(draft -> draft.initialisation = Optional.of(newInitialisation));
    }

    public RecoveryOptions withStep(double newStep) {
        return with(draft -> draft.step = OptionalDouble.of(newStep));
    }

    public RecoveryOptions withDamping(double newDamping) {
        return with(draft -> draft.damping = OptionalDouble.of(newDamping));
    }

    public RecoveryOptions withPenalty(double newPenalty) {
        return with(draft -> draft.penalty = OptionalDouble.of(newPenalty));
    }

    public RecoveryOptions withMaxIterations(int newMaxIterations) {
        return with(draft -> draft.maxIterations = newMaxIterations);
    }

    public RecoveryOptions withTolerance(double newTolerance) {
        return with(draft -> draft.tolerance = newTolerance);
    }

    public RecoveryOptions withTimeLimit(Duration newTimeLimit) {
        return with(draft -> draft.timeLimit = Optional.of(newTimeLimit));
    }

    public RecoveryOptions withHoldOut(double newHoldOut) {
        return with(draft -> draft.holdOut = newHoldOut);
    }

    public RecoveryOptions withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    public RecoveryOptions withThreads(int newThreads) {
        return with(draft -> draft.threads = newThreads);
    }

    public RecoveryOptions withTier(Tier newTier) {
        return with(draft -> draft.tier = Optional.of(newTier));
    }

    public RecoveryOptions withLoss(Loss newLoss) {
        return with(draft -> draft.loss = newLoss);
    }

    public RecoveryOptions withNonnegative(boolean newNonnegative) {
        return with(draft -> draft.nonnegative = newNonnegative);
    }

    public RecoveryOptions withListener(IterationListener newListener) {
        return with(draft -> draft.listener = newListener);
    }

    public RecoveryOptions withCancelled(BooleanSupplier newCancelled) {
        return with(draft -> draft.cancelled = newCancelled);
    }

    private RecoveryOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The options while one of them changes: the one place that copies them all. */
    private static final class Draft {
        private OptionalInt rank;
        private Algorithm algorithm;
        private Optional<Initialisation> initialisation;
        private OptionalDouble step;
        private OptionalDouble damping;
        private OptionalDouble penalty;
        private int maxIterations;
        private double tolerance;
        private Optional<Duration> timeLimit;
        private double holdOut;
        private long seed;
        private int threads;
        private Optional<Tier> tier;
        private Loss loss;
        private boolean nonnegative;
        private IterationListener listener;
        private BooleanSupplier cancelled;

        Draft(RecoveryOptions options) {
            this.rank = options.rank;
            this.algorithm = options.algorithm;
            this.initialisation = options.initialisation;
            this.step = options.step;
            this.damping = options.damping;
            this.penalty = options.penalty;
            this.maxIterations = options.maxIterations;
            this.tolerance = options.tolerance;
            this.timeLimit = options.timeLimit;
            this.holdOut = options.holdOut;
            this.seed = options.seed;
            this.threads = options.threads;
            this.tier = options.tier;
            this.loss = options.loss;
            this.nonnegative = options.nonnegative;
            this.listener = options.listener;
            this.cancelled = options.cancelled;
        }

        RecoveryOptions finished() {
            return new RecoveryOptions(
                    rank,
                    algorithm,
                    initialisation,
                    step,
                    damping,
                    penalty,
                    maxIterations,
                    tolerance,
                    timeLimit,
                    holdOut,
                    seed,
                    threads,
                    tier,
                    loss,
                    nonnegative,
                    listener,
                    cancelled);
        }
    }
}

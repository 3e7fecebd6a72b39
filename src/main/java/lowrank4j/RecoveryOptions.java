package lowrank4j;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Tier;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationListener;

/**
 * How to recover. {@link #defaults()} needs no ground truth, no step size and no rank; each {@code with} method gives a changed copy.
 *
 * @param rank the largest rank allowed; empty to find it
 * @param algorithm the method
 * @param initialisation the start; empty for the method's own
 * @param step the step, above 0, halved only while the objective would rise; empty for an automatic one
 * @param damping at least 0: λ of scaled-gd-lambda, the multiplier of √f of precgd, the first λ of noisy-precgd; empty for an automatic one
 * @param penalty above 0: λ of group-lasso and of nuclear-norm, τ of flat-minimum-gd; empty for an automatic one
 * @param maxIterations at least 0
 * @param tolerance relative residual at which the run has converged, at least 0
 * @param timeLimit if any
 * @param holdOut fraction of the measurements that is not fitted but used to watch the error, in [0, 1); 0 for none
 * @param seed of everything random; the same seed gives the same bits for any number of threads
 * @param threads at least 1
 * @param tier forced; empty for the best available
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
                IterationListener.none(),
                () -> false);
    }

    public RecoveryOptions withRank(int newRank) {
        return new RecoveryOptions(
                OptionalInt.of(newRank),
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
                listener,
                cancelled);
    }

    public RecoveryOptions withAlgorithm(Algorithm newAlgorithm) {
        return new RecoveryOptions(
                rank,
                newAlgorithm,
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
                listener,
                cancelled);
    }

    public RecoveryOptions withInitialisation(Initialisation newInitialisation) {
        return new RecoveryOptions(
                rank,
                algorithm,
                Optional.of(newInitialisation),
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
                listener,
                cancelled);
    }

    public RecoveryOptions withStep(double newStep) {
        return new RecoveryOptions(
                rank,
                algorithm,
                initialisation,
                OptionalDouble.of(newStep),
                damping,
                penalty,
                maxIterations,
                tolerance,
                timeLimit,
                holdOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withDamping(double newDamping) {
        return new RecoveryOptions(
                rank,
                algorithm,
                initialisation,
                step,
                OptionalDouble.of(newDamping),
                penalty,
                maxIterations,
                tolerance,
                timeLimit,
                holdOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withPenalty(double newPenalty) {
        return new RecoveryOptions(
                rank,
                algorithm,
                initialisation,
                step,
                damping,
                OptionalDouble.of(newPenalty),
                maxIterations,
                tolerance,
                timeLimit,
                holdOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withMaxIterations(int newMaxIterations) {
        return new RecoveryOptions(
                rank,
                algorithm,
                initialisation,
                step,
                damping,
                penalty,
                newMaxIterations,
                tolerance,
                timeLimit,
                holdOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withTolerance(double newTolerance) {
        return new RecoveryOptions(
                rank,
                algorithm,
                initialisation,
                step,
                damping,
                penalty,
                maxIterations,
                newTolerance,
                timeLimit,
                holdOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withTimeLimit(Duration newTimeLimit) {
        return new RecoveryOptions(
                rank,
                algorithm,
                initialisation,
                step,
                damping,
                penalty,
                maxIterations,
                tolerance,
                Optional.of(newTimeLimit),
                holdOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withHoldOut(double newHoldOut) {
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
                newHoldOut,
                seed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withSeed(long newSeed) {
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
                newSeed,
                threads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withThreads(int newThreads) {
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
                newThreads,
                tier,
                listener,
                cancelled);
    }

    public RecoveryOptions withTier(Tier newTier) {
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
                Optional.of(newTier),
                listener,
                cancelled);
    }

    public RecoveryOptions withListener(IterationListener newListener) {
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
                newListener,
                cancelled);
    }

    public RecoveryOptions withCancelled(BooleanSupplier newCancelled) {
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
                listener,
                newCancelled);
    }
}

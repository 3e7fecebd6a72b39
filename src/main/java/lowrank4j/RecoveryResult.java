package lowrank4j;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import lowrank4j.kernel.TierReport;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Termination;

/**
 * What a recovery found, and how.
 *
 * @param factors X = left · rightᵀ, with {@code effectiveRank} columns where the rank was searched
 * @param effectiveRank singular values of X that stand out of the noise and of rounding
 * @param singularValues of X, descending
 * @param termination how the run ended
 * @param trace one event an iterate
 * @param objective ½‖A(X) - y‖², or ¼ if symmetric, at the result
 * @param relativeResidual ‖A(X) - y‖/‖y‖ at the result
 * @param heldOutError relative residual on measurements held out, if any were
 * @param heldOutRootMeanSquare root mean square of the error on measurements held out, in their unit, if any were
 * @param heldOutMedian median magnitude of the error on entries held out, in their unit, if any were
 * @param noiseEstimate standard deviation of the noise of one measurement, from the residual; of a fit under a ridge the deviation of the
 *     residual itself, which is somewhat less
 * @param noiseEdge spectral norm that this noise has in X: singular values below a few of it carry no signal; empty under a ridge, which
 *     shrinks them
 * @param algorithm the method that ran
 * @param reason why this method was chosen
 * @param step in use at the end
 * @param damping in use at the end, or the penalty of nuclear-norm
 * @param seed of everything random
 * @param threads in use
 * @param tier in use, with what was refused
 * @param secondsByPhase wall time of "prepare", "iterate", "finish"
 * @param secondsByKernel time in each kind of kernel, added over threads
 * @param warnings sentences about what should make one doubt the result
 */
public record RecoveryResult(
        Factors factors,
        int effectiveRank,
        List<Double> singularValues,
        Termination termination,
        List<IterationEvent> trace,
        double objective,
        double relativeResidual,
        OptionalDouble heldOutError,
        OptionalDouble heldOutRootMeanSquare,
        OptionalDouble heldOutMedian,
        double noiseEstimate,
        OptionalDouble noiseEdge,
        String algorithm,
        String reason,
        double step,
        double damping,
        long seed,
        int threads,
        TierReport tier,
        Map<String, Double> secondsByPhase,
        Map<String, Double> secondsByKernel,
        List<String> warnings) {
    /** The same result with another trace. */
    RecoveryResult withTrace(List<IterationEvent> other) {
        return with(other, relativeResidual, reason, warnings);
    }

    /** The same result with the relative residual in other units. */
    RecoveryResult withRelativeResidual(double other) {
        return with(trace, other, reason, warnings);
    }

    /** The same result with other warnings, for callers that have more to say. */
    public RecoveryResult withWarnings(List<String> other) {
        return with(trace, relativeResidual, reason, other);
    }

    /** The same result with another reason for the method. */
    RecoveryResult withReason(String other) {
        return with(trace, relativeResidual, other, warnings);
    }

    private RecoveryResult with(
            List<IterationEvent> newTrace, double newRelativeResidual, String newReason, List<String> newWarnings) {
        return new RecoveryResult(
                factors,
                effectiveRank,
                singularValues,
                termination,
                newTrace,
                objective,
                newRelativeResidual,
                heldOutError,
                heldOutRootMeanSquare,
                heldOutMedian,
                noiseEstimate,
                noiseEdge,
                algorithm,
                newReason,
                step,
                damping,
                seed,
                threads,
                tier,
                secondsByPhase,
                secondsByKernel,
                newWarnings);
    }
}

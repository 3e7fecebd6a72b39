package lowrank4j;

import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.kernel.TierReport;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.Exponential;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Termination;

/**
 * A signal that was completed, and what it is made of.
 *
 * @param real of each sample, those that were missing too
 * @param imaginary zeros where the signal is real
 * @param exponentials whose sum it is, the largest amplitudes first; of a real signal in pairs of opposite frequency
 * @param factors of its Hankel matrix, L R* in stacks [Re L; Im L] and [Re R; Im R] of a complex one
 * @param termination why the iteration ended
 * @param trace one event an iteration
 * @param relativeResidual ‖sum of the exponentials - samples‖/‖samples‖ over those that are observed
 * @param noiseEstimate standard deviation of the errors of the real and imaginary parts of the samples, by what the fit leaves; empty where its
 *     parameters are as many as the observed numbers
 * @param seed of everything random
 * @param threads in use
 * @param tier in use, with what was refused
 * @param warnings sentences about what should make one doubt the result
 */
public record SpectralResult(
        double[] real,
        double[] imaginary,
        List<Exponential> exponentials,
        Factors factors,
        Termination termination,
        List<IterationEvent> trace,
        double relativeResidual,
        OptionalDouble noiseEstimate,
        long seed,
        int threads,
        TierReport tier,
        List<String> warnings) {
    /** How many exponentials. */
    public int rank() {
        return exponentials.size();
    }
}

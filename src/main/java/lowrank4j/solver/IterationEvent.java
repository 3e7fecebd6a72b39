package lowrank4j.solver;

import java.util.OptionalDouble;

/**
 * What was seen at one iterate.
 *
 * @param iteration from 0, the start
 * @param seconds since the start of the run
 * @param objective ½‖A(X) - y‖², or ¼ if symmetric, with the penalty of the method where it has one
 * @param relativeResidual ‖A(X) - y‖/‖y‖
 * @param heldOutError relative residual on the held-out measurements, if any are
 * @param rank columns of the factors that are in use
 * @param step in use
 * @param damping in use
 */
public record IterationEvent(
        int iteration,
        double seconds,
        double objective,
        double relativeResidual,
        OptionalDouble heldOutError,
        int rank,
        double step,
        double damping) {}

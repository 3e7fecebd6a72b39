package lowrank4j.cli.replicate;

import java.util.Arrays;
import lowrank4j.solver.Recovery;

/**
 * The way of one run.
 *
 * @param error ‖X̂ - X‖/‖X‖ by iteration, from the start
 * @param watchedSeconds what was spent on looking at the iterates
 * @param outcome how it ended
 */
record Trajectory(double[] error, double watchedSeconds, Recovery.Outcome outcome) {
    /** The first iteration with an error of at most {@code target}; infinite if there is none. */
    double iterationsTo(double target) {
        for (int t = 0; t < error.length; t++) {
            if (error[t] <= target) {
                return t;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The error at the end. */
    double last() {
        return error[error.length - 1];
    }

    /** The least error on the way. */
    double least() {
        return Arrays.stream(error).min().orElseThrow();
    }

    /** Seconds from the start of the run to its last iterate, without those spent on looking at the iterates. */
    double seconds() {
        return outcome.trace().getLast().seconds() - watchedSeconds;
    }
}

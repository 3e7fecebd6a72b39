package lowrank4j.solver;

import java.util.Locale;

/** How a run ended. Each outcome names the rule that fired and says why in a sentence. */
public sealed interface Termination {
    /** The rule that fired, such as "residual-tolerance". */
    String rule();

    /** Why, in a sentence with figures. */
    String sentence();

    /** Whether the run reached what it was asked for. */
    default boolean isConverged() {
        return this instanceof Converged || this instanceof NoSignal;
    }

    /** A rule for success was met. */
    record Converged(String rule, String sentence) implements Termination {}

    /** Nothing of low rank stands out of the noise: the answer is rank zero. */
    record NoSignal(String sentence) implements Termination {
        @Override
        public String rule() {
            return "no-signal";
        }
    }

    /** The allowed iterations were used up. */
    record IterationLimit(int iterations) implements Termination {
        @Override
        public String rule() {
            return "iteration-limit";
        }

        @Override
        public String sentence() {
            return "Stopped after the allowed " + iterations + " iterations.";
        }
    }

    /** The allowed time was used up. */
    record TimeLimit(double seconds) implements Termination {
        @Override
        public String rule() {
            return "time-limit";
        }

        @Override
        public String sentence() {
            return String.format(Locale.ROOT, "Stopped after the allowed %.3g seconds.", seconds);
        }
    }

    /** The residual no longer falls, above what was asked for. */
    record Stalled(String sentence) implements Termination {
        @Override
        public String rule() {
            return "stalled";
        }
    }

    /** The iteration left every bound; the factors are the last good ones. */
    record Diverged(String sentence) implements Termination {
        @Override
        public String rule() {
            return "diverged";
        }
    }

    /** The caller cancelled; the factors are the last good ones. */
    record Cancelled() implements Termination {
        @Override
        public String rule() {
            return "cancelled";
        }

        @Override
        public String sentence() {
            return "Cancelled; the factors are the last good ones.";
        }
    }
}

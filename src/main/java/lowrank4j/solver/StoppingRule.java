package lowrank4j.solver;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;

/** Decides from the trace so far whether a run ends. Rules have no state, and compose with {@link #or}. */
@FunctionalInterface
public interface StoppingRule {
    /**
     * How the run ends at the last event, or nothing.
     *
     * @param trace at least one event, the last one the present
     */
    Optional<Termination> check(List<IterationEvent> trace);

    /** Ends when this rule or else the other one does. */
    default StoppingRule or(StoppingRule other) {
        return trace -> {
            Optional<Termination> end = check(trace);
            return end.isPresent() ? end : other.check(trace);
        };
    }

    /** Success when ‖A(X) - y‖/‖y‖ is at most {@code tolerance}. */
    static StoppingRule residual(double tolerance) {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("tolerance is " + tolerance + ", but must be at least 0 and finite");
        }
        return trace -> {
            double residual = trace.getLast().relativeResidual();
            return residual <= tolerance
                    ? Optional.of(new Termination.Converged(
                            "residual-tolerance",
                            String.format(
                                    Locale.ROOT,
                                    "The relative residual %.2g is within the tolerance %.2g.",
                                    residual,
                                    tolerance)))
                    : Optional.empty();
        };
    }

    /** Ends after so many iterations. */
    static StoppingRule iterations(int limit) {
        if (limit < 0) {
            throw new InvalidArgumentException("the iteration limit is " + limit + ", but must be at least 0");
        }
        return trace -> trace.getLast().iteration() >= limit
                ? Optional.of(new Termination.IterationLimit(limit))
                : Optional.empty();
    }

    /** Ends after so much time. */
    static StoppingRule time(Duration limit) {
        if (limit.isNegative()) {
            throw new InvalidArgumentException("the time limit is " + limit + ", but must not be negative");
        }
        double seconds = limit.toNanos() * 1e-9;
        return trace -> trace.getLast().seconds() >= seconds
                ? Optional.of(new Termination.TimeLimit(seconds))
                : Optional.empty();
    }

    /**
     * Success when the error on held-out measurements has found no new minimum for so many iterations; the result is then the
     * iterate of that minimum.
     */
    static StoppingRule heldOut(int patience) {
        requirePositive("patience", patience);
        return trace -> {
            int best = trace.size() - 1;
            for (int k = trace.size() - 1; k >= 0; k--) {
                if (trace.get(k).heldOutError().orElse(Double.POSITIVE_INFINITY)
                        <= trace.get(best).heldOutError().orElse(Double.POSITIVE_INFINITY)) {
                    best = k;
                }
            }
            IterationEvent event = trace.get(best);
            return event.heldOutError().isPresent() && trace.size() - 1 - best >= patience
                    ? Optional.of(new Termination.Converged(
                            "held-out",
                            String.format(
                                    Locale.ROOT,
                                    "The held-out error was least, %.3g, at iteration %d, and has not fallen for %d iterations.",
                                    event.heldOutError().getAsDouble(),
                                    event.iteration(),
                                    patience)))
                    : Optional.empty();
        };
    }

    /** Whether the objective fell by less than the fraction {@code least} over the last {@code window} iterations at one rank. */
    static boolean stalls(List<IterationEvent> trace, int window, double least) {
        if (trace.size() <= window) {
            return false;
        }
        IterationEvent now = trace.getLast();
        IterationEvent before = trace.get(trace.size() - 1 - window);
        return before.rank() == now.rank() && !(now.objective() < (1 - least) * before.objective());
    }

    /** Ends when the objective has fallen by less than the fraction {@code least} over {@code window} iterations. */
    static StoppingRule stall(int window, double least) {
        requirePositive("window", window);
        return trace -> stalls(trace, window, least)
                ? Optional.of(new Termination.Stalled(String.format(
                        Locale.ROOT,
                        "The relative residual stays at %.2g: the objective fell by less than %.2g of itself in %d iterations.",
                        trace.getLast().relativeResidual(),
                        least,
                        window)))
                : Optional.empty();
    }

    /**
     * Success when the objective has fallen by less than the fraction {@code least} over {@code window} iterations although something is
     * fitted: for a matrix known in full, whose best approximation leaves a residual that nobody knows beforehand.
     */
    static StoppingRule settled(int window, double least) {
        requirePositive("window", window);
        return trace -> stalls(trace, window, least) && trace.getLast().relativeResidual() < LEAST_FITTED
                ? Optional.of(new Termination.Converged(
                        "settled",
                        String.format(
                                Locale.ROOT,
                                "The relative residual has settled at %.3g: the objective fell by less than %.2g of itself in %d"
                                        + " iterations.",
                                trace.getLast().relativeResidual(),
                                least,
                                window)))
                : Optional.empty();
    }

    /**
     * Success midway between the iterations at which gradient descent from a small start has grown the r-th component and would have
     * grown the next, {@code T(σ) = ln(√σ/α)/ln(1 + ησ)}: over-parametrised factors then hold the best approximation of rank r, whatever the
     * rest (Jiang, Chen, Ding 2023, arXiv 2203.02839).
     *
     * @param sigma σ_r, above 0
     * @param next σ_{r+1}, above 0 and below σ_r
     * @param alpha scale of the start, {@link Initialisation#gaussian(double)}, above 0 and below √σ_{r+1}
     * @param step η, above 0
     */
    static StoppingRule beforeNextComponent(double sigma, double next, double alpha, double step) {
        if (!(next < sigma) || !(alpha * alpha < next)) {
            throw new InvalidArgumentException("the window between components has sigma " + sigma + ", next " + next
                    + " and alpha " + alpha + ", but next must be below sigma, and alpha below its root");
        }
        long from = grown(sigma, alpha, step);
        long to = grown(next, alpha, step);
        long last = (from + to) / 2;
        return trace -> trace.getLast().iteration() >= last
                ? Optional.of(new Termination.Converged(
                        "early-stopping",
                        String.format(
                                Locale.ROOT,
                                "Stopped midway between iteration %d, which brings the last component wanted, and %d, which would bring"
                                        + " the next.",
                                from,
                                to)))
                : Optional.empty();
    }

    private static long grown(double sigma, double alpha, double step) {
        Positive.require("sigma", sigma);
        Positive.require("alpha", alpha);
        Positive.require("step", step);
        return Math.round(EarlyStoppedGradientDescent.growth(sigma, alpha, step));
    }

    /** A relative residual above this is that of X = 0, which every small start leaves slowly. */
    double LEAST_FITTED = 1 - 1e-6;

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidArgumentException(name + " is " + value + ", but must be at least 1");
        }
    }
}

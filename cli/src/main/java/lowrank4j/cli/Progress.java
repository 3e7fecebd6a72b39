package lowrank4j.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.IterationListener;

/** One line on a terminal that says how far a run is. */
final class Progress implements IterationListener {
    /** Set by the launcher, which stands between stderr and the terminal. */
    private static final String TERMINAL = "lowrank4j.terminal";

    private static final double SECONDS_BETWEEN = 0.1;

    /** Share of the present rate in the smoothed one. */
    private static final double SMOOTHING = 0.1;

    static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final int maxIterations;
    private final double tolerance;
    private final double secondsAllowed;
    private double lastSeconds;
    private double lastResidual = Double.NaN;
    private double lastShown = Double.NEGATIVE_INFINITY;
    /** Change of the logarithm of the relative residual an iteration, and seconds an iteration. */
    private double decay;

    private double pace;

    Progress(PrintWriter err, SolverOptions options) {
        this.err = err;
        this.maxIterations = options.maxIterationsInUse();
        this.tolerance = options.toleranceInUse();
        this.secondsAllowed =
                options.timeLimit().map(limit -> limit.toNanos() * 1e-9).orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether somebody looks at stderr. */
    @SuppressWarnings("SystemConsoleNull") // JDK 25 does return null where there is no terminal
    static boolean isWatched() {
        String terminal = System.getProperty(TERMINAL, "");
        if (!terminal.isEmpty()) {
            return Boolean.parseBoolean(terminal);
        }
        return System.console() != null && System.console().isTerminal();
    }

    @Override
    public void iterated(IterationEvent event, Factors factors) {
        double change = Math.log(event.relativeResidual() / lastResidual);
        decay = smoothed(decay, Double.isFinite(change) ? change : 0);
        pace = smoothed(pace, Math.max(0, event.seconds() - lastSeconds));
        lastResidual = event.relativeResidual();
        lastSeconds = event.seconds();
        if (event.seconds() - lastShown >= SECONDS_BETWEEN || event.seconds() < lastShown) {
            lastShown = event.seconds();
            err.print(CLEAR_LINE + line(event));
            err.flush();
        }
    }

    private static double smoothed(double before, double now) {
        return before == 0 ? now : before + SMOOTHING * (now - before);
    }

    private String line(IterationEvent event) {
        OptionalDouble heldOut = event.heldOutError();
        return String.format(
                Locale.ROOT,
                "iteration %d  objective %.3g%s  rank %d  rate %.3f  %s left",
                event.iteration(),
                event.objective(),
                heldOut.isPresent() ? String.format(Locale.ROOT, "  held-out %.3g", heldOut.getAsDouble()) : "",
                event.rank(),
                Math.exp(decay),
                time(secondsLeft(event)));
    }

    /** Until the first of: the tolerance at the present rate, the iterations allowed, the time allowed. */
    private double secondsLeft(IterationEvent event) {
        double iterations = Math.max(0, maxIterations - event.iteration());
        if (decay < 0 && tolerance > 0) {
            iterations = Math.min(iterations, Math.max(0, Math.log(tolerance / event.relativeResidual()) / decay));
        }
        return Math.min(iterations * pace, Math.max(0, secondsAllowed - event.seconds()));
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** Leaves the line empty for what comes next. */
    void finish() {
        err.print(CLEAR_LINE);
        err.flush();
    }
}

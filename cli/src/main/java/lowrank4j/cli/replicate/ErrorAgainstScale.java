package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Numbers;

/** The error that gradient descent ends with grows with its initial scale if over-parametrised, and is zero if not. */
record ErrorAgainstScale() implements Figure {
    private static final Axes SCALES =
            new Axes("error against scale", "initial scale α", "relative error at the end", Kind.LOG_LOG);
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final double[] ALPHAS = {1e-4, 1e-3, 1e-2, 1e-1};
    private static final int ITERATIONS = 260;
    private static final int EXACT_ITERATIONS = 500;
    private static final double EXACT = 1e-12;

    @Override
    public String name() {
        return "gd-small-init";
    }

    @Override
    public String paper() {
        return SmallStart.PAPER;
    }

    @Override
    public String claim() {
        return "With r = n the final error is a power of the initial scale α; with r = r* it is zero from any α.";
    }

    @Override
    public String setUp(boolean quick) {
        return SmallStart.of(quick).sentence() + ", " + ITERATIONS + " iterations with r = n";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("slope of log error over log α, α from 1e-4 to 1e-2", 1.0, 1.3),
                Band.atMost("error from α = 1e-4", 2e-4),
                Band.atLeast("error from α = 0.1", 3e-2),
                Band.atMost("largest error with r = r*", EXACT));
    }

    @Override
    public List<Axes> axes() {
        return List.of(SCALES, ERRORS);
    }

    @Override
    public void run(Trial trial) {
        SmallStart start = SmallStart.of(trial.isQuick());
        try (Arena arena = Arena.ofShared()) {
            Measured measured = start.measure(trial, arena);
            double[] errors = new double[ALPHAS.length];
            double exact = 0;
            for (int k = 0; k < ALPHAS.length; k++) {
                Trajectory over = trial.follow(measured, start.run(ALPHAS[k], start.n(), ITERATIONS));
                errors[k] = over.last();
                trial.point(SCALES, "r = n", ALPHAS[k], errors[k]);
                trial.curve(ERRORS, "r = n, α = " + Numbers.brief(ALPHAS[k]), over.error());
                Trajectory same = trial.follow(
                        measured,
                        start.run(ALPHAS[k], start.trueRank(), EXACT_ITERATIONS).to(EXACT));
                exact = Math.max(exact, same.last());
                trial.point(SCALES, "r = r*", ALPHAS[k], same.last());
            }
            trial.measure(
                    "slope of log error over log α, α from 1e-4 to 1e-2",
                    Statistics.power(
                            new double[] {ALPHAS[0], ALPHAS[1], ALPHAS[2]},
                            new double[] {errors[0], errors[1], errors[2]}));
            trial.measure("error from α = 1e-4", errors[0]);
            trial.measure("error from α = 0.1", errors[3]);
            trial.measure("largest error with r = r*", exact);
        }
    }
}

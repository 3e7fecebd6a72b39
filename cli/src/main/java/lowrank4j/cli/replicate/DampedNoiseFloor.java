package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.cli.report.Numbers;
import lowrank4j.sensing.DenseSensing;

/**
 * Figure 4: with noise ScaledGD(λ) reaches the statistical error. With measurements normalised to an isometry the noise on one is
 * N(0, σ²/m) and the statistical error {@code E = σ√(n·r/m)}, r the true rank.
 */
record DampedNoiseFloor() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final double[] LEVELS = {1e-2, 1e-4, 1e-6, 1e-8};
    private static final double SHARE = 0.5;
    private static final double ALPHA = 1e-14;
    private static final int ITERATIONS = 350;

    @Override
    public String name() {
        return "scaledgd-lambda-fig4";
    }

    @Override
    public String paper() {
        return OverRank.PAPER + ", figure 4";
    }

    @Override
    public String claim() {
        return "The least error on the way is near the statistical error, over six decades of noise.";
    }

    @Override
    public String setUp(boolean quick) {
        return OverRank.of(quick).sentence()
                + ", r = 5, κ = 1, λ = 0.5, α = 1e-14, statistical error 1e-2, 1e-4, 1e-6, 1e-8, " + ITERATIONS
                + " iterations";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("largest error, in units of the statistical one", 2.2),
                Band.between("slope of log error over log noise", 0.98, 1.02));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        OverRank setting = OverRank.of(trial.isQuick());
        try (Arena arena = Arena.ofShared()) {
            DenseSensing operator = setting.operator(trial, arena);
            Measured clean = setting.measure(1, operator, trial);
            double[] errors = new double[LEVELS.length];
            double largest = 0;
            for (int k = 0; k < LEVELS.length; k++) {
                // E = σ√(n r*/m), and the noise on a measurement has deviation σ/√m.
                double deviation = LEVELS[k] / Math.sqrt((double) setting.n() * setting.trueRank());
                Measured noisy = clean.noisy(deviation, trial.random(2));
                String series = "statistical error " + Numbers.brief(LEVELS[k]);
                Trajectory trajectory =
                        trial.follow(noisy, setting.damped(series, 1, SHARE, ALPHA, OverRank.RANK, ITERATIONS));
                trial.curve(ERRORS, series, trajectory.error());
                errors[k] = trajectory.least();
                largest = Math.max(largest, errors[k] * clean.truth().norm() / LEVELS[k]);
            }
            trial.measure("largest error, in units of the statistical one", largest);
            trial.measure("slope of log error over log noise", Statistics.power(LEVELS, errors));
        }
    }
}

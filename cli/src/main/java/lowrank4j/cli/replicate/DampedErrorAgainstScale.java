package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.IntStream;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Numbers;
import lowrank4j.solver.StoppingRule;

/** Figure 2: the error that ScaledGD(λ) ends with is about proportional to its initial scale. */
record DampedErrorAgainstScale() implements Figure {
    private static final Axes SCALES =
            new Axes("error against scale", "initial scale α", "relative error at the end", Kind.LOG_LOG);
    private static final double[] ALPHAS = {1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4};
    private static final double SHARE = 0.5;
    private static final int LIMIT = 1500;
    private static final int PATIENCE = 100;
    private static final double LEAST_PROGRESS = 0.01;

    @Override
    public String name() {
        return "scaledgd-lambda-fig2";
    }

    @Override
    public String paper() {
        return OverRank.PAPER + ", figure 2";
    }

    @Override
    public String claim() {
        return "The final error falls with the initial scale along a line of slope about 1.";
    }

    @Override
    public String setUp(boolean quick) {
        return OverRank.of(quick).sentence()
                + ", r = 5, κ = 1, λ = 0.5, α = 1e-10 ... 1e-4; a run ends after 100 iterations in which the training error"
                + " fell by less than 1 %";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("slope of log error over log α", 0.75, 1.2),
                Band.atLeast("least growth of the error from one α to the next", 1));
    }

    @Override
    public List<Axes> axes() {
        return List.of(SCALES);
    }

    @Override
    public void run(Trial trial) {
        OverRank setting = OverRank.of(trial.isQuick());
        try (Arena arena = Arena.ofShared()) {
            Measured measured = setting.measure(1, setting.operator(trial, arena), trial);
            double[] errors = new double[ALPHAS.length];
            for (int k = 0; k < ALPHAS.length; k++) {
                Run run = setting.damped("α = " + Numbers.brief(ALPHAS[k]), 1, SHARE, ALPHAS[k], OverRank.RANK, LIMIT)
                        .until(StoppingRule.stall(PATIENCE, LEAST_PROGRESS));
                errors[k] = trial.follow(measured, run).last();
                trial.point(SCALES, "ScaledGD(λ)", ALPHAS[k], errors[k]);
            }
            trial.measure("slope of log error over log α", Statistics.power(ALPHAS, errors));
            trial.measure(
                    "least growth of the error from one α to the next",
                    IntStream.range(1, errors.length)
                            .mapToDouble(k -> errors[k] / errors[k - 1])
                            .min()
                            .orElseThrow());
        }
    }
}

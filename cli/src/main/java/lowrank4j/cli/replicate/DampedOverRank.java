package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.PreconditionedGradientDescent;

/** Figure 3: ScaledGD(λ) does not mind the rank it carries; PrecGD slows down with it. */
record DampedOverRank() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final String EXCESS =
            "PrecGD over ScaledGD(λ) with the largest r, error where ScaledGD(λ) is at 1e-12";
    private static final double CONDITION_NUMBER = 2;
    private static final double ALPHA = 1e-20;
    private static final double TARGET = 1e-12;
    private static final int LIMIT = 700;

    @Override
    public String name() {
        return "scaledgd-lambda-fig3";
    }

    @Override
    public String paper() {
        return OverRank.PAPER + ", figure 3; PrecGD: Zhang, Fattahi, Zhang 2021";
    }

    @Override
    public String claim() {
        return "ScaledGD(λ) takes as many iterations for every r; PrecGD from a spectral start takes more with each.";
    }

    /** The largest rank stands in proportion to n. */
    private static int[] ranks(boolean quick) {
        return new int[] {3, 5, 10, quick ? 30 : 20};
    }

    @Override
    public String setUp(boolean quick) {
        return OverRank.of(quick).sentence()
                + ", r = 3, 5, 10, " + ranks(quick)[3]
                + ", κ of the factor 2, λ = σ_min², α = 1e-20; PrecGD: λ = √f, step 0.3; " + LIMIT
                + " iterations";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("ScaledGD(λ): largest over least iterations to 1e-12", 1.05),
                Band.atLeast("PrecGD: iterations to 1e-12 with r = 5 over r = 3", 1.05),
                Band.atLeast("PrecGD: iterations to 1e-12 with r = 10 over r = 5", 1.05),
                Band.atLeast(EXCESS, 1e6));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        OverRank setting = OverRank.of(trial.isQuick());
        int[] ranks = ranks(trial.isQuick());
        try (Arena arena = Arena.ofShared()) {
            Measured measured = setting.measure(CONDITION_NUMBER, setting.operator(trial, arena), trial);
            double[] damped = new double[ranks.length];
            double[] preconditioned = new double[ranks.length];
            double excess = 0;
            for (int k = 0; k < ranks.length; k++) {
                Run run = setting.damped("ScaledGD(λ), r = " + ranks[k], CONDITION_NUMBER, 1, ALPHA, ranks[k], LIMIT);
                Trajectory one = trial.follow(measured, run);
                Run rival = Run.of(
                        "PrecGD, r = " + ranks[k],
                        new PreconditionedGradientDescent(),
                        Initialisation.spectral(),
                        ranks[k],
                        OverRank.STEP,
                        LIMIT);
                Trajectory other = trial.follow(measured, rival);
                trial.curve(ERRORS, run.series(), one.error());
                trial.curve(ERRORS, rival.series(), other.error());
                damped[k] = one.iterationsTo(TARGET);
                preconditioned[k] = Math.min(LIMIT, other.iterationsTo(TARGET));
                int stop = (int) Math.min(LIMIT, damped[k]);
                excess = other.error()[stop] / one.error()[stop];
            }
            trial.measure("ScaledGD(λ): largest over least iterations to 1e-12", Statistics.ratio(damped));
            trial.measure("PrecGD: iterations to 1e-12 with r = 5 over r = 3", preconditioned[1] / preconditioned[0]);
            trial.measure("PrecGD: iterations to 1e-12 with r = 10 over r = 5", preconditioned[2] / preconditioned[1]);
            trial.measure(EXCESS, excess);
        }
    }
}

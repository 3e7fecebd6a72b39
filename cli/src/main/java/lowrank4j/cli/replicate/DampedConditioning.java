package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;

/** Figure 1: ScaledGD(λ) does not mind the condition number, tuned gradient descent does. */
record DampedConditioning() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final double TARGET = 1e-9;
    private static final double GRADIENT_STEP = 0.85;
    private static final double GRADIENT_ALPHA = 1e-10;

    /**
     * A condition number of the factor with what is tuned to it, and what must come out.
     *
     * @param share λ in units of the square of the factor's least singular value
     * @param alpha initial scale of ScaledGD(λ)
     * @param low fewest iterations of gradient descent
     * @param high most iterations of gradient descent
     */
    private record Case(int conditionNumber, double share, double alpha, int low, int high) {
        String damped() {
            return "ScaledGD(λ), κ = " + conditionNumber;
        }

        String plain() {
            return "gradient descent, κ = " + conditionNumber;
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(3, 0.5, 1e-16, 450, 550), new Case(5, 1, 1e-16, 1150, 1350), new Case(7, 1, 1e-20, 2150, 2500));

    private static final int LIMIT = 400;
    private static final int GRADIENT_LIMIT = 3000;

    @Override
    public String name() {
        return "scaledgd-lambda-fig1";
    }

    @Override
    public String paper() {
        return OverRank.PAPER + ", figure 1";
    }

    @Override
    public String claim() {
        return "ScaledGD(λ) takes about as many iterations for every κ; gradient descent with its best step takes ever more.";
    }

    @Override
    public String setUp(boolean quick) {
        return OverRank.of(quick).sentence()
                + ", r = 5, κ of the factor 3, 5, 7, λ = 0.5, 1, 1 σ_min², α = 1e-16, 1e-16, 1e-20;"
                + " gradient descent: step 0.85, α = 1e-10; to an error of 1e-9";
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (Case one : CASES) {
            bands.add(Band.between(iterations(one.damped()), 180, 290));
            bands.add(Band.between(iterations(one.plain()), one.low(), one.high()));
        }
        bands.add(Band.atLeast("gradient descent over ScaledGD(λ), κ = 7", 8));
        return bands;
    }

    private static String iterations(String series) {
        return "iterations of " + series;
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
            double ratio = 0;
            for (Case one : CASES) {
                Measured measured = setting.measure(one.conditionNumber(), operator, trial);
                double damped = iterations(
                        trial,
                        measured,
                        setting.damped(
                                one.damped(), one.conditionNumber(), one.share(), one.alpha(), OverRank.RANK, LIMIT));
                double plain = iterations(
                        trial,
                        measured,
                        Run.of(
                                one.plain(),
                                new GradientDescent(),
                                Initialisation.gaussian(GRADIENT_ALPHA),
                                OverRank.RANK,
                                GRADIENT_STEP,
                                GRADIENT_LIMIT));
                ratio = plain / damped;
            }
            trial.measure("gradient descent over ScaledGD(λ), κ = 7", ratio);
        }
    }

    private static double iterations(Trial trial, Measured measured, Run run) {
        Trajectory trajectory = trial.follow(measured, run.to(TARGET));
        trial.curve(ERRORS, run.series(), trajectory.error());
        double iterations = trajectory.iterationsTo(TARGET);
        trial.measure(iterations(run.series()), iterations);
        return iterations;
    }
}

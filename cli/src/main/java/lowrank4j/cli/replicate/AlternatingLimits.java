package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.solver.AlternatingPreconditionedGradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.StoppingRule;

/**
 * Where APGD ends: with too few measurements for the rank it carries, and with too long a step. With r = 4 r*, 2.5 measurements for each
 * of n r, it creeps and is given up at an error of a few 1e-6 (measured 4.1e-6, 2.1e-6, 2.3e-6); with r = 8 r* the guard halves the step
 * again and again and the error stays near a half (0.46, 0.43, 0.47).
 */
record AlternatingLimits() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final double STEP = 0.9;
    private static final double LONG_STEP = 1.2;
    private static final double FINE = 1e-8;
    private static final int LIMIT = 600;
    private static final int PATIENCE = 50;
    private static final double LEAST_PROGRESS = 0.2;
    private static final int N = 80;
    private static final int TRUE_RANK = 3;
    private static final int MEASUREMENTS = 10 * N * TRUE_RANK;

    @Override
    public String name() {
        return "apgd-limits";
    }

    @Override
    public String paper() {
        return AlternatingRates.PAPER;
    }

    @Override
    public String claim() {
        return "APGD needs measurements in proportion to the rank r it carries, and a step below 1.2 for r > r*; it says so instead of"
                + " returning junk.";
    }

    @Override
    public String setUp(boolean quick) {
        return "80 x 80, r* = 3, κ = 1, m = 10 n r* = 2400, r = r*, 2 r*, 4 r*, 8 r*, step 0.9 and 1.2; a run ends after 50 iterations"
                + " in which the objective fell by less than a fifth";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("iterations to 1e-8 with r = r*", 30, 55),
                Band.between("iterations to 1e-8 with r = 2 r*", 70, 130),
                Band.atLeast("r = 4 r*: error at the end", 1e-7),
                Band.atLeast("r = 8 r*: error at the end", 0.1),
                Band.between("runs reported as not converged, of those with r = 4 r*, 8 r*", 2, 2),
                Band.between("step 1.2, r = r*: halvings", 0, 0),
                Band.atLeast("step 1.2, r = 2 r*: halvings", 1));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        try (Arena arena = Arena.ofShared()) {
            trial.say("measuring");
            DenseSensing operator =
                    GaussianSensing.rectangular(N, N, MEASUREMENTS, trial.seed(), trial.engine(), arena);
            Measured measured = Measured.of(
                    Truth.rectangular(N, N, TRUE_RANK, 1, trial.random(1), trial.kernels()), operator, trial.engine());
            trial.measure(
                    "iterations to 1e-8 with r = r*",
                    follow(trial, measured, 1, STEP).iterationsTo(FINE));
            trial.measure(
                    "iterations to 1e-8 with r = 2 r*",
                    follow(trial, measured, 2, STEP).iterationsTo(FINE));
            int reported = 0;
            for (int multiple : new int[] {4, 8}) {
                Trajectory trajectory = follow(trial, measured, multiple, STEP);
                trial.measure("r = " + multiple + " r*: error at the end", trajectory.last());
                reported += trajectory.outcome().termination().isConverged() ? 0 : 1;
            }
            trial.measure("runs reported as not converged, of those with r = 4 r*, 8 r*", reported);
            trial.measure(
                    "step 1.2, r = r*: halvings",
                    follow(trial, measured, 1, LONG_STEP).outcome().retreats());
            trial.measure(
                    "step 1.2, r = 2 r*: halvings",
                    follow(trial, measured, 2, LONG_STEP).outcome().retreats());
        }
    }

    private static Trajectory follow(Trial trial, Measured measured, int multiple, double step) {
        Run run = Run.of(
                        "r = " + (multiple == 1 ? "" : multiple + " ") + "r*, step " + step,
                        new AlternatingPreconditionedGradientDescent(),
                        Initialisation.gaussian(0.1),
                        multiple * TRUE_RANK,
                        step,
                        LIMIT)
                .to(FINE)
                .until(StoppingRule.residual(1e-10).or(StoppingRule.stall(PATIENCE, LEAST_PROGRESS)));
        Trajectory trajectory = trial.follow(measured, run);
        trial.curve(ERRORS, run.series(), trajectory.error());
        return trajectory;
    }
}

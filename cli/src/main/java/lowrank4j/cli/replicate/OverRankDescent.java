package lowrank4j.cli.replicate;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.RebalancedGradientDescent;

/**
 * Over-parametrised gradient descent on a symmetric factor is sublinear, its error falling as 1/T; on two factors that start unequal it
 * is linear, at a rate in proportion to the square of the start's scale.
 */
record OverRankDescent() implements Figure {
    private static final Axes SYMMETRIC =
            new Axes("symmetric", "iteration", "relative error ‖X̂ − X‖/‖X‖", Kind.LOG_LOG);
    private static final Axes ASYMMETRIC = Axes.errors("asymmetric");
    private static final int N = 50;
    private static final int RANK = 5;
    private static final double[] VALUES = {2, 1.5, 1};
    private static final double STEP = 0.05;
    private static final double SCALE = 0.1;
    private static final double SMALL_SCALE = 0.03;
    private static final double SQUARED_TARGET = 1e-25;

    /** Relative objective at which the factors are rebalanced. */
    private static final double TRIGGER = 1e-3;

    private static final int LIMIT = 4000;
    private static final int HALF = 2000;

    @Override
    public String name() {
        return "xiong";
    }

    @Override
    public String paper() {
        return "Xiong, Ding, Du 2023, ICLR 2024 (arXiv 2310.01769)";
    }

    @Override
    public String claim() {
        return "With more columns than the rank, symmetric descent has a squared error of order T⁻²; unequal factors make it linear, the"
                + " rate growing as α²; one rebalance makes that rate the same for every α.";
    }

    @Override
    public String setUp(boolean quick) {
        return "50 x 50 known in full, singular values 2, 1.5, 1, k = 5 (and 3), step 0.05, entries of the start N(0, α²) and N(0,"
                + " α²/9) for the second factor, α = 0.1 and 0.03, 4000 iterations; rebalanced to β = √σ₃ once the objective is a thousandth";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("symmetric, k = 5: power of T in the squared error, T from 1000 to 4000", -2.2, -1.8),
                Band.atMost("symmetric, k = 3: squared error at T = 500", 1e-20),
                Band.between("asymmetric: power of α in the rate", 1.6, 2.4),
                Band.atMost("asymmetric, α = 0.1: squared error at T = 4000", 1e-12),
                Band.atMost("rebalanced: iterations from the rebalance to a squared error of 1e-25", 700),
                Band.between("rebalanced: iterations with α = 0.03 over those with 0.1", 0.8, 1.25));
    }

    @Override
    public List<Axes> axes() {
        return List.of(SYMMETRIC, ASYMMETRIC);
    }

    @Override
    public void run(Trial trial) {
        Matrix root = Truth.orthonormal(Truth.gaussian(N, VALUES.length, trial.random(1)), trial.kernels());
        Truth.scaleColumns(root, Arrays.stream(VALUES).map(Math::sqrt).toArray());
        Truth truth = Truth.of(Factors.symmetric(root), trial.kernels());
        Measured symmetric = Measured.of(truth, EveryEntry.symmetric(N, trial.engine()), trial.engine());
        double[] over = trial.follow(symmetric, symmetric("k = 5", RANK, LIMIT)).error();
        double[] exact =
                trial.follow(symmetric, symmetric("k = 3", VALUES.length, 500)).error();
        draw(trial, "k = 5", over);
        draw(trial, "k = 3", exact);
        double[] times = {1000, 2000, 4000};
        trial.measure(
                "symmetric, k = 5: power of T in the squared error, T from 1000 to 4000",
                Statistics.power(
                        times,
                        Arrays.stream(times).map(t -> square(over[(int) t])).toArray()));
        trial.measure("symmetric, k = 3: squared error at T = 500", square(exact[exact.length - 1] * truth.norm()));
        Measured asymmetric = Measured.of(truth, EveryEntry.rectangular(N, N, trial.engine()), trial.engine());
        double[] large = asymmetric(trial, asymmetric, SCALE);
        double[] small = asymmetric(trial, asymmetric, SMALL_SCALE);
        trial.measure(
                "asymmetric: power of α in the rate",
                Statistics.power(new double[] {SCALE, SMALL_SCALE}, new double[] {rate(large), rate(small)}));
        trial.measure("asymmetric, α = 0.1: squared error at T = 4000", square(large[LIMIT] * truth.norm()));
        double rebalanced = rebalanced(trial, asymmetric, SCALE);
        double smallRebalanced = rebalanced(trial, asymmetric, SMALL_SCALE);
        trial.measure(
                "rebalanced: iterations from the rebalance to a squared error of 1e-25",
                Math.max(rebalanced, smallRebalanced));
        trial.measure("rebalanced: iterations with α = 0.03 over those with 0.1", smallRebalanced / rebalanced);
    }

    /** Iterations from the rebalance to the end. */
    private static double rebalanced(Trial trial, Measured measured, double scale) {
        String series = "rebalanced, α = " + scale;
        Run run = Run.of(
                series,
                new RebalancedGradientDescent(OptionalDouble.of(Math.sqrt(VALUES[2])), TRIGGER),
                Initialisation.entries(scale, scale / 3),
                RANK,
                STEP,
                LIMIT);
        double target = Math.sqrt(SQUARED_TARGET) / measured.truth().norm();
        Trajectory trajectory = trial.follow(measured, run.to(target));
        trial.curve(ASYMMETRIC, series, trajectory.error());
        return trajectory.iterationsTo(target) - trajectory.iterationsTo(Math.sqrt(TRIGGER));
    }

    private static void draw(Trial trial, String series, double[] errors) {
        for (int t = 1; t < errors.length; t++) {
            trial.point(SYMMETRIC, series, t, errors[t]);
        }
    }

    private static double square(double value) {
        return value * value;
    }

    /** Decrease of the logarithm of the error an iteration, over the second half, down to rounding. */
    private static double rate(double[] errors) {
        int end = LIMIT;
        while (end > HALF && errors[end] < 1e-13) {
            end--;
        }
        return Math.log(errors[HALF / 2] / errors[end]) / (end - HALF / 2);
    }

    private static Run symmetric(String series, int rank, int limit) {
        return Run.of(
                "symmetric, " + series, new GradientDescent(), Initialisation.entries(SCALE, SCALE), rank, STEP, limit);
    }

    private static double[] asymmetric(Trial trial, Measured measured, double scale) {
        String series = "α = " + scale;
        Run run = Run.of(
                "asymmetric, " + series,
                new GradientDescent(),
                Initialisation.entries(scale, scale / 3),
                RANK,
                STEP,
                LIMIT);
        double[] errors = trial.follow(measured, run).error();
        trial.curve(ASYMMETRIC, series, errors);
        return errors;
    }
}

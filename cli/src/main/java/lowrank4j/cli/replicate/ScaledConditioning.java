package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Method;
import lowrank4j.solver.ScaledGradientDescent;

/**
 * ScaledGD's curves for all condition numbers lie on each other, in sensing and in completion; gradient descent's spread.
 *
 * <p>Completion is of the published size. Sensing is half of it, n = 100 and r = 5: at n = 200, r = 10 gradient descent would read 1.6
 * GB of measurements thousands of times.
 *
 * @param measurement what is measured
 */
record ScaledConditioning(Measurement measurement) implements Figure {
    /** What is measured of X. */
    enum Measurement {
        /** m = 5 n r Gaussian measurements. */
        SENSING,
        /** A fifth of the entries. */
        COMPLETION
    }

    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final Axes NOISE = Axes.errors("with noise, κ = 10");
    private static final double STEP = 0.5;
    private static final double SHARE = 0.2;
    private static final double TARGET = 1e-8;
    private static final int LIMIT = 10_000;
    private static final int NOISY_LIMIT = 2000;
    private static final double[] CONDITION_NUMBERS = {1, 5, 10, 20};
    private static final double NOISY_CONDITION_NUMBER = 10;
    private static final double[] DECIBELS = {40, 60};

    @Override
    public String name() {
        return measurement == Measurement.SENSING ? "scaledgd-sensing" : "scaledgd-completion";
    }

    @Override
    public String paper() {
        return "Tong, Ma, Chi 2021, JMLR 22(150)";
    }

    @Override
    public String claim() {
        return "ScaledGD takes as many iterations for every condition number, gradient descent in proportion to it; both end at the same"
                + " noise floor.";
    }

    private int rank(boolean quick) {
        return measurement == Measurement.SENSING ? (quick ? 3 : 5) : (quick ? 5 : 10);
    }

    private int n(boolean quick) {
        return measurement == Measurement.SENSING ? (quick ? 60 : 100) : (quick ? 400 : 1000);
    }

    @Override
    public String setUp(boolean quick) {
        int n = n(quick);
        String measured = measurement == Measurement.SENSING
                ? ", m = 5 n r = " + 5 * n * rank(quick) + ", V independent of U and V = U as in the published script"
                : ", a fifth of the entries";
        return n + " x " + n + ", r = " + rank(quick) + measured
                + ", singular vectors of random signs, κ = 1, 5, 10, 20, spectral start, step 0.5, to an error of 1e-8; noise of 40"
                + " and 60 dB";
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        bands.add(Band.atMost("ScaledGD: largest over least iterations", 1.1));
        if (measurement == Measurement.SENSING) {
            bands.add(Band.atMost("ScaledGD, V = U: largest over least iterations", 1.1));
        }
        bands.add(Band.between("gradient descent: power of κ in its iterations, κ from 5 to 20", 0.8, 1.2));
        bands.add(Band.between("noise floor of gradient descent over ScaledGD's", 0.9, 1.1));
        return bands;
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS, NOISE);
    }

    @Override
    public void run(Trial trial) {
        int n = n(trial.isQuick());
        int rank = rank(trial.isQuick());
        try (Arena arena = Arena.ofShared()) {
            trial.say("measuring");
            MeasurementOperator operator = measurement == Measurement.SENSING
                    ? GaussianSensing.rectangular(n, n, 5 * n * rank, trial.seed(), trial.engine(), arena)
                    : new ObservedEntries(someEntries(n, trial.random(2)), trial.engine());
            Matrix u = signs(n, rank, trial.random(3), trial.kernels());
            Matrix v = signs(n, rank, trial.random(4), trial.kernels());
            double[] scaled = new double[CONDITION_NUMBERS.length];
            double[] gradient = new double[CONDITION_NUMBERS.length];
            for (int k = 0; k < CONDITION_NUMBERS.length; k++) {
                double conditionNumber = CONDITION_NUMBERS[k];
                Measured measured = measured(u, v, conditionNumber, operator, trial);
                scaled[k] = iterations(trial, measured, "ScaledGD", new ScaledGradientDescent(), rank, conditionNumber);
                gradient[k] =
                        iterations(trial, measured, "gradient descent", new GradientDescent(), rank, conditionNumber);
            }
            trial.measure("ScaledGD: largest over least iterations", Statistics.ratio(scaled));
            trial.measure(
                    "gradient descent: power of κ in its iterations, κ from 5 to 20",
                    Statistics.power(
                            new double[] {CONDITION_NUMBERS[1], CONDITION_NUMBERS[2], CONDITION_NUMBERS[3]},
                            new double[] {gradient[1], gradient[2], gradient[3]}));
            if (measurement == Measurement.SENSING) {
                tied(trial, operator, u, rank);
            }
            noise(trial, measured(u, v, NOISY_CONDITION_NUMBER, operator, trial), rank);
        }
    }

    private static Measured measured(
            Matrix u, Matrix v, double conditionNumber, MeasurementOperator operator, Trial trial) {
        double[] values = Truth.spaced(u.columns(), conditionNumber);
        return Measured.of(Truth.of(u, v, values, trial.kernels()), operator, trial.engine());
    }

    private static Run run(String series, Method method, int rank, int limit) {
        return Run.of(series, method, Initialisation.spectral(), rank, STEP, limit);
    }

    private static double iterations(
            Trial trial, Measured measured, String method, Method iteration, int rank, double conditionNumber) {
        Run run = run(method + ", κ = " + (int) conditionNumber, iteration, rank, LIMIT)
                .to(TARGET);
        Trajectory trajectory = trial.follow(measured, run);
        trial.curve(ERRORS, run.series(), trajectory.error());
        return trajectory.iterationsTo(TARGET);
    }

    /** The published script makes V from U's seed, so that its matrix is symmetric. */
    private static void tied(Trial trial, MeasurementOperator operator, Matrix u, int rank) {
        double[] iterations = new double[CONDITION_NUMBERS.length];
        for (int k = 0; k < iterations.length; k++) {
            iterations[k] = trial.follow(
                            measured(u, u, CONDITION_NUMBERS[k], operator, trial),
                            run("ScaledGD, V = U", new ScaledGradientDescent(), rank, LIMIT)
                                    .to(TARGET))
                    .iterationsTo(TARGET);
        }
        trial.measure("ScaledGD, V = U: largest over least iterations", Statistics.ratio(iterations));
    }

    private static void noise(Trial trial, Measured measured, int rank) {
        double ratio = 1;
        double power =
                measured.problem().squaredNorm() / measured.problem().operator().length();
        for (double decibels : DECIBELS) {
            Measured noisy = measured.noisy(Math.sqrt(power * Math.pow(10, -decibels / 10)), trial.random(5));
            String at = ", " + (int) decibels + " dB";
            Trajectory scaled =
                    trial.follow(noisy, run("ScaledGD" + at, new ScaledGradientDescent(), rank, NOISY_LIMIT / 4));
            Trajectory gradient =
                    trial.follow(noisy, run("gradient descent" + at, new GradientDescent(), rank, NOISY_LIMIT));
            trial.curve(NOISE, "ScaledGD" + at, scaled.error());
            trial.curve(NOISE, "gradient descent" + at, gradient.error());
            double now = gradient.last() / scaled.last();
            ratio = Math.abs(Math.log(now)) > Math.abs(Math.log(ratio)) ? now : ratio;
        }
        trial.measure("noise floor of gradient descent over ScaledGD's", ratio);
    }

    /** The left singular vectors of a matrix of random signs. */
    private static Matrix signs(int n, int rank, Random random, Kernels kernels) {
        Matrix signs = Matrix.zeros(n, rank);
        for (int k = 0; k < signs.data().length; k++) {
            signs.data()[k] = random.nextBoolean() ? 1 : -1;
        }
        Matrix left = Matrix.zeros(n, rank);
        kernels.thinSvd(signs, left, new double[rank], Matrix.zeros(rank, rank));
        return left;
    }

    /** Each entry with a chance of {@link #SHARE}. */
    private static SparsePattern someEntries(int n, Random random) {
        int[] rowStart = new int[n + 1];
        int[] columns = new int[n * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (random.nextDouble() < SHARE) {
                    columns[count++] = j;
                }
            }
            rowStart[i + 1] = count;
        }
        return new SparsePattern(n, n, rowStart, Arrays.copyOf(columns, count));
    }
}

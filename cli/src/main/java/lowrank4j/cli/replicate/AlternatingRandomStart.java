package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lowrank4j.cli.report.Numbers;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.AlternatingPreconditionedGradientDescent;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Method;

/**
 * AltScaledGD on a matrix known in full converges from a random start that is not small, at a rate that does not feel the condition number.
 * The published script has syntax errors, so its figure cannot be had from it; its sizes, start and step are kept here.
 */
record AlternatingRandomStart() implements Figure {
    private static final Axes ERRORS = Axes.errors("published step 0.01");
    private static final Axes LONGER = Axes.errors("step 0.5");
    private static final int RANK = 5;
    private static final double DEVIATION = 0.1;
    private static final double STEP = 0.01;
    private static final double LONGER_STEP = 0.5;

    /** Of gradient descent, whose curvature at this start is about 10. */
    private static final double GRADIENT_STEP = 0.1;

    private static final double TARGET = 1e-8;
    private static final int LIMIT = 1000;
    private static final double[] CONDITION_NUMBERS = {10, 1e4};
    private static final String RATIO = "iterations to 1e-8 at step 0.5, κ = 1e4 over κ = 10";

    @Override
    public String name() {
        return "alt-scaled-gd";
    }

    @Override
    public String paper() {
        return "Jia, Wang, Peng, Feng, Meng 2023, NeurIPS 36";
    }

    @Override
    public String claim() {
        return "Alternating scaled gradient descent converges from a random start, at the same linear rate for every condition number.";
    }

    private static int n(boolean quick) {
        return quick ? 100 : 500;
    }

    @Override
    public String setUp(boolean quick) {
        return n(quick) + " x " + n(quick)
                + " known in full, r = 5, κ = 10 and 1e4 with singular values in geometric progression, start of entries"
                + " N(0, 0.01), step 0.01 and 0.5 (gradient descent 0.1), 1000 iterations";
    }

    private static String error(double conditionNumber) {
        return "AltScaledGD, κ = " + Numbers.brief(conditionNumber) + ": error after 1000 iterations of step 0.01";
    }

    private static String rate(double conditionNumber) {
        return "AltScaledGD, κ = " + Numbers.brief(conditionNumber) + ": rate in units of −log(1 − η)";
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (double conditionNumber : CONDITION_NUMBERS) {
            bands.add(Band.atMost(error(conditionNumber), 1e-3));
            bands.add(Band.between(rate(conditionNumber), 0.9, 1.1));
        }
        bands.add(Band.between(RATIO, 0.8, 1.25));
        bands.add(Band.atLeast("gradient descent, κ = 1e4: error after 1000 iterations", 1e-4));
        return bands;
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS, LONGER);
    }

    @Override
    public void run(Trial trial) {
        double[] longer = new double[CONDITION_NUMBERS.length];
        for (int k = 0; k < longer.length; k++) {
            double conditionNumber = CONDITION_NUMBERS[k];
            Measured measured = measured(trial, conditionNumber);
            String at = ", κ = " + Numbers.brief(conditionNumber);
            Method alternating = new AlternatingPreconditionedGradientDescent();
            double[] errors = trial.follow(measured, run("AltScaledGD" + at, alternating, STEP))
                    .error();
            trial.curve(ERRORS, "AltScaledGD" + at, errors);
            trial.measure(error(conditionNumber), errors[LIMIT]);
            trial.measure(rate(conditionNumber), rate(errors) / -Math.log(1 - STEP));
            double[] plain = trial.follow(measured, run("gradient descent" + at, new GradientDescent(), GRADIENT_STEP))
                    .error();
            trial.curve(ERRORS, "gradient descent, step 0.1" + at, plain);
            if (k == longer.length - 1) {
                trial.measure("gradient descent, κ = 1e4: error after 1000 iterations", plain[plain.length - 1]);
            }
            Trajectory fast = trial.follow(
                    measured, run("AltScaledGD" + at, alternating, LONGER_STEP).to(TARGET));
            trial.curve(LONGER, "AltScaledGD" + at, fast.error());
            longer[k] = fast.iterationsTo(TARGET);
        }
        trial.measure(RATIO, longer[1] / longer[0]);
    }

    private static Run run(String series, Method method, double step) {
        return Run.of(series, method, Initialisation.entries(DEVIATION, DEVIATION), RANK, step, LIMIT);
    }

    /** Decrease of the logarithm of the error an iteration, over the second half. */
    private static double rate(double[] errors) {
        return Math.log(errors[LIMIT / 2] / errors[LIMIT]) / (LIMIT - LIMIT / 2);
    }

    private static Measured measured(Trial trial, double conditionNumber) {
        int n = n(trial.isQuick());
        Matrix u = Truth.orthonormal(Truth.gaussian(n, RANK, trial.random(1)), trial.kernels());
        Matrix v = Truth.orthonormal(Truth.gaussian(n, RANK, trial.random(2)), trial.kernels());
        double[] values = IntStream.range(0, RANK)
                .mapToDouble(k -> Math.pow(conditionNumber, -(double) k / (RANK - 1)))
                .toArray();
        return Measured.of(
                Truth.of(u, v, values, trial.kernels()), EveryEntry.rectangular(n, n, trial.engine()), trial.engine());
    }
}

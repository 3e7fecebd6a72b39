package lowrank4j.cli.replicate;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Numbers;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.EarlyStoppedGradientDescent;
import lowrank4j.solver.FactorSpectrum;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Problem;

/**
 * Gradient descent on factors of many columns grows the components of a matrix of full rank one after another; stopped in between it holds the
 * best approximation of rank r, the nearer the smaller the start.
 */
record EarlyStopping() implements Figure {
    private static final Axes COMPONENTS =
            new Axes("components", "iteration", "singular values of F Gᵀ, α = 1e-7", Kind.LOG);
    private static final Axes ERRORS = Axes.errors("distance from the best approximation of rank 3");
    private static final Axes SCALES =
            new Axes("error against α", "scale of the start α", "relative error at the stop", Kind.LOG_LOG);
    private static final int RANK = 3;
    private static final int CARRIED = 40;
    private static final double[] LEADING = {1, 0.8, 0.6};
    private static final double NEXT = 0.2;
    private static final double STEP = 0.1;
    private static final double[] SCALE = {1e-3, 1e-5, 1e-7, 1e-9};
    private static final double DRAWN = 1e-7;
    private static final int LIMIT = 3000;
    private static final String POWER = "power of α in the error at the stop";
    private static final String WITHIN = "share of the starts whose least error is within the window";
    private static final String LEAST = "power of α in the least error";
    private static final String LATE = "error after 3000 iterations over that at the stop, α = 1e-7";
    private static final String LARGER = "error at the stop, twice the order over this order, α = 1e-7";
    private static final String ITERATIONS = "iterations to the stop: deviation from a line in log α, relative";

    @Override
    public String name() {
        return "early-stopping";
    }

    @Override
    public String paper() {
        return "Jiang, Chen, Ding 2023, SIMODS 5(3) (arXiv 2203.02839)";
    }

    @Override
    public String claim() {
        return "Over-parametrised descent from a small start passes by the best approximation of every rank with a gap behind it: stopped there its"
                + " error is a power of α, whatever the size and the rank carried.";
    }

    private static int n(boolean quick) {
        return quick ? 80 : 200;
    }

    @Override
    public String setUp(boolean quick) {
        return n(quick) + " x " + n(quick) * 3 / 4
                + " known in full, singular values 1, 0.8, 0.6, then 0.2 falling to 0, " + CARRIED
                + " columns, step 0.1, α = 1e-3 ... 1e-9, stopped midway between T(σ₃) and T(σ₄)";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between(POWER, 0.3, 1),
                Band.atLeast(WITHIN, 1),
                Band.between(LEAST, 0.7, 1.3),
                Band.atLeast(LATE, 100),
                Band.between(LARGER, 0.3, 3),
                Band.atMost(ITERATIONS, 0.02));
    }

    @Override
    public List<Axes> axes() {
        return List.of(COMPONENTS, ERRORS, SCALES);
    }

    @Override
    public void run(Trial trial) {
        Measured measured = measured(trial, n(trial.isQuick()));
        double[] atStop = new double[SCALE.length];
        double[] iterations = new double[SCALE.length];
        double within = 0;
        double[] leasts = new double[SCALE.length];
        for (int k = 0; k < SCALE.length; k++) {
            Trajectory stopped = trial.follow(measured, stopped(SCALE[k]));
            atStop[k] = stopped.last();
            iterations[k] = stopped.error().length - 1.0;
            trial.point(SCALES, "at the stop", SCALE[k], atStop[k]);
            double[] errors = trial.follow(measured, onwards(trial, SCALE[k])).error();
            int least = IntStream.range(0, errors.length).reduce(0, (best, t) -> errors[t] < errors[best] ? t : best);
            trial.point(SCALES, "least on the way", SCALE[k], errors[least]);
            within += isWithin(least, SCALE[k]) ? 1.0 / SCALE.length : 0;
            leasts[k] = errors[least];
            trial.curve(ERRORS, "α = " + Numbers.brief(SCALE[k]), errors);
            if (SCALE[k] == DRAWN) {
                trial.measure(LATE, errors[LIMIT] / atStop[k]);
                Measured larger = measured(trial, 2 * n(trial.isQuick()));
                trial.measure(LARGER, trial.follow(larger, stopped(SCALE[k])).last() / atStop[k]);
            }
        }
        trial.measure(POWER, Statistics.power(SCALE, atStop));
        trial.measure(WITHIN, within);
        trial.measure(LEAST, Statistics.power(SCALE, leasts));
        double[] logarithms = Arrays.stream(SCALE).map(Math::log).toArray();
        double slope = Statistics.slope(logarithms, iterations);
        trial.measure(ITERATIONS, Statistics.deviation(logarithms, iterations, slope) / iterations[SCALE.length - 1]);
    }

    private static Run stopped(double scale) {
        return Run.of(
                "α = " + Numbers.brief(scale) + ", stopped early",
                new EarlyStoppedGradientDescent(OptionalInt.of(RANK)),
                Initialisation.gaussian(scale),
                CARRIED,
                STEP,
                LIMIT);
    }

    private static Run onwards(Trial trial, double scale) {
        Run run = Run.of(
                "α = " + Numbers.brief(scale),
                new GradientDescent(),
                Initialisation.gaussian(scale),
                CARRIED,
                STEP,
                LIMIT);
        return scale == DRAWN
                ? run.watchedBy((event, factors) -> {
                    if (event.iteration() % 20 == 0) {
                        draw(trial, event.iteration(), factors);
                    }
                })
                : run;
    }

    private static void draw(Trial trial, int iteration, Factors factors) {
        double[] values = new FactorSpectrum(factors, trial.kernels()).values();
        for (int k = 0; k <= RANK + 1; k++) {
            trial.point(COMPONENTS, "σ" + (k + 1), iteration, values[k]);
        }
    }

    private static boolean isWithin(int iteration, double scale) {
        return iteration >= growth(LEADING[RANK - 1], scale) && iteration <= growth(NEXT, scale);
    }

    /** T(σ). */
    private static double growth(double sigma, double scale) {
        return Math.log(Math.sqrt(sigma) / scale) / Math.log1p(STEP * sigma);
    }

    /** A matrix of full rank; the truth is its best approximation of rank 3. */
    private static Measured measured(Trial trial, int n) {
        Kernels kernels = trial.kernels();
        int columns = n * 3 / 4;
        Matrix u = Truth.orthonormal(Truth.gaussian(n, columns, trial.random(1)), kernels);
        Matrix v = Truth.orthonormal(Truth.gaussian(columns, columns, trial.random(2)), kernels);
        Truth best =
                Truth.of(u.columnRange(0, RANK).copy(), v.columnRange(0, RANK).copy(), LEADING, kernels);
        double[] values = IntStream.range(0, columns)
                .mapToDouble(k -> k < RANK ? LEADING[k] : NEXT * (columns - k) / (columns - RANK))
                .toArray();
        Truth.scaleColumns(u, values);
        EveryEntry operator = EveryEntry.rectangular(n, columns, trial.engine());
        double[] entries = new Factors(u, v).toMatrix().toArray();
        return new Measured(best, new Problem(operator, entries, trial.engine()));
    }
}

package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Numbers;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.FlatMinimumDescent;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Method;
import lowrank4j.solver.ScaledTrace;

/**
 * Of the over-parametrised factors that meet the measurements the flattest are those of the matrix: descent from a start that is not small
 * meets them elsewhere, and a little of the scaled trace as a penalty leads it there, the nearer the less of it.
 */
record FlatMinima() implements Figure {
    private static final Axes ERRORS = Axes.errors("error");
    private static final Axes TRACES =
            new Axes("scaled trace", "iteration", "scaled trace over that of the flattest", Kind.LINEAR);
    private static final int N = 30;
    private static final int TRUE_RANK = 2;
    private static final int RANK = 20;
    private static final int MEASUREMENTS = 3 * 2 * N * TRUE_RANK;
    private static final double STEP = 0.2;
    private static final double SCALE = 1;
    private static final int LIMIT = 6000;
    private static final double[] WEIGHTS = {0.02, 0.01, 0.005};
    private static final String PLAIN_RESIDUAL = "plain descent: relative residual at its end";
    private static final String PLAIN_ERROR = "plain descent: error at its end";
    private static final String PLAIN_TRACE = "plain descent: scaled trace over that of the flattest";
    private static final String FLAT_TRACE = "with the penalty, τ = 0.005: scaled trace over that of the flattest";
    private static final String FLAT_ERROR = "with the penalty, τ = 0.005: error at its end";
    private static final String POWER = "power of τ in the error";

    @Override
    public String name() {
        return "flat-minima";
    }

    @Override
    public String paper() {
        return "Ding, Drusvyatskiy, Fazel, Harchaoui 2024, Information and Inference (arXiv 2203.03756)";
    }

    @Override
    public String claim() {
        return "The flattest over-parametrised factors that meet Gaussian measurements are those of the matrix; others meet them as well, and"
                + " are far from it.";
    }

    @Override
    public String setUp(boolean quick) {
        return "30 x 30, r* = 2, κ = 2, 20 columns, m = 3 (n1 + n2) r* = " + MEASUREMENTS
                + ", start αG with α = 1, step 0.2, τ = 0.02, 0.01, 0.005, 6000 iterations";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost(PLAIN_RESIDUAL, 1e-6),
                Band.atLeast(PLAIN_ERROR, 0.1),
                Band.atLeast(PLAIN_TRACE, 1.2),
                Band.between(FLAT_TRACE, 0.9, 1.05),
                Band.atMost(FLAT_ERROR, 0.05),
                Band.between(POWER, 0.8, 1.2));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS, TRACES);
    }

    @Override
    public void run(Trial trial) {
        try (Arena arena = Arena.ofShared()) {
            Measured measured = Measured.of(
                    Truth.rectangular(N, N, TRUE_RANK, 2, trial.random(1), trial.kernels()),
                    GaussianSensing.rectangular(N, N, MEASUREMENTS, trial.seed(), trial.engine(), arena),
                    trial.engine());
            ScaledTrace trace = new ScaledTrace(measured.problem(), 1);
            Course plain = follow(trial, measured, trace, "plain descent", new GradientDescent());
            trial.measure(PLAIN_RESIDUAL, plain.residual());
            trial.measure(PLAIN_ERROR, plain.error());
            trial.measure(PLAIN_TRACE, plain.trace());
            double[] errors = new double[WEIGHTS.length];
            for (int k = 0; k < WEIGHTS.length; k++) {
                Course flat = follow(
                        trial,
                        measured,
                        trace,
                        "τ = " + Numbers.brief(WEIGHTS[k]),
                        new FlatMinimumDescent(OptionalDouble.of(WEIGHTS[k])));
                errors[k] = flat.error();
                if (k == WEIGHTS.length - 1) {
                    trial.measure(FLAT_TRACE, flat.trace());
                    trial.measure(FLAT_ERROR, flat.error());
                }
            }
            trial.measure(POWER, Statistics.power(WEIGHTS, errors));
        }
    }

    /**
     * How a run ended.
     *
     * @param error relative
     * @param residual relative
     * @param trace of the Hessian, in units of that of the balanced factors of the truth
     */
    private record Course(double error, double residual, double trace) {}

    private static Course follow(Trial trial, Measured measured, ScaledTrace trace, String series, Method method) {
        double flattest = trace.at(balanced(measured.truth().factors()));
        List<Double> traces = new ArrayList<>();
        Run run = Run.of(series, method, Initialisation.gaussian(SCALE), RANK, STEP, LIMIT)
                .watchedBy((event, factors) -> traces.add(trace.at(factors) / flattest));
        Trajectory trajectory = trial.follow(measured, run);
        trial.curve(ERRORS, series, trajectory.error());
        trial.curve(TRACES, series, traces.stream().mapToDouble(t -> t).toArray());
        return new Course(
                trajectory.last(), trajectory.outcome().trace().getLast().relativeResidual(), traces.getLast());
    }

    /** U Σ^½ and V Σ^½ for factors U Σ and V. */
    private static Factors balanced(Factors factors) {
        Factors balanced = factors.copy();
        for (int k = 0; k < factors.rank(); k++) {
            double square = 0;
            for (int i = 0; i < factors.rows(); i++) {
                square += factors.left().get(i, k) * factors.left().get(i, k);
            }
            double root = Math.sqrt(Math.sqrt(square));
            for (int i = 0; i < factors.rows(); i++) {
                balanced.left().set(i, k, factors.left().get(i, k) / root);
            }
            for (int j = 0; j < factors.columns(); j++) {
                balanced.right().set(j, k, factors.right().get(j, k) * root);
            }
        }
        return balanced;
    }
}

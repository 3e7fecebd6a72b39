package lowrank4j.cli.replicate;

import java.util.List;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import lowrank4j.solver.DeflatedDescent;

/** Eigenpairs one after another by steps of η/‖x‖²: as fast from any scale of the start, at the rate that the gap gives. */
record OneByOne() implements Figure {
    private static final Axes ERRORS =
            new Axes("first eigenpair", "iteration", "relative gradient ‖Σx − ‖x‖²x‖/‖Σx‖", Kind.LOG);
    private static final int N = 200;
    private static final int RANK = 5;
    private static final double STEP = 0.5;
    private static final double RATIO = 0.8;
    private static final double TARGET = 1e-10;
    private static final int LIMIT = 2000;
    private static final double[] SCALES = {1e-3, 1, 1e3};

    @Override
    public String name() {
        return "k-svd";
    }

    @Override
    public String paper() {
        return "Gan, Jedra, Shah 2025 (arXiv 2502.00320)";
    }

    @Override
    public String claim() {
        return "Gradient descent on one vector with step η/‖x‖², and deflation, finds the leading eigenpairs linearly from any start.";
    }

    @Override
    public String setUp(boolean quick) {
        return "200 x 200, eigenvalues 0.8ᵏ, the first 5, η = ½, start of norm 0.001, 1, 1000, to a relative gradient of 1e-10";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between("iterations for the first over log(1e-10)/log(1 − η(1 − λ₂/λ₁))", 0.8, 1.2),
                Band.between("iterations for the fifth over the same", 0.7, 1.2),
                Band.atMost("iterations from the slowest scale of the start over those from the fastest", 1.15),
                Band.atMost("largest relative error of the 5 eigenvalues", 1e-8));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        Matrix vectors = Truth.orthonormal(Truth.gaussian(N, N, trial.random(1)), trial.kernels());
        Matrix scaled = vectors.copy();
        double[] values = new double[N];
        for (int k = 0; k < N; k++) {
            values[k] = Math.pow(RATIO, k);
        }
        Truth.scaleColumns(scaled, values);
        Matrix sigma = Matrix.zeros(N, N);
        trial.kernels().multiplyTransposed(1, scaled, vectors, 0, sigma);
        LinearMap map = EveryEntry.symmetric(N, trial.engine()).adjoint(sigma.data());
        double predicted = Math.log(TARGET) / Math.log(1 - STEP * (1 - RATIO));
        double[] iterations = new double[SCALES.length];
        for (int k = 0; k < SCALES.length; k++) {
            String series = "start of norm " + (SCALES[k] < 1 ? "0.001" : String.valueOf((int) SCALES[k]));
            trial.say(series);
            DeflatedDescent descent = new DeflatedDescent(map, RANK, STEP, SCALES[k], trial.seed(), trial.kernels());
            iterations[k] = converge(descent, series, trial);
            if (SCALES[k] == 1) {
                trial.measure(
                        "iterations for the first over log(1e-10)/log(1 − η(1 − λ₂/λ₁))", iterations[k] / predicted);
                others(descent, values, predicted, trial);
            }
        }
        trial.measure(
                "iterations from the slowest scale of the start over those from the fastest",
                Statistics.ratio(iterations));
    }

    private static void others(DeflatedDescent descent, double[] values, double predicted, Trial trial) {
        double worst = Math.abs(descent.value() / values[0] - 1);
        double last = 0;
        for (int k = 1; k < RANK; k++) {
            descent.deflate();
            last = converge(descent, "", trial);
            worst = Math.max(worst, Math.abs(descent.value() / values[k] - 1));
        }
        trial.measure("iterations for the fifth over the same", last / predicted);
        trial.measure("largest relative error of the 5 eigenvalues", worst);
    }

    /** Iterations of one eigenpair, drawn if the series has a name. */
    private static double converge(DeflatedDescent descent, String series, Trial trial) {
        for (int t = 1; t <= LIMIT; t++) {
            descent.step();
            if (!series.isEmpty()) {
                trial.point(ERRORS, series, t - 1, descent.relativeGradient());
            }
            if (descent.relativeGradient() <= TARGET) {
                return t;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}

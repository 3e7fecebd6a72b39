package lowrank4j.cli.replicate;

import java.util.List;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.SampledSubspaceDescent;
import lowrank4j.solver.SampledSubspaceDescent.Inverse;
import lowrank4j.solver.SampledSubspaceDescent.Sampling;

/** From sampled entries alone, unbiased estimates lead to the principal subspace where the best fits to samples lag far behind. */
record SampledSubspace() implements Figure {
    private static final Axes SINES =
            new Axes("distance over steps", "step", "distance ‖P − QQᵀP‖ from it", Kind.LOG_LOG);
    private static final int N = 50;
    private static final int RANK = 5;
    private static final int BATCH = 8;
    private static final int CORRECTIONS = 60;
    private static final double RELAXATION = 1.9;
    private static final double STEP = 0.2;

    /** Steps after which the step begins to fall as one over their number. */
    private static final double PATIENCE = 2000;

    /** Deviation of the logarithm of the scale of a row. */
    private static final double UNEVENNESS = 0.7;

    @Override
    public String name() {
        return "sampled-subspace";
    }

    @Override
    public String paper() {
        return "Le Lan et al. 2023, AISTATS (arXiv 2212.04025)";
    }

    @Override
    public String claim() {
        return "With two independent unbiased estimates of the weights the distance falls as one over the square root of the steps; with those that fit a sample best it stays several times as far.";
    }

    @Override
    public String setUp(boolean quick) {
        return "50 x 50 of full rank, d = 5, batches of " + BATCH + ", κ = 1.9, step falling as one over their number, "
                + (quick ? "25,600" : "204,800") + " steps";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("unbiased: distance at the end", 0.2),
                Band.atMost("unbiased: distance at the end over that at a quarter", 0.7),
                Band.atLeast("best fit to a sample: distance at the end over the unbiased one", 3));
    }

    @Override
    public List<Axes> axes() {
        return List.of(SINES);
    }

    @Override
    public void run(Trial trial) {
        Kernels kernels = trial.kernels();
        Matrix left = Truth.gaussian(N, N, trial.random(1));
        for (int i = 0; i < N; i++) {
            double scale = Math.exp(UNEVENNESS * trial.random(100 + i).nextGaussian());
            for (int k = 0; k < N; k++) {
                left.set(i, k, scale * left.get(i, k));
            }
        }
        left = Truth.orthonormal(left, kernels);
        Matrix leading = left.columnRange(0, RANK).copy();
        double[] values = new double[N];
        for (int k = 0; k < N; k++) {
            values[k] = N * (k < RANK ? 1 - 0.1 * k : 0.3 * (N - k) / (N - RANK));
        }
        Truth.scaleColumns(left, values);
        Matrix psi = Matrix.zeros(N, N);
        kernels.multiplyTransposed(1, left, Truth.orthonormal(Truth.gaussian(N, N, trial.random(2)), kernels), 0, psi);
        Matrix start = Truth.gaussian(N, RANK, trial.random(3));
        double[] unbiased = distances("unbiased estimates", Inverse.NEUMANN, psi, start, leading, trial);
        double[] biased = distances("best fit to a sample", Inverse.SAMPLED, psi, start, leading, trial);
        int last = unbiased.length - 1;
        trial.measure("unbiased: distance at the end", unbiased[last]);
        trial.measure("unbiased: distance at the end over that at a quarter", unbiased[last] / unbiased[last - 2]);
        trial.measure("best fit to a sample: distance at the end over the unbiased one", biased[last] / unbiased[last]);
    }

    /** Distances at steps that double, the last at the end. */
    private static double[] distances(
            String series, Inverse inverse, Matrix psi, Matrix start, Matrix leading, Trial trial) {
        trial.say(series);
        SampledSubspaceDescent descent = new SampledSubspaceDescent(
                psi::get,
                psi.columns(),
                start,
                new Sampling(inverse, BATCH, CORRECTIONS, RELAXATION),
                trial.seed(),
                trial.kernels());
        int steps = trial.size(204_800, 25_600);
        double[] distances = new double[12];
        for (int t = 1, at = 0; t <= steps; t++) {
            descent.step(STEP / (1 + t / PATIENCE));
            if (t == steps >> (distances.length - 1 - at)) {
                distances[at] = sine(descent.basis(), leading, trial.kernels());
                trial.point(SINES, series, t, distances[at++]);
            }
        }
        return distances;
    }

    /** ‖P - QQᵀP‖ for orthonormal P and Q. */
    private static double sine(Matrix p, Matrix q, Kernels kernels) {
        Matrix inner = Matrix.zeros(q.columns(), p.columns());
        kernels.transposedMultiply(1, q, p, 0, inner);
        Matrix gap = p.copy();
        kernels.multiply(-1, q, inner, 1, gap);
        return Math.sqrt(kernels.dot(gap, gap));
    }
}

package lowrank4j.cli.replicate;

import java.util.List;
import java.util.Random;
import lowrank4j.LowRankApproximation;
import lowrank4j.WeightedLowRankApproximation;
import lowrank4j.WeightedLowRankApproximation.Weighted;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Under weights of low rank one singular value decomposition is at least as good as the best approximation that iterations find; with
 * weights near rank one it is nearly so at the same rank.
 */
record WeightedApproximation() implements Figure {
    private static final Axes LOW_RANK = new Axes(
            "weights of rank 2", "rank k of the rivals", "weighted relative error ‖W∘(A − B)‖/‖W∘A‖", Kind.LOG);
    private static final Axes NEAR_ONE =
            new Axes("weights near rank 1", "rank k of all", "weighted relative error ‖W∘(A − B)‖/‖W∘A‖", Kind.LOG);
    private static final int[] RANKS = {2, 5, 10, 20};
    private static final int WEIGHT_RANK = 2;
    private static final int SWEEPS = 30;
    private static final int RESTARTS = 3;

    /** Deviation of the logarithm of the weights from that of weights of rank one. */
    private static final double ROUGHNESS = 0.3;

    @Override
    public String name() {
        return "weighted";
    }

    @Override
    public String paper() {
        return "Woodruff, Yasuda 2024, ICML: reweighted solutions for weighted low rank approximation";
    }

    @Override
    public String claim() {
        return "The singular value decomposition of W∘A, divided by W, errs at most as much as the best approximation of rank k.";
    }

    @Override
    public String setUp(boolean quick) {
        return "A " + (quick ? "80 x 60" : "200 x 150")
                + ", singular values 1/k, weights log-normal, of rank 2, or of rank 1 times"
                + " exp(N(0, 0.09)) for each entry; k = 2, 5, 10, 20; rivals of rank k: truncated decomposition of A, expectation-maximisation"
                + " and weighted alternating least squares, " + SWEEPS + " sweeps, the best of " + RESTARTS + " starts";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("weights of rank 2: largest error over that of the best found of rank k", 1),
                Band.atMost("weights near rank 1: largest error over that of the truncated decomposition", 0.999),
                Band.atMost("weights near rank 1: largest error over that of the best found of rank k", 1.25),
                Band.atMost("weights near rank 1: largest error over its bound", 1));
    }

    @Override
    public List<Axes> axes() {
        return List.of(LOW_RANK, NEAR_ONE);
    }

    @Override
    public void run(Trial trial) {
        int n1 = trial.size(200, 80);
        int n2 = trial.size(150, 60);
        Matrix a = decaying(n1, n2, trial);
        Problem low = new Problem(a, lowRankWeights(n1, n2, trial.random(2)), trial);
        double worst = 0;
        for (int k : RANKS) {
            trial.say("weights of rank 2, k = " + k);
            double ours = low.ours(k, WEIGHT_RANK).relativeError();
            trial.point(LOW_RANK, "W∘A decomposed, rank 2k over rank 2", k, ours);
            worst = Math.max(worst, ours / low.rivals(LOW_RANK, k));
        }
        trial.measure("weights of rank 2: largest error over that of the best found of rank k", worst);
        Problem near = new Problem(a, nearRankOneWeights(n1, n2, trial.random(3)), trial);
        double overPlain = 0;
        double overBest = 0;
        double overBound = 0;
        for (int k : RANKS) {
            trial.say("weights near rank 1, k = " + k);
            Weighted ours = near.ours(k, 1);
            trial.point(NEAR_ONE, "W∘A decomposed", k, ours.relativeError());
            double best = Math.min(near.rivals(NEAR_ONE, k), ours.relativeError());
            overPlain = Math.max(overPlain, ours.relativeError() / near.truncated(k));
            overBest = Math.max(overBest, ours.relativeError() / best);
            overBound = Math.max(overBound, ours.relativeError() / (ours.distortion() * best));
        }
        trial.measure("weights near rank 1: largest error over that of the truncated decomposition", overPlain);
        trial.measure("weights near rank 1: largest error over that of the best found of rank k", overBest);
        trial.measure("weights near rank 1: largest error over its bound", overBound);
    }

    /** Singular values 1, 1/2, 1/3 ... */
    private static Matrix decaying(int n1, int n2, Trial trial) {
        Matrix left = Truth.orthonormal(Truth.gaussian(n1, n2, trial.random(0)), trial.kernels());
        Matrix right = Truth.orthonormal(Truth.gaussian(n2, n2, trial.random(1)), trial.kernels());
        double[] values = new double[n2];
        for (int k = 0; k < n2; k++) {
            values[k] = 1.0 / (k + 1);
        }
        Truth.scaleColumns(left, values);
        Matrix a = Matrix.zeros(n1, n2);
        trial.kernels().multiplyTransposed(1, left, right, 0, a);
        return a;
    }

    private static Matrix logNormal(int rows, int columns, double deviation, Random random) {
        Matrix matrix = Truth.gaussian(rows, columns, random);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = Math.exp(deviation * matrix.data()[k]);
        }
        return matrix;
    }

    private static Matrix lowRankWeights(int n1, int n2, Random random) {
        return new Factors(logNormal(n1, WEIGHT_RANK, 1, random), logNormal(n2, WEIGHT_RANK, 1, random)).toMatrix();
    }

    private static Matrix nearRankOneWeights(int n1, int n2, Random random) {
        Matrix weights = new Factors(logNormal(n1, 1, 1, random), logNormal(n2, 1, 1, random)).toMatrix();
        Matrix rough = logNormal(n1, n2, ROUGHNESS, random);
        for (int k = 0; k < rough.data().length; k++) {
            weights.data()[k] *= rough.data()[k];
        }
        return weights;
    }

    /** A matrix with its weights, and the rivals. */
    private record Problem(Matrix a, Matrix weights, Trial trial) {
        Weighted ours(int k, int weightRank) {
            return WeightedLowRankApproximation.ofRank(a, weights, k, weightRank, trial.engine());
        }

        /** Draws the rivals of rank k; the least of their errors. */
        double rivals(Axes axes, int k) {
            double truncated = truncated(k);
            double maximised = error(expectationMaximisation(k));
            double alternating = Double.POSITIVE_INFINITY;
            for (int start = 0; start < RESTARTS; start++) {
                alternating = Math.min(alternating, error(alternatingLeastSquares(k, trial.random(10 + start))));
            }
            trial.point(axes, "truncated decomposition of A", k, truncated);
            trial.point(axes, "expectation-maximisation", k, maximised);
            trial.point(axes, "alternating least squares", k, alternating);
            return Math.min(truncated, Math.min(maximised, alternating));
        }

        double truncated(int k) {
            return error(product(truncation(a, k)));
        }

        private Factors truncation(Matrix matrix, int k) {
            return LowRankApproximation.ofRank(matrix, k, trial.engine()).factors();
        }

        private Matrix product(Factors factors) {
            Matrix product = Matrix.zeros(a.rows(), a.columns());
            trial.kernels().multiplyTransposed(1, factors.left(), factors.right(), 0, product);
            return product;
        }

        private double error(Matrix estimate) {
            double gap = 0;
            double norm = 0;
            for (int k = 0; k < a.data().length; k++) {
                double weight = weights.data()[k] * weights.data()[k];
                gap += weight * Math.pow(a.data()[k] - estimate.data()[k], 2);
                norm += weight * Math.pow(a.data()[k], 2);
            }
            return Math.sqrt(gap / norm);
        }

        /** B ← rank k part of {@code w∘A + (1 - w)∘B}, w = W²/max W² (Srebro, Jaakkola 2003). */
        private Matrix expectationMaximisation(int k) {
            double largest = 0;
            for (double weight : weights.data()) {
                largest = Math.max(largest, weight);
            }
            Matrix b = product(truncation(a, k));
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                for (int i = 0; i < b.data().length; i++) {
                    double share = Math.pow(weights.data()[i] / largest, 2);
                    b.data()[i] = share * a.data()[i] + (1 - share) * b.data()[i];
                }
                b = product(truncation(b, k));
            }
            return b;
        }

        private Matrix alternatingLeastSquares(int k, Random random) {
            Matrix left = Matrix.zeros(a.rows(), k);
            Matrix right = Truth.gaussian(a.columns(), k, random);
            Matrix transposed = a.transposed();
            Matrix transposedWeights = weights.transposed();
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                solve(a, weights, right, left, trial.kernels());
                solve(transposed, transposedWeights, left, right, trial.kernels());
            }
            return product(new Factors(left, right));
        }

        /** Row i of {@code unknown} least in {@code Σ_j w_ij²(a_ij - x·fixed_j)²}. */
        private static void solve(Matrix a, Matrix weights, Matrix fixed, Matrix unknown, Kernels kernels) {
            int k = fixed.columns();
            Matrix systems = Matrix.zeros(a.rows() * k, k);
            Matrix scaled = Matrix.zeros(fixed.rows(), k);
            Matrix targets = Matrix.zeros(fixed.rows(), 1);
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < fixed.rows(); j++) {
                    double weight = weights.get(i, j);
                    targets.set(j, 0, weight * a.get(i, j));
                    for (int c = 0; c < k; c++) {
                        scaled.set(j, c, weight * fixed.get(j, c));
                    }
                }
                kernels.gram(scaled, systems.rowRange(i * k, (i + 1) * k));
                kernels.transposedMultiply(1, targets, scaled, 0, unknown.rowRange(i, i + 1));
            }
            kernels.choleskySolveEach(systems, unknown);
        }
    }
}

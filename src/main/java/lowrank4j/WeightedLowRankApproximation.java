package lowrank4j;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;

/**
 * A known matrix A approximated under weights, {@code min ‖W∘(A - B)‖} in the Frobenius norm, by one singular value decomposition: that of
 * {@code W∘A}, cut at rank s·k and divided entrywise by W, s the rank of W (Woodruff, Yasuda 2024, ICML). It errs no more than the best
 * B of rank k does, since {@code W∘B} has a rank of at most s·k; finding that B is NP-hard. What comes out is not of rank k itself, but
 * takes as few numbers: (n1 + n2)·s·(k + 1).
 *
 * <p>Weights of full rank are replaced by their best approximation of rank s, which the division needs to be positive: that of rank 1
 * always is, and gives a result of rank k in the usual sense. Cost: a singular value decomposition of W and one of A.
 */
public final class WeightedLowRankApproximation {
    private WeightedLowRankApproximation() {}

    /**
     * {@code B_ij = numerator_ij / divisor_ij}.
     *
     * @param numerator of rank s·k, the factors of {@code W∘A}
     * @param divisor of rank s, the factors of the weights that were divided by; positive everywhere
     * @param relativeError ‖W∘(A - B)‖/‖W∘A‖ with the weights as given; 0 for A = 0
     * @param distortion {@code max(W/divisor)·max(divisor/W)}, at least 1: ‖W∘(A - B)‖ is at most so many times that of the best B of rank k
     */
    public record Weighted(Factors numerator, Factors divisor, double relativeError, double distortion) {
        /** Entry (row, column) of B. Cost: 2s(k + 1) flops. */
        public double entry(int row, int column) {
            return numerator.entry(row, column) / divisor.entry(row, column);
        }

        /** B as factors of rank k, where the weights were replaced by those of rank 1. */
        public Factors factors() {
            if (divisor.rank() != 1) {
                throw new InvalidArgumentException("the weights divided by are of rank " + divisor.rank()
                        + ", but must be of rank 1 for the approximation to be a product of two factors");
            }
            return new Factors(
                    rowsOver(numerator.left(), divisor.left()), rowsOver(numerator.right(), divisor.right()));
        }

        private static Matrix rowsOver(Matrix factor, Matrix weights) {
            Matrix scaled = factor.copy();
            for (int i = 0; i < scaled.rows(); i++) {
                for (int k = 0; k < scaled.columns(); k++) {
                    scaled.set(i, k, scaled.get(i, k) / weights.get(i, 0));
                }
            }
            return scaled;
        }
    }

    /** {@link #ofRank(Matrix, Matrix, int, int, Engine)} with weights of rank 1: the result is of the rank asked for. */
    public static Weighted ofRank(Matrix x, Matrix weights, int rank, Engine engine) {
        return ofRank(x, weights, rank, 1, engine);
    }

    /**
     * The approximation that is at least as good, up to its distortion, as the best of rank k.
     *
     * @param x A, finite, at least 1×1
     * @param weights W, as large as x, finite and above 0; entries that are not known at all are for {@link MatrixCompletion}
     * @param rank k, 1 … min(n1, n2)
     * @param weightRank s, 1 … min(n1, n2); the rank of W, or smaller: the approximation of W must come out positive
     */
    public static Weighted ofRank(Matrix x, Matrix weights, int rank, int weightRank, Engine engine) {
        LowRankApproximation.requireMatrix(x);
        requireWeights(x, weights);
        int most = Math.min(x.rows(), x.columns());
        if (rank < 1 || rank > most || weightRank < 1 || weightRank > most) {
            throw new InvalidArgumentException("rank is " + rank + " and weightRank " + weightRank
                    + ", but both must be from 1 to min(n1, n2) = " + most);
        }
        Factors divisor =
                LowRankApproximation.ofRank(weights, weightRank, engine).factors();
        Matrix used = product(divisor, engine);
        double distortion = distortion(weights, used);
        Matrix weighted = times(used, x);
        int product = (int) Math.min((long) rank * weightRank, most);
        Factors numerator =
                LowRankApproximation.ofRank(weighted, product, engine).factors();
        Matrix gap = product(numerator, engine);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                gap.set(i, j, weights.get(i, j) * (x.get(i, j) - gap.get(i, j) / used.get(i, j)));
            }
        }
        double norm = norm(times(weights, x), engine);
        return new Weighted(numerator, divisor, norm == 0 ? 0 : norm(gap, engine) / norm, distortion);
    }

    private static void requireWeights(Matrix x, Matrix weights) {
        if (weights.rows() != x.rows() || weights.columns() != x.columns()) {
            throw new InvalidArgumentException("the weights are " + weights.shape() + ", but the matrix is " + x.shape()
                    + ": each entry must have one");
        }
        for (int i = 0; i < weights.rows(); i++) {
            for (int j = 0; j < weights.columns(); j++) {
                double weight = weights.get(i, j);
                if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new InvalidArgumentException("the weight at (" + i + ", " + j + ") is " + weight
                            + ", but must be above 0 and finite, for it is divided by: give what hardly counts a small"
                            + " weight, or complete the matrix from the entries that count");
                }
            }
        }
    }

    /** {@code max(W/used)·max(used/W)}, if those used are positive. */
    private static double distortion(Matrix weights, Matrix used) {
        double above = 0;
        double below = 0;
        for (int i = 0; i < weights.rows(); i++) {
            for (int j = 0; j < weights.columns(); j++) {
                if (!(used.get(i, j) > 0)) {
                    throw new InvalidArgumentException("the weight at (" + i + ", " + j + ") is " + weights.get(i, j)
                            + ", but " + used.get(i, j)
                            + " in the approximation of the weights of the rank given: take another weightRank; 1"
                            + " always divides");
                }
                above = Math.max(above, weights.get(i, j) / used.get(i, j));
                below = Math.max(below, used.get(i, j) / weights.get(i, j));
            }
        }
        return above * below;
    }

    private static Matrix product(Factors factors, Engine engine) {
        Matrix product = Matrix.zeros(factors.rows(), factors.columns());
        EveryEntry.rectangular(factors.rows(), factors.columns(), engine).forward(factors, product.data());
        return product;
    }

    private static Matrix times(Matrix weights, Matrix x) {
        Matrix weighted = Matrix.zeros(x.rows(), x.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                weighted.set(i, j, weights.get(i, j) * x.get(i, j));
            }
        }
        return weighted;
    }

    private static double norm(Matrix matrix, Engine engine) {
        return Math.sqrt(engine.kernels().dot(matrix, matrix));
    }
}

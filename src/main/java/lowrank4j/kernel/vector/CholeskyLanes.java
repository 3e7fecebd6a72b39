package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import lowrank4j.matrix.Matrix;

/**
 * Many small systems at once, system p of a group in lane p: every step of the formulas is one vector operation for all of them,
 * so that even an order of two fills the vectors.
 */
final class CholeskyLanes {
    private static final double EPS = 0x1p-53;

    private CholeskyLanes() {}

    static int solveEach(Matrix systems, Matrix x) {
        int r = x.columns();
        Scratch scratch = Scratch.ofThread();
        double[] s = scratch.block((long) r * r * COUNT);
        double[] solution = scratch.lanesOfX(r * COUNT);
        double[] limit = scratch.tile;
        int refused = 0;
        for (int first = 0; first < x.rows(); first += COUNT) {
            int count = Math.min(COUNT, x.rows() - first);
            load(systems, x, first, count, s, solution, limit);
            factor(s, r, limit);
            substitute(s, r, solution);
            refused += store(solution, x, first, count, limit);
        }
        return refused;
    }

    /**
     * Lane p: the lower triangle of system p, its right-hand side, and r·eps times its largest diagonal entry; idle lanes keep what
     * they held.
     */
    private static void load(
            Matrix systems, Matrix x, int first, int count, double[] s, double[] solution, double[] limit) {
        int r = x.columns();
        for (int i = 0; i < r; i++) {
            int row = systems.rowOffset(first * r + i);
            Updates.transpose(systems.data(), row, r * systems.stride(), count, i + 1, s, i * r * COUNT, COUNT);
        }
        Updates.transpose(x.data(), x.rowOffset(first), x.stride(), count, r, solution, 0, COUNT);
        limits(s, r, limit);
    }

    private static void limits(double[] s, int r, double[] limit) {
        DoubleVector largest = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < r; i++) {
            largest = fromArray(DOUBLES, s, i * (r + 1) * COUNT).max(largest);
        }
        Lanes.exact(largest).mul(r * EPS).intoArray(limit, 0);
    }

    /**
     * {@code S = CCᵀ} column by column, with the inverses of C's diagonal in its place; the limit of a lane that is refused becomes
     * NaN. Each column is taken off the rest at once, so that no loop carries a vector round.
     */
    private static void factor(double[] s, int r, double[] limit) {
        int row = r * COUNT;
        for (int k = 0; k < r; k++) {
            int pivot = k * row + k * COUNT;
            invertPivots(s, pivot, limit);
            for (int i = k + 1; i < r; i++) {
                multiply(s, i * row + k * COUNT, s, pivot);
                subtractMultiples(s, i * row + (k + 1) * COUNT, i - k, s, pivot + row, row, s, i * row + k * COUNT);
            }
        }
    }

    private static void invertPivots(double[] s, int at, double[] limit) {
        DoubleVector pivots = fromArray(DOUBLES, s, at);
        DoubleVector limits = fromArray(DOUBLES, limit, 0);
        VectorMask<Double> taken = pivots.compare(GT, limits);
        broadcast(DOUBLES, Double.NaN).blend(limits, taken).intoArray(limit, 0);
        DoubleVector inverse = broadcast(DOUBLES, 1).div(pivots.lanewise(SQRT));
        DoubleVector.zero(DOUBLES).blend(inverse, taken).intoArray(s, at);
    }

    /** {@code x ← C⁻ᵀ C⁻¹ x}. */
    private static void substitute(double[] s, int r, double[] x) {
        int row = r * COUNT;
        for (int k = 0; k < r; k++) {
            int pivot = k * row + k * COUNT;
            multiply(x, k * COUNT, s, pivot);
            subtractMultiples(x, (k + 1) * COUNT, r - 1 - k, s, pivot + row, row, x, k * COUNT);
        }
        for (int k = r - 1; k >= 0; k--) {
            multiply(x, k * COUNT, s, k * row + k * COUNT);
            subtractMultiples(x, 0, k, s, k * row, COUNT, x, k * COUNT);
        }
    }

    /** Vectors of {@code out} less those of {@code a}, {@code aStep} numbers apart, times the one vector of {@code factors}. */
    private static void subtractMultiples(
            double[] out, int to, int count, double[] a, int from, int aStep, double[] factors, int factor) {
        DoubleVector negative = fromArray(DOUBLES, factors, factor).neg();
        for (int q = 0; q < count; q++) {
            Lanes.fma(fromArray(DOUBLES, a, from + q * aStep), negative, fromArray(DOUBLES, out, to + q * COUNT))
                    .intoArray(out, to + q * COUNT);
        }
    }

    private static void multiply(double[] x, int at, double[] factors, int factor) {
        fromArray(DOUBLES, x, at).mul(fromArray(DOUBLES, factors, factor)).intoArray(x, at);
    }

    private static int store(double[] solution, Matrix x, int first, int count, double[] limit) {
        int r = x.columns();
        int refused = 0;
        for (int p = 0; p < count; p++) {
            if (Double.isNaN(limit[p])) {
                refused++;
                for (int j = 0; j < r; j++) {
                    solution[j * COUNT + p] = 0;
                }
            }
        }
        Updates.transpose(solution, 0, COUNT, r, count, x.data(), x.rowOffset(first), x.stride());
        return refused;
    }
}

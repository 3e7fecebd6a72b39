package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.SQRT;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import lowrank4j.matrix.Matrix;

/**
 * Many small systems at once, system p of a group in lane p: every step of the formulas is one vector operation for all of them,
 * so that even an order of two fills the vectors.
 */
final class CholeskyLanes {
    private static final double EPS = 0x1p-53;

    /** Rows of a tile of {@link #subtractProducts}, with two columns: as many sums as hide the latency of a multiply-add. */
    private static final int TILE = 4;

    private CholeskyLanes() {}

    static int solveEach(Matrix systems, Matrix x) {
        int r = x.columns();
        Scratch scratch = Scratch.ofThread();
        int order = (r + TILE - 1) / TILE * TILE;
        double[] s = scratch.block((long) order * order * COUNT);
        double[] solution = scratch.lanesOfX(r * COUNT);
        double[] limit = scratch.tile;
        int refused = 0;
        for (int first = 0; first < x.rows(); first += COUNT) {
            int count = Math.min(COUNT, x.rows() - first);
            load(systems, x, first, count, s, order, solution, limit);
            factor(s, r, order * COUNT, limit);
            substitute(s, r, order * COUNT, solution);
            refused += store(solution, x, first, count, limit);
        }
        return refused;
    }

    /**
     * Lane p: the lower triangle of system p with zeros below it up to a whole tile, its right-hand side, and r·eps times its largest
     * diagonal entry; idle lanes keep what they held. Without the zeros, which no result depends on, what was left there could turn
     * denormal and slow.
     */
    private static void load(
            Matrix systems, Matrix x, int first, int count, double[] s, int order, double[] solution, double[] limit) {
        int r = x.columns();
        for (int i = 0; i < r; i++) {
            int from = systems.rowOffset(first * r + i);
            Updates.transpose(systems.data(), from, r * systems.stride(), count, i + 1, s, i * order * COUNT, COUNT);
        }
        Arrays.fill(s, r * order * COUNT, order * order * COUNT, 0);
        Updates.transpose(x.data(), x.rowOffset(first), x.stride(), count, r, solution, 0, COUNT);
        limits(s, r, order, limit);
    }

    private static void limits(double[] s, int r, int order, double[] limit) {
        DoubleVector largest = DoubleVector.zero(DOUBLES);
        for (int i = 0; i < r; i++) {
            largest = fromArray(DOUBLES, s, i * (order + 1) * COUNT).max(largest);
        }
        Lanes.exact(largest).mul(r * EPS).intoArray(limit, 0);
    }

    /**
     * {@code S = CCᵀ}, a tile's rows after the other, with the inverses of C's diagonal in its place; the limit of a lane that is refused
     * becomes NaN. What the columns before take off a tile is summed in registers.
     *
     * @param row numbers from one row to the next, in whole tiles
     */
    private static void factor(double[] s, int r, int row, double[] limit) {
        for (int i = 0; i < r; i += TILE) {
            for (int j = 0; j < i; j += 2) {
                subtractProducts(s, i * row, j * row, row, j * COUNT, j * COUNT);
                divide(s, i * row, j * row, row, j * COUNT);
            }
            int end = Math.min(i + TILE, r);
            for (int j = i; j < end; j += 2) {
                subtractProducts(s, i * row, j * row, row, j * COUNT, i * COUNT);
            }
            factorTriangle(s, i, end, row, limit);
        }
    }

    /** {@code S_pj ← S_pj - Σ_k C_pk C_jk} for {@link #TILE} rows p and two columns j, of which above the diagonal nothing comes. */
    private static void subtractProducts(double[] s, int left, int right, int row, int column, int terms) {
        int next = right + row;
        int at0 = left + column;
        int at1 = at0 + row;
        int at2 = at1 + row;
        int at3 = at2 + row;
        DoubleVector s0 = fromArray(DOUBLES, s, at0);
        DoubleVector s1 = fromArray(DOUBLES, s, at1);
        DoubleVector s2 = fromArray(DOUBLES, s, at2);
        DoubleVector s3 = fromArray(DOUBLES, s, at3);
        DoubleVector t0 = fromArray(DOUBLES, s, at0 + COUNT);
        DoubleVector t1 = fromArray(DOUBLES, s, at1 + COUNT);
        DoubleVector t2 = fromArray(DOUBLES, s, at2 + COUNT);
        DoubleVector t3 = fromArray(DOUBLES, s, at3 + COUNT);
        for (int k = 0; k < terms; k += COUNT) {
            DoubleVector first = fromArray(DOUBLES, s, right + k).neg();
            DoubleVector second = fromArray(DOUBLES, s, next + k).neg();
            DoubleVector left0 = fromArray(DOUBLES, s, left + k);
            DoubleVector left1 = fromArray(DOUBLES, s, left + row + k);
            DoubleVector left2 = fromArray(DOUBLES, s, left + 2 * row + k);
            DoubleVector left3 = fromArray(DOUBLES, s, left + 3 * row + k);
            s0 = left0.fma(first, s0);
            t0 = left0.fma(second, t0);
            s1 = left1.fma(first, s1);
            t1 = left1.fma(second, t1);
            s2 = left2.fma(first, s2);
            t2 = left2.fma(second, t2);
            s3 = left3.fma(first, s3);
            t3 = left3.fma(second, t3);
        }
        Lanes.exact(s0).intoArray(s, at0);
        Lanes.exact(s1).intoArray(s, at1);
        Lanes.exact(s2).intoArray(s, at2);
        Lanes.exact(s3).intoArray(s, at3);
        Lanes.exact(t0).intoArray(s, at0 + COUNT);
        Lanes.exact(t1).intoArray(s, at1 + COUNT);
        Lanes.exact(t2).intoArray(s, at2 + COUNT);
        Lanes.exact(t3).intoArray(s, at3 + COUNT);
    }

    /** Those two columns of these rows, of which only what the first of them takes off the second is missing, over their pivots. */
    private static void divide(double[] s, int left, int right, int row, int column) {
        int next = right + row;
        for (int p = 0; p < TILE; p++) {
            int at = left + p * row + column;
            multiply(s, at, s, right + column);
            subtractMultiples(s, at + COUNT, 1, s, next + column, COUNT, s, at);
            multiply(s, at + COUNT, s, next + column + COUNT);
        }
    }

    /** The rows of a tile between its own columns. */
    private static void factorTriangle(double[] s, int begin, int end, int row, double[] limit) {
        for (int k = begin; k < end; k++) {
            int pivot = k * row + k * COUNT;
            invertPivots(s, pivot, limit);
            for (int i = k + 1; i < end; i++) {
                multiply(s, i * row + k * COUNT, s, pivot);
                subtractMultiples(s, i * row + (k + 1) * COUNT, i - k, s, pivot + row, row, s, i * row + k * COUNT);
            }
        }
    }

    private static void invertPivots(double[] s, int at, double[] limit) {
        DoubleVector pivots = fromArray(DOUBLES, s, at);
        DoubleVector limits = fromArray(DOUBLES, limit, 0);
        VectorMask<Double> taken = pivots.compare(GT, limits);
        broadcast(Double.NaN).blend(limits, taken).intoArray(limit, 0);
        DoubleVector inverse = broadcast(1).div(pivots.lanewise(SQRT));
        DoubleVector.zero(DOUBLES).blend(inverse, taken).intoArray(s, at);
    }

    /** {@code x ← C⁻ᵀ C⁻¹ x}. */
    private static void substitute(double[] s, int r, int row, double[] x) {
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

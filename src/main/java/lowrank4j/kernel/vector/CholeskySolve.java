package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;

/**
 * {@code X ← X (CCᵀ)⁻¹} by substitution on transposed blocks of rows, one row of X in each lane: no lane idles whatever the
 * order, and no sum is taken across lanes.
 */
final class CholeskySolve {
    /** Rows of X in a block: four vectors, as many independent sums as hide the latency of a multiply-add. */
    private static final int ROWS = 4 * COUNT;

    private CholeskySolve() {}

    static void solve(Matrix factor, Matrix x) {
        solve(factor, x, true);
    }

    /** {@code X ← X C⁻ᵀ}: half of the way. */
    static void solveUpper(Matrix factor, Matrix x) {
        solve(factor, x, false);
    }

    private static void solve(Matrix factor, Matrix x, boolean back) {
        int r = factor.rows();
        int inverses = r * ROWS;
        double[] block = Scratch.ofThread().block((long) r * (ROWS + 1));
        for (int j = 0; j < r; j++) {
            block[inverses + j] = 1 / factor.data()[factor.rowOffset(j) + j];
        }
        for (int i = 0; i < x.rows(); i += ROWS) {
            int rows = Math.min(ROWS, x.rows() - i);
            Updates.transpose(x.data(), x.rowOffset(i), x.stride(), rows, r, block, 0, ROWS);
            for (int j = 0; j < r; j++) {
                substitute(block, j, factor.data(), factor.rowOffset(j), 0, j, block[inverses + j]);
            }
            for (int j = r - 1; back && j >= 0; j--) {
                substitute(block, j, factor.data(), factor.rowOffset(j), j + 1, r, block[inverses + j]);
            }
            Updates.transpose(block, 0, ROWS, r, rows, x.data(), x.rowOffset(i), x.stride());
        }
    }

    /** {@code b_j ← (b_j - Σ_{from ≤ k < to} c_jk b_k) · inverse}, which is that of {@code c_jj}: a division takes eight times as long. */
    private static void substitute(double[] block, int j, double[] c, int row, int from, int to, double inverse) {
        int at = j * ROWS;
        DoubleVector s0 = fromArray(DOUBLES, block, at);
        DoubleVector s1 = fromArray(DOUBLES, block, at + COUNT);
        DoubleVector s2 = fromArray(DOUBLES, block, at + 2 * COUNT);
        DoubleVector s3 = fromArray(DOUBLES, block, at + 3 * COUNT);
        for (int k = from; k < to; k++) {
            DoubleVector factor = broadcast(-c[row + k]);
            s0 = factor.fma(fromArray(DOUBLES, block, k * ROWS), s0);
            s1 = factor.fma(fromArray(DOUBLES, block, k * ROWS + COUNT), s1);
            s2 = factor.fma(fromArray(DOUBLES, block, k * ROWS + 2 * COUNT), s2);
            s3 = factor.fma(fromArray(DOUBLES, block, k * ROWS + 3 * COUNT), s3);
        }
        Lanes.exact(s0).mul(inverse).intoArray(block, at);
        Lanes.exact(s1).mul(inverse).intoArray(block, at + COUNT);
        Lanes.exact(s2).mul(inverse).intoArray(block, at + 2 * COUNT);
        Lanes.exact(s3).mul(inverse).intoArray(block, at + 3 * COUNT);
    }
}

package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;

/** Cholesky factorisation {@code S = UᵀU} of the small systems of factored methods, row by row of U on a padded copy. */
final class Cholesky {
    private static final double EPS = 0x1p-53;

    private Cholesky() {}

    static boolean factor(Matrix s) {
        int r = s.rows();
        int stride = r + 2 * COUNT;
        double[] upper = Scratch.ofThread().block((long) (r + 1) * stride);
        double threshold = r * EPS * load(s, upper, stride);
        for (int k = 0; k < r; k++) {
            int row = k * stride;
            for (int j = k; j < r; j += 2 * COUNT) {
                subtractRows(upper, k, stride, j);
            }
            double pivot = upper[row + k];
            if (!(pivot > threshold)) {
                return false;
            }
            double root = Math.sqrt(pivot);
            Updates.scale(1 / root, upper, row + k + 1, upper, row + k + 1, r - k - 1);
            upper[row + k] = root;
        }
        store(upper, stride, s);
        return true;
    }

    /** Copies the lower triangle of S into the upper one of the padded copy; returns the largest diagonal entry. */
    private static double load(Matrix s, double[] upper, int stride) {
        double[] data = s.data();
        double largest = 0;
        Arrays.fill(upper, 0, s.rows() * stride, 0);
        for (int i = 0; i < s.rows(); i++) {
            int row = s.rowOffset(i);
            for (int j = 0; j <= i; j++) {
                upper[j * stride + i] = data[row + j];
            }
            largest = Math.max(largest, data[row + i]);
        }
        return largest;
    }

    /** Two vectors of row k, from column j: {@code u_k ← u_k - Σ_{p<k} u_pk u_p}. */
    private static void subtractRows(double[] upper, int k, int stride, int j) {
        int at = k * stride + j;
        DoubleVector left = fromArray(DOUBLES, upper, at);
        DoubleVector right = fromArray(DOUBLES, upper, at + COUNT);
        for (int p = 0, row = 0; p < k; p++, row += stride) {
            DoubleVector factor = broadcast(-upper[row + k]);
            left = factor.fma(fromArray(DOUBLES, upper, row + j), left);
            right = factor.fma(fromArray(DOUBLES, upper, row + j + COUNT), right);
        }
        Lanes.exact(left).intoArray(upper, at);
        Lanes.exact(right).intoArray(upper, at + COUNT);
    }

    private static void store(double[] upper, int stride, Matrix s) {
        double[] data = s.data();
        for (int i = 0; i < s.rows(); i++) {
            int row = s.rowOffset(i);
            for (int j = 0; j <= i; j++) {
                double entry = upper[j * stride + i];
                data[row + j] = entry;
                data[s.rowOffset(j) + i] = entry;
            }
        }
    }
}

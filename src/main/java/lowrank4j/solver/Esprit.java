package lowrank4j.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.HankelSensing;

/**
 * The exponentials of a signal from the column space of its Hankel matrix: shifted by a row, it is turned by a matrix whose
 * eigenvalues are the poles exp(2πi·f - d) (ESPRIT, Roy, Kailath 1989, IEEE Trans. ASSP 37(7)). The amplitudes are those of least
 * squares on what is observed.
 *
 * <p>Cost: O(n1·r² + m·r² + r³).
 */
public final class Esprit {
    private final HankelSensing operator;
    private final Kernels kernels;

    public Esprit(HankelSensing operator, Kernels kernels) {
        this.operator = operator;
        this.kernels = kernels;
    }

    /**
     * The exponentials, those of the largest amplitudes first.
     *
     * @param left L, n1×r, or its stack, with r below n1
     * @param places t of what is observed, ascending, at least r
     * @param real of what is observed
     * @param imaginary zeros where the signal is real
     */
    public List<Exponential> exponentials(Matrix left, int[] places, double[] real, double[] imaginary) {
        double[][] poles = poles(left);
        int r = left.columns();
        int m = places.length;
        // Columns are divided by their largest entries: what grows or falls steeply must not overflow.
        Matrix vandermonde = Matrix.zeros(2 * m, 2 * r);
        double[] logarithm = new double[r];
        double[] largest = new double[r];
        double[] angle = new double[r];
        for (int k = 0; k < r; k++) {
            logarithm[k] = Math.log(Math.max(Double.MIN_NORMAL, Math.hypot(poles[0][k], poles[1][k])));
            angle[k] = Math.atan2(poles[1][k], poles[0][k]);
            largest[k] = Math.max(logarithm[k] * places[0], logarithm[k] * places[m - 1]);
            for (int i = 0; i < m; i++) {
                double size = Math.exp(logarithm[k] * places[i] - largest[k]);
                double re = size * Math.cos(angle[k] * places[i]);
                double im = size * Math.sin(angle[k] * places[i]);
                vandermonde.set(i, k, re);
                vandermonde.set(m + i, r + k, re);
                vandermonde.set(m + i, k, im);
                vandermonde.set(i, r + k, -im);
            }
        }
        Matrix values = Matrix.zeros(2 * m, 1);
        for (int i = 0; i < m; i++) {
            values.set(i, 0, real[i]);
            values.set(m + i, 0, imaginary[i]);
        }
        Matrix amplitudes = leastSquares(vandermonde, values);
        List<Exponential> found = new ArrayList<>();
        for (int k = 0; k < r; k++) {
            double scale = Math.exp(-largest[k]);
            double turns = angle[k] / (2 * Math.PI);
            found.add(new Exponential(
                    turns <= -0.5 ? 0.5 : turns,
                    0 - logarithm[k],
                    scale * amplitudes.get(k, 0),
                    scale * amplitudes.get(r + k, 0)));
        }
        found.sort(Comparator.comparingDouble(Exponential::amplitude).reversed());
        return found;
    }

    /** Eigenvalues of {@code L↑⁺ L↓}, real parts and imaginary ones. */
    private double[][] poles(Matrix left) {
        int r = left.columns();
        Matrix upper = operator.whole(part(left, 0));
        Matrix lower = operator.whole(part(left, 1));
        Matrix gram = Matrix.zeros(upper.columns(), upper.columns());
        kernels.gram(upper, gram);
        Matrix inverse = Matrix.zeros(gram.rows(), gram.rows());
        kernels.pseudoInverse(gram, inverse);
        Matrix shifted = Matrix.zeros(gram.rows(), gram.rows());
        kernels.transposedMultiply(1, upper, lower, 0, shifted);
        Matrix turn = Matrix.zeros(gram.rows(), gram.rows());
        kernels.multiply(1, inverse, shifted, 0, turn);
        double[][] re = new double[r][r];
        double[][] im = new double[r][r];
        for (int i = 0; i < r; i++) {
            for (int k = 0; k < r; k++) {
                re[i][k] = turn.get(i, k);
                im[i][k] = operator.isComplex() ? turn.get(r + i, k) : 0;
            }
        }
        return ComplexEigenvalues.of(re, im);
    }

    /** All rows but the last, or but the first; of both halves of a stack. */
    private Matrix part(Matrix left, int first) {
        int halves = operator.isComplex() ? 2 : 1;
        int n1 = left.rows() / halves;
        Matrix part = Matrix.zeros(halves * (n1 - 1), left.columns());
        for (int half = 0; half < halves; half++) {
            part.rowRange(half * (n1 - 1), (half + 1) * (n1 - 1))
                    .copyFrom(left.rowRange(half * n1 + first, half * n1 + first + n1 - 1));
        }
        return part;
    }

    /** The x of least norm of those with the least {@code ‖Ax - b‖}. */
    private Matrix leastSquares(Matrix a, Matrix b) {
        int k = a.columns();
        Matrix u = Matrix.zeros(a.rows(), k);
        Matrix v = Matrix.zeros(k, k);
        double[] values = new double[k];
        kernels.thinSvd(a, u, values, v);
        Matrix along = Matrix.zeros(k, 1);
        kernels.transposedMultiply(1, u, b, 0, along);
        for (int i = 0; i < k; i++) {
            boolean counts = values[i] > a.rows() * 0x1p-52 * values[0];
            along.set(i, 0, counts ? along.get(i, 0) / values[i] : 0);
        }
        Matrix x = Matrix.zeros(k, 1);
        kernels.multiply(1, v, along, 0, x);
        return x;
    }
}

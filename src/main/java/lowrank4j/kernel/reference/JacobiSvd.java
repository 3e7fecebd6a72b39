package lowrank4j.kernel.reference;

import java.util.Comparator;
import java.util.stream.IntStream;
import lowrank4j.matrix.Matrix;

/**
 * Singular values by one-sided Jacobi rotations (Hestenes 1958; Drmač and Veselić 2008) of the triangular factor: rotations J
 * make the rows of {@code JR} orthogonal, {@code JR = ΣVᵀ}, so that {@code A = QR = (QJᵀ) Σ Vᵀ}. Small singular values are as
 * accurate as large ones, down to 1e-150 of the largest; below that they are zero. Cost: 4nk² and about 6k³ flops a sweep, 5 to
 * 10 sweeps.
 */
final class JacobiSvd {
    private static final int SWEEP_LIMIT = 60; // convergence is quadratic: not reached
    private static final double ZERO = 1e-150; // of the largest: the square is still a normal number

    private JacobiSvd() {}

    /** {@code A = U diag(values) Vᵀ}. */
    static void decompose(Matrix a, Matrix u, double[] values, Matrix v) {
        if (a.rows() < a.columns()) {
            decomposeTall(a.transposed(), v, values, u);
        } else {
            decomposeTall(a.copy(), u, values, v);
        }
    }

    /** The same for n ≥ m; destroys {@code a}. */
    private static void decomposeTall(Matrix a, Matrix u, double[] values, Matrix v) {
        int k = a.columns();
        int exponent = Scaling.exponent(a);
        Scaling.scale(a, -exponent);
        Matrix r = Matrix.zeros(k, k);
        HouseholderQr.decompose(a, a, r);
        double[][] w = rowsOf(r);
        double[][] j = rowsOf(Matrix.identity(k));
        for (int sweep = 0; sweep < SWEEP_LIMIT && sweep(w, j); sweep++) {}

        double[] norm = new double[k];
        for (int i = 0; i < k; i++) {
            norm[i] = Math.sqrt(dot(w[i], w[i]));
        }
        int[] order = IntStream.range(0, k)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -norm[i]))
                .mapToInt(i -> i)
                .toArray();
        int nonzero = 0;
        for (int c = 0; c < k; c++) {
            double value = norm[order[c]];
            boolean zero = value <= ZERO * norm[order[0]];
            values[c] = zero ? 0 : Math.scalb(value, exponent);
            for (int i = 0; i < a.rows(); i++) {
                u.set(i, c, dotWithRow(a, i, j[order[c]]));
            }
            if (!zero) {
                nonzero = c + 1;
                for (int i = 0; i < k; i++) {
                    v.set(i, c, w[order[c]][i] / value);
                }
            }
        }
        for (int c = nonzero; c < k; c++) {
            complete(v, c);
        }
    }

    /** Makes every pair of rows orthogonal once; false if no pair needed it. */
    private static boolean sweep(double[][] w, double[][] j) {
        boolean rotated = false;
        for (int p = 0; p < w.length; p++) {
            for (int q = p + 1; q < w.length; q++) {
                double pp = dot(w[p], w[p]);
                double qq = dot(w[q], w[q]);
                double pq = dot(w[p], w[q]);
                boolean zero = Math.min(pp, qq) <= ZERO * ZERO; // squares that have lost their digits
                if (!zero && Math.abs(pq) > w.length * ReferenceKernels.EPS * Math.sqrt(pp) * Math.sqrt(qq)) {
                    double cotangent = (qq - pp) / (2 * pq); // of twice the angle
                    double tangent =
                            Math.copySign(1, cotangent) / (Math.abs(cotangent) + Math.sqrt(1 + cotangent * cotangent));
                    rotate(w[p], w[q], tangent);
                    rotate(j[p], j[q], tangent);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    private static void rotate(double[] x, double[] y, double tangent) {
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        for (int i = 0; i < x.length; i++) {
            double xi = x[i];
            x[i] = cosine * xi - sine * y[i];
            y[i] = sine * xi + cosine * y[i];
        }
    }

    /** Fills column {@code c} of {@code v} with a unit vector orthogonal to the columns before it. */
    private static void complete(Matrix v, int c) {
        // The axis that those columns cover least is at least 1/√k away from their span.
        int axis = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < v.rows(); i++) {
            double covered = 0;
            for (int b = 0; b < c; b++) {
                covered += v.get(i, b) * v.get(i, b);
            }
            if (covered < least) {
                least = covered;
                axis = i;
            }
        }
        double[] x = new double[v.rows()];
        x[axis] = 1;
        for (int pass = 0; pass < 2; pass++) { // Gram-Schmidt, twice: once leaves rounding errors √k times eps
            for (int b = 0; b < c; b++) {
                double product = 0;
                for (int i = 0; i < x.length; i++) {
                    product += v.get(i, b) * x[i];
                }
                for (int i = 0; i < x.length; i++) {
                    x[i] -= product * v.get(i, b);
                }
            }
            double norm = Math.sqrt(dot(x, x));
            for (int i = 0; i < x.length; i++) {
                x[i] /= norm;
            }
        }
        for (int i = 0; i < x.length; i++) {
            v.set(i, c, x[i]);
        }
    }

    private static double[][] rowsOf(Matrix a) {
        double[][] rows = new double[a.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = a.rowRange(i, i + 1).toArray();
        }
        return rows;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double dotWithRow(Matrix a, int row, double[] y) {
        double sum = 0;
        for (int p = 0; p < y.length; p++) {
            sum += a.get(row, p) * y[p];
        }
        return sum;
    }
}

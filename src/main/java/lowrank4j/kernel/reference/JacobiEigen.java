package lowrank4j.kernel.reference;

import java.util.Comparator;
import java.util.stream.IntStream;
import lowrank4j.matrix.Matrix;

/**
 * Eigenvalues of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, section 8.5).
 * Cost: about 6r³ flops a sweep, 5 to 10 sweeps.
 */
final class JacobiEigen {
    private static final int SWEEP_LIMIT = 60; // convergence is quadratic: not reached

    private JacobiEigen() {}

    /** {@code S = V diag(values) Vᵀ}; reads the lower triangle of {@code s} and destroys all of it. */
    static void decompose(Matrix s, double[] values, Matrix vectors) {
        int n = s.rows();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                s.set(j, i, s.get(i, j));
            }
        }
        int exponent = Scaling.exponent(s);
        Scaling.scale(s, -exponent);
        Matrix v = Matrix.identity(n);
        for (int sweep = 0; sweep < SWEEP_LIMIT && sweep(s, v); sweep++) {}
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -s.get(i, i)))
                .mapToInt(i -> i)
                .toArray();
        for (int k = 0; k < n; k++) {
            values[k] = Math.scalb(s.get(order[k], order[k]), exponent);
            for (int i = 0; i < n; i++) {
                vectors.set(i, k, v.get(i, order[k]));
            }
        }
    }

    /** Rotates every pair once; false if no pair needed it. */
    private static boolean sweep(Matrix s, Matrix v) {
        boolean rotated = false;
        for (int p = 0; p < s.rows(); p++) {
            for (int q = p + 1; q < s.rows(); q++) {
                if (Math.abs(s.get(p, q)) > ReferenceKernels.EPS * Math.sqrt(Math.abs(s.get(p, p) * s.get(q, q)))) {
                    rotate(s, v, p, q);
                    rotated = true;
                }
            }
        }
        return rotated;
    }

    /** {@code S ← JᵀSJ, V ← VJ} with the rotation J of the plane (p, q) that makes {@code S_pq} zero. */
    private static void rotate(Matrix s, Matrix v, int p, int q) {
        double cotangent = (s.get(q, q) - s.get(p, p)) / (2 * s.get(p, q)); // of twice the angle
        double tangent = Math.copySign(1, cotangent) / (Math.abs(cotangent) + Math.sqrt(1 + cotangent * cotangent));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        double moved = tangent * s.get(p, q);
        double pp = s.get(p, p) - moved;
        double qq = s.get(q, q) + moved;
        for (int k = 0; k < s.rows(); k++) {
            double kp = s.get(k, p);
            double kq = s.get(k, q);
            s.set(k, p, cosine * kp - sine * kq);
            s.set(k, q, sine * kp + cosine * kq);
            s.set(p, k, s.get(k, p));
            s.set(q, k, s.get(k, q));
            double vp = v.get(k, p);
            double vq = v.get(k, q);
            v.set(k, p, cosine * vp - sine * vq);
            v.set(k, q, sine * vp + cosine * vq);
        }
        s.set(p, p, pp);
        s.set(q, q, qq);
        s.set(p, q, 0);
        s.set(q, p, 0);
    }
}

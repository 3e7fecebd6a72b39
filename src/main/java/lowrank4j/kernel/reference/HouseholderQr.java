package lowrank4j.kernel.reference;

import lowrank4j.matrix.Matrix;

/**
 * QR by Householder reflections (Golub and Van Loan, Matrix Computations, section 5.2). Q is orthonormal whatever the rank of A.
 * The diagonal of R may have either sign. Cost: 4nk² flops.
 */
final class HouseholderQr {
    private HouseholderQr() {}

    /** {@code A = QR}, A n×k with n ≥ k. Q may be A itself. */
    static void decompose(Matrix a, Matrix q, Matrix r) {
        int n = a.rows();
        int k = a.columns();
        Matrix work = a.copy();
        double[][] reflectors = new double[k][];
        for (int j = 0; j < k; j++) {
            reflectors[j] = reflector(work, j);
            for (int c = j; c < k; c++) {
                reflect(reflectors[j], j, work, c);
            }
        }
        for (int i = 0; i < k; i++) {
            for (int c = 0; c < k; c++) {
                r.set(i, c, i <= c ? work.get(i, c) : 0);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < k; c++) {
                q.set(i, c, i == c ? 1 : 0);
            }
        }
        for (int j = k - 1; j >= 0; j--) {
            for (int c = j; c < k; c++) {
                reflect(reflectors[j], j, q, c);
            }
        }
    }

    /** The unit vector v whose reflection {@code I - 2vvᵀ} clears column {@code j} below the diagonal; zeros if it is clear. */
    private static double[] reflector(Matrix work, int j) {
        double[] v = new double[work.rows() - j];
        for (int i = 0; i < v.length; i++) {
            v[i] = work.get(j + i, j);
        }
        if (normalise(v)) {
            v[0] += v[0] < 0 ? -1 : 1; // away from zero: nothing cancels
            normalise(v);
        }
        return v;
    }

    /** {@code v ← v / |v|}, by way of the largest entry so that no square overflows; false for a vector of zeros. */
    private static boolean normalise(double[] v) {
        double largest = 0;
        for (double entry : v) {
            largest = Math.max(largest, Math.abs(entry));
        }
        if (largest == 0) {
            return false;
        }
        double squares = 0;
        for (int i = 0; i < v.length; i++) {
            v[i] /= largest;
            squares += v[i] * v[i];
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < v.length; i++) {
            v[i] /= norm;
        }
        return true;
    }

    /** {@code m ← m - 2v(vᵀm)} for column {@code c} of {@code m}, from row {@code j} down. */
    private static void reflect(double[] v, int j, Matrix m, int c) {
        double product = 0;
        for (int i = 0; i < v.length; i++) {
            product += v[i] * m.get(j + i, c);
        }
        for (int i = 0; i < v.length; i++) {
            m.set(j + i, c, m.get(j + i, c) - 2 * product * v[i]);
        }
    }
}

package lowrank4j.kernel.vector;

import lowrank4j.matrix.Matrix;

/**
 * Thin QR by Householder reflections (Golub and Van Loan, Matrix Computations, 5.2), on a transposed copy so that columns are
 * contiguous. Orthonormal to a small multiple of k·eps whatever the condition or scale of the input.
 */
final class HouseholderQr {
    private HouseholderQr() {}

    static void factor(Matrix a, Matrix q, Matrix r) {
        int n = a.rows();
        int k = a.columns();
        double[] columns = a.transposed().data();
        double[] weight = new double[k];
        double[] diagonal = new double[k];
        for (int j = 0; j < k; j++) {
            int from = j * n + j;
            diagonal[j] = Reflectors.make(columns, from, n - j, weight, j);
            for (int l = j + 1; l < k; l++) {
                Reflectors.apply(columns, from, weight[j], columns, l * n + j, n - j);
            }
        }
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                r.set(i, j, i > j ? 0 : i == j ? diagonal[i] : columns[j * n + i]);
            }
        }
        accumulate(columns, weight, n, q);
    }

    /** Q = H₀H₁…Hₖ₋₁ applied to the first k unit vectors, last reflection first. */
    private static void accumulate(double[] columns, double[] weight, int n, Matrix q) {
        int k = weight.length;
        double[] result = new double[k * n];
        for (int j = k - 1; j >= 0; j--) {
            result[j * n + j] = 1;
            for (int l = j; l < k; l++) {
                Reflectors.apply(columns, j * n + j, weight[j], result, l * n + j, n - j);
            }
        }
        double[] out = q.data();
        for (int i = 0; i < n; i++) {
            int row = q.rowOffset(i);
            for (int j = 0; j < k; j++) {
                out[row + j] = result[j * n + i];
            }
        }
    }
}

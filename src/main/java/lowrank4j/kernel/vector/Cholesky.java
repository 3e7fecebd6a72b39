package lowrank4j.kernel.vector;

import lowrank4j.matrix.Matrix;

/** Cholesky factorisation and the solves that follow it, for the small r×r systems of factored methods. */
final class Cholesky {
    private static final double EPS = 0x1p-53;

    private Cholesky() {}

    static boolean factor(Matrix s) {
        int r = s.rows();
        double[] c = s.data();
        double largest = 0;
        for (int i = 0; i < r; i++) {
            largest = Math.max(largest, c[s.rowOffset(i) + i]);
        }
        double threshold = r * EPS * largest;
        for (int i = 0; i < r; i++) {
            int row = s.rowOffset(i);
            for (int j = 0; j < i; j++) {
                int other = s.rowOffset(j);
                c[row + j] = (c[row + j] - Updates.dot(c, row, c, other, j)) / c[other + j];
            }
            double pivot = c[row + i] - Updates.dot(c, row, c, row, i);
            if (!(pivot > threshold)) {
                return false;
            }
            c[row + i] = Math.sqrt(pivot);
        }
        mirror(s);
        return true;
    }

    private static void mirror(Matrix s) {
        double[] c = s.data();
        for (int i = 0; i < s.rows(); i++) {
            for (int j = 0; j < i; j++) {
                c[s.rowOffset(j) + i] = c[s.rowOffset(i) + j];
            }
        }
    }

    /** Row by row: z Cᵀ = x forward along the rows of Cᵀ, then x C = z backward along the rows of C. */
    static void solve(Matrix factor, Matrix x) {
        int r = factor.rows();
        double[] c = factor.data();
        double[] data = x.data();
        for (int i = 0; i < x.rows(); i++) {
            int row = x.rowOffset(i);
            for (int j = 0; j < r; j++) {
                int pivot = factor.rowOffset(j) + j;
                data[row + j] /= c[pivot];
                Updates.axpy(-data[row + j], c, pivot + 1, data, row + j + 1, r - j - 1);
            }
            for (int j = r - 1; j >= 0; j--) {
                int pivotRow = factor.rowOffset(j);
                data[row + j] /= c[pivotRow + j];
                Updates.axpy(-data[row + j], c, pivotRow, data, row, j);
            }
        }
    }
}

package lowrank4j.kernel.vector;

import lowrank4j.matrix.Matrix;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then implicit QR steps with Wilkinson's
 * shift (Golub and Van Loan, Matrix Computations, 8.3). Eigenvectors are kept in rows so that every inner loop is contiguous.
 */
final class SymmetricEigen {
    private static final double EPS = 0x1p-53;

    /** Below this, in a matrix scaled to entries of about 1, an off-diagonal entry is nothing. */
    private static final double NEGLIGIBLE = 1e-290;

    /** From here on the rounding of a square that has underflowed is not felt. */
    private static final double SAFE_SQUARE = 1e-270;

    /** Steps for an eigenvalue: two or three are usual. */
    private static final int STEPS = 60;

    private final int n;
    private final double[] diagonal;
    private final double[] offDiagonal;
    private final double[] rows;

    private SymmetricEigen(int n) {
        this.n = n;
        this.diagonal = new double[n];
        this.offDiagonal = new double[n];
        this.rows = new double[n * n];
    }

    static void decompose(Matrix s, double[] values, Matrix vectors) {
        Matrix full = fullCopy(s);
        int exponent = Scaling.exponent(full);
        Scaling.scale(full, -exponent);
        SymmetricEigen work = new SymmetricEigen(s.rows());
        work.tridiagonalise(full.data());
        work.diagonalise();
        work.sortInto(values, vectors, exponent);
    }

    private static Matrix fullCopy(Matrix s) {
        Matrix full = Matrix.zeros(s.rows(), s.rows());
        for (int i = 0; i < s.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                full.set(i, j, s.get(i, j));
                full.set(j, i, s.get(i, j));
            }
        }
        return full;
    }

    /** {@code A = H T Hᵀ}: T into the diagonals, the rows of Hᵀ into {@link #rows}. */
    private void tridiagonalise(double[] a) {
        double[] weight = new double[n];
        double[] p = new double[n];
        for (int k = 0; k < n - 1; k++) {
            int from = k * n + k + 1;
            int size = n - k - 1;
            diagonal[k] = a[k * n + k];
            offDiagonal[k] = Reflectors.make(a, from, size, weight, k);
            applyFromBothSides(a, k + 1, from, weight[k], p);
        }
        if (n > 0) {
            diagonal[n - 1] = a[n * n - 1];
        }
        for (int k = n - 1; k >= 0; k--) {
            rows[k * n + k] = 1;
            for (int l = k + 1; l < n; l++) {
                Reflectors.apply(a, k * n + k + 1, weight[k], rows, l * n + k + 1, n - k - 1);
            }
        }
    }

    /** {@code B ← HBH} for the trailing block B from (first, first) and {@code H = I - weight·vvᵀ}, v in {@code a} at {@code v}. */
    private void applyFromBothSides(double[] a, int first, int v, double weight, double[] p) {
        int size = n - first;
        for (int i = 0; i < size; i++) {
            p[i] = weight * Updates.dot(a, (first + i) * n + first, a, v, size);
        }
        Updates.axpy(-0.5 * weight * Updates.dot(p, 0, a, v, size), a, v, p, 0, size);
        for (int i = 0; i < size; i++) {
            int row = (first + i) * n + first;
            Updates.axpy(-a[v + i], p, 0, a, row, size);
            Updates.axpy(-p[i], a, v, a, row, size);
        }
    }

    private void diagonalise() {
        int steps = 0;
        for (int last = n - 1; last > 0; ) {
            int first = last;
            while (first > 0 && !isNegligible(first - 1)) {
                first--;
            }
            if (first == last) {
                last--;
                steps = 0;
            } else {
                if (++steps > STEPS) {
                    throw new ArithmeticException("symmetricEigen: no convergence at eigenvalue " + last + " of " + n);
                }
                step(first, last);
            }
        }
    }

    private boolean isNegligible(int k) {
        double size = Math.abs(offDiagonal[k]);
        if (size > NEGLIGIBLE && size > EPS * (Math.abs(diagonal[k]) + Math.abs(diagonal[k + 1]))) {
            return false;
        }
        offDiagonal[k] = 0;
        return true;
    }

    /** One implicit QR step on the unreduced block first … last: the bulge is chased down by rotations. */
    private void step(int first, int last) {
        double half = (diagonal[last - 1] - diagonal[last]) / 2;
        double corner = offDiagonal[last - 1];
        double shift = diagonal[last] - corner * (corner / (half + Math.copySign(length(half, corner), half)));
        double x = diagonal[first] - shift;
        double z = offDiagonal[first];
        for (int k = first; k < last; k++) {
            double length = length(x, z);
            double c = length == 0 ? 1 : x / length;
            double s = length == 0 ? 0 : z / length;
            if (k > first) {
                offDiagonal[k - 1] = length;
            }
            double upper = diagonal[k];
            double lower = diagonal[k + 1];
            double off = offDiagonal[k];
            diagonal[k] = c * (c * upper + s * off) + s * (c * off + s * lower);
            diagonal[k + 1] = s * (s * upper - c * off) - c * (s * off - c * lower);
            offDiagonal[k] = c * s * (lower - upper) + (c - s) * (c + s) * off;
            if (k < last - 1) {
                x = offDiagonal[k];
                z = s * offDiagonal[k + 1];
                offDiagonal[k + 1] *= c;
            }
            Updates.rotate(c, -s, rows, k * n, rows, (k + 1) * n, n);
        }
    }

    /** {@code √(x² + z²)}; where the squares cannot underflow without the library's call, which takes longer than the rest of a step. */
    private static double length(double x, double z) {
        double square = x * x + z * z;
        return square > SAFE_SQUARE ? Math.sqrt(square) : Math.hypot(x, z);
    }

    private void sortInto(double[] values, Matrix vectors, int exponent) {
        int[] order = Scaling.descending(diagonal);
        for (int j = 0; j < n; j++) {
            values[j] = Math.scalb(diagonal[order[j]], exponent);
            for (int i = 0; i < n; i++) {
                vectors.set(i, j, rows[order[j] * n + i]);
            }
        }
    }
}

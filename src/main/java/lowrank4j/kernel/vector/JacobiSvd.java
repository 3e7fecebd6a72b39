package lowrank4j.kernel.vector;

import lowrank4j.matrix.Matrix;

/**
 * Thin SVD of A = QR by one-sided Jacobi rotations of the rows of R (Demmel and Veselić 1992, Jacobi's method is more accurate
 * than QR; Drmač and Veselić 2008, New fast and accurate Jacobi SVD algorithm). The eigenvectors of RRᵀ come first: they make
 * the rows almost orthogonal, and leave to Jacobi what squaring has lost. Once the rows of JR are orthogonal, their norms are
 * the singular values, their directions the columns of V, and U = QJᵀ.
 */
final class JacobiSvd {
    private static final double EPS = 0x1p-53;

    /** Squared norm below which a row of a matrix scaled to entries of about 1 counts as zero. */
    private static final double NEGLIGIBLE = 1e-290;

    /** Six to ten sweeps are usual. */
    private static final int SWEEPS = 60;

    private final int m;
    private final double[] rows;
    private final double[] rotations;
    private final double[] squares;

    private JacobiSvd(Matrix r) {
        m = r.rows();
        squares = new double[m];
        Matrix square = Matrix.zeros(m, m);
        Products.multiplyTransposed(1, r, r, 0, square);
        Matrix eigenvectors = Matrix.zeros(m, m);
        SymmetricEigen.decompose(square, new double[m], eigenvectors);
        Matrix start = Matrix.zeros(m, m);
        Products.transposedMultiply(1, eigenvectors, r, 0, start);
        rows = start.data();
        rotations = eigenvectors.transposed().data();
    }

    static void decompose(Matrix a, Matrix u, double[] values, Matrix v) {
        if (a.rows() < a.columns()) {
            decompose(a.transposed(), v, values, u);
            return;
        }
        int m = a.columns();
        int exponent = Scaling.exponent(a);
        Matrix q = a.copy();
        Scaling.scale(q, -exponent);
        Matrix r = Matrix.zeros(m, m);
        ThinQr.factor(q, q, r);
        JacobiSvd work = new JacobiSvd(r);
        work.orthogonalise();
        work.sortInto(q, exponent, u, values, v);
    }

    private void orthogonalise() {
        double tolerance = EPS * Math.max(10, m);
        for (int i = 0; i < m; i++) {
            squares[i] = Updates.dot(rows, i * m, rows, i * m, m);
        }
        boolean done = false;
        for (int sweep = 0; !done; sweep++) {
            if (sweep == SWEEPS) {
                throw new ArithmeticException("thinSvd: no convergence after " + SWEEPS + " sweeps");
            }
            done = true;
            for (int i = 0; i < m - 1; i++) {
                for (int j = i + 1; j < m; j++) {
                    done &= !rotate(i, j, tolerance);
                }
            }
        }
    }

    /** Makes rows i and j orthogonal; false where they were. */
    private boolean rotate(int i, int j, double tolerance) {
        int x = i * m;
        int y = j * m;
        double product = Updates.dot(rows, x, rows, y, m);
        boolean negligible = squares[i] < NEGLIGIBLE || squares[j] < NEGLIGIBLE;
        if (negligible || Math.abs(product) <= tolerance * Math.sqrt(squares[i]) * Math.sqrt(squares[j])) {
            return false;
        }
        double zeta = (squares[j] - squares[i]) / (2 * product);
        double t = Math.copySign(1 / (Math.abs(zeta) + Math.hypot(1, zeta)), zeta);
        double c = 1 / Math.hypot(1, t);
        double s = c * t;
        Updates.rotate(c, s, rows, x, rows, y, m);
        Updates.rotate(c, s, rotations, x, rotations, y, m);
        squares[i] = Updates.dot(rows, x, rows, x, m);
        squares[j] = Updates.dot(rows, y, rows, y, m);
        return true;
    }

    private void sortInto(Matrix q, int exponent, Matrix u, double[] values, Matrix v) {
        double[] norms = new double[m];
        for (int i = 0; i < m; i++) {
            norms[i] = Math.sqrt(Updates.dot(rows, i * m, rows, i * m, m));
        }
        int[] order = Scaling.descending(norms);
        double[] directions = new double[m * m];
        double[] sorted = new double[m * m];
        for (int k = 0; k < m; k++) {
            int from = order[k] * m;
            values[k] = Math.scalb(norms[order[k]], exponent);
            System.arraycopy(rotations, from, sorted, k * m, m);
            if (norms[order[k]] * norms[order[k]] < NEGLIGIBLE) {
                complete(directions, k);
            } else {
                Updates.scale(1 / norms[order[k]], rows, from, directions, k * m, m);
            }
        }
        v.copyFrom(Matrix.wrap(directions, m, m).transposed());
        Products.multiplyTransposed(1, q, Matrix.wrap(sorted, m, m), 0, u);
    }

    /** Row {@code count} becomes a unit vector orthogonal to the rows before it. */
    private void complete(double[] directions, int count) {
        double[] covered = new double[m];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < m; i++) {
                covered[i] += directions[k * m + i] * directions[k * m + i];
            }
        }
        int axis = 0;
        for (int i = 1; i < m; i++) {
            axis = covered[i] < covered[axis] ? i : axis;
        }
        int row = count * m;
        directions[row + axis] = 1;
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < count; k++) {
                double overlap = Updates.dot(directions, k * m, directions, row, m);
                Updates.axpy(-overlap, directions, k * m, directions, row, m);
            }
            double norm = Math.sqrt(Updates.dot(directions, row, directions, row, m));
            Updates.scale(1 / norm, directions, row, directions, row, m);
        }
    }
}

package lowrank4j.solver;

import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/** One iteration of {@link RiemannianGaussNewton}. */
final class TangentRefit {
    /** Singular values of the core below this part of the first are rounding. */
    private static final double ROUNDING = 1e-14;

    private TangentRefit() {}

    /**
     * Moves the factors.
     *
     * @param residual {@code A(L Rᵀ) - y}; its sign is changed
     */
    static void move(
            Factors factors,
            double[] residual,
            TangentLeastSquares leastSquares,
            Kernels kernels,
            double tolerance,
            int limit) {
        int r = factors.rank();
        boolean symmetric = factors.isSymmetric();
        Matrix u = Matrix.zeros(factors.rows(), r);
        Matrix leftTriangle = Matrix.zeros(r, r);
        kernels.thinQr(factors.left(), u, leftTriangle);
        Matrix v = u;
        Matrix rightTriangle = leftTriangle;
        if (!symmetric) {
            v = Matrix.zeros(factors.columns(), r);
            rightTriangle = Matrix.zeros(r, r);
            kernels.thinQr(factors.right(), v, rightTriangle);
        }
        for (int i = 0; i < residual.length; i++) {
            residual[i] = -residual[i];
        }
        // The change of X, from which T = L Rᵀ + U Yᵀ + X Vᵀ: what is solved for shrinks with the residual, and so do
        // its errors.
        Factors change = leastSquares.solve(new Factors(u, v), Sides.BOTH, residual, tolerance, limit);
        Matrix core = Matrix.zeros(r, r);
        kernels.multiplyTransposed(1, leftTriangle, rightTriangle, 0, core);
        Matrix left = image(change.left(), u, core, change.right(), v, kernels);
        Matrix right = symmetric ? left : image(change.right(), v, core.transposed(), change.left(), u, kernels);
        // UᵀT V, in place of the core.
        kernels.transposedMultiply(1, u, left, 0, core);
        double[] values = new double[r];
        Matrix p = Matrix.zeros(r, r);
        Matrix q = p;
        if (symmetric) {
            kernels.symmetricEigen(core, values, p);
        } else {
            q = Matrix.zeros(r, r);
            kernels.thinSvd(core, p, values, q);
        }
        divide(q, values);
        kernels.multiply(1, left, q, 0, factors.left());
        if (!symmetric) {
            divide(p, values);
            kernels.multiply(1, right, p, 0, factors.right());
        }
    }

    /** {@code T V = U(core + YᵀV) + X}. */
    private static Matrix image(Matrix x, Matrix u, Matrix core, Matrix y, Matrix v, Kernels kernels) {
        Matrix inner = core.copy();
        kernels.transposedMultiply(1, y, v, 1, inner);
        Matrix image = x.copy();
        kernels.multiply(1, u, inner, 1, image);
        return image;
    }

    /** Divides each column by the root of its value, and makes it zero where that is none. */
    private static void divide(Matrix vectors, double[] values) {
        for (int k = 0; k < values.length; k++) {
            double scale = values[k] > ROUNDING * values[0] ? 1 / Math.sqrt(values[k]) : 0;
            for (int i = 0; i < vectors.rows(); i++) {
                vectors.set(i, k, scale * vectors.get(i, k));
            }
        }
    }
}

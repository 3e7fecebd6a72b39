package lowrank4j.solver;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;

/**
 * The eigenspace of the r largest eigenvalues of a symmetric Σ by gradient descent: {@code X ← X + η(ΣX - X C)} with {@code C = XᵀX}, retraction-free
 * (Chen, Chen, Elmasri, Sun 2023, arXiv 2305.19206), or on the manifold of orthonormal X with {@code C = XᵀΣX} and a retraction after each
 * step, by QR or by the polar factor.
 *
 * <p>Converges linearly at about {@code 1 - η(λ_r - λ_{r+1})}, and needs that gap, λ_r above 0 if retraction-free, and η below about 1/λ₁. A rectangular
 * M is served by Σ = [0 M; Mᵀ 0]. Cost of a step: a product of Σ with r vectors, and 4nr² flops, or 6nr² and an r×r eigendecomposition with
 * the polar retraction, or 8nr² with that by QR. Nothing is allocated after the first.
 */
public final class EigenspaceDescent {
    /** What keeps X in shape. */
    public enum Retraction {
        /** Nothing: X tends to the eigenvectors times the roots of their eigenvalues, and is made orthonormal once, at the end. */
        NONE,
        /** The Q of its QR decomposition. */
        QR,
        /** {@code X(XᵀX)^-½}, the nearest orthonormal matrix. */
        POLAR
    }

    private final LinearMap map;
    private final Kernels kernels;
    private final Retraction retraction;
    private final double step;
    private final Matrix x;
    private final Matrix direction;
    private final Matrix core;
    private final Matrix vectors;
    private final Matrix scaled;
    private final double[] values;
    private double gradient = Double.POSITIVE_INFINITY;

    /**
     * Starts.
     *
     * @param map Σ, symmetric n×n
     * @param start n×r, 1 ≤ r ≤ n, of full rank; made orthonormal where there is a retraction; not kept
     * @param step η, above 0
     */
    public EigenspaceDescent(LinearMap map, Matrix start, double step, Retraction retraction, Kernels kernels) {
        int r = start.columns();
        if (map.rows() != map.columns() || start.rows() != map.rows() || r < 1 || r > start.rows()) {
            throw new InvalidArgumentException("a start of " + start.shape() + " does not fit a map of " + map.rows()
                    + "x" + map.columns() + ": the map must be square, n x n, and the start n x r with r from 1 to n");
        }
        this.map = map;
        this.kernels = kernels;
        this.retraction = retraction;
        this.step = Positive.require("step", step);
        this.x = start.copy();
        this.direction = Matrix.zeros(start.rows(), r);
        this.core = Matrix.zeros(r, r);
        this.vectors = Matrix.zeros(r, r);
        this.scaled = Matrix.zeros(r, r);
        this.values = new double[r];
        retract();
    }

    /**
     * A random start of the paper: entries N(0, scale²/n).
     *
     * @param scale above 0; small, or of the size of √λ₁ where the largest eigenvalues are nearly one
     */
    public static Matrix start(int n, int rank, double scale, long seed) {
        return Initialisation.gaussian(n, rank, Positive.require("scale", scale) / Math.sqrt(n), new Random(seed));
    }

    /** {@code 0.5/λ} with λ the norm of Σ, to about a percent: a step that suits each retraction. */
    public static double defaultStep(LinearMap map, Kernels kernels) {
        double norm = new SubspaceIteration(kernels)
                .singular(map, 1, 1e-2, new Random(1))
                .values()[0];
        return norm > 0 ? 0.5 / norm : 0.5;
    }

    /** One step. */
    public void step() {
        map.times(x, direction);
        double size = Math.sqrt(kernels.dot(direction, direction));
        if (retraction == Retraction.NONE) {
            kernels.gram(x, core);
        } else {
            kernels.transposedMultiply(1, x, direction, 0, core);
        }
        kernels.multiply(-1, x, core, 1, direction);
        gradient = size == 0 ? 0 : Math.sqrt(kernels.dot(direction, direction)) / size;
        kernels.axpy(step, direction, x);
        retract();
    }

    private void retract() {
        switch (retraction) {
            case NONE -> {}
            case QR -> kernels.thinQr(x, x, core);
            case POLAR -> polar();
        }
    }

    /** {@code X ← X (XᵀX)^-½}, from the eigenvectors of XᵀX. */
    private void polar() {
        kernels.gram(x, core);
        kernels.symmetricEigen(core, values, vectors);
        for (int k = 0; k < values.length; k++) {
            double root = 1 / Math.sqrt(values[k]);
            for (int i = 0; i < values.length; i++) {
                scaled.set(i, k, root * vectors.get(i, k));
            }
        }
        kernels.multiplyTransposed(1, scaled, vectors, 0, core);
        direction.copyFrom(x);
        kernels.multiply(1, direction, core, 0, x);
    }

    /** {@code ‖ΣX - X C‖/‖ΣX‖} at the iterate before the last step: zero at an eigenspace; infinite before the first step. */
    public double relativeGradient() {
        return gradient;
    }

    /** X as it is, live: orthonormal where there is a retraction. */
    public Matrix iterate() {
        return x;
    }

    /** An orthonormal basis of the columns of X: the eigenspace, once converged. */
    public Matrix basis() {
        Matrix basis = x.copy();
        kernels.thinQr(basis, basis, core);
        return basis;
    }
}

package lowrank4j.solver;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;

/**
 * The eigenpairs of a symmetric Σ one after another, the largest first: gradient descent on {@code ¼‖Σ - xxᵀ‖²} with step η/‖x‖²,
 * {@code x ← x + (η/‖x‖²)(Σ - xxᵀ)x}, then the same on {@code Σ - xxᵀ} (Gan, Jedra, Shah 2025, arXiv 2502.00320). With η = ½ the norm of x follows Heron's
 * iteration for the root of the eigenvalue.
 *
 * <p>Converges from any start, small or large, without the norm of Σ, linearly at about {@code 1 - η(1 - λ₂/λ₁)} of what is left of Σ, as long as λ₁ is above 0. A rectangular M is served by
 * Σ = [0 M; Mᵀ 0]. Cost of a step: a product of Σ with a vector, and 4n for each eigenpair found. Nothing is allocated after the first.
 */
public final class DeflatedDescent {
    private final LinearMap map;
    private final Kernels kernels;
    private final double step;
    private final double scale;
    private final Random random;
    private final Matrix found;
    private final Matrix overlaps;
    private final Matrix x;
    private final Matrix direction;
    private int count;
    private double gradient;

    /**
     * Starts with a random vector.
     *
     * @param map Σ, symmetric n×n
     * @param rank eigenpairs wanted, 1 … n
     * @param step η, above 0 and below 1, the paper's being ½
     * @param scale of the entries of each start, N(0, scale²/n); above 0, and of little effect
     */
    public DeflatedDescent(LinearMap map, int rank, double step, double scale, long seed, Kernels kernels) {
        int n = map.rows();
        if (map.columns() != n || rank < 1 || rank > n) {
            throw new InvalidArgumentException("rank is " + rank + " for a map of " + n + "x" + map.columns()
                    + ", but the map must be square, n x n, and the rank from 1 to n");
        }
        if (!(step > 0 && step < 1)) {
            throw new InvalidArgumentException("step is " + step + ", but must be above 0 and below 1");
        }
        this.map = map;
        this.kernels = kernels;
        this.step = step;
        this.scale = Positive.require("scale", scale);
        this.random = new Random(seed);
        this.found = Matrix.zeros(n, rank);
        this.overlaps = Matrix.zeros(rank, 1);
        this.x = Matrix.zeros(n, 1);
        this.direction = Matrix.zeros(n, 1);
        begin();
    }

    private void begin() {
        x.copyFrom(Initialisation.gaussian(x.rows(), 1, scale / Math.sqrt(x.rows()), random));
        gradient = Double.POSITIVE_INFINITY;
    }

    /** One step on the vector that is being sought. */
    public void step() {
        map.times(x, direction);
        if (count > 0) {
            Matrix before = found.columnRange(0, count);
            Matrix part = overlaps.rowRange(0, count);
            kernels.transposedMultiply(1, before, x, 0, part);
            kernels.multiply(-1, before, part, 1, direction);
        }
        double size = Math.sqrt(kernels.dot(direction, direction));
        double squared = value();
        kernels.axpy(-squared, x, direction);
        gradient = size == 0 ? 0 : Math.sqrt(kernels.dot(direction, direction)) / size;
        if (squared > 0) {
            kernels.axpy(step / squared, direction, x);
        }
    }

    /** Takes the vector for an eigenvector times the root of its eigenvalue, and begins with the next. */
    public void deflate() {
        if (count == found.columns()) {
            throw new InvalidArgumentException("all " + count + " eigenpairs that were asked for are found");
        }
        found.columnRange(count, count + 1).copyFrom(x);
        count++;
        begin();
    }

    /** {@code ‖Σx - ‖x‖²x‖/‖Σx‖}, Σ without what was found, before the last step: zero at an eigenvector; infinite before the first. */
    public double relativeGradient() {
        return gradient;
    }

    /** ‖x‖²: the eigenvalue, once converged. */
    public double value() {
        return kernels.dot(x, x);
    }

    /** x as it is, n×1, live. */
    public Matrix iterate() {
        return x;
    }

    /** What was found so far: eigenvectors times the roots of their eigenvalues in its columns, so that {@code Σ ≈ XXᵀ}; live. */
    public Matrix found() {
        return found.columnRange(0, count);
    }
}

package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Magnitude;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import lowrank4j.solver.EigenspaceDescent;
import lowrank4j.solver.Problem;
import lowrank4j.solver.StoppingRule;

/**
 * The best approximation of a known matrix by one of low rank: its truncated singular value decomposition, or the leading
 * eigenspace of a symmetric matrix; by a full decomposition, O(n1·n2·min(n1, n2)) flops and three times the matrix in memory, or by
 * the iterations of the literature.
 */
public final class LowRankApproximation {
    /** Asymmetry up to this, relative to the largest entry, is taken for rounding. */
    private static final double SYMMETRY = 1e-9;

    private LowRankApproximation() {}

    /**
     * {@code X ≈ left · diag(values) · rightᵀ}.
     *
     * @param left n1×r, orthonormal columns
     * @param values r singular values, or eigenvalues, descending
     * @param right n2×r, orthonormal columns; equal to {@code left} for an eigenspace
     * @param relativeError ‖X - approximation‖/‖X‖, Frobenius; 0 for X = 0
     */
    public record Approximation(Matrix left, double[] values, Matrix right, double relativeError) {
        /** Balanced factors: {@code left·diag(values)^½} and {@code right·diag(values)^½}; values must not be negative. */
        public Factors factors() {
            return new Factors(scaled(left), scaled(right));
        }

        private Matrix scaled(Matrix basis) {
            Matrix scaled = basis.copy();
            for (int k = 0; k < values.length; k++) {
                for (int i = 0; i < scaled.rows(); i++) {
                    scaled.set(i, k, scaled.get(i, k) * Math.sqrt(values[k]));
                }
            }
            return scaled;
        }
    }

    /**
     * What an iteration on the eigenspace arrived at.
     *
     * @param approximation the eigenpairs of x on the space found
     * @param iterations so many
     * @param converged whether the relative gradient came within its tolerance
     */
    public record Descended(Approximation approximation, int iterations, boolean converged) {}

    /**
     * The best approximation of a given rank.
     *
     * @param x finite, at least 1×1
     * @param rank 1 … min(n1, n2)
     */
    public static Approximation ofRank(Matrix x, int rank, Engine engine) {
        requireMatrix(x);
        if (rank < 1 || rank > Math.min(x.rows(), x.columns())) {
            throw new InvalidArgumentException(
                    "rank is " + rank + ", but must be from 1 to min(n1, n2) = " + Math.min(x.rows(), x.columns()));
        }
        return truncated(decomposed(x, engine), rank);
    }

    /**
     * The approximation of least rank whose relative error is at most {@code tolerance}.
     *
     * @param x finite, at least 1×1
     * @param tolerance in [0, 1)
     */
    public static Approximation withinTolerance(Matrix x, double tolerance, Engine engine) {
        requireMatrix(x);
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new InvalidArgumentException("tolerance is " + tolerance + ", but must be at least 0 and below 1");
        }
        Approximation full = decomposed(x, engine);
        double total = tail(full.values(), 0);
        int rank = 1;
        while (rank < full.values().length && tail(full.values(), rank) > tolerance * tolerance * total) {
            rank++;
        }
        return truncated(full, rank);
    }

    /**
     * The eigenvectors of the {@code rank} algebraically largest eigenvalues.
     *
     * @param x symmetric and finite, at least 1×1
     * @param rank 1 … n
     */
    public static Approximation topEigenspace(Matrix x, int rank, Engine engine) {
        requireMatrix(x);
        requireSymmetric(x);
        int n = x.rows();
        if (rank < 1 || rank > n) {
            throw new InvalidArgumentException("rank is " + rank + ", but must be from 1 to " + n);
        }
        double[] values = new double[n];
        Matrix vectors = Matrix.zeros(n, n);
        engine.kernels().symmetricEigen(x.copy(), values, vectors);
        return truncated(new Approximation(vectors, values, vectors, 0), rank);
    }

    /**
     * The approximation {@code L Rᵀ}, or {@code U Uᵀ} if symmetric, that a method on the factors arrives at; without a decomposition of x, at
     * 4 to 8·n1·n2·r flops an iteration. Converged where the objective has settled, which from a random start is at the best
     * approximation; the options' tolerance ends it earlier where x itself is of that rank.
     *
     * @param x finite, at least 1×1
     * @param symmetric whether x is symmetric and wanted as {@code U Uᵀ}, which holds no negative eigenvalues
     * @param options with a rank, a method other than recommended, and without a hold-out
     */
    public static RecoveryResult byMethod(Matrix x, boolean symmetric, RecoveryOptions options) {
        long start = System.nanoTime();
        requireMatrix(x);
        if (symmetric) {
            requireSymmetric(x);
        }
        if (options.rank().isEmpty() || options.algorithm() == Algorithm.RECOMMENDED || options.holdOut() > 0) {
            throw new InvalidArgumentException(
                    "a known matrix is approximated by a method that is named, at a rank that is given, and fitted to all"
                            + " of it; the options have algorithm " + options.algorithm() + ", rank " + options.rank()
                            + ", hold-out " + options.holdOut());
        }
        try (Engine engine = RecoveryRun.engine(options)) {
            EveryEntry operator = symmetric
                    ? EveryEntry.symmetric(x.rows(), engine)
                    : EveryEntry.rectangular(x.rows(), x.columns(), engine);
            return RecoveryRun.run(
                    new Problem(operator, x.toArray(), engine),
                    Optional.empty(),
                    options,
                    start,
                    StoppingRule.settled(SETTLED_WINDOW, SETTLED_FRACTION));
        }
    }

    /** Iterations over which an objective must fall by no more than rounding and a little to count as settled. */
    private static final int SETTLED_WINDOW = 50;

    private static final double SETTLED_FRACTION = 1e-10;

    /**
     * {@link #topEigenspace} by descent, {@link EigenspaceDescent}: for few of the eigenvalues of a large matrix.
     *
     * @param x symmetric and finite, at least 1×1; without a retraction its {@code rank} largest eigenvalues must be above 0
     * @param rank 1 … n
     * @param tolerance of the relative gradient, above 0
     * @param maxIterations at least 1
     */
    public static Descended topEigenspaceByDescent(
            Matrix x,
            int rank,
            EigenspaceDescent.Retraction retraction,
            double tolerance,
            int maxIterations,
            long seed,
            Engine engine) {
        requireMatrix(x);
        requireSymmetric(x);
        RecoveryRun.requireRank(rank, x.rows());
        if (!(tolerance > 0)) {
            throw new InvalidArgumentException("tolerance is " + tolerance + ", but must be above 0");
        }
        if (maxIterations < 1) {
            throw new InvalidArgumentException("maxIterations is " + maxIterations + ", but must be at least 1");
        }
        double[] entries = x.toArray();
        // Squares of gradients are of the size of x to the third power, and may overflow, or vanish, where x does not.
        double unit = unit(entries);
        for (int k = 0; k < entries.length; k++) {
            entries[k] /= unit;
        }
        LinearMap map = EveryEntry.symmetric(x.rows(), engine).adjoint(entries);
        double step = EigenspaceDescent.defaultStep(map, engine.kernels());
        EigenspaceDescent descent = new EigenspaceDescent(
                map,
                EigenspaceDescent.start(x.rows(), rank, 0.1 / Math.sqrt(step), seed),
                step,
                retraction,
                engine.kernels());
        int iterations = 0;
        while (iterations < maxIterations && descent.relativeGradient() > tolerance) {
            descent.step();
            iterations++;
        }
        boolean converged = descent.relativeGradient() <= tolerance;
        Approximation scaled = ritz(Matrix.wrap(entries, x.rows(), x.rows()), map, descent.basis(), engine);
        double[] values =
                Arrays.stream(scaled.values()).map(value -> unit * value).toArray();
        Approximation found = new Approximation(scaled.left(), values, scaled.right(), scaled.relativeError());
        return new Descended(found, iterations, converged);
    }

    /** The power of two at or below the largest magnitude, by which to divide costs no digits; 1 of zeros. */
    private static double unit(double[] entries) {
        double largest = 0;
        for (double entry : entries) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest));
    }

    /** The eigenpairs of x on the span of a basis. */
    private static Approximation ritz(Matrix x, LinearMap map, Matrix basis, Engine engine) {
        int rank = basis.columns();
        Matrix image = Matrix.zeros(basis.rows(), rank);
        Matrix core = Matrix.zeros(rank, rank);
        Matrix rotation = Matrix.zeros(rank, rank);
        double[] values = new double[rank];
        map.times(basis, image);
        engine.kernels().transposedMultiply(1, basis, image, 0, core);
        engine.kernels().symmetricEigen(core, values, rotation);
        Matrix vectors = Matrix.zeros(basis.rows(), rank);
        engine.kernels().multiply(1, basis, rotation, 0, vectors);
        double total = engine.kernels().dot(x, x);
        double left = Math.max(0, total - tail(values, 0));
        return new Approximation(vectors, values, vectors, total == 0 ? 0 : Math.sqrt(left / total));
    }

    static void requireMatrix(Matrix x) {
        if (x.rows() < 1 || x.columns() < 1) {
            throw new InvalidArgumentException("the matrix is " + x.shape() + ", but must be at least 1x1");
        }
        if (!x.isFinite()) {
            throw new InvalidArgumentException("the matrix contains NaN or an infinity");
        }
        Magnitude.objection(x.toArray()).ifPresent(objection -> {
            throw new InvalidArgumentException("the matrix: " + objection);
        });
    }

    private static void requireSymmetric(Matrix x) {
        if (x.rows() != x.columns()) {
            throw new InvalidArgumentException(
                    "the matrix is " + x.shape() + ", but must be symmetric for its eigenspace");
        }
        double largest = 0;
        double gap = 0;
        String where = "";
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.rows(); j++) {
                largest = Math.max(largest, Math.abs(x.get(i, j)));
                double difference = Math.abs(x.get(i, j) - x.get(j, i));
                if (difference > gap) {
                    gap = difference;
                    where = "(" + i + ", " + j + ")";
                }
            }
        }
        if (gap > SYMMETRY * largest) {
            throw new InvalidArgumentException(
                    "the matrix must be symmetric for its eigenspace, but differs from its transpose by " + gap + " at "
                            + where);
        }
    }

    private static Approximation decomposed(Matrix x, Engine engine) {
        int k = Math.min(x.rows(), x.columns());
        Matrix u = Matrix.zeros(x.rows(), k);
        Matrix v = Matrix.zeros(x.columns(), k);
        double[] values = new double[k];
        engine.kernels().thinSvd(x, u, values, v);
        return new Approximation(u, values, v, 0);
    }

    private static Approximation truncated(Approximation full, int rank) {
        double[] values = Arrays.copyOf(full.values(), rank);
        double total = tail(full.values(), 0);
        double error = total == 0 ? 0 : Math.sqrt(tail(full.values(), rank) / total);
        return new Approximation(
                full.left().columnRange(0, rank).copy(),
                values,
                full.right().columnRange(0, rank).copy(),
                error);
    }

    /** Σ of the squares from index {@code from}, the smallest first. */
    private static double tail(double[] values, int from) {
        double sum = 0;
        for (int k = values.length - 1; k >= from; k--) {
            sum += values[k] * values[k];
        }
        return sum;
    }
}

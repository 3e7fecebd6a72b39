package lowrank4j.solver;

import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.LinearMap;
import lowrank4j.sensing.ObservedEntries;

/**
 * MF-Global: {@code min ½‖P_Ω(X - M)‖² + λ‖X‖_*} over all X, by factors (Lee, Liang, Tang, Toh 2024, JMLR 25, arXiv 2204.14067, algorithm 1).
 * Each iteration sweeps over the factors of {@code ½‖P_Ω(L Rᵀ - M)‖² + λ/2(‖L‖² + ‖R‖²)}, whose least value is the same, and then lifts: an
 * inexact proximal gradient step in X, {@code X ← SVT_λ(L Rᵀ - P_Ω(L Rᵀ - M))}, by block power iteration on this sum of a sparse matrix and one of
 * low rank, begun at the factors, at what the last lift left below λ and at two random directions. The lift finds the rank and leaves stationary points of the factors that are none
 * of X; the sweeps are what makes it fast. The lift's step of 1 is at most the inverse curvature, so it is kept as it is; where too few power
 * iterations make the objective rise, the factors stay.
 *
 * <p>The sweeps are exact least squares by rows, where the paper has coordinate descent. Nothing is assumed of the entries or the sampling:
 * the problem is convex, and {@link #relativeGap} certifies how near its least value is. Cost of an iteration: two sweeps, 4·m·r² + 2(n1+n2)r³/3
 * flops, and a lift, 60·m·r + 40(n1+n2)r².
 */
public final class NuclearNormCompletion {
    /** Sweeps before a lift, as in the paper. */
    public static final int SWEEPS = 2;

    /** Power iterations of a lift, as in the paper. */
    private static final int POWERS = 5;

    /** Directions offered to a lift beside the present ones: the most by which it can raise the rank. */
    private static final int OFFERED = 8;

    /** Of these the random ones. The others go on from the last lift: near λ values lie close together, and a few power iterations part none. */
    private static final int RANDOM = 2;

    /** Part of the first automatic λ below which it does not fall, for entries that are matched without a residual. */
    private static final double LEAST_PENALTY = 1e-6;

    private final Problem problem;
    private final Kernels kernels;
    private final AlternatingLeastSquares squares;
    private final OptionalDouble given;
    private final int limit;
    private final int sweeps;
    private final Random random;
    private final double least;
    private double penalty;
    private Matrix beside;
    private double[] residual;
    private double[] other;
    private double loss;

    /**
     * Starts from X = 0.
     *
     * @param values by position in the pattern, finite
     * @param penalty λ, above 0; empty for the spectral norm that noise of the size of the residual has on the pattern, anew at each iteration
     * @param limit the rank never to be exceeded, 1 … min(n1, n2); the optimum itself where it is below
     * @param sweeps before each lift, at least 0; with 0 this is the inexact proximal gradient method
     */
    public NuclearNormCompletion(
            SparsePattern pattern,
            double[] values,
            OptionalDouble penalty,
            int limit,
            int sweeps,
            long seed,
            Engine engine) {
        penalty.ifPresent(value -> Positive.require("penalty", value));
        this.problem = new Problem(new ObservedEntries(pattern, engine), values, engine);
        if (limit < 1 || limit > problem.maxRank()) {
            throw new InvalidArgumentException(
                    "rank is " + limit + ", but must be from 1 to min(n1, n2) = " + problem.maxRank());
        }
        if (sweeps < 0) {
            throw new InvalidArgumentException("sweeps are " + sweeps + ", but must be at least 0");
        }
        this.kernels = engine.kernels();
        this.squares = new AlternatingLeastSquares(pattern, values, zero(0), 0, 0, engine);
        this.given = penalty;
        this.limit = limit;
        this.sweeps = sweeps;
        this.random = new Random(seed);
        this.beside = Matrix.zeros(pattern.columns(), 0);
        this.residual = new double[values.length];
        this.other = new double[values.length];
        this.loss = evaluate(factors(), residual);
        this.least = Math.max(LEAST_PENALTY * noise(), Double.MIN_NORMAL);
        this.penalty = penalty.orElse(noise());
    }

    private Factors zero(int rank) {
        return new Factors(Matrix.zeros(problem.rows(), rank), Matrix.zeros(problem.columns(), rank));
    }

    /** λ of pure noise of the size of the present residual. Shrunken values use up few degrees of freedom: none are taken off. */
    private double noise() {
        return problem.noiseEdge(loss, 0) * problem.operator().energy();
    }

    /** {@code out ← P_Ω(L Rᵀ - M)}; returns its square. */
    private double evaluate(Factors x, double[] out) {
        problem.operator().forward(x, out);
        double sum = 0;
        for (int e = 0; e < out.length; e++) {
            out[e] -= problem.observed()[e];
            sum += out[e] * out[e];
        }
        return sum;
    }

    /** The live factors, balanced after a lift. */
    public Factors factors() {
        return squares.factors();
    }

    /** λ in use. */
    public double penalty() {
        return penalty;
    }

    /** {@code ‖P_Ω(L Rᵀ - M)‖²}. */
    public double loss() {
        return loss;
    }

    /** {@code ½‖P_Ω(L Rᵀ - M)‖² + λ/2(‖L‖² + ‖R‖²)}, which with balanced factors is the convex objective, and never below it. */
    public double objective() {
        return objective(factors(), loss);
    }

    private double objective(Factors x, double itsLoss) {
        return 0.5 * (itsLoss + penalty * (kernels.dot(x.left(), x.left()) + kernels.dot(x.right(), x.right())));
    }

    /** One iteration: the sweeps, then the lift, then an automatic λ. */
    public void step() {
        if (factors().rank() > 0 && sweeps > 0) {
            for (int sweep = 0; sweep < sweeps; sweep++) {
                squares.sweep(penalty);
            }
            loss = evaluate(factors(), residual);
        }
        lift();
        if (given.isEmpty()) {
            penalty = Math.max(least, noise());
        }
    }

    private void lift() {
        Matrix start = offered();
        int width = start.columns();
        SubspaceIteration.Triples top = new SubspaceIteration(kernels).singular(descended(), start, width, 0, POWERS);
        int rank = 0;
        while (rank < Math.min(limit, width) && top.values()[rank] > penalty) {
            rank++;
        }
        Factors lifted = zero(rank);
        for (int k = 0; k < rank; k++) {
            double root = Math.sqrt(top.values()[k] - penalty);
            kernels.scaledCopy(
                    root, top.left().columnRange(k, k + 1), lifted.left().columnRange(k, k + 1));
            kernels.scaledCopy(
                    root, top.right().columnRange(k, k + 1), lifted.right().columnRange(k, k + 1));
        }
        beside = top.right().columnRange(rank, Math.min(width, rank + OFFERED - RANDOM));
        double itsLoss = evaluate(lifted, other);
        if (objective(lifted, itsLoss) <= objective()) {
            squares.replace(lifted);
            double[] spare = residual;
            residual = other;
            other = spare;
            loss = itsLoss;
        }
    }

    /** The right factor beside what the last lift left below λ, and some random columns. */
    private Matrix offered() {
        int rank = factors().rank();
        int width = Math.min(rank + OFFERED, problem.maxRank());
        Matrix start = Initialisation.gaussian(problem.columns(), width, 1, random);
        start.columnRange(0, rank).copyFrom(factors().right());
        int kept = Math.min(beside.columns(), Math.max(0, width - rank - RANDOM));
        start.columnRange(rank, rank + kept).copyFrom(beside.columnRange(0, kept));
        return start;
    }

    /** {@code L Rᵀ - P_Ω(L Rᵀ - M)}, a gradient step of length 1 from X. */
    private LinearMap descended() {
        LinearMap sparse = problem.operator().adjoint(residual);
        Factors x = factors();
        return new LinearMap() {
            @Override
            public int rows() {
                return x.rows();
            }

            @Override
            public int columns() {
                return x.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                sparse.times(v, out);
                subtractFrom(x.left(), x.right(), v, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                sparse.transposedTimes(u, out);
                subtractFrom(x.right(), x.left(), u, out);
            }
        };
    }

    /** {@code out ← outer·(innerᵀ v) - out}. */
    private void subtractFrom(Matrix outer, Matrix inner, Matrix v, Matrix out) {
        Matrix core = Matrix.zeros(inner.columns(), v.columns());
        kernels.transposedMultiply(1, inner, v, 0, core);
        kernels.multiply(1, outer, core, -1, out);
    }

    /**
     * How far the objective is above the least at most, relative to it: the duality gap at the residual, scaled to the spectral norm λ, which
     * is feasible for the dual {@code max <Z, M> - ½‖Z‖², ‖P_Ω(Z)‖ ≤ λ}. It falls as the root of the true distance. Cost: up to 80 sparse products.
     */
    public double relativeGap() {
        double norm = new SubspaceIteration(kernels)
                .singular(problem.operator().adjoint(residual), offered(), 1, GAP_TOLERANCE, GAP_POWERS)
                .values()[0];
        double scale = norm > penalty ? penalty / norm : 1;
        double product = 0;
        for (int e = 0; e < residual.length; e++) {
            product -= residual[e] * problem.observed()[e];
        }
        double dual = scale * product - 0.5 * scale * scale * loss;
        double primal = objective();
        return primal == 0 ? 0 : Math.max(0, primal - dual) / primal;
    }

    private static final int GAP_POWERS = 40;

    private static final double GAP_TOLERANCE = 1e-12;
}

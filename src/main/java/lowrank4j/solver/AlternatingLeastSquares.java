package lowrank4j.solver;

import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * Alternating least squares for observed entries with a ridge that grows with a row's count,
 * {@code Σ (l_i·r_j - y_ij)² + λ(Σ nᵢ^¾ ‖l_i‖² + Σ nⱼ^¾ ‖r_j‖²)} (Zhou, Wilkinson, Schreiber, Pan 2008, with the power of the count
 * between their 1 and the plain ridge's 0, which predicted held-out ratings best).
 *
 * <p>The last columns of both factors may be held as they are, without a ridge: so offsets take part in every product and nothing is
 * subtracted from the values, which are kept once by row and once by column.
 *
 * <p>With a weight w_ij an entry, {@code Σ w_ij (l_i·r_j - y_ij)²}, the count nᵢ is the sum of a row's weights: an entry of weight 2
 * counts as if it were there twice.
 *
 * <p>Each half sweep solves one r×r system a row. Cost of a sweep: 2·m·r² + (n1+n2)·r³/3 flops. Rows are independent, so results
 * have the same bits for any number of threads.
 */
public final class AlternatingLeastSquares {
    /** Power of a row's count in its ridge: on real ratings better than 1/2 and 1. */
    private static final double COUNT_POWER = 0.75;

    /** Rounds in search of a minimum under a constraint, and how little of the largest number the last one moves. */
    private static final int MOST_ROUNDS = 200;

    private static final double STILL = 1e-13;

    /** Rows are handed to threads in so many blocks. */
    private static final int BLOCKS = 64;

    private final Engine engine;
    private final SparsePattern.Entries byRow;
    private final SparsePattern.Entries byColumn;
    /** Weights by row and by column; empty without. */
    private final double[] rowWeights;

    private final double[] columnWeights;
    private final int held;
    private final double countPower;
    private final boolean nonnegative;
    private final double[] blockLoss = new double[BLOCKS];
    private Factors factors;
    /** Scratch memory that no thread has at present, for factors of their present rank: there is never more of it than threads. */
    private final Queue<RowSolver> idle = new ConcurrentLinkedQueue<>();

    /**
     * Starts from random factors.
     *
     * @param values by position in the pattern
     * @param rank 1 … min(n1, n2)
     */
    public AlternatingLeastSquares(SparsePattern pattern, double[] values, int rank, long seed, Engine engine) {
        this(pattern, values, randomRight(pattern, values, rank, seed), 0, COUNT_POWER, engine);
    }

    /** The same with factors that have no negative entry. */
    public static AlternatingLeastSquares nonnegative(
            SparsePattern pattern, double[] values, int rank, long seed, Engine engine) {
        Factors start = randomRight(pattern, values, rank, seed);
        for (int k = 0; k < start.right().data().length; k++) {
            start.right().data()[k] = Math.abs(start.right().data()[k]);
        }
        return new AlternatingLeastSquares(
                new SparsePattern.Entries(pattern, values),
                pattern.transposed(values),
                start,
                0,
                COUNT_POWER,
                true,
                new double[0],
                new double[0],
                engine);
    }

    /**
     * Starts from given factors, of which only the right one and what is held matter.
     *
     * @param byRow kept
     * @param byColumn the same entries transposed; kept
     * @param start n1×r and n2×r, which the sweeps change
     * @param held the last so many columns stay as they are, 0 … r - 1
     */
    public AlternatingLeastSquares(
            SparsePattern.Entries byRow, SparsePattern.Entries byColumn, Factors start, int held, Engine engine) {
        this(byRow, byColumn, start, held, COUNT_POWER, false, new double[0], new double[0], engine);
    }

    /** @param countPower power of a row's count in its ridge, at least 0; 0 for the plain ridge {@code λ(‖L‖² + ‖R‖²)} */
    AlternatingLeastSquares(
            SparsePattern pattern, double[] values, Factors start, int held, double countPower, Engine engine) {
        this(
                new SparsePattern.Entries(pattern, values),
                pattern.transposed(values),
                start,
                held,
                countPower,
                false,
                new double[0],
                new double[0],
                engine);
    }

    /**
     * These sweeps with a weight an entry, from where they are.
     *
     * @param weights by position in the pattern, above 0; none for ones
     */
    public AlternatingLeastSquares weighted(double[] weights) {
        double[] transposed = weights.length == 0
                ? weights
                : byRow.pattern().transposed(weights).values();
        return new AlternatingLeastSquares(
                byRow, byColumn, factors, held, countPower, nonnegative, weights, transposed, engine);
    }

    private AlternatingLeastSquares(
            SparsePattern.Entries byRow,
            SparsePattern.Entries byColumn,
            Factors start,
            int held,
            double countPower,
            boolean nonnegative,
            double[] rowWeights,
            double[] columnWeights,
            Engine engine) {
        this.rowWeights = rowWeights;
        this.columnWeights = columnWeights;
        this.engine = engine;
        this.byRow = byRow;
        this.byColumn = byColumn;
        this.factors = start;
        this.held = held;
        this.countPower = countPower;
        this.nonnegative = nonnegative;
    }

    private static Factors randomRight(SparsePattern pattern, double[] values, int rank, long seed) {
        if (rank < 1 || rank > Math.min(pattern.rows(), pattern.columns())) {
            throw new InvalidArgumentException("rank is " + rank + ", but must be from 1 to min(n1, n2) = "
                    + Math.min(pattern.rows(), pattern.columns()));
        }
        double deviation =
                Math.sqrt(Arrays.stream(values).map(v -> v * v).average().orElse(0));
        return new Factors(
                Matrix.zeros(pattern.rows(), rank),
                Initialisation.gaussian(pattern.columns(), rank, startingDeviation(deviation, rank), new Random(seed)));
    }

    /** Deviation of random entries of a right factor to start from, for values of a deviation. */
    public static double startingDeviation(double deviation, int rank) {
        return Math.sqrt(Math.max(deviation, Double.MIN_NORMAL) / rank);
    }

    /** The ridge of a row of so many entries, or of so much weight, {@code ridge·n^¾}. */
    public static double ridgeOf(double ridge, double count) {
        return ridge * Math.pow(count, COUNT_POWER);
    }

    /** The live factors, with what is held. */
    public Factors factors() {
        return factors;
    }

    /** Goes on from other factors, of any rank, with as many columns held; the sweeps change them. */
    public void replace(Factors next) {
        factors = next;
        idle.clear();
    }

    /**
     * One sweep: the left factor given the right, then the right given the left.
     *
     * @param ridge λ, above 0, in units of X
     * @return Σ w_ij (l_i·r_j - y_ij)² after it, up to rounding of Σ w_ij y_ij²
     */
    public double sweep(double ridge) {
        return sweep(ridge, Optional.empty());
    }

    /**
     * One sweep of reweighted least squares, each entry weighted by its present residual; nothing may be held with weights.
     *
     * @param ridge λ, above 0, in units of X
     * @param weights empty for squares
     * @return as {@link #sweep(double)}; NaN where reweighted, or with factors that are not negative, of which no Gram matrix is kept
     */
    public double sweep(double ridge, Optional<Reweighting> weights) {
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("ridge is " + ridge + ", but must be above 0 and finite");
        }
        solve(byRow, rowWeights, factors.right(), factors.left(), ridge, weights);
        return solve(byColumn, columnWeights, factors.left(), factors.right(), ridge, weights);
    }

    private double solve(
            SparsePattern.Entries entries,
            double[] own,
            Matrix fixed,
            Matrix unknown,
            double ridge,
            Optional<Reweighting> weights) {
        SparsePattern pattern = entries.pattern();
        boolean one = weights.isPresent() || nonnegative;
        engine.workers().run(BLOCKS, block -> {
            int from = (int) ((long) pattern.rows() * block / BLOCKS);
            int to = (int) ((long) pattern.rows() * (block + 1) / BLOCKS);
            Matrix out = unknown.rowRange(from, to);
            if (one) {
                new WeightedRows(engine.kernels(), countPower, nonnegative)
                        .solve(pattern, entries.values(), own, from, to, fixed, ridge, weights, out);
                blockLoss[block] = Double.NaN;
                return;
            }
            RowSolver solver = Optional.ofNullable(idle.poll())
                    .orElseGet(() -> new RowSolver(engine.kernels(), fixed.columns() - held, held, countPower));
            blockLoss[block] = solver.solve(pattern, entries.values(), own, from, to, fixed, ridge, out);
            idle.add(solver);
        });
        double loss = 0;
        for (double part : blockLoss) {
            loss += part;
        }
        return Math.max(0, loss);
    }

    /**
     * {@code out_i ← argmin Σ_j w_j(x·fixed_j - values_j)² + ridge·n^¾‖x‖², x ≥ 0}, over the entries of each row, to the minimum, where a
     * sweep only comes closer to it. Cost: 2r² flops an entry and 16r² a row, at most 200 times.
     *
     * @param weights w by position, above 0; none for ones
     * @param out rows×r, where to start, at least 0
     */
    public static void solveNonnegative(
            SparsePattern pattern,
            double[] values,
            double[] weights,
            Matrix fixed,
            double ridge,
            Kernels kernels,
            Matrix out) {
        WeightedRows rows = new WeightedRows(kernels, COUNT_POWER, true);
        double moved = 1;
        double largest = 0;
        for (int round = 0; round < MOST_ROUNDS && moved > STILL * largest; round++) {
            Matrix before = out.copy();
            rows.solve(pattern, values, weights, 0, pattern.rows(), fixed, ridge, Optional.empty(), out);
            moved = 0;
            largest = 0;
            for (int i = 0; i < out.rows(); i++) {
                for (int k = 0; k < out.columns(); k++) {
                    moved = Math.max(moved, Math.abs(out.get(i, k) - before.get(i, k)));
                    largest = Math.max(largest, out.get(i, k));
                }
            }
        }
    }

    /** The r×r systems of rows, a group of them at a time, with their scratch memory. */
    public static final class RowSolver {
        /** Systems that are solved together: as many as fill the widest vectors, some times over. */
        private static final int GROUP = 16;

        /** Entries with weights that are gathered at a time: what is gathered stays in a cache. */
        private static final int GATHERED = 512;

        private final Kernels kernels;
        private final int rank;
        private final int order;
        private final double countPower;
        private final Matrix grams;
        private final Matrix systems;
        private final double[] multipliers;
        /** Room for entries with weights, made when there are some. */
        private Matrix gathered = Matrix.zeros(0, 0);

        private Matrix gram = gathered;

        /** Solves for rows of {@code rank} numbers. */
        public RowSolver(Kernels kernels, int rank) {
            this(kernels, rank, 0, COUNT_POWER);
        }

        private RowSolver(Kernels kernels, int rank, int held, double countPower) {
            this.kernels = kernels;
            this.rank = rank;
            this.order = rank + held + 1;
            this.countPower = countPower;
            this.grams = Matrix.zeros(GROUP * order, order);
            this.systems = Matrix.zeros(GROUP * rank, rank);
            this.multipliers = new double[order];
        }

        /**
         * {@code out_i ← argmin Σ_j w_j(x·fixed_j - values_j)² + ridge·n^¾‖x‖²} over the entries of each row, from ≤ i &lt; to, and over
         * the first {@code rank} numbers of x; zeros where it has none, or where rounding has lost the ridge: a zero row predicts what
         * is held.
         *
         * @param weights w by position, above 0; none for ones
         * @param out (to - from)×(rank and what is held)
         * @return the weighted sum of the squares that are left
         */
        public double solve(
                SparsePattern pattern,
                double[] values,
                double[] weights,
                int from,
                int to,
                Matrix fixed,
                double ridge,
                Matrix out) {
            double loss = 0;
            for (int first = from; first < to; first += GROUP) {
                int end = Math.min(to, first + GROUP);
                if (weights.length == 0) {
                    kernels.completionGrams(
                            pattern, first, end, fixed, values, grams.rowRange(0, (end - first) * order));
                }
                for (int i = first; i < end; i++) {
                    if (weights.length > 0) {
                        Matrix ofRow = grams.rowRange((i - first) * order, (i - first + 1) * order);
                        weightedGram(pattern, values, weights, i, fixed, ofRow);
                    }
                    double damping = ridge * Math.pow(WeightedRows.sum(pattern, weights, i), countPower);
                    normalEquations((i - first) * order, damping, (i - first) * rank, out, i - from);
                }
                kernels.choleskySolveEach(
                        systems.rowRange(0, (end - first) * rank),
                        out.rowRange(first - from, end - from).columnRange(0, rank));
                for (int i = first; i < end; i++) {
                    loss += loss((i - first) * order, out, i - from);
                }
            }
            return loss;
        }

        /** The Gram matrix of √w[X, H, y], the entries of a row some at a time. */
        private void weightedGram(
                SparsePattern pattern, double[] values, double[] weights, int row, Matrix fixed, Matrix out) {
            if (gathered.columns() != order) {
                gathered = Matrix.zeros(GATHERED, order);
                gram = Matrix.zeros(order, order);
            }
            out.fill(0);
            int end = pattern.rowStart()[row + 1];
            for (int start = pattern.rowStart()[row]; start < end; start += GATHERED) {
                int count = Math.min(GATHERED, end - start);
                for (int k = 0; k < count; k++) {
                    double root = Math.sqrt(weights[start + k]);
                    int source = fixed.rowOffset(pattern.columnIndex()[start + k]);
                    int target = gathered.rowOffset(k);
                    for (int c = 0; c < order - 1; c++) {
                        gathered.data()[target + c] = root * fixed.data()[source + c];
                    }
                    gathered.data()[target + order - 1] = root * values[start + k];
                }
                kernels.gram(gathered.rowRange(0, count), gram);
                kernels.axpy(1, gram, out);
            }
        }

        /** {@code (XᵀX + damping·I) x = Xᵀ(y - Hh)} of one row, h what is held of it, from the Gram matrix of [X, H, y]. */
        private void normalEquations(int gram, double damping, int system, Matrix out, int row) {
            double[] data = grams.data();
            for (int k = 0; k < rank; k++) {
                System.arraycopy(data, grams.rowOffset(gram + k), systems.data(), systems.rowOffset(system + k), k + 1);
                systems.data()[systems.rowOffset(system + k) + k] += damping;
                double right = data[grams.rowOffset(gram + order - 1) + k];
                for (int h = rank; h < order - 1; h++) {
                    right -= out.get(row, h) * data[grams.rowOffset(gram + h) + k];
                }
                out.set(row, k, right);
            }
        }

        /** {@code ‖Xx + Hh - y‖²}, a quadratic form of the Gram matrix. */
        private double loss(int gram, Matrix out, int row) {
            System.arraycopy(out.data(), out.rowOffset(row), multipliers, 0, order - 1);
            multipliers[order - 1] = -1;
            double loss = 0;
            for (int k = 0; k < order; k++) {
                int at = grams.rowOffset(gram + k);
                double sum = 0.5 * multipliers[k] * grams.data()[at + k];
                for (int l = 0; l < k; l++) {
                    sum += multipliers[l] * grams.data()[at + l];
                }
                loss += 2 * multipliers[k] * sum;
            }
            return loss;
        }
    }
}

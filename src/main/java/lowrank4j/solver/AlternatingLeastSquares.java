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
 * <p>With a {@link Reweighting} a sweep descends on a robust loss in place of squares; nonnegative factors are improved by coordinates, {@link NonnegativeRow}.
 *
 * <p>Each half sweep solves one r×r system a row. Cost of a sweep: 2·m·r² + (n1+n2)·r³/3 flops. Rows are independent, so results
 * have the same bits for any number of threads.
 */
public final class AlternatingLeastSquares {
    /** Power of a row's count in its ridge: on real ratings better than 1/2 and 1. */
    private static final double COUNT_POWER = 0.75;

    /** Rows are handed to threads in so many blocks. */
    private static final int BLOCKS = 64;

    private final Engine engine;
    private final Side left;
    private final Side right;
    private final double countPower;
    private final boolean nonnegative;
    private Factors factors;
    /** Scratch memory that no thread has at present, for factors of their present rank: there is never more of it than threads. */
    private final Queue<RowSolver> idle = new ConcurrentLinkedQueue<>();

    /** The entries of one factor's rows. */
    private record Side(SparsePattern pattern, double[] values, int largest) {
        static Side of(SparsePattern pattern, double[] values) {
            int largest = 0;
            for (int i = 0; i < pattern.rows(); i++) {
                largest = Math.max(largest, pattern.count(i));
            }
            return new Side(pattern, values, largest);
        }
    }

    /**
     * Starts from random factors.
     *
     * @param values by position in the pattern
     * @param rank 1 … min(n1, n2)
     */
    public AlternatingLeastSquares(SparsePattern pattern, double[] values, int rank, long seed, Engine engine) {
        this(pattern, values, randomRight(pattern, values, rank, seed), COUNT_POWER, false, engine);
    }

    /** The same with factors that have no negative entry. */
    public static AlternatingLeastSquares nonnegative(
            SparsePattern pattern, double[] values, int rank, long seed, Engine engine) {
        Factors start = randomRight(pattern, values, rank, seed);
        for (int k = 0; k < start.right().data().length; k++) {
            start.right().data()[k] = Math.abs(start.right().data()[k]);
        }
        return new AlternatingLeastSquares(pattern, values, start, COUNT_POWER, true, engine);
    }

    /**
     * Starts from given factors.
     *
     * @param values by position in the pattern
     * @param start n1×r and n2×r, which the sweeps change
     * @param countPower power of a row's count in its ridge, at least 0; 0 for the plain ridge {@code λ(‖L‖² + ‖R‖²)}
     */
    AlternatingLeastSquares(SparsePattern pattern, double[] values, Factors start, double countPower, Engine engine) {
        this(pattern, values, start, countPower, false, engine);
    }

    private AlternatingLeastSquares(
            SparsePattern pattern,
            double[] values,
            Factors start,
            double countPower,
            boolean nonnegative,
            Engine engine) {
        this.engine = engine;
        this.left = Side.of(pattern, values);
        this.right = transposed(pattern, values);
        this.factors = start;
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
        double scale = Math.sqrt(Math.max(deviation, Double.MIN_NORMAL)) / Math.sqrt(rank);
        return new Factors(
                Matrix.zeros(pattern.rows(), rank),
                Initialisation.gaussian(pattern.columns(), rank, scale, new Random(seed)));
    }

    private static Side transposed(SparsePattern pattern, double[] values) {
        int[] row = new int[values.length];
        for (int i = 0; i < pattern.rows(); i++) {
            Arrays.fill(row, pattern.rowStart()[i], pattern.rowStart()[i + 1], i);
        }
        SparsePattern.Entries entries =
                SparsePattern.sorted(pattern.columns(), pattern.rows(), pattern.columnIndex(), row, values);
        return Side.of(entries.pattern(), entries.values());
    }

    /** The ridge of a row of so many entries, {@code ridge·n^¾}. */
    public static double ridgeOf(double ridge, int count) {
        return ridge * Math.pow(count, COUNT_POWER);
    }

    /** The live factors. */
    public Factors factors() {
        return factors;
    }

    /** Goes on from other factors, of any rank, which the sweeps change. */
    void replace(Factors next) {
        factors = next;
        idle.clear();
    }

    /**
     * One sweep: the left factor given the right, then the right given the left.
     *
     * @param ridge λ, above 0, in units of X
     */
    public void sweep(double ridge) {
        sweep(ridge, Optional.empty());
    }

    /**
     * One sweep of reweighted least squares, each entry weighted by its present residual.
     *
     * @param ridge λ, above 0, in units of X
     * @param weights empty for squares
     */
    public void sweep(double ridge, Optional<Reweighting> weights) {
        if (!(ridge > 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("ridge is " + ridge + ", but must be above 0 and finite");
        }
        solve(left, factors.right(), factors.left(), ridge, weights);
        solve(right, factors.left(), factors.right(), ridge, weights);
    }

    private void solve(Side side, Matrix fixed, Matrix unknown, double ridge, Optional<Reweighting> weights) {
        int rows = side.pattern().rows();
        engine.workers().run(BLOCKS, block -> {
            int from = (int) ((long) rows * block / BLOCKS);
            int to = (int) ((long) rows * (block + 1) / BLOCKS);
            RowSolver solver = Optional.ofNullable(idle.poll())
                    .orElseGet(() -> new RowSolver(
                            engine.kernels(),
                            fixed.columns(),
                            Math.max(left.largest(), right.largest()),
                            countPower,
                            nonnegative));
            solver.solve(side.pattern(), side.values(), from, to, fixed, ridge, weights, unknown.rowRange(from, to));
            idle.add(solver);
        });
    }

    /** The r×r systems of rows, a group of them at a time, with their scratch memory. */
    public static final class RowSolver {
        /** Systems that are solved together: as many as fill the widest vectors, some times over. */
        private static final int GROUP = 16;

        private final Kernels kernels;
        private final int rank;
        private final double countPower;
        private final boolean nonnegative;
        private final Matrix gathered;
        private final Matrix sums;
        private final Matrix systems;
        private final Matrix targets;

        /** For rows of at most {@code largest} entries. */
        public RowSolver(Kernels kernels, int rank, int largest) {
            this(kernels, rank, largest, COUNT_POWER, false);
        }

        private RowSolver(Kernels kernels, int rank, int largest, double countPower, boolean nonnegative) {
            this.kernels = kernels;
            this.rank = rank;
            this.countPower = countPower;
            this.nonnegative = nonnegative;
            this.sums = Matrix.zeros(GROUP, rank);
            this.gathered = Matrix.zeros(largest, rank);
            this.systems = Matrix.zeros(GROUP * rank, rank);
            this.targets = Matrix.zeros(largest, 1);
        }

        /**
         * {@code out_i ← argmin Σ_j (x·fixed_j - values_j)² + ridge·n^¾‖x‖²} over the entries of each row, from ≤ i &lt; to; zero where
         * it has none, or where rounding has lost the ridge: a zero row predicts the offsets.
         *
         * @param out (to - from)×rank
         */
        public void solve(
                SparsePattern pattern, double[] values, int from, int to, Matrix fixed, double ridge, Matrix out) {
            solve(pattern, values, from, to, fixed, ridge, Optional.empty(), out);
        }

        /** The same with each entry weighted by its residual at the present {@code out}, which also is where nonnegative rows start. */
        private void solve(
                SparsePattern pattern,
                double[] values,
                int from,
                int to,
                Matrix fixed,
                double ridge,
                Optional<Reweighting> weights,
                Matrix out) {
            for (int first = from; first < to; first += GROUP) {
                int end = Math.min(to, first + GROUP);
                for (int i = first; i < end; i++) {
                    Matrix system = systems.rowRange((i - first) * rank, (i - first + 1) * rank);
                    Matrix sum = sums.rowRange(i - first, i - first + 1);
                    Matrix row = out.rowRange(i - from, i - from + 1);
                    normalEquations(pattern, values, i, fixed, ridge, weights, row, system, sum);
                    if (nonnegative) {
                        NonnegativeRow.solve(system, sum, row);
                    }
                }
                if (!nonnegative) {
                    Matrix rows = out.rowRange(first - from, end - from);
                    rows.copyFrom(sums.rowRange(0, end - first));
                    kernels.choleskySolveEach(systems.rowRange(0, (end - first) * rank), rows);
                }
            }
        }

        private void normalEquations(
                SparsePattern pattern,
                double[] values,
                int row,
                Matrix fixed,
                double ridge,
                Optional<Reweighting> weights,
                Matrix present,
                Matrix system,
                Matrix right) {
            int count = pattern.count(row);
            int start = pattern.rowStart()[row];
            for (int k = 0; k < count; k++) {
                System.arraycopy(
                        fixed.data(),
                        fixed.rowOffset(pattern.columnIndex()[start + k]),
                        gathered.data(),
                        gathered.rowOffset(k),
                        rank);
                targets.data()[k] = values[start + k];
            }
            Matrix rows = gathered.rowRange(0, count);
            if (weights.isPresent()) {
                weigh(rows, present, weights.get());
            }
            kernels.gram(rows, system);
            kernels.transposedMultiply(1, targets.rowRange(0, count), rows, 0, right);
            double damping = ridge * Math.pow(count, countPower);
            for (int k = 0; k < rank; k++) {
                system.set(k, k, system.get(k, k) + damping);
            }
        }

        /** Scales the equations of a row by the roots of their weights. */
        private void weigh(Matrix rows, Matrix present, Reweighting weights) {
            for (int e = 0; e < rows.rows(); e++) {
                double fit = 0;
                for (int k = 0; k < rank; k++) {
                    fit += rows.get(e, k) * present.get(0, k);
                }
                double value = targets.get(e, 0);
                double weight = weights.weight(value, fit);
                double root = Math.sqrt(weight);
                targets.set(e, 0, root * weights.target(value, weight));
                for (int k = 0; k < rank; k++) {
                    rows.set(e, k, root * rows.get(e, k));
                }
            }
        }
    }
}

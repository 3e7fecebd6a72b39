package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Measurement matrices of rank one: {@code aᵢᵀ X bᵢ} (Cai, Zhang 2015, arXiv 1310.5791), or {@code aᵢᵀ X aᵢ} of a positive semidefinite
 * {@code X = U Uᵀ}, which is real phase retrieval for rank one (Candès, Strohmer, Voroninski 2013) and covariance sketching for any
 * (Chen, Chi, Goldsmith 2015, arXiv 1310.0807).
 *
 * <p>With A the m×n1 matrix of the aᵢ and B that of the bᵢ, a gradient is {@code G R = Aᵀ diag(residual) B R}: n1×n2 is never formed, and
 * a block of rows goes through the cache once for both of its products. Cost: 4·m·(n1 + n2)·r flops, 4·m·n·r of quadratic measurements;
 * m·(n1 + n2) numbers, m·n.
 */
public final class RankOneSensing implements ScaledGradient {
    private static final int MAX_BLOCKS = 16;
    private static final int MIN_ROWS_PER_BLOCK = 64;

    /** Numbers of A and of B that a chunk of rows has: half of them stay in a second-level cache between the two products. */
    private static final int NUMBERS_PER_CHUNK = 1 << 15;

    private final Matrix left;
    private final Matrix right;
    private final Engine engine;
    private final double energy;
    private final int chunkRows;
    /** Block b covers rows {@code blockRow[b] … blockRow[b + 1] - 1}. */
    private final int[] blockRow;

    private final double[] blockLoss;
    private final double[] weights;
    private Matrix[] chunkLeft = {};
    private Matrix[] chunkRight = {};
    private Matrix[] blockLeft = {};
    private Matrix[] blockRight = {};

    private RankOneSensing(Matrix left, Matrix right, Engine engine) {
        this.left = left;
        this.right = right;
        this.engine = engine;
        this.energy = energy(left, right);
        int width = Math.max(left.columns(), right.columns());
        this.chunkRows = Math.clamp(NUMBERS_PER_CHUNK / width, 16, 512);
        int blocks = Math.clamp(left.rows() / MIN_ROWS_PER_BLOCK, 1, MAX_BLOCKS);
        this.blockRow = new int[blocks + 1];
        for (int block = 1; block <= blocks; block++) {
            blockRow[block] = (int) ((long) left.rows() * block / blocks);
        }
        this.blockLoss = new double[blocks];
        this.weights = new double[left.rows()];
    }

    /**
     * {@code aᵢᵀ X bᵢ}.
     *
     * @param left the aᵢ in its rows, m×n1; not copied
     * @param right the bᵢ in its rows, m×n2; not copied
     */
    public static RankOneSensing rectangular(Matrix left, Matrix right, Engine engine) {
        if (left.rows() != right.rows()) {
            throw new InvalidArgumentException("left has " + left.rows() + " rows and right " + right.rows()
                    + ", but each measurement needs one of both");
        }
        if (left == right) {
            throw new InvalidArgumentException(
                    "left and right are one matrix: measurements aᵀXa are quadratic, of a symmetric X");
        }
        return new RankOneSensing(left, right, engine);
    }

    /**
     * {@code aᵢᵀ X aᵢ} of a symmetric positive semidefinite X.
     *
     * @param vectors the aᵢ in its rows, m×n; not copied
     */
    public static RankOneSensing quadratic(Matrix vectors, Engine engine) {
        return new RankOneSensing(vectors, vectors, engine);
    }

    /** {@code Σ‖aᵢ‖²‖bᵢ‖²} over the number of free entries. */
    private static double energy(Matrix left, Matrix right) {
        if (left.rows() < 1 || left.columns() < 1 || right.columns() < 1) {
            throw new InvalidArgumentException("there are no measurements: left is " + left.shape() + " and right "
                    + right.shape() + ", but at least 1 row and 1 column are needed");
        }
        double sum = 0;
        for (int i = 0; i < left.rows(); i++) {
            sum += squaredNorm(left, i) * squaredNorm(right, i);
        }
        if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException(
                    sum == 0
                            ? "all measurement vectors are zero: nothing is measured"
                            : "the measurement vectors hold NaN or an infinity, or overflow when squared");
        }
        double n = left.columns();
        return sum / (left == right ? n * (n + 1) / 2 : n * right.columns());
    }

    private static double squaredNorm(Matrix vectors, int row) {
        double sum = 0;
        int from = vectors.rowOffset(row);
        for (int k = from; k < from + vectors.columns(); k++) {
            sum += vectors.data()[k] * vectors.data()[k];
        }
        return sum;
    }

    @Override
    public int rows() {
        return left.columns();
    }

    @Override
    public int columns() {
        return right.columns();
    }

    @Override
    public long count() {
        return left.rows();
    }

    @Override
    public int length() {
        return left.rows();
    }

    @Override
    public boolean isSymmetric() {
        return left == right;
    }

    /** True of vectors that favour no direction, for quadratic measurements once their {@link #traces} are evened out. */
    @Override
    public boolean isNearIsometry() {
        return true;
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        prepare(x.rank());
        boolean shared = isSymmetric() && x.isSymmetric();
        forBlocks((block, from, to, a, b) -> {
            Matrix az = product(left, x.left(), from, to, a);
            Matrix bz = shared ? az : product(right, x.right(), from, to, b);
            for (int i = from; i < to; i++) {
                out[i] = rowDot(az, bz, i - from);
            }
        });
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        return gradient(x, sides, gradLeft, gradRight, i -> {
            residual[i] = weights[i] - observed[i];
            weights[i] = residual[i];
            return residual[i] * residual[i];
        });
    }

    @Override
    public double scaledGradient(
            double[] factor,
            Factors x,
            double[] observed,
            double[] residual,
            Sides sides,
            Matrix gradLeft,
            Matrix gradRight) {
        return gradient(
                x, sides, gradLeft, gradRight, i -> ScaledGradient.gap(factor[i], observed, i, residual, weights));
    }

    /** @param gap makes of the measurement in {@link #weights} its weight in the gradient, and returns its part of the loss */
    private double gradient(Factors x, Sides sides, Matrix gradLeft, Matrix gradRight, IntToDoubleFunction gap) {
        prepare(x.rank());
        boolean shared = isSymmetric() && x.isSymmetric();
        boolean wantsRight = sides.right() && !x.isSymmetric();
        clear(sides.left(), wantsRight);
        forBlocks((block, from, to, a, b) -> {
            Matrix az = product(left, x.left(), from, to, a);
            Matrix bz = shared ? az : product(right, x.right(), from, to, b);
            for (int i = from; i < to; i++) {
                weights[i] = rowDot(az, bz, i - from);
                blockLoss[block] += gap.applyAsDouble(i);
            }
            if (sides.left()) {
                scaleRows(bz, weights, from);
                engine.kernels().transposedMultiply(1, left.rowRange(from, to), bz, 1, blockLeft[block]);
            }
            if (wantsRight) {
                scaleRows(az, weights, from);
                engine.kernels().transposedMultiply(1, right.rowRange(from, to), az, 1, blockRight[block]);
            }
        });
        double loss = 0;
        for (double part : blockLoss) {
            loss += part;
        }
        addUp(sides.left(), blockLeft, gradLeft);
        addUp(wantsRight, blockRight, gradRight);
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        System.arraycopy(z, 0, weights, 0, weights.length);
        return weighted(left, right, weights);
    }

    /** {@code Aᵀ diag(weights) B}. */
    private LinearMap weighted(Matrix a, Matrix b, double[] by) {
        return new LinearMap() {
            @Override
            public int rows() {
                return a.columns();
            }

            @Override
            public int columns() {
                return b.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                backProject(a, b, by, v, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                backProject(b, a, by, u, out);
            }
        };
    }

    /** {@code out ← Aᵀ diag(weights) B v}. */
    private void backProject(Matrix a, Matrix b, double[] by, Matrix v, Matrix out) {
        prepare(v.columns());
        Matrix[] sums = a == left ? blockLeft : blockRight;
        clear(a == left, a != left);
        forBlocks((block, from, to, first, second) -> {
            Matrix image = product(b, v, from, to, first);
            scaleRows(image, by, from);
            engine.kernels().transposedMultiply(1, a.rowRange(from, to), image, 1, sums[block]);
        });
        addUp(true, sums, out);
    }

    /** Cost of a product with r vectors: that of a gradient. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        return moments(i -> 1);
    }

    @Override
    public Optional<SecondMoments> scaledSecondMoments(double[] factor) {
        return moments(i -> factor[i]);
    }

    private Optional<SecondMoments> moments(IntToDoubleFunction factor) {
        double[] byRight = new double[left.rows()];
        double[] byLeft = new double[left.rows()];
        for (int i = 0; i < left.rows(); i++) {
            double square = factor.applyAsDouble(i) * factor.applyAsDouble(i);
            byRight[i] = square * squaredNorm(right, i);
            byLeft[i] = square * squaredNorm(left, i);
        }
        return Optional.of(new SecondMoments(weighted(left, left, byRight), weighted(right, right, byLeft)));
    }

    /** {@code ‖aᵢ‖²} of quadratic measurements. */
    @Override
    public Optional<double[]> traces() {
        if (!isSymmetric()) {
            return Optional.empty();
        }
        double[] traces = new double[left.rows()];
        Arrays.setAll(traces, i -> squaredNorm(left, i));
        return Optional.of(traces);
    }

    @FunctionalInterface
    private interface ChunkWork {
        /** Rows from … to - 1 of a block, with scratch of as many rows. */
        void run(int block, int from, int to, Matrix a, Matrix b);
    }

    private void forBlocks(ChunkWork work) {
        Arrays.fill(blockLoss, 0);
        engine.workers().run(blockLoss.length, block -> {
            int end = blockRow[block + 1];
            for (int from = blockRow[block]; from < end; from += chunkRows) {
                work.run(block, from, Math.min(end, from + chunkRows), chunkLeft[block], chunkRight[block]);
            }
        });
    }

    /** Rows from … to - 1 of {@code vectors · factor}. */
    private Matrix product(Matrix vectors, Matrix factor, int from, int to, Matrix scratch) {
        Matrix image = to - from == scratch.rows() ? scratch : scratch.rowRange(0, to - from);
        engine.kernels().multiply(1, vectors.rowRange(from, to), factor, 0, image);
        return image;
    }

    private static double rowDot(Matrix a, Matrix b, int row) {
        double sum = 0;
        int atA = a.rowOffset(row);
        int atB = b.rowOffset(row);
        for (int k = 0; k < a.columns(); k++) {
            sum += a.data()[atA + k] * b.data()[atB + k];
        }
        return sum;
    }

    private static void scaleRows(Matrix chunk, double[] by, int first) {
        for (int i = 0; i < chunk.rows(); i++) {
            int at = chunk.rowOffset(i);
            for (int k = at; k < at + chunk.columns(); k++) {
                chunk.data()[k] *= by[first + i];
            }
        }
    }

    private void prepare(int rank) {
        if (chunkLeft.length > 0 && chunkLeft[0].columns() == rank) {
            return;
        }
        int blocks = blockLoss.length;
        chunkLeft = scratch(blocks, chunkRows, rank);
        chunkRight = scratch(blocks, chunkRows, rank);
        blockLeft = scratch(blocks, rows(), rank);
        blockRight = scratch(blocks, columns(), rank);
    }

    private static Matrix[] scratch(int count, int rows, int columns) {
        Matrix[] scratch = new Matrix[count];
        Arrays.setAll(scratch, k -> Matrix.zeros(rows, columns));
        return scratch;
    }

    private void clear(boolean ofLeft, boolean ofRight) {
        for (int block = 0; block < blockLoss.length; block++) {
            if (ofLeft) {
                blockLeft[block].fill(0);
            }
            if (ofRight) {
                blockRight[block].fill(0);
            }
        }
    }

    /** The blocks' sums added in a fixed order, into {@code out}. */
    private void addUp(boolean wanted, Matrix[] sums, Matrix out) {
        if (!wanted) {
            return;
        }
        out.copyFrom(sums[0]);
        for (int block = 1; block < sums.length; block++) {
            engine.kernels().axpy(1, sums[block], out);
        }
    }

    /** The vectors, and the scratch memory of the rank last used. */
    @Override
    public long memoryBytes() {
        long numbers = (long) left.rows() * (left.columns() + (isSymmetric() ? 1 : right.columns() + 1L));
        for (int block = 0; block < chunkLeft.length; block++) {
            long scratchRows = 2L * chunkRows + rows() + columns();
            numbers += scratchRows * chunkLeft[0].columns();
        }
        return 8 * numbers;
    }
}

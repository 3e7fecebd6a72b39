package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.PackedSymmetric;

/**
 * Measurement matrices without structure: row i of a stream is Aᵢ, row-major (width n1·n2), or the upper triangle of a symmetric Aᵢ
 * as in {@link PackedSymmetric} (width n(n+1)/2, half the memory).
 *
 * <p>Each gradient goes through the rows once. Cost: 4·m·width flops, m·width numbers, and O(n1·n2·r) for the factors.
 */
public final class DenseSensing implements MeasurementOperator {
    /** At most so many blocks of work, each with a gradient of its own: enough to balance threads, few enough to add up cheaply. */
    private static final int MAX_BLOCKS = 16;

    /** Rows that a block must have for its gradient's clearing and adding (2 passes) to stay small beside the rows' (1 pass each). */
    private static final int MIN_ROWS_PER_BLOCK = 64;

    private final RowStream rows;
    private final int n1;
    private final int n2;
    private final boolean symmetric;
    private final Engine engine;
    /** Ranges of rows that belong to this operator: from, to, from, to …, ascending. */
    private final int[] ranges;

    private final long count;
    private final double energy;
    private final Matrix product;
    private final Matrix back;
    private final double[] packedProduct;
    private final double[][] blockGradient;
    private final double[] blockLoss;

    private DenseSensing(
            RowStream rows, int n1, int n2, boolean symmetric, int[] ranges, double energyPerRow, Engine engine) {
        this.rows = rows;
        this.n1 = n1;
        this.n2 = n2;
        this.symmetric = symmetric;
        this.engine = engine;
        this.ranges = ranges;
        long total = 0;
        for (int k = 0; k < ranges.length; k += 2) {
            total += ranges[k + 1] - ranges[k];
        }
        this.count = total;
        this.energy = energyPerRow * total;
        int blocks = Math.clamp(total / MIN_ROWS_PER_BLOCK, 1, MAX_BLOCKS);
        this.product = Matrix.zeros(n1, n2);
        this.back = Matrix.zeros(n1, n2);
        this.packedProduct = symmetric ? new double[rows.width()] : product.data();
        this.blockGradient = new double[Math.min(blocks, ranges.length / 2)][rows.width()];
        this.blockLoss = new double[blockGradient.length];
    }

    /** Stored measurement matrices of n1×n2, one a row of width n1·n2. */
    public static DenseSensing rectangular(DenseRows rows, int n1, int n2, Engine engine) {
        return rectangular(new StoredRows(rows), n1, n2, engine);
    }

    /** Measurement matrices of n1×n2, one a row of width n1·n2. */
    public static DenseSensing rectangular(RowStream rows, int n1, int n2, Engine engine) {
        return create(rows, n1, n2, false, (long) n1 * n2, engine);
    }

    /** Stored symmetric measurement matrices of order n, packed into rows of width n(n+1)/2. */
    public static DenseSensing symmetric(DenseRows rows, int n, Engine engine) {
        return symmetric(new StoredRows(rows), n, engine);
    }

    /** Symmetric measurement matrices of order n, packed into rows of width n(n+1)/2. */
    public static DenseSensing symmetric(RowStream rows, int n, Engine engine) {
        return create(rows, n, n, true, (long) n * (n + 1) / 2, engine);
    }

    private static DenseSensing create(RowStream rows, int n1, int n2, boolean symmetric, long width, Engine engine) {
        if (n1 < 1 || n2 < 1 || rows.width() != width) {
            throw new InvalidArgumentException("measurement rows have " + rows.width() + " numbers, but "
                    + (symmetric ? "symmetric " : "") + n1 + "x" + n2 + " matrices need " + width);
        }
        if (rows.count() < 1) {
            throw new InvalidArgumentException("there are no measurements: at least 1 is needed");
        }
        double energyPerRow = squaredNorm(rows, n1, symmetric) / rows.count() / width;
        if (!(energyPerRow > 0) || energyPerRow == Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException(
                    energyPerRow == 0
                            ? "all measurement matrices are zero: nothing is measured"
                            : "the measurement matrices hold NaN or an infinity, or overflow when squared");
        }
        return new DenseSensing(rows, n1, n2, symmetric, pieces(rows.count()), energyPerRow, engine);
    }

    /** Σ‖Aᵢ‖² over a sample of the rows: exact for few, and within about a percent for many, without going through all of a large file. */
    private static double squaredNorm(RowStream rows, int n, boolean symmetric) {
        int stride = (int) Math.max(1, (long) rows.count() * rows.width() / SAMPLED_NUMBERS);
        double[] row = new double[rows.width()];
        double sum = 0;
        int sampled = 0;
        for (int i = 0; i < rows.count(); i += stride, sampled++) {
            rows.row(i, row);
            sum += symmetric ? packedSquaredNorm(row, n) : squaredNorm(row, 0, row.length);
        }
        return sum / sampled * rows.count();
    }

    /** Numbers read to estimate the energy. */
    private static final long SAMPLED_NUMBERS = 4_000_000;

    private static double squaredNorm(double[] row, int from, int to) {
        double sum = 0;
        for (int j = from; j < to; j++) {
            sum += row[j] * row[j];
        }
        return sum;
    }

    private static double packedSquaredNorm(double[] row, int n) {
        double sum = 0;
        for (int i = 0, k = 0; i < n; k += n - i, i++) {
            sum += row[k] * row[k] + 2 * squaredNorm(row, k + 1, k + n - i);
        }
        return sum;
    }

    /** Rows 0 … count - 1 cut into pieces of nearly one size. */
    private static int[] pieces(int count) {
        int pieces = Math.clamp(count / MIN_ROWS_PER_BLOCK, 1, MAX_BLOCKS);
        int[] ranges = new int[2 * pieces];
        for (int k = 0; k < pieces; k++) {
            ranges[2 * k] = (int) ((long) count * k / pieces);
            ranges[2 * k + 1] = (int) ((long) count * (k + 1) / pieces);
        }
        return ranges;
    }

    /** Rows that are held out together: single rows would leave the fused kernel no blocks to work on. */
    private static final int HOLD_OUT_ROWS = 8;

    /** Holds out short runs of rows chosen at random: at least one run is held out, and at least one is fitted. */
    @Override
    public Split split(double fraction, long seed) {
        Split.requireFraction(fraction);
        int runs = (rows.count() + HOLD_OUT_ROWS - 1) / HOLD_OUT_ROWS;
        if (runs < 2 || count != rows.count()) {
            throw new InvalidArgumentException("cannot hold out a part of " + count + " measurements: at least "
                    + (HOLD_OUT_ROWS + 1) + ", not split before, are needed");
        }
        boolean[] held = new boolean[runs];
        Random random = new Random(seed);
        int wanted = Math.clamp(Math.round(fraction * runs), 1, runs - 1);
        while (wanted > 0) {
            int run = random.nextInt(runs);
            if (!held[run]) {
                held[run] = true;
                wanted--;
            }
        }
        double energyPerRow = energy / count;
        return new Split(
                new DenseSensing(rows, n1, n2, symmetric, ranges(held, false), energyPerRow, engine),
                new DenseSensing(rows, n1, n2, symmetric, ranges(held, true), energyPerRow, engine));
    }

    private int[] ranges(boolean[] held, boolean wanted) {
        int[] found = new int[2 * held.length];
        int size = 0;
        for (int run = 0; run < held.length; run++) {
            if (held[run] == wanted) {
                int from = run * HOLD_OUT_ROWS;
                int to = Math.min(rows.count(), from + HOLD_OUT_ROWS);
                if (size > 0 && found[size - 1] == from) {
                    found[size - 1] = to;
                } else {
                    found[size++] = from;
                    found[size++] = to;
                }
            }
        }
        return Arrays.copyOf(found, size);
    }

    @Override
    public double[] masked(double[] measurements) {
        double[] masked = new double[measurements.length];
        for (int k = 0; k < ranges.length; k += 2) {
            System.arraycopy(measurements, ranges[k], masked, ranges[k], ranges[k + 1] - ranges[k]);
        }
        return masked;
    }

    @Override
    public int rows() {
        return n1;
    }

    @Override
    public int columns() {
        return n2;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int length() {
        return rows.count();
    }

    @Override
    public boolean isSymmetric() {
        return symmetric;
    }

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
        form(x);
        forBlocks((block, from, to) -> rows.forward(engine.kernels(), from, to, packedProduct, out));
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        form(x);
        clear();
        Kernels kernels = engine.kernels();
        forBlocks((block, from, to) -> blockLoss[block] +=
                rows.gradient(kernels, from, to, packedProduct, observed, residual, blockGradient[block]));
        addUp();
        double loss = 0;
        for (double part : blockLoss) {
            loss += part;
        }
        if (sides.left()) {
            kernels.multiply(1, back, x.right(), 0, gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            kernels.transposedMultiply(1, back, x.left(), 0, gradRight);
        }
        return loss;
    }

    /** Cost: 2·m·n1·n2·(n1 + n2) flops, and the rows once. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        Kernels kernels = engine.kernels();
        Matrix byRow = Matrix.zeros(n1, n1);
        Matrix byColumn = Matrix.zeros(n2, n2);
        Matrix one = Matrix.zeros(n1, n2);
        double[] numbers = new double[rows.width()];
        for (int k = 0; k < ranges.length; k += 2) {
            for (int row = ranges[k]; row < ranges[k + 1]; row++) {
                rows.row(row, numbers);
                for (int i = 0, at = 0; i < n1; i++) {
                    for (int j = symmetric ? i : 0; j < n2; j++, at++) {
                        double entry = numbers[at];
                        one.set(i, j, entry);
                        if (symmetric) {
                            one.set(j, i, entry);
                        }
                    }
                }
                kernels.multiplyTransposed(1, one, one, 1, byRow);
                kernels.transposedMultiply(1, one, one, 1, byColumn);
            }
        }
        return Optional.of(
                new SecondMoments(SecondMoments.dense(byRow, kernels), SecondMoments.dense(byColumn, kernels)));
    }

    /** Cost: the rows once. */
    @Override
    public Optional<double[]> traces() {
        if (!symmetric) {
            return Optional.empty();
        }
        double[] identity = new double[rows.width()];
        PackedSymmetric.packDoubled(Matrix.identity(n1), identity);
        double[] traces = new double[rows.count()];
        forBlocks((block, from, to) -> rows.forward(engine.kernels(), from, to, identity, traces));
        return Optional.of(traces);
    }

    @Override
    public LinearMap adjoint(double[] z) {
        clear();
        forBlocks((block, from, to) -> rows.adjoint(engine.kernels(), from, to, z, blockGradient[block]));
        addUp();
        return new LinearMap() {
            @Override
            public int rows() {
                return n1;
            }

            @Override
            public int columns() {
                return n2;
            }

            @Override
            public void times(Matrix v, Matrix out) {
                engine.kernels().multiply(1, back, v, 0, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                engine.kernels().transposedMultiply(1, back, u, 0, out);
            }
        };
    }

    private void form(Factors x) {
        engine.kernels().multiplyTransposed(1, x.left(), x.right(), 0, product);
        if (symmetric) {
            PackedSymmetric.packDoubled(product, packedProduct);
        }
    }

    private void clear() {
        Arrays.fill(blockLoss, 0);
        engine.workers().run(blockGradient.length, block -> Arrays.fill(blockGradient[block], 0));
    }

    /** The blocks' gradients added in a fixed order, into {@link #back}. */
    private void addUp() {
        Matrix sum = Matrix.wrap(blockGradient[0], 1, rows.width());
        for (int block = 1; block < blockGradient.length; block++) {
            engine.kernels().axpy(1, Matrix.wrap(blockGradient[block], 1, rows.width()), sum);
        }
        if (symmetric) {
            PackedSymmetric.unpack(blockGradient[0], back);
        } else {
            System.arraycopy(blockGradient[0], 0, back.data(), 0, rows.width());
        }
    }

    @FunctionalInterface
    private interface RangeWork {
        void run(int block, int from, int to);
    }

    private void forBlocks(RangeWork work) {
        int pairs = ranges.length / 2;
        int blocks = blockGradient.length;
        engine.workers().run(blocks, block -> {
            for (int k = (int) ((long) pairs * block / blocks); k < (long) pairs * (block + 1) / blocks; k++) {
                work.run(block, ranges[2 * k], ranges[2 * k + 1]);
            }
        });
    }

    @Override
    public long memoryBytes() {
        return rows.bytes() + 8L * rows.width() * (blockGradient.length + 3);
    }
}

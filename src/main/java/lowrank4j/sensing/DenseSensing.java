package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
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
 * <p>Each gradient goes through the rows once, a file larger than memory from its beginning to its end while what comes next
 * is on its way from the disk, and measurements held out are seen in passing. Results have the same bits whether rows are in memory or
 * mapped. Cost: 4·m·width flops, m·width numbers, and O(n1·n2·r) for the factors.
 */
public final class DenseSensing implements ScaledGradient {
    private final RowStream rows;
    private final int n1;
    private final int n2;
    private final boolean symmetric;
    private final Engine engine;
    /** The rows that belong to this operator. */
    private final RowRanges ranges;

    private final double energy;
    private final boolean seesAll;
    private final Waves waves;
    private final Matrix product;
    private final Matrix back;
    private final double[] packedProduct;
    /** One gradient a block, made when first needed: held-out rows need none. */
    private double[][] blockGradient = {};

    private final double[] blockLoss;
    /** Residuals times their factors. */
    private double[] scaled = {};
    /** Of the part that is fitted: what is held out, and passes by. */
    private Optional<PassingRows> alongside = Optional.empty();
    /** Of the part that is held out: what was seen of it in passing. */
    private Optional<PassingRows> seen = Optional.empty();

    private DenseSensing(
            RowStream rows,
            int n1,
            int n2,
            boolean symmetric,
            RowRanges ranges,
            double energyPerRow,
            boolean seesAll,
            Waves waves,
            Engine engine) {
        this.rows = rows;
        this.n1 = n1;
        this.n2 = n2;
        this.symmetric = symmetric;
        this.engine = engine;
        this.ranges = ranges;
        this.energy = energyPerRow * ranges.total();
        this.seesAll = seesAll;
        this.waves = waves;
        this.product = Matrix.zeros(n1, n2);
        this.back = Matrix.zeros(n1, n2);
        this.packedProduct = symmetric ? new double[rows.width()] : product.data();
        this.blockLoss = new double[waves.blocks()];
    }

    /** Stored measurement matrices of n1×n2, one a row of width n1·n2. */
    public static DenseSensing rectangular(DenseRows rows, int n1, int n2, Engine engine) {
        return rectangular(new StoredRows(rows), n1, n2, engine);
    }

    /** Measurement matrices of n1×n2, one a row of width n1·n2. */
    public static DenseSensing rectangular(RowStream rows, int n1, int n2, Engine engine) {
        return rectangular(rows, n1, n2, Waves.BYTES, engine);
    }

    static DenseSensing rectangular(RowStream rows, int n1, int n2, long waveBytes, Engine engine) {
        return create(rows, n1, n2, false, (long) n1 * n2, waveBytes, engine);
    }

    /** Stored symmetric measurement matrices of order n, packed into rows of width n(n+1)/2. */
    public static DenseSensing symmetric(DenseRows rows, int n, Engine engine) {
        return symmetric(new StoredRows(rows), n, engine);
    }

    /** Symmetric measurement matrices of order n, packed into rows of width n(n+1)/2. */
    public static DenseSensing symmetric(RowStream rows, int n, Engine engine) {
        return create(rows, n, n, true, (long) n * (n + 1) / 2, Waves.BYTES, engine);
    }

    private static DenseSensing create(
            RowStream rows, int n1, int n2, boolean symmetric, long width, long waveBytes, Engine engine) {
        if (n1 < 1 || n2 < 1 || rows.width() != width) {
            throw new InvalidArgumentException("measurement rows have " + rows.width() + " numbers, but "
                    + (symmetric ? "symmetric " : "") + n1 + "x" + n2 + " matrices need " + width);
        }
        if (rows.count() < 1) {
            throw new InvalidArgumentException("there are no measurements: at least 1 is needed");
        }
        if (!rows.isReadableBy(engine.workers())) {
            throw new InvalidArgumentException(
                    "the measurement rows lie in a confined arena, which only the thread that"
                            + " opened it may read, but " + engine.workers().threads()
                            + " threads compute: allocate them in Arena.ofShared() or Arena.ofAuto(), or choose 1 thread");
        }
        RowSample sample = RowSample.of(rows, n1, symmetric);
        double energyPerRow = sample.squaredNorm() / width;
        if (!(energyPerRow > 0) || energyPerRow == Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException(
                    energyPerRow == 0
                            ? "all measurement matrices are zero: nothing is measured"
                            : "the measurement matrices hold NaN or an infinity, or overflow when squared");
        }
        RowRanges all = RowRanges.all(rows.count());
        Waves waves = new Waves(rows, waveBytes, engine.workers());
        return new DenseSensing(rows, n1, n2, symmetric, all, energyPerRow, sample.seesAll(), waves, engine);
    }

    /** Holds out short runs of rows chosen at random: at least one run is held out, and at least one is fitted. */
    @Override
    public Split split(double fraction, long seed) {
        Split.requireFraction(fraction);
        if (ranges.total() != rows.count()) {
            throw new InvalidArgumentException("cannot hold out a part of " + ranges.total()
                    + " measurements that are themselves a part of " + rows.count());
        }
        RowRanges.Parts parts = RowRanges.split(rows.count(), fraction, seed);
        DenseSensing fitted = part(parts.fitted());
        DenseSensing heldOut = part(parts.heldOut());
        PassingRows passing = new PassingRows(parts.heldOut(), rows.count());
        fitted.alongside = Optional.of(passing);
        heldOut.seen = Optional.of(passing);
        return new Split(fitted, heldOut);
    }

    private DenseSensing part(RowRanges part) {
        return new DenseSensing(rows, n1, n2, symmetric, part, energy / ranges.total(), seesAll, waves, engine);
    }

    @Override
    public double[] masked(double[] measurements) {
        double[] masked = new double[measurements.length];
        ranges.copy(measurements, masked);
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
        return ranges.total();
    }

    @Override
    public int length() {
        return rows.count();
    }

    @Override
    public boolean isSymmetric() {
        return symmetric;
    }

    /** Where each entry of X is seen: otherwise a spiky matrix may hide, as from {@link ObservedEntries}. */
    @Override
    public boolean isNearIsometry() {
        return seesAll;
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        if (seen.isPresent() && seen.get().give(x, out)) {
            return;
        }
        form(x);
        waves.pass((block, from, to) -> forward(ranges, from, to, out));
    }

    private void forward(RowRanges which, int from, int to, double[] out) {
        which.within(from, to, (first, end) -> rows.forward(engine.kernels(), first, end, packedProduct, out));
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        Kernels kernels = engine.kernels();
        pass(
                x,
                (block, from, to) -> blockLoss[block] +=
                        rows.gradient(kernels, from, to, packedProduct, observed, residual, blockGradient[block]));
        return products(x, sides, gradLeft, gradRight);
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
        if (scaled.length == 0) {
            scaled = new double[rows.count()];
        }
        Kernels kernels = engine.kernels();
        pass(
                x,
                (block, from, to) -> blockLoss[block] += rows.gradient(
                        kernels, from, to, factor, packedProduct, observed, residual, scaled, blockGradient[block]));
        return products(x, sides, gradLeft, gradRight);
    }

    /** Goes through the rows once, with work for those that belong to this operator; what is held out of a file is seen in passing. */
    private void pass(Factors x, Waves.Work work) {
        form(x);
        clear();
        Optional<PassingRows> passing = rows.isInFile() ? alongside : Optional.empty();
        waves.pass((block, from, to) -> {
            ranges.within(from, to, (first, end) -> work.run(block, first, end));
            passing.ifPresent(held -> forward(held.ranges(), from, to, held.products()));
        });
        passing.ifPresent(held -> held.keep(x));
    }

    /** The blocks' gradients added up, times the factors; returns the loss. */
    private double products(Factors x, Sides sides, Matrix gradLeft, Matrix gradRight) {
        addUp();
        if (sides.left()) {
            engine.kernels().multiply(1, back, x.right(), 0, gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            engine.kernels().transposedMultiply(1, back, x.left(), 0, gradRight);
        }
        double loss = 0;
        for (double part : blockLoss) {
            loss += part;
        }
        return loss;
    }

    /** Cost: 2·m·n1·n2·(n1 + n2) flops, and the rows once. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        return moments(i -> 1);
    }

    @Override
    public Optional<SecondMoments> scaledSecondMoments(double[] factor) {
        return moments(i -> factor[i]);
    }

    private Optional<SecondMoments> moments(IntToDoubleFunction factor) {
        Kernels kernels = engine.kernels();
        Matrix byRow = Matrix.zeros(n1, n1);
        Matrix byColumn = Matrix.zeros(n2, n2);
        Matrix one = Matrix.zeros(n1, n2);
        double[] numbers = new double[rows.width()];
        ranges.within(0, rows.count(), (from, to) -> {
            for (int row = from; row < to; row++) {
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
                double square = factor.applyAsDouble(row) * factor.applyAsDouble(row);
                kernels.multiplyTransposed(square, one, one, 1, byRow);
                kernels.transposedMultiply(square, one, one, 1, byColumn);
            }
        });
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
        waves.pass((block, from, to) ->
                ranges.within(from, to, (first, end) -> rows.forward(engine.kernels(), first, end, identity, traces)));
        return Optional.of(traces);
    }

    @Override
    public LinearMap adjoint(double[] z) {
        clear();
        waves.pass((block, from, to) -> ranges.within(
                from, to, (first, end) -> rows.adjoint(engine.kernels(), first, end, z, blockGradient[block])));
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
        if (symmetric && x.isSymmetric()) {
            PackedSymmetric.packDoubled(product, packedProduct);
        } else if (symmetric) {
            PackedSymmetric.packFolded(product, packedProduct);
        }
    }

    private void clear() {
        Arrays.fill(blockLoss, 0);
        if (blockGradient.length == 0) {
            blockGradient = new double[waves.blocks()][rows.width()];
        }
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

    @Override
    public long memoryBytes() {
        return rows.bytes() + 8L * rows.width() * (waves.blocks() + 3) + 8L * scaled.length;
    }
}

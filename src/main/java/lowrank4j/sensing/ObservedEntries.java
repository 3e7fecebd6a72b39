package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * Single entries of the matrix, {@code A(X)_e = X_ij} for the observed e = (i, j), in the order of the pattern.
 *
 * <p>Cost of a gradient: 6r flops an entry, each entry touched once; n1×n2 is never formed.
 */
public final class ObservedEntries implements ScaledGradient {
    private static final int MAX_BLOCKS = 8;

    /** Rows whose factors and entries stay in a cache between a product and the next. */
    private static final int ROWS_TOGETHER = 64;

    private final SparsePattern pattern;
    private final boolean symmetric;
    private final Engine engine;
    /** Block b covers rows {@code blockRow[b] … blockRow[b + 1] - 1}, about one count of entries each. */
    private final int[] blockRow;

    private final double[] blockLoss;
    private Matrix[] blockRight = {};
    private Matrix unwanted = Matrix.zeros(0, 0);
    /** Values towards which a gradient is taken, and its residuals, for scaled entries. */
    private double[] target = {};

    private double[] unused = {};

    public ObservedEntries(SparsePattern pattern, Engine engine) {
        this(pattern, false, engine);
    }

    /**
     * Of a symmetric matrix {@code U Uᵀ}; the values must be symmetric too.
     *
     * @param pattern square, with (j, i) for each (i, j)
     */
    public static ObservedEntries symmetric(SparsePattern pattern, Engine engine) {
        if (pattern.rows() != pattern.columns()) {
            throw new InvalidArgumentException("entries are of a " + pattern.rows() + "x" + pattern.columns()
                    + " matrix, but a symmetric one is square");
        }
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                if (Arrays.binarySearch(pattern.columnIndex(), pattern.rowStart()[j], pattern.rowStart()[j + 1], i)
                        < 0) {
                    throw new InvalidArgumentException("entry (" + i + ", " + j + ") is observed without (" + j + ", "
                            + i + "): entries of a symmetric matrix must be given on both sides");
                }
            }
        }
        return new ObservedEntries(pattern, true, engine);
    }

    private ObservedEntries(SparsePattern pattern, boolean symmetric, Engine engine) {
        if (pattern.count() == 0) {
            throw new InvalidArgumentException("there are no observed entries: at least 1 is needed");
        }
        this.pattern = pattern;
        this.symmetric = symmetric;
        this.engine = engine;
        // A block adds n2·r numbers to clear and add up; that stays small beside its own 3 passes over its entries'
        // rows.
        int blocks = Math.clamp(pattern.count() / (4L * pattern.columns()), 1, MAX_BLOCKS);
        this.blockRow = blocks(pattern, blocks);
        this.blockLoss = new double[blocks];
    }

    private static int[] blocks(SparsePattern pattern, int blocks) {
        int[] blockRow = new int[blocks + 1];
        for (int block = 1; block < blocks; block++) {
            int at = Arrays.binarySearch(pattern.rowStart(), (int) (pattern.count() * block / blocks));
            blockRow[block] = Math.max(blockRow[block - 1], Math.min(pattern.rows(), at < 0 ? -at - 1 : at));
        }
        blockRow[blocks] = pattern.rows();
        return blockRow;
    }

    public SparsePattern pattern() {
        return pattern;
    }

    @Override
    public int rows() {
        return pattern.rows();
    }

    @Override
    public int columns() {
        return pattern.columns();
    }

    /** Different entries: each pair beside the diagonal once if symmetric. */
    @Override
    public long count() {
        if (!symmetric) {
            return pattern.count();
        }
        long diagonal = IntStream.range(0, rows())
                .filter(i ->
                        Arrays.binarySearch(pattern.columnIndex(), pattern.rowStart()[i], pattern.rowStart()[i + 1], i)
                                >= 0)
                .count();
        return (pattern.count() + diagonal) / 2;
    }

    @Override
    public int length() {
        return pattern.columnIndex().length;
    }

    @Override
    public boolean isSymmetric() {
        return symmetric;
    }

    @Override
    public boolean isNearIsometry() {
        return false;
    }

    /** The fraction of entries that are observed. */
    @Override
    public double energy() {
        return (double) length() / ((double) rows() * columns());
    }

    @Override
    public void forward(Factors x, double[] out) {
        engine.workers()
                .run(
                        blockLoss.length,
                        block -> engine.kernels()
                                .completionForward(
                                        pattern, blockRow[block], blockRow[block + 1], x.left(), x.right(), out));
    }

    /** The pattern times the squares of all columns, {@code Σ_e l_ik² r_jk²}: one product. */
    @Override
    public double[] energies(Factors x) {
        double[] ones = new double[length()];
        Arrays.fill(ones, 1);
        Matrix sums = Matrix.zeros(rows(), x.rank());
        product(pattern, ones, blockRow, squares(x.right()), sums);
        double[] energies = new double[x.rank()];
        for (int i = 0; i < rows(); i++) {
            for (int k = 0; k < energies.length; k++) {
                energies[k] += x.left().get(i, k) * x.left().get(i, k) * sums.get(i, k);
            }
        }
        return energies;
    }

    private static Matrix squares(Matrix x) {
        Matrix squares = x.copy();
        for (int k = 0; k < squares.data().length; k++) {
            squares.data()[k] *= squares.data()[k];
        }
        return squares;
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        Kernels kernels = engine.kernels();
        return gradient(
                x,
                sides,
                gradLeft,
                gradRight,
                (block, left) -> kernels.completionGradient(
                        pattern,
                        blockRow[block],
                        blockRow[block + 1],
                        x.left(),
                        x.right(),
                        observed,
                        residual,
                        left,
                        blockRight[block]));
    }

    /** Cost: 8r flops an entry. */
    @Override
    public double scaledGradient(
            double[] factor,
            Factors x,
            double[] observed,
            double[] residual,
            Sides sides,
            Matrix gradLeft,
            Matrix gradRight) {
        prepareEntries(observed.length);
        return gradient(
                x,
                sides,
                gradLeft,
                gradRight,
                (block, left) -> scaledBlock(block, factor, x, observed, residual, left));
    }

    /** A few rows at a time: their entries, then a gradient towards what leaves the scaled residual of them. */
    private double scaledBlock(
            int block, double[] factor, Factors x, double[] observed, double[] residual, Matrix left) {
        Kernels kernels = engine.kernels();
        double loss = 0;
        for (int from = blockRow[block]; from < blockRow[block + 1]; from += ROWS_TOGETHER) {
            int to = Math.min(from + ROWS_TOGETHER, blockRow[block + 1]);
            kernels.completionForward(pattern, from, to, x.left(), x.right(), unused);
            for (int e = pattern.rowStart()[from]; e < pattern.rowStart()[to]; e++) {
                double fit = unused[e];
                loss += ScaledGradient.gap(factor[e], observed, e, residual, unused);
                target[e] = fit - unused[e];
            }
            kernels.completionGradient(pattern, from, to, x.left(), x.right(), target, unused, left, blockRight[block]);
        }
        return loss;
    }

    @FunctionalInterface
    private interface BlockGradient {
        /** Adds the gradients of a block's entries, and returns its part of the loss. */
        double add(int block, Matrix left);
    }

    private double gradient(Factors x, Sides sides, Matrix gradLeft, Matrix gradRight, BlockGradient ofBlock) {
        prepare(x.rank());
        Matrix wantedLeft = sides.left() ? gradLeft : unwanted;
        Kernels kernels = engine.kernels();
        wantedLeft.fill(0);
        engine.workers().run(blockLoss.length, block -> {
            blockRight[block].fill(0);
            blockLoss[block] = ofBlock.add(block, wantedLeft);
        });
        double loss = blockLoss[0];
        for (int block = 1; block < blockLoss.length; block++) {
            loss += blockLoss[block];
            kernels.axpy(1, blockRight[block], blockRight[0]);
        }
        if (sides.right() && !x.isSymmetric()) {
            gradRight.copyFrom(blockRight[0]);
        } else if (x.isSymmetric() && !symmetric) {
            // G itself need not be symmetric.
            kernels.axpy(1, gradLeft, blockRight[0]);
            kernels.scaledCopy(0.5, blockRight[0], gradLeft);
        }
        return loss;
    }

    private void prepareEntries(int length) {
        if (target.length != length) {
            target = new double[length];
            unused = new double[length];
        }
    }

    private void prepare(int rank) {
        if (blockRight.length == 0 || blockRight[0].columns() != rank) {
            blockRight = new Matrix[blockLoss.length];
            for (int block = 0; block < blockRight.length; block++) {
                blockRight[block] = Matrix.zeros(columns(), rank);
            }
            unwanted = Matrix.zeros(rows(), rank);
        }
    }

    /** The sparse matrix of {@code z}, and from its first transposed product on its transpose: 8, then 24 bytes an entry while it is in use. */
    @Override
    public LinearMap adjoint(double[] z) {
        double[] values = z.clone();
        return new LinearMap() {
            private Optional<SparsePattern.Entries> transposed = Optional.empty();

            @Override
            public int rows() {
                return pattern.rows();
            }

            @Override
            public int columns() {
                return pattern.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                product(pattern, values, blockRow, v, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                SparsePattern.Entries byColumn = transposed.orElseGet(() -> pattern.transposed(values));
                transposed = Optional.of(byColumn);
                product(byColumn.pattern(), byColumn.values(), blocks(byColumn.pattern(), blockLoss.length), u, out);
            }
        };
    }

    private void product(SparsePattern entries, double[] z, int[] rowOfBlock, Matrix x, Matrix out) {
        engine.workers()
                .run(
                        rowOfBlock.length - 1,
                        block -> engine.kernels()
                                .completionProduct(entries, rowOfBlock[block], rowOfBlock[block + 1], z, x, out));
    }

    /** The entries of each row, and of each column. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        return moments(k -> 1);
    }

    @Override
    public Optional<SecondMoments> scaledSecondMoments(double[] factor) {
        return moments(k -> factor[k]);
    }

    private Optional<SecondMoments> moments(IntToDoubleFunction factor) {
        double[] byRow = new double[rows()];
        double[] byColumn = new double[columns()];
        for (int i = 0; i < rows(); i++) {
            for (int k = pattern.rowStart()[i]; k < pattern.rowStart()[i + 1]; k++) {
                double square = factor.applyAsDouble(k) * factor.applyAsDouble(k);
                byRow[i] += square;
                byColumn[pattern.columnIndex()[k]] += square;
            }
        }
        return Optional.of(new SecondMoments(SecondMoments.diagonal(byRow), SecondMoments.diagonal(byColumn)));
    }

    @Override
    public long memoryBytes() {
        return 12L * length() + 4L * rows();
    }
}

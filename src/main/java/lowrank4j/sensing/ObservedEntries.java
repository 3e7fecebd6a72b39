package lowrank4j.sensing;

import java.util.Arrays;
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
public final class ObservedEntries implements MeasurementOperator {
    private static final int MAX_BLOCKS = 8;

    private final SparsePattern pattern;
    private final Engine engine;
    /** Block b covers rows {@code blockRow[b] … blockRow[b + 1] - 1}, about one count of entries each. */
    private final int[] blockRow;

    private final double[] blockLoss;
    private Matrix[] blockRight = {};
    private Matrix unwanted = Matrix.zeros(0, 0);
    private double[] negative = {};
    private double[] unused = {};
    private double[] zero = {};

    public ObservedEntries(SparsePattern pattern, Engine engine) {
        if (pattern.count() == 0) {
            throw new InvalidArgumentException("there are no observed entries: at least 1 is needed");
        }
        this.pattern = pattern;
        this.engine = engine;
        // A block adds n2·r numbers to clear and add up; that stays small beside its own 3 passes over its entries'
        // rows.
        int blocks = Math.clamp(pattern.count() / (4L * pattern.columns()), 1, MAX_BLOCKS);
        this.blockRow = new int[blocks + 1];
        for (int block = 1; block < blocks; block++) {
            int at = Arrays.binarySearch(pattern.rowStart(), (int) (pattern.count() * block / blocks));
            blockRow[block] = Math.max(blockRow[block - 1], Math.min(pattern.rows(), at < 0 ? -at - 1 : at));
        }
        blockRow[blocks] = pattern.rows();
        this.blockLoss = new double[blocks];
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

    @Override
    public long count() {
        return pattern.count();
    }

    @Override
    public int length() {
        return pattern.columnIndex().length;
    }

    /** Observed entries may be anywhere, so a matrix of them is never taken as symmetric. */
    @Override
    public boolean isSymmetric() {
        return false;
    }

    @Override
    public boolean isNearIsometry() {
        return false;
    }

    /** The fraction of entries that are observed. */
    @Override
    public double energy() {
        return (double) count() / ((double) rows() * columns());
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

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        prepare(x.rank());
        Matrix wantedLeft = sides.left() ? gradLeft : unwanted;
        Kernels kernels = engine.kernels();
        wantedLeft.fill(0);
        engine.workers().run(blockLoss.length, block -> {
            blockRight[block].fill(0);
            blockLoss[block] = kernels.completionGradient(
                    pattern,
                    blockRow[block],
                    blockRow[block + 1],
                    x.left(),
                    x.right(),
                    observed,
                    residual,
                    wantedLeft,
                    blockRight[block]);
        });
        double loss = blockLoss[0];
        for (int block = 1; block < blockLoss.length; block++) {
            loss += blockLoss[block];
            kernels.axpy(1, blockRight[block], blockRight[0]);
        }
        if (sides.right() && !x.isSymmetric()) {
            gradRight.copyFrom(blockRight[0]);
        } else if (x.isSymmetric()) {
            kernels.axpy(1, blockRight[0], gradLeft);
            kernels.scaledCopy(0.5, gradLeft.copy(), gradLeft);
        }
        return loss;
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

    /** Products of the sparse matrix of {@code z} with thin matrices: the fused gradient at a zero factor. */
    @Override
    public LinearMap adjoint(double[] z) {
        if (negative.length != z.length) {
            negative = new double[z.length];
            unused = new double[z.length];
        }
        for (int e = 0; e < z.length; e++) {
            negative[e] = -z[e];
        }
        return new LinearMap() {
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
                gradient(new Factors(zeros(rows(), v.columns()), v), negative, unused, Sides.LEFT, out, unwanted);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                gradient(new Factors(u, zeros(columns(), u.columns())), negative, unused, Sides.RIGHT, unwanted, out);
            }
        };
    }

    /** A zero factor, from storage that is kept. */
    private Matrix zeros(int rows, int rank) {
        if (zero.length < rows * rank) {
            zero = new double[rows * rank];
        }
        return Matrix.wrap(zero, rows, rank);
    }

    @Override
    public long memoryBytes() {
        return 12L * count() + 4L * rows();
    }
}

package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Every entry once, row by row: a matrix known in full, so that methods for measurements approximate it by one of low rank.
 *
 * <p>Cost of a gradient: 6·n1·n2·r flops, or 4 where one side is wanted.
 */
public final class EveryEntry implements MeasurementOperator {
    /** Rows or columns that are worked on together: enough for fast products. */
    private static final int BLOCK = 64;

    private final int n1;
    private final int n2;
    private final boolean symmetric;
    private final Engine engine;
    private final double[] blockLoss;

    private EveryEntry(int n1, int n2, boolean symmetric, Engine engine) {
        if (n1 < 1 || n2 < 1 || (long) n1 * n2 > Integer.MAX_VALUE - 8) {
            throw new InvalidArgumentException("a matrix known in full is " + n1 + "x" + n2
                    + ", but must be at least 1x1 and at most 2147483639 entries");
        }
        this.n1 = n1;
        this.n2 = n2;
        this.symmetric = symmetric;
        this.engine = engine;
        this.blockLoss = new double[blocks(n1)];
    }

    /** Of an n1×n2 matrix. */
    public static EveryEntry rectangular(int n1, int n2, Engine engine) {
        return new EveryEntry(n1, n2, false, engine);
    }

    /** Of a symmetric matrix of order n, to be approximated by {@code U Uᵀ}; its measurements must be symmetric too. */
    public static EveryEntry symmetric(int n, Engine engine) {
        return new EveryEntry(n, n, true, engine);
    }

    private static int blocks(int n) {
        return (n + BLOCK - 1) / BLOCK;
    }

    @Override
    public int rows() {
        return n1;
    }

    @Override
    public int columns() {
        return n2;
    }

    /** Different entries: n1·n2, or n(n+1)/2 if symmetric. */
    @Override
    public long count() {
        return symmetric ? (long) n1 * (n1 + 1) / 2 : length();
    }

    @Override
    public int length() {
        return n1 * n2;
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
        return 1;
    }

    @Override
    public void forward(Factors x, double[] out) {
        inBlocks(
                n1,
                (block, from, to) -> engine.kernels()
                        .multiplyTransposed(1, x.left().rowRange(from, to), x.right(), 0, rowsOf(out, from, to)));
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        Kernels kernels = engine.kernels();
        inBlocks(n1, (block, from, to) -> {
            Matrix gap = rowsOf(residual, from, to);
            gap.copyFrom(rowsOf(observed, from, to));
            kernels.multiplyTransposed(1, x.left().rowRange(from, to), x.right(), -1, gap);
            blockLoss[block] = kernels.dot(gap, gap);
            if (sides.left()) {
                kernels.multiply(1, gap, x.right(), 0, gradLeft.rowRange(from, to));
            }
        });
        if (sides.right() && !x.isSymmetric()) {
            transposedTimes(rowsOf(residual, 0, n1), x.left(), gradRight);
        }
        double loss = 0;
        for (double part : blockLoss) {
            loss += part;
        }
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        Matrix matrix = rowsOf(z, 0, n1);
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
                inBlocks(
                        n1,
                        (block, from, to) ->
                                engine.kernels().multiply(1, matrix.rowRange(from, to), v, 0, out.rowRange(from, to)));
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                EveryEntry.this.transposedTimes(matrix, u, out);
            }
        };
    }

    private void transposedTimes(Matrix matrix, Matrix u, Matrix out) {
        inBlocks(
                n2,
                (block, from, to) -> engine.kernels()
                        .transposedMultiply(1, matrix.columnRange(from, to), u, 0, out.rowRange(from, to)));
    }

    private Matrix rowsOf(double[] entries, int from, int to) {
        return Matrix.wrap(entries, from * n2, to - from, n2, n2);
    }

    @FunctionalInterface
    private interface BlockWork {
        void run(int block, int from, int to);
    }

    private void inBlocks(int n, BlockWork work) {
        engine.workers().run(blocks(n), block -> work.run(block, block * BLOCK, Math.min(n, (block + 1) * BLOCK)));
    }

    /** n2 of each row, n1 of each column. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        double[] rows = new double[n1];
        double[] columns = new double[n2];
        Arrays.fill(rows, n2);
        Arrays.fill(columns, n1);
        return Optional.of(new SecondMoments(SecondMoments.diagonal(rows), SecondMoments.diagonal(columns)));
    }

    /** The measurements are the caller's; nothing else is held. */
    @Override
    public long memoryBytes() {
        return 8L * blockLoss.length;
    }
}

package lowrank4j.bench;

import java.util.Arrays;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;

/** A gradient of dense sensing on several threads, as the library does it: blocks of rows, each with a gradient of its own. */
final class BlockGradients implements Call {
    private static final int BLOCKS = 16;

    private final Engine engine;
    private final DenseRows rows;
    private final double[] x;
    private final double[] y;
    private final double[] residual;
    private final double[][] gradients;
    private final double[] losses = new double[BLOCKS];

    BlockGradients(Engine engine, DenseRows rows, double[] x, double[] y) {
        this.engine = engine;
        this.rows = rows;
        this.x = x;
        this.y = y;
        this.residual = new double[rows.count()];
        this.gradients = new double[BLOCKS][rows.width()];
    }

    /** Where block {@code block} begins. */
    private static int start(DenseRows rows, int block) {
        return (int) ((long) rows.count() * block / BLOCKS);
    }

    /** The rows of each block. */
    static DenseRows[] parts(DenseRows rows) {
        DenseRows[] parts = new DenseRows[BLOCKS];
        for (int block = 0; block < BLOCKS; block++) {
            int from = start(rows, block);
            int to = start(rows, block + 1);
            parts[block] = DenseRows.wrap(
                    rows.segment().asSlice(rows.byteOffset(from), rows.byteOffset(to) - rows.byteOffset(from)),
                    to - from,
                    rows.width(),
                    rows.precision());
        }
        return parts;
    }

    /** What the last call has written. */
    double[] gradient() {
        return gradients[0];
    }

    @Override
    public double run() {
        engine.workers().run(BLOCKS, block -> {
            Arrays.fill(gradients[block], 0);
            losses[block] = engine.kernels()
                    .sensingGradient(
                            rows, start(rows, block), start(rows, block + 1), x, y, residual, gradients[block]);
        });
        Matrix sum = Matrix.wrap(gradients[0], 1, rows.width());
        for (int block = 1; block < BLOCKS; block++) {
            engine.kernels().axpy(1, Matrix.wrap(gradients[block], 1, rows.width()), sum);
        }
        return losses[0];
    }
}

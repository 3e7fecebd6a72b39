package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import lowrank4j.matrix.DenseRows;

/**
 * The dense sensing operations of {@link lowrank4j.kernel.Kernels}. The rows are far larger than any cache, so the gradient takes
 * a block of them through both of its halves while they stay in the second-level cache.
 */
final class Sensing {
    /** Rows that pass through a loop side by side; the loads of x and g are shared among them. Eight gained 2 % at most. */
    static final int HEIGHT = 6;

    /**
     * Rows up to this width are read one by one, except on Intel's processors: x and g then stay in the first-level cache, and six
     * short streams start anew too often. Of the speed of a plain sum, inner products of one and of six rows at a time reached 0.94
     * and 0.66 at a width of 900, but 0.67 and 0.85 at 2050, on an EPYC; 0.63 and 0.95 at 900 on a Xeon.
     */
    private static final int SHORT_ROW = Hardware.isOf("GenuineIntel") ? 0 : 1536;

    /** Block of the gradient, unless {@link #HEIGHT} rows are longer: half of the usual second-level cache. */
    private static final int BLOCK_BYTES = 1 << 19;

    private Sensing() {}

    static void forward(DenseRows rows, int from, int to, double[] x, double[] out) {
        products(rows, oneKind(rows.segment()), from, to, x, out);
    }

    static void adjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        combine(rows, oneKind(rows.segment()), from, to, streams(rows), z, g);
    }

    static double gradient(DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        MemorySegment segment = oneKind(rows.segment());
        int block = blockHeight(rows);
        double loss = 0;
        for (int start = from, end; start < to; start = end) {
            end = start + Math.min(block, to - start);
            products(rows, segment, start, end, x, residual);
            for (int i = start; i < end; i++) {
                residual[i] -= y[i];
                loss += residual[i] * residual[i];
            }
            combine(rows, segment, start, end, HEIGHT, residual, g);
        }
        return loss;
    }

    static void gradients(
            DenseRows rows,
            int from,
            int to,
            double[][] x,
            double[][] y,
            double[][] residual,
            double[][] g,
            double[] loss) {
        if (x.length >= SensingLanes.LEAST && rows.width() <= SensingLanes.LONGEST) {
            SensingLanes.gradients(rows, oneKind(rows.segment()), from, to, x, y, residual, g, loss);
            return;
        }
        for (int p = 0; p < x.length; p++) {
            loss[p] = gradient(rows, from, to, x[p], y[p], residual[p], g[p]);
        }
    }

    private static void products(DenseRows rows, MemorySegment segment, int from, int to, double[] x, double[] out) {
        switch (rows.precision()) {
            case FLOAT64 -> SensingDoubles.products(segment, rows.width(), from, to, streams(rows), x, out);
            case FLOAT32 -> SensingFloats.products(segment, rows.width(), from, to, streams(rows), x, out);
        }
    }

    private static void combine(
            DenseRows rows, MemorySegment segment, int from, int to, int height, double[] z, double[] g) {
        switch (rows.precision()) {
            case FLOAT64 -> SensingDoubles.combine(segment, rows.width(), from, to, height, z, g);
            case FLOAT32 -> SensingFloats.combine(segment, rows.width(), from, to, height, z, g);
        }
    }

    /**
     * The same memory, alive as long, as a segment that is not mapped: once the loops have met both kinds they run at half their
     * speed for either.
     */
    @SuppressWarnings("restricted")
    static MemorySegment oneKind(MemorySegment segment) {
        return segment.isMapped() ? segment.reinterpret(segment.byteSize()) : segment;
    }

    /** How many rows at once are best read from memory. */
    private static int streams(DenseRows rows) {
        return rows.width() <= SHORT_ROW ? 1 : HEIGHT;
    }

    private static int blockHeight(DenseRows rows) {
        int fitting = BLOCK_BYTES / Math.max(1, rows.width()) / rows.precision().bytes();
        return Math.max(1, fitting / HEIGHT) * HEIGHT;
    }
}

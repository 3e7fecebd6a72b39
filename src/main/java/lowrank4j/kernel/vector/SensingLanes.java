package lowrank4j.kernel.vector;

import static lowrank4j.kernel.vector.Lanes.COUNT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import lowrank4j.matrix.DenseRows;

/**
 * Sensing gradients of as many x at once as a vector has lanes, x_p in lane p: each number of a row is loaded once for all of them
 * and multiplied into one vector, so that no sum is ever folded. One x waits for memory; eight take less than three times as long.
 */
final class SensingLanes {
    /** Rows that pass through a loop side by side. Of 4, 6 and 8 the fastest; each needs a register. */
    static final int HEIGHT = 8;

    /** Gradients of fewer x are faster one after another. */
    static final int LEAST = 3;

    /** Rows up to this width: of each of their numbers all lanes are held, twice. */
    static final int LONGEST = 1 << 22;

    /** Block of rows that goes through both halves of the gradient: it shares the third-level cache with x and g, which are long. */
    private static final int BLOCK_BYTES = 1 << 21;

    private SensingLanes() {}

    static void gradients(
            DenseRows rows,
            MemorySegment segment,
            int from,
            int to,
            double[][] x,
            double[][] y,
            double[][] residual,
            double[][] g,
            double[] loss) {
        for (int first = 0; first < x.length; first += COUNT) {
            int end = Math.min(x.length, first + COUNT);
            Arrays.fill(loss, first, end, 0);
            int d = rows.width();
            int block = Math.max(
                            1,
                            BLOCK_BYTES
                                    / HEIGHT
                                    / Math.max(1, d)
                                    / rows.precision().bytes())
                    * HEIGHT;
            Scratch scratch = Scratch.ofThread();
            double[] spread = scratch.lanesOfX(d * COUNT);
            double[] gradient = scratch.lanesOfGradient(d * COUNT);
            double[] sums = scratch.lanesOfSums(block * COUNT);
            spread(x, first, end, d, spread);
            Arrays.fill(gradient, 0, d * COUNT, 0);
            for (int start = from, stop; start < to; start = stop) {
                stop = start + Math.min(block, to - start);
                products(rows, segment, start, stop, spread, sums);
                subtract(start, stop, first, end, y, sums, residual, loss);
                combine(rows, segment, start, stop, sums, gradient);
            }
            for (int p = first; p < end; p++) {
                for (int j = 0; j < d; j++) {
                    g[p][j] += gradient[j * COUNT + p - first];
                }
            }
        }
    }

    /** x_p into lane p - first; idle lanes keep what they held, and nothing looks at what comes of it. */
    private static void spread(double[][] x, int first, int end, int d, double[] spread) {
        for (int p = first; p < end; p++) {
            for (int j = 0; j < d; j++) {
                spread[j * COUNT + p - first] = x[p][j];
            }
        }
    }

    /** From products in {@code sums} to residuals, there and in {@code residual}. */
    private static void subtract(
            int start, int stop, int first, int end, double[][] y, double[] sums, double[][] residual, double[] loss) {
        for (int p = first; p < end; p++) {
            double sum = 0;
            for (int i = start, k = p - first; i < stop; i++, k += COUNT) {
                double difference = sums[k] - y[p][i];
                sums[k] = difference;
                residual[p][i] = difference;
                sum += difference * difference;
            }
            loss[p] += sum;
        }
    }

    private static void products(
            DenseRows rows, MemorySegment segment, int start, int stop, double[] spread, double[] sums) {
        switch (rows.precision()) {
            case FLOAT64 -> SensingDoubleLanes.products(segment, rows.width(), start, stop, spread, sums);
            case FLOAT32 -> SensingFloatLanes.products(segment, rows.width(), start, stop, spread, sums);
        }
    }

    private static void combine(
            DenseRows rows, MemorySegment segment, int start, int stop, double[] sums, double[] gradient) {
        switch (rows.precision()) {
            case FLOAT64 -> SensingDoubleLanes.combine(segment, rows.width(), start, stop, sums, gradient);
            case FLOAT32 -> SensingFloatLanes.combine(segment, rows.width(), start, stop, sums, gradient);
        }
    }
}

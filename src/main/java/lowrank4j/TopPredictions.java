package lowrank4j;

import java.util.Comparator;
import java.util.PriorityQueue;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** The columns that a completion predicts highest for a row, such as what to recommend. */
public final class TopPredictions {
    /** Rows that are predicted together: their n2 predictions each stay in the cache of a processor for most shapes. */
    private static final int BLOCK = 16;

    private TopPredictions() {}

    /**
     * The columns of the highest predictions of some rows, the highest first, those of equal ones by their number. They are compared
     * before the model's range is applied, which would make many equal. Cost: 2·n2·r flops a row, and a heap.
     *
     * @param rows of the model, in the order of the answers
     * @param count so many columns a row, at least 1; fewer where fewer are left
     * @param seen entries that are not to be told, as large as the model
     * @return for each row its columns
     */
    public static int[][] of(CompletionModel model, int[] rows, int count, SparsePattern seen, Engine engine) {
        int n1 = model.factors().rows();
        int n2 = model.factors().columns();
        if (count < 1) {
            throw new InvalidArgumentException("count is " + count + ", but must be at least 1");
        }
        if (seen.rows() != n1 || seen.columns() != n2) {
            throw new InvalidArgumentException("the entries not to be told are of a " + seen.rows() + "x"
                    + seen.columns() + " matrix, but the model is " + n1 + "x" + n2);
        }
        int[][] top = new int[rows.length][];
        engine.workers().run((rows.length + BLOCK - 1) / BLOCK, block -> {
            int from = block * BLOCK;
            int to = Math.min(rows.length, from + BLOCK);
            Matrix left = Matrix.zeros(to - from, model.factors().rank());
            for (int k = from; k < to; k++) {
                left.rowRange(k - from, k - from + 1)
                        .copyFrom(model.factors().left().rowRange(rows[k], rows[k] + 1));
            }
            Matrix predicted = Matrix.zeros(to - from, n2);
            if (left.columns() > 0) {
                engine.kernels().multiplyTransposed(1, left, model.factors().right(), 0, predicted);
            }
            for (int k = from; k < to; k++) {
                double[] values = new double[n2];
                for (int j = 0; j < n2; j++) {
                    values[j] = predicted.get(k - from, j) + model.columnOffsets()[j];
                }
                top[k] = top(values, count, seen, rows[k]);
            }
        });
        return top;
    }

    private static int[] top(double[] values, int count, SparsePattern seen, int row) {
        Comparator<Integer> worstFirst = Comparator.<Integer>comparingDouble(j -> values[j])
                .thenComparing(Comparator.<Integer>naturalOrder().reversed());
        PriorityQueue<Integer> best = new PriorityQueue<>(worstFirst);
        int next = seen.rowStart()[row];
        int end = seen.rowStart()[row + 1];
        for (int j = 0; j < values.length; j++) {
            if (next < end && seen.columnIndex()[next] == j) {
                next++;
            } else if (best.size() < count) {
                best.add(j);
            } else if (values[j] > values[best.element()]) {
                best.poll();
                best.add(j);
            }
        }
        int[] columns = new int[best.size()];
        for (int k = columns.length - 1; k >= 0; k--) {
            columns[k] = best.remove();
        }
        return columns;
    }

    /** No entries: everything may be told. */
    public static SparsePattern nothingSeen(CompletionModel model) {
        return new SparsePattern(
                model.factors().rows(),
                model.factors().columns(),
                new int[model.factors().rows() + 1],
                new int[0]);
    }
}

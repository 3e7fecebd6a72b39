package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * {@code G_i ← Σ_e z_e z_eᵀ}, z_e = (x_j, y_e): the rows of X that a row's entries name are gathered a block at a time, each with
 * its y, and the block then adds to one strip of the lower triangle after the other. Rows of a block are padded to whole panels; what
 * stands in the padding reaches sums that no G receives. There are only two shapes of strips: the code of another would run for the
 * first time, and slowly, wherever a rank first needs it.
 */
final class CompletionGrams {
    /** Rows of a strip: with two vectors of each as many sums as hide the latency of a multiply-add. */
    private static final int STRIP = 4;

    /** Numbers of a gathered row that stand side by side: the widest vector. */
    private static final int PANEL = 8;

    /** Entries in a block, which with its sums stays in the first-level cache up to a rank of 40. */
    private static final int BLOCK = 48;

    /** From one {@link #PANEL} of a row to the next: those of all rows of the block lie between. */
    private static final int PANELS = BLOCK * PANEL;

    private CompletionGrams() {}

    static void sum(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        int order = x.columns() + 1;
        int width = (order + PANEL - 1) / PANEL * PANEL;
        Scratch scratch = Scratch.ofThread();
        double[] block = scratch.lanesOfX(BLOCK * width);
        double[] sums = scratch.lanesOfSums(width * width);
        for (int i = fromRow; i < toRow; i++) {
            int end = pattern.rowStart()[i + 1];
            Arrays.fill(sums, 0, width * width, 0);
            for (int first = pattern.rowStart()[i]; first < end; first += BLOCK) {
                int count = Math.min(BLOCK, end - first);
                gather(pattern.columnIndex(), first, count, x, y, block);
                addStrips(block, count, order, width, sums);
            }
            store(sums, width, order, grams, (i - fromRow) * order);
        }
    }

    private static void gather(int[] columns, int first, int count, Matrix x, double[] y, double[] block) {
        int r = x.columns();
        for (int k = 0; k < r; k += COUNT) {
            int to = k / PANEL * PANELS + k % PANEL;
            gatherVectors(columns, first, count, x.data(), x.offset() + k, x.stride(), block, to);
        }
        int target = r / PANEL * PANELS + r % PANEL;
        for (int e = 0; e < count; e++) {
            block[e * PANEL + target] = y[first + e];
        }
    }

    /**
     * A vector of each row. So short a loop has many rows under way at once; with all vectors of a row in one it took longer. Whole vectors,
     * as long as they lie inside X's array: what follows a row falls into the padding, or is written over.
     */
    private static void gatherVectors(
            int[] columns, int first, int count, double[] data, int offset, int stride, double[] block, int to) {
        int last = data.length - COUNT;
        for (int e = 0; e < count; e++) {
            int from = offset + columns[first + e] * stride;
            if (from <= last) {
                fromArray(DOUBLES, data, from).intoArray(block, to + e * PANEL);
            } else {
                System.arraycopy(data, from, block, to + e * PANEL, data.length - from);
            }
        }
    }

    /**
     * The lower triangle, {@link #PANEL} rows after the other: strips of two vectors side by side, and the last vector of all rows at once
     * where it stands alone.
     */
    private static void addStrips(double[] block, int count, int order, int width, double[] sums) {
        for (int panel = 0; panel < order; panel += PANEL) {
            for (int row = panel; row < Math.min(panel + PANEL, order); row += STRIP) {
                for (int column = 0; column < row + STRIP && column + COUNT < panel + PANEL; column += 2 * COUNT) {
                    int other = column + COUNT;
                    addStrip(
                            block,
                            panel * BLOCK + row % PANEL,
                            column / PANEL * PANELS + column % PANEL,
                            other / PANEL * PANELS + other % PANEL,
                            count * PANEL,
                            sums,
                            row * width + column,
                            width);
                }
            }
            if (COUNT == PANEL && panel % (2 * PANEL) == 0) {
                addSquare(block, panel * BLOCK, count * PANEL, sums, panel * width + panel, width);
            }
        }
    }

    /** {@code S ← S + Σ_e u_e u_eᵀ}: u_e the {@link #PANEL} numbers of each row from {@code u} on, which are one vector. */
    private static void addSquare(double[] block, int u, int end, double[] sums, int at, int width) {
        DoubleVector s0 = fromArray(DOUBLES, sums, at);
        DoubleVector s1 = fromArray(DOUBLES, sums, at + width);
        DoubleVector s2 = fromArray(DOUBLES, sums, at + 2 * width);
        DoubleVector s3 = fromArray(DOUBLES, sums, at + 3 * width);
        DoubleVector s4 = fromArray(DOUBLES, sums, at + 4 * width);
        DoubleVector s5 = fromArray(DOUBLES, sums, at + 5 * width);
        DoubleVector s6 = fromArray(DOUBLES, sums, at + 6 * width);
        DoubleVector s7 = fromArray(DOUBLES, sums, at + 7 * width);
        for (int e = u; e < u + end; e += PANEL) {
            DoubleVector row = fromArray(DOUBLES, block, e);
            s0 = broadcast(block[e]).fma(row, s0);
            s1 = broadcast(block[e + 1]).fma(row, s1);
            s2 = broadcast(block[e + 2]).fma(row, s2);
            s3 = broadcast(block[e + 3]).fma(row, s3);
            s4 = broadcast(block[e + 4]).fma(row, s4);
            s5 = broadcast(block[e + 5]).fma(row, s5);
            s6 = broadcast(block[e + 6]).fma(row, s6);
            s7 = broadcast(block[e + 7]).fma(row, s7);
        }
        Lanes.exact(s0).intoArray(sums, at);
        Lanes.exact(s1).intoArray(sums, at + width);
        Lanes.exact(s2).intoArray(sums, at + 2 * width);
        Lanes.exact(s3).intoArray(sums, at + 3 * width);
        Lanes.exact(s4).intoArray(sums, at + 4 * width);
        Lanes.exact(s5).intoArray(sums, at + 5 * width);
        Lanes.exact(s6).intoArray(sums, at + 6 * width);
        Lanes.exact(s7).intoArray(sums, at + 7 * width);
    }

    /**
     * {@code S ← S + Σ_e u_e v_eᵀ} and {@code T ← T + Σ_e u_e w_eᵀ}: u_e {@link #STRIP} numbers of each row from {@code u} on, v_e and
     * w_e a vector of each from {@code v} and from {@code w} on.
     */
    private static void addStrip(double[] block, int u, int v, int w, int end, double[] sums, int at, int width) {
        int other = at + COUNT;
        DoubleVector s0 = fromArray(DOUBLES, sums, at);
        DoubleVector s1 = fromArray(DOUBLES, sums, at + width);
        DoubleVector s2 = fromArray(DOUBLES, sums, at + 2 * width);
        DoubleVector s3 = fromArray(DOUBLES, sums, at + 3 * width);
        DoubleVector t0 = fromArray(DOUBLES, sums, other);
        DoubleVector t1 = fromArray(DOUBLES, sums, other + width);
        DoubleVector t2 = fromArray(DOUBLES, sums, other + 2 * width);
        DoubleVector t3 = fromArray(DOUBLES, sums, other + 3 * width);
        for (int e = 0; e < end; e += PANEL) {
            DoubleVector first = fromArray(DOUBLES, block, v + e);
            DoubleVector second = fromArray(DOUBLES, block, w + e);
            DoubleVector left0 = broadcast(block[u + e]);
            DoubleVector left1 = broadcast(block[u + e + 1]);
            DoubleVector left2 = broadcast(block[u + e + 2]);
            DoubleVector left3 = broadcast(block[u + e + 3]);
            s0 = left0.fma(first, s0);
            t0 = left0.fma(second, t0);
            s1 = left1.fma(first, s1);
            t1 = left1.fma(second, t1);
            s2 = left2.fma(first, s2);
            t2 = left2.fma(second, t2);
            s3 = left3.fma(first, s3);
            t3 = left3.fma(second, t3);
        }
        Lanes.exact(s0).intoArray(sums, at);
        Lanes.exact(s1).intoArray(sums, at + width);
        Lanes.exact(s2).intoArray(sums, at + 2 * width);
        Lanes.exact(s3).intoArray(sums, at + 3 * width);
        Lanes.exact(t0).intoArray(sums, other);
        Lanes.exact(t1).intoArray(sums, other + width);
        Lanes.exact(t2).intoArray(sums, other + 2 * width);
        Lanes.exact(t3).intoArray(sums, other + 3 * width);
    }

    private static void store(double[] sums, int width, int order, Matrix grams, int to) {
        for (int k = 0; k < order; k++) {
            System.arraycopy(sums, k * width, grams.data(), grams.rowOffset(to + k), k + 1);
        }
    }
}

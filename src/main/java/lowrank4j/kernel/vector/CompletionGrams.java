package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * {@code G_i ← Σ_e z_e z_eᵀ}, z_e = (x_j, y_e): the rows of X that a row's entries name are gathered a block at a time, each with
 * its y, and the block then adds to one tile of the lower triangle after the other. Rows of a block are padded to whole tiles; what
 * stands in the padding reaches sums that no G receives.
 */
final class CompletionGrams {
    /** Rows and columns of a tile: as many sums as hide the latency of a multiply-add. */
    private static final int TILE = 8;

    /** Rows of a tile's half, enough for the last rows of many an order. */
    private static final int STRIP = TILE / 2;

    /** Entries in a block, which with its sums stays in the first-level cache up to a rank of 40. */
    private static final int BLOCK = 48;

    /** Numbers in a panel of the block: {@link #TILE} of each row, side by side. */
    private static final int PANEL = BLOCK * TILE;

    private CompletionGrams() {}

    static void sum(SparsePattern pattern, int fromRow, int toRow, Matrix x, double[] y, Matrix grams) {
        int order = x.columns() + 1;
        int width = (order + TILE - 1) / TILE * TILE;
        Scratch scratch = Scratch.ofThread();
        double[] block = scratch.lanesOfX(BLOCK * width);
        double[] sums = scratch.lanesOfSums(width * width);
        for (int i = fromRow; i < toRow; i++) {
            int end = pattern.rowStart()[i + 1];
            Arrays.fill(sums, 0, width * width, 0);
            for (int first = pattern.rowStart()[i]; first < end; first += BLOCK) {
                int count = Math.min(BLOCK, end - first);
                gather(pattern.columnIndex(), first, count, x, y, block);
                addTiles(block, count, order, width, sums);
            }
            store(sums, width, order, grams, (i - fromRow) * order);
        }
    }

    /** Whole vectors, as long as they lie inside X's array: what follows a row falls into the padding, or is written over. */
    private static void gather(int[] columns, int first, int count, Matrix x, double[] y, double[] block) {
        double[] data = x.data();
        int r = x.columns();
        int last = data.length - (r + COUNT - 1) / COUNT * COUNT;
        int target = r / TILE * PANEL + r % TILE;
        for (int e = 0; e < count; e++) {
            int from = x.rowOffset(columns[first + e]);
            if (from <= last) {
                copy(data, from, r, block, e * TILE);
            } else {
                copyLast(data, from, r, block, e * TILE);
            }
            block[e * TILE + target] = y[first + e];
        }
    }

    private static void copy(double[] from, int start, int count, double[] to, int at) {
        for (int k = 0; k < count; k += COUNT) {
            fromArray(DOUBLES, from, start + k).intoArray(to, at + k / TILE * PANEL + k % TILE);
        }
    }

    private static void copyLast(double[] from, int start, int count, double[] to, int at) {
        for (int k = 0; k < count; k++) {
            to[at + k / TILE * PANEL + k % TILE] = from[start + k];
        }
    }

    private static void addTiles(double[] block, int count, int order, int width, double[] sums) {
        for (int row = 0; row < width; row += TILE) {
            if (order - row <= STRIP) {
                addStrips(block, row, count, width, sums);
                return;
            }
            for (int column = 0; column < row + TILE; column += COUNT) {
                int v = column / TILE * PANEL + column % TILE;
                addTile(block, row / TILE * PANEL, v, count * TILE, sums, row * width + column, width);
            }
        }
    }

    /** The last rows of S, where they are no more than a strip: two vectors of each at a time, a last one beside itself. */
    private static void addStrips(double[] block, int row, int count, int width, double[] sums) {
        for (int column = 0; column < width; column += 2 * COUNT) {
            int other = column + COUNT < width ? column + COUNT : column;
            addStrip(
                    block,
                    row / TILE * PANEL,
                    column / TILE * PANEL + column % TILE,
                    other / TILE * PANEL + other % TILE,
                    count * TILE,
                    sums,
                    row * width + column,
                    row * width + other,
                    width);
        }
    }

    private static void addStrip(
            double[] block, int u, int v, int w, int end, double[] sums, int at, int other, int width) {
        DoubleVector s0 = fromArray(DOUBLES, sums, at);
        DoubleVector s1 = fromArray(DOUBLES, sums, at + width);
        DoubleVector s2 = fromArray(DOUBLES, sums, at + 2 * width);
        DoubleVector s3 = fromArray(DOUBLES, sums, at + 3 * width);
        DoubleVector t0 = fromArray(DOUBLES, sums, other);
        DoubleVector t1 = fromArray(DOUBLES, sums, other + width);
        DoubleVector t2 = fromArray(DOUBLES, sums, other + 2 * width);
        DoubleVector t3 = fromArray(DOUBLES, sums, other + 3 * width);
        for (int e = 0; e < end; e += TILE) {
            DoubleVector first = fromArray(DOUBLES, block, v + e);
            DoubleVector second = fromArray(DOUBLES, block, w + e);
            DoubleVector left0 = broadcast(DOUBLES, block[u + e]);
            DoubleVector left1 = broadcast(DOUBLES, block[u + e + 1]);
            DoubleVector left2 = broadcast(DOUBLES, block[u + e + 2]);
            DoubleVector left3 = broadcast(DOUBLES, block[u + e + 3]);
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

    /** {@code S ← S + Σ_e u_e v_eᵀ}, u_e the rows of the panel from {@code u} on, v_e a vector of each row of that from {@code v} on. */
    private static void addTile(double[] block, int u, int v, int end, double[] sums, int at, int width) {
        DoubleVector s0 = fromArray(DOUBLES, sums, at);
        DoubleVector s1 = fromArray(DOUBLES, sums, at + width);
        DoubleVector s2 = fromArray(DOUBLES, sums, at + 2 * width);
        DoubleVector s3 = fromArray(DOUBLES, sums, at + 3 * width);
        DoubleVector s4 = fromArray(DOUBLES, sums, at + 4 * width);
        DoubleVector s5 = fromArray(DOUBLES, sums, at + 5 * width);
        DoubleVector s6 = fromArray(DOUBLES, sums, at + 6 * width);
        DoubleVector s7 = fromArray(DOUBLES, sums, at + 7 * width);
        for (int e = 0; e < end; e += TILE) {
            DoubleVector right = fromArray(DOUBLES, block, v + e);
            s0 = broadcast(DOUBLES, block[u + e]).fma(right, s0);
            s1 = broadcast(DOUBLES, block[u + e + 1]).fma(right, s1);
            s2 = broadcast(DOUBLES, block[u + e + 2]).fma(right, s2);
            s3 = broadcast(DOUBLES, block[u + e + 3]).fma(right, s3);
            s4 = broadcast(DOUBLES, block[u + e + 4]).fma(right, s4);
            s5 = broadcast(DOUBLES, block[u + e + 5]).fma(right, s5);
            s6 = broadcast(DOUBLES, block[u + e + 6]).fma(right, s6);
            s7 = broadcast(DOUBLES, block[u + e + 7]).fma(right, s7);
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

    private static void store(double[] sums, int width, int order, Matrix grams, int to) {
        for (int k = 0; k < order; k++) {
            System.arraycopy(sums, k * width, grams.data(), grams.rowOffset(to + k), k + 1);
        }
    }
}

package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import lowrank4j.matrix.SignRows;

/**
 * The sign operations of {@link lowrank4j.kernel.Kernels}. A row of bits is over before a multiplication of its numbers has begun, so
 * not the memory but the arithmetic is what takes time: {@link SignLookups} does four signs at once, {@link SignTable} one.
 *
 * <p>Both work on blocks of rows whose bits lie on the heap as words of 64: word w of rows 8k … 8k + 7 of a block is at
 * 8·(k·words + w) …, padded with zeros to whole words and to an even number of such groups.
 */
final class Signs {
    /** Rows of a group: the lanes of 512 bits, and the bits of a byte. */
    static final int GROUP = 8;

    /** Signs of a word. */
    static final int WORD = 64;

    /** Words of each row that pass through all rows of a block before the next: their tables fill half of the first-level cache. */
    static final int TILE = 8;

    /** Rows of a block are a multiple of this. */
    private static final int PAIR = 2 * GROUP;

    /** A block's bits, unless {@link #PAIR} rows are longer: a quarter of the usual second-level cache. */
    private static final int BLOCK_BYTES = 1 << 18;

    /** Rows of a block at most, whose residuals and their tables stay in the same cache. */
    private static final int HIGHEST = 2048;

    private Signs() {}

    static void forward(SignRows rows, int from, int to, double[] x, double[] out) {
        MemorySegment segment = Sensing.oneKind(rows.segment());
        int block = blockHeight(rows);
        for (int start = from, end; start < to; start = end) {
            end = start + Math.min(block, to - start);
            double[] products = products(rows, segment, start, end, x);
            System.arraycopy(products, 0, out, start, end - start);
        }
    }

    static void adjoint(SignRows rows, int from, int to, double[] z, double[] g) {
        MemorySegment segment = Sensing.oneKind(rows.segment());
        int block = blockHeight(rows);
        for (int start = from, end; start < to; start = end) {
            end = start + Math.min(block, to - start);
            SignBits.gather(rows, segment, start, end);
            double[] weights = Scratch.ofThread().lanesOfSums(padded(end - start));
            System.arraycopy(z, start, weights, 0, end - start);
            combine(rows, end - start, weights, g);
        }
    }

    static double gradient(SignRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        MemorySegment segment = Sensing.oneKind(rows.segment());
        int block = blockHeight(rows);
        double loss = 0;
        for (int start = from, end; start < to; start = end) {
            end = start + Math.min(block, to - start);
            double[] sums = products(rows, segment, start, end, x);
            for (int i = start; i < end; i++) {
                double difference = sums[i - start] - y[i];
                sums[i - start] = difference;
                residual[i] = difference;
                loss += difference * difference;
            }
            combine(rows, end - start, sums, g);
        }
        return loss;
    }

    /** The products of rows start … end - 1, the first of them first; their bits stay in the scratch space. */
    private static double[] products(SignRows rows, MemorySegment segment, int start, int end, double[] x) {
        SignBits.gather(rows, segment, start, end);
        Scratch scratch = Scratch.ofThread();
        int count = padded(end - start);
        double[] sums = scratch.lanesOfSums(count);
        Arrays.fill(sums, 0, count, 0);
        int words = words(rows);
        for (int w = 0; w < words; w += TILE) {
            int stop = Math.min(words, w + TILE);
            double[] tile = scratch.tile(x, WORD * w, rows.width());
            if (SignLookups.USABLE) {
                SignLookups.products(scratch.bits, words, count, w, stop, tile, scratch.signTables, sums);
            } else {
                SignTable.products(scratch.bits, words, count, w, stop, tile, sums);
            }
        }
        return sums;
    }

    /** {@code g ← g + Σ zᵢ aᵢ} over the rows whose bits are in the scratch space. */
    private static void combine(SignRows rows, int height, double[] z, double[] g) {
        Scratch scratch = Scratch.ofThread();
        int count = padded(height);
        Arrays.fill(z, height, count, 0);
        int words = words(rows);
        double[] tables = SignLookups.USABLE ? scratch.weightTables(4 * count) : z;
        if (SignLookups.USABLE) {
            SignBits.turn(scratch.bits, words * count);
            SignLookups.tables(z, count, tables);
        }
        for (int w = 0; w < words; w += TILE) {
            int stop = Math.min(words, w + TILE);
            double[] tile = scratch.signTile;
            Arrays.fill(tile, 0);
            if (SignLookups.USABLE) {
                SignLookups.combine(scratch.bits, words, count, w, stop, tables, tile);
            } else {
                SignTable.combine(scratch.bits, words, count, w, stop, z, tile);
            }
            int first = WORD * w;
            for (int j = first; j < Math.min(rows.width(), first + tile.length); j++) {
                g[j] += tile[j - first];
            }
        }
    }

    static int words(SignRows rows) {
        return (SignRows.rowBytes(rows.width()) + Long.BYTES - 1) / Long.BYTES;
    }

    static int padded(int count) {
        return (count + PAIR - 1) / PAIR * PAIR;
    }

    private static int blockHeight(SignRows rows) {
        return Math.clamp(BLOCK_BYTES / Long.BYTES / Math.max(1, words(rows)), PAIR, HIGHEST) / PAIR * PAIR;
    }
}

package lowrank4j.kernel.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

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
            gather(rows, segment, start, end);
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
        gather(rows, segment, start, end);
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
            SignLookups.turn(scratch.bits, words * count);
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

    /** Brings the bits of rows start … end - 1 into the scratch space. */
    private static void gather(SignRows rows, MemorySegment segment, int start, int end) {
        int words = words(rows);
        int count = padded(end - start);
        long[] bits = Scratch.ofThread().bits(words * count);
        int bytes = SignRows.rowBytes(rows.width());
        for (int i = 0; i < count; i += GROUP) {
            int there = Math.clamp(end - start - i, 0, GROUP);
            long first = (long) (start + i) * bytes;
            if (there == GROUP) {
                gather(segment, first, bytes, bits, i * words);
            } else {
                Arrays.fill(bits, i * words, (i + GROUP) * words, 0);
                for (int r = 0; r < there; r++) {
                    gatherRow(segment, first + (long) r * bytes, 0, bytes, bits, i * words + r);
                }
            }
        }
    }

    private static void gather(MemorySegment a, long row0, int bytes, long[] bits, int at) {
        long row1 = row0 + bytes;
        long row2 = row1 + bytes;
        long row3 = row2 + bytes;
        long row4 = row3 + bytes;
        long row5 = row4 + bytes;
        long row6 = row5 + bytes;
        long row7 = row6 + bytes;
        int whole = bytes / Long.BYTES * Long.BYTES;
        for (int k = 0; k < whole; k += Long.BYTES) {
            bits[at + k] = a.get(LONG, row0 + k);
            bits[at + k + 1] = a.get(LONG, row1 + k);
            bits[at + k + 2] = a.get(LONG, row2 + k);
            bits[at + k + 3] = a.get(LONG, row3 + k);
            bits[at + k + 4] = a.get(LONG, row4 + k);
            bits[at + k + 5] = a.get(LONG, row5 + k);
            bits[at + k + 6] = a.get(LONG, row6 + k);
            bits[at + k + 7] = a.get(LONG, row7 + k);
        }
        if (whole < bytes) {
            for (int r = 0; r < GROUP; r++) {
                gatherRow(a, row0 + (long) r * bytes, whole, bytes, bits, at + r);
            }
        }
    }

    /** The bytes from {@code begin} on of one row, never beyond its last: that may be the last of a page. */
    private static void gatherRow(MemorySegment a, long row, int begin, int bytes, long[] bits, int at) {
        for (int k = begin; k < bytes; k += Long.BYTES) {
            long word = 0;
            for (int b = Math.min(bytes, k + Long.BYTES) - 1; b >= k; b--) {
                word = word << 8 | a.get(ValueLayout.JAVA_BYTE, row + b) & 0xff;
            }
            bits[at + k] = word;
        }
    }

    private static int words(SignRows rows) {
        return (SignRows.rowBytes(rows.width()) + Long.BYTES - 1) / Long.BYTES;
    }

    private static int padded(int count) {
        return (count + PAIR - 1) / PAIR * PAIR;
    }

    private static int blockHeight(SignRows rows) {
        return Math.clamp(BLOCK_BYTES / Long.BYTES / Math.max(1, words(rows)), PAIR, HIGHEST) / PAIR * PAIR;
    }
}

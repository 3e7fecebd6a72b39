package lowrank4j.kernel.vector;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static lowrank4j.kernel.vector.Signs.GROUP;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import lowrank4j.matrix.SignRows;

/** The bits of sign rows on their way into the order in which {@link Signs} goes through them. */
final class SignBits {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private SignBits() {}

    /** Brings the bits of rows start … end - 1 into the scratch space. */
    static void gather(SignRows rows, MemorySegment segment, int start, int end) {
        int words = Signs.words(rows);
        int count = Signs.padded(end - start);
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
                word = (word << 8) | (a.get(ValueLayout.JAVA_BYTE, row + b) & 0xff);
            }
            bits[at + k] = word;
        }
    }

    /**
     * Mirrors each 8×8 block of bits, in place: bit 7 - r of byte c of lane k is then what bit 7 - k of byte c of lane r was. Three steps, which
     * exchange bits between lanes that lie four, two and one apart (Warren, "Hacker's Delight", 7-3). In plain Java: as vectors it
     * was a little faster where it was compiled by itself, and together with its caller too much for the compiler.
     */
    static void turn(long[] bits, int count) {
        for (int k = 0; k < count; k += GROUP) {
            long b0 = bits[k];
            long b1 = bits[k + 1];
            long b2 = bits[k + 2];
            long b3 = bits[k + 3];
            long b4 = bits[k + 4];
            long b5 = bits[k + 5];
            long b6 = bits[k + 6];
            long b7 = bits[k + 7];
            long t = (b0 ^ b4 >>> 4) & 0x0f0f0f0f0f0f0f0fL;
            b0 ^= t;
            b4 ^= t << 4;
            t = (b1 ^ b5 >>> 4) & 0x0f0f0f0f0f0f0f0fL;
            b1 ^= t;
            b5 ^= t << 4;
            t = (b2 ^ b6 >>> 4) & 0x0f0f0f0f0f0f0f0fL;
            b2 ^= t;
            b6 ^= t << 4;
            t = (b3 ^ b7 >>> 4) & 0x0f0f0f0f0f0f0f0fL;
            b3 ^= t;
            b7 ^= t << 4;
            t = (b0 ^ b2 >>> 2) & 0x3333333333333333L;
            b0 ^= t;
            b2 ^= t << 2;
            t = (b1 ^ b3 >>> 2) & 0x3333333333333333L;
            b1 ^= t;
            b3 ^= t << 2;
            t = (b4 ^ b6 >>> 2) & 0x3333333333333333L;
            b4 ^= t;
            b6 ^= t << 2;
            t = (b5 ^ b7 >>> 2) & 0x3333333333333333L;
            b5 ^= t;
            b7 ^= t << 2;
            t = (b0 ^ b1 >>> 1) & 0x5555555555555555L;
            b0 ^= t;
            b1 ^= t << 1;
            t = (b2 ^ b3 >>> 1) & 0x5555555555555555L;
            b2 ^= t;
            b3 ^= t << 1;
            t = (b4 ^ b5 >>> 1) & 0x5555555555555555L;
            b4 ^= t;
            b5 ^= t << 1;
            t = (b6 ^ b7 >>> 1) & 0x5555555555555555L;
            b6 ^= t;
            b7 ^= t << 1;
            bits[k] = b0;
            bits[k + 1] = b1;
            bits[k + 2] = b2;
            bits[k + 3] = b3;
            bits[k + 4] = b4;
            bits[k + 5] = b5;
            bits[k + 6] = b6;
            bits[k + 7] = b7;
        }
    }
}

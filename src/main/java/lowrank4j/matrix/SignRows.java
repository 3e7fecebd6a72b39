package lowrank4j.matrix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import lowrank4j.error.InvalidArgumentException;

/**
 * Many long rows of +1 and -1 outside the Java heap, in one bit each: sign measurements of a sensing problem, one measurement
 * matrix a row, in a sixty-fourth of the memory of doubles.
 *
 * <p>The layout is that of NumPy's {@code packbits(a > 0, axis=1)}: a row takes ⌈width/8⌉ bytes, the next begins with the next byte, number j of
 * a row is bit 7 - j mod 8 of its byte ⌊j/8⌋, and a bit that is set is +1. The bits of the last byte beyond the width are
 * never looked at.
 *
 * <p>The segment may be a mapped file. It stays valid as long as the arena it was allocated from.
 */
public final class SignRows {
    private final MemorySegment segment;
    private final int count;
    private final int width;

    private SignRows(MemorySegment segment, int count, int width) {
        this.segment = segment;
        this.count = count;
        this.width = width;
    }

    /** Rows of -1 in memory of {@code arena}. Cost: count·⌈width/8⌉ bytes. */
    public static SignRows allocate(Arena arena, int count, int width) {
        requireShape(count, width);
        return new SignRows(LargePages.allocate(arena, (long) count * rowBytes(width)), count, width);
    }

    /**
     * The bits of {@code segment}, not copied.
     *
     * @param segment off-heap, exactly count·⌈width/8⌉ bytes
     */
    public static SignRows wrap(MemorySegment segment, int count, int width) {
        requireShape(count, width);
        long needed = (long) count * rowBytes(width);
        if (!segment.isNative() || segment.byteSize() != needed) {
            throw new InvalidArgumentException(
                    "segment of " + segment.byteSize() + " bytes (off-heap: " + segment.isNative()
                            + ") cannot hold " + count + " rows of " + width + " signs: it must be off-heap, of "
                            + needed + " bytes");
        }
        return new SignRows(segment, count, width);
    }

    /**
     * Independent signs, both equally likely. Signs 64k … 64k + 63 of a row are the bits, highest first, of the next
     * {@code nextLong()} of {@code new SplittableRandom(seed)} (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom
     * number generators", OOPSLA 2014), row after row; what remains of the last one of a row is dropped.
     */
    public static SignRows random(Arena arena, int count, int width, long seed) {
        SignRows rows = allocate(arena, count, width);
        SplittableRandom random = new SplittableRandom(seed);
        int bytes = rowBytes(width);
        for (int i = 0; i < count; i++) {
            long start = rows.byteOffset(i);
            for (int k = 0; k < bytes; k += Long.BYTES) {
                long bits = random.nextLong();
                for (int b = k; b < Math.min(bytes, k + Long.BYTES); b++, bits <<= 8) {
                    int beyond = Math.max(0, 8 * (b + 1) - width);
                    rows.segment.set(ValueLayout.JAVA_BYTE, start + b, (byte) ((bits >>> 56) & (-1L << beyond)));
                }
            }
        }
        return rows;
    }

    private static void requireShape(int count, int width) {
        if (count < 0 || width < 0) {
            throw new InvalidArgumentException(
                    "rows cannot number " + count + " with width " + width + ": both must be at least 0");
        }
    }

    /** ⌈width/8⌉, the bytes of a row of {@code width} signs. */
    public static int rowBytes(int width) {
        return (int) ((width + 7L) / 8);
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Signs in a row. */
    public int width() {
        return width;
    }

    public MemorySegment segment() {
        return segment;
    }

    /** Where row {@code row} begins in {@link #segment()}, in bytes. */
    public long byteOffset(int row) {
        return (long) row * rowBytes(width);
    }

    public long bytes() {
        return segment.byteSize();
    }

    /** +1 or -1. */
    public int get(int row, int index) {
        requireEntry(row, index);
        int bits = segment.get(ValueLayout.JAVA_BYTE, byteOffset(row) + (index >> 3));
        return ((bits >> (7 - (index & 7))) & 1) * 2 - 1;
    }

    /** Makes a number +1 or, where {@code positive} is false, -1. */
    public void set(int row, int index, boolean positive) {
        requireEntry(row, index);
        long at = byteOffset(row) + (index >> 3);
        int bit = 0x80 >> (index & 7);
        int bits = segment.get(ValueLayout.JAVA_BYTE, at);
        segment.set(ValueLayout.JAVA_BYTE, at, (byte) (positive ? bits | bit : bits & ~bit));
    }

    /** The first row in which bits beyond the width are set, as none are in what {@code packbits} has written for this width. */
    public OptionalInt firstWithSpareBits() {
        int spare = 8 * rowBytes(width) - width;
        for (int i = 0; i < count && spare > 0; i++) {
            int last = segment.get(ValueLayout.JAVA_BYTE, byteOffset(i) + rowBytes(width) - 1);
            if ((last & ((1 << spare) - 1)) != 0) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private void requireEntry(int row, int index) {
        if (row < 0 || row >= count || index < 0 || index >= width) {
            throw new InvalidArgumentException(
                    "sign " + index + " of row " + row + " is outside " + count + " rows of " + width);
        }
    }
}

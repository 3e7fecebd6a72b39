package lowrank4j.matrix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.io.AvailableMemory;

/**
 * Many long rows of numbers outside the Java heap: the dense measurements of a sensing problem, one measurement matrix a row.
 * Row i begins at byte {@link #byteOffset(int)} of {@link #segment()}; numbers have the byte order of the machine.
 *
 * <p>The segment may be a mapped file. It stays valid as long as the arena it was allocated from.
 */
public final class DenseRows {
    /** How a number is stored; sums are always accumulated as doubles. */
    public enum Precision {
        FLOAT32(4),
        FLOAT64(8);

        private final int bytes;

        Precision(int bytes) {
            this.bytes = bytes;
        }

        public int bytes() {
            return bytes;
        }
    }

    private final MemorySegment segment;
    private final int count;
    private final int width;
    private final Precision precision;

    private DenseRows(MemorySegment segment, int count, int width, Precision precision) {
        this.segment = segment;
        this.count = count;
        this.width = width;
        this.precision = precision;
    }

    /**
     * Zeros in memory of {@code arena}, in large pages where the system has them for the asking. Cost: count·width·precision bytes.
     */
    public static DenseRows allocate(Arena arena, int count, int width, Precision precision) {
        requireShape(count, width);
        return new DenseRows(
                LargePages.allocate(arena, (long) count * width * precision.bytes()), count, width, precision);
    }

    /**
     * The numbers of {@code segment}, not copied.
     *
     * @param segment off-heap, exactly count·width numbers, aligned to the size of one
     */
    public static DenseRows wrap(MemorySegment segment, int count, int width, Precision precision) {
        requireShape(count, width);
        long needed = (long) count * width * precision.bytes();
        if (!segment.isNative() || segment.byteSize() != needed || segment.address() % precision.bytes() != 0) {
            throw new InvalidArgumentException(
                    "segment of " + segment.byteSize() + " bytes (off-heap: " + segment.isNative()
                            + ") cannot hold " + count + " rows of " + width + " " + precision
                            + ": it must be off-heap, aligned, of " + needed
                            + " bytes");
        }
        return new DenseRows(segment, count, width, precision);
    }

    private static void requireShape(int count, int width) {
        if (count < 0 || width < 0) {
            throw new InvalidArgumentException(
                    "rows cannot number " + count + " with width " + width + ": both must be at least 0");
        }
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Numbers in a row. */
    public int width() {
        return width;
    }

    public Precision precision() {
        return precision;
    }

    public MemorySegment segment() {
        return segment;
    }

    /** Where row {@code row} begins in {@link #segment()}, in bytes. */
    public long byteOffset(int row) {
        return (long) row * width * precision.bytes();
    }

    public long bytes() {
        return segment.byteSize();
    }

    /**
     * A passage through all rows in the order of the file they are mapped from; empty for rows in memory, and for those of a confined
     * arena, which no other thread may read ahead.
     *
     * <p>The caller closes it before the segment goes.
     */
    public Optional<ReadAhead> readAhead() {
        return segment.isMapped() && bytes() > 0 && isReadableByOthers()
                ? Optional.of(new ReadAhead(this, bytes() > AvailableMemory.bytes() / 2))
                : Optional.empty();
    }

    /** Asked for a thread that never starts, which stands for all but the present one. */
    private boolean isReadableByOthers() {
        return segment.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}));
    }

    public double get(int row, int index) {
        requireEntry(row, index);
        return switch (precision) {
            case FLOAT32 -> segment.get(ValueLayout.JAVA_FLOAT, byteOffset(row) + 4L * index);
            case FLOAT64 -> segment.get(ValueLayout.JAVA_DOUBLE, byteOffset(row) + 8L * index);
        };
    }

    public void set(int row, int index, double value) {
        requireEntry(row, index);
        switch (precision) {
            case FLOAT32 -> segment.set(ValueLayout.JAVA_FLOAT, byteOffset(row) + 4L * index, (float) value);
            case FLOAT64 -> segment.set(ValueLayout.JAVA_DOUBLE, byteOffset(row) + 8L * index, value);
        }
    }

    private void requireEntry(int row, int index) {
        if (row < 0 || row >= count || index < 0 || index >= width) {
            throw new InvalidArgumentException(
                    "number " + index + " of row " + row + " is outside " + count + " rows of " + width);
        }
    }
}

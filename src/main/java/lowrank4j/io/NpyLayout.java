package lowrank4j.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Brings elements as a file holds them into C order and this machine's byte order. */
final class NpyLayout {
    /** Side of the square of elements that is transposed at a time: two of them stay in the first-level cache. */
    private static final int TILE = 32;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private NpyLayout() {}

    /**
     * Copies elements from the layout of a file to that of memory. Costs one read and one write per element.
     *
     * @param header how the elements are laid out
     * @param file the elements, {@code header.byteCount()} bytes
     * @param arena where the result is allocated
     * @param place how messages call the file
     */
    static NpyArray convert(NpyHeader header, MemorySegment file, Arena arena, String place) {
        if (header.type() == NpyType.FLOAT16) {
            MemorySegment singles = AvailableMemory.allocate(arena, Math.multiplyExact(header.byteCount(), 2L), place);
            try (Arena scratch = Arena.ofConfined()) {
                MemorySegment halves = AvailableMemory.allocate(scratch, header.byteCount(), place);
                rearrange(header, file, halves);
                widen(halves, singles, header.elementCount());
            }
            return new NpyArray(NpyType.FLOAT32, header.shape(), singles, place);
        }
        MemorySegment memory = AvailableMemory.allocate(arena, header.byteCount(), place);
        rearrange(header, file, memory);
        return new NpyArray(header.type(), header.shape(), memory, place);
    }

    private static void widen(MemorySegment halves, MemorySegment singles, long count) {
        for (long i = 0; i < count; i++) {
            short half = halves.get(SHORT, i * Short.BYTES);
            singles.set(FLOAT, i * Float.BYTES, Float.float16ToFloat(half));
        }
    }

    private static void rearrange(NpyHeader header, MemorySegment file, MemorySegment memory) {
        long[] shape = header.shape();
        int bytes = header.type().bytes();
        boolean swap = header.byteOrder() != ByteOrder.nativeOrder();
        if (header.elementCount() == 0) {
            return;
        }
        if (!header.fortranOrder() || shape.length < 2) {
            for (long i = 0; i < header.elementCount(); i++) {
                copy(bytes, swap, file, i, memory, i);
            }
            return;
        }
        int last = shape.length - 1;
        // Steps of each index in the file (first index fastest) and in memory (last index fastest), in elements.
        long[] fileStep = new long[shape.length];
        long[] memoryStep = new long[shape.length];
        fileStep[0] = 1;
        memoryStep[last] = 1;
        for (int d = 0; d < last; d++) {
            fileStep[d + 1] = fileStep[d] * shape[d];
            memoryStep[last - d - 1] = memoryStep[last - d] * shape[last - d];
        }
        // The first and the last index span a plane that is transposed; the others count the planes.
        long planeElements = shape[0] * shape[last];
        for (long plane = 0; plane < header.elementCount() / planeElements; plane++) {
            long fileStart = 0;
            long memoryStart = 0;
            long rest = plane;
            for (int d = 1; d < last; d++) {
                long index = rest % shape[d];
                rest /= shape[d];
                fileStart += index * fileStep[d];
                memoryStart += index * memoryStep[d];
            }
            MemorySegment from = file.asSlice(fileStart * bytes);
            MemorySegment to = memory.asSlice(memoryStart * bytes);
            transpose(bytes, swap, from, fileStep[last], to, memoryStep[0], shape[0], shape[last]);
        }
    }

    /** Copies a plane of rows × columns from columns that are a stride apart to rows that are a stride apart. */
    private static void transpose(
            int bytes,
            boolean swap,
            MemorySegment from,
            long columnStride,
            MemorySegment to,
            long rowStride,
            long rows,
            long columns) {
        for (long rowTile = 0; rowTile < rows; rowTile += TILE) {
            long rowEnd = Math.min(rows, rowTile + TILE);
            for (long columnTile = 0; columnTile < columns; columnTile += TILE) {
                long columnEnd = Math.min(columns, columnTile + TILE);
                for (long i = rowTile; i < rowEnd; i++) {
                    for (long j = columnTile; j < columnEnd; j++) {
                        copy(bytes, swap, from, i + j * columnStride, to, i * rowStride + j);
                    }
                }
            }
        }
    }

    /** Copies one element of 1, 2, 4 or 8 bytes, or two numbers of 8, reversing the bytes of each if asked. */
    private static void copy(
            int bytes, boolean swap, MemorySegment from, long fromIndex, MemorySegment to, long toIndex) {
        switch (bytes) {
            case Byte.BYTES -> to.set(BYTE, toIndex, from.get(BYTE, fromIndex));
            case Short.BYTES -> {
                short bits = from.get(SHORT, fromIndex * Short.BYTES);
                to.set(SHORT, toIndex * Short.BYTES, swap ? Short.reverseBytes(bits) : bits);
            }
            case Integer.BYTES -> {
                int bits = from.get(INT, fromIndex * Integer.BYTES);
                to.set(INT, toIndex * Integer.BYTES, swap ? Integer.reverseBytes(bits) : bits);
            }
            case 2 * Long.BYTES -> {
                copy(Long.BYTES, swap, from, 2 * fromIndex, to, 2 * toIndex);
                copy(Long.BYTES, swap, from, 2 * fromIndex + 1, to, 2 * toIndex + 1);
            }
            default -> {
                long bits = from.get(LONG, fromIndex * Long.BYTES);
                to.set(LONG, toIndex * Long.BYTES, swap ? Long.reverseBytes(bits) : bits);
            }
        }
    }
}

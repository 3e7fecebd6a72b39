package lowrank4j.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;

/**
 * Writes a {@code .npy} file piece by piece, for arrays that are not in memory at once. The file appears under its
 * name when {@link #finish} is called; without that, {@link #close} leaves what was there before.
 *
 * <pre>{@code
 * try (NpyWriter writer = NpyWriter.create(path, NpyType.FLOAT64, rows, columns)) {
 *     for (long i = 0; i < rows; i++) {
 *         writer.write(rowOf(i));
 *     }
 *     writer.finish();
 * }
 * }</pre>
 */
public final class NpyWriter implements AutoCloseable {
    /** Elements begin at a multiple of this, so that a mapped file is aligned for any vector instruction. */
    private static final int ALIGNMENT = 64;

    private final AtomicFile file;
    private final NpyType type;
    private final long byteCount;
    private long written;

    private NpyWriter(AtomicFile file, NpyType type, long byteCount) {
        this.file = file;
        this.type = type;
        this.byteCount = byteCount;
    }

    /**
     * Begins a file.
     *
     * @param path the file, replaced if it exists
     * @param type type of the elements, any but {@link NpyType#FLOAT16}
     * @param shape size of each dimension, at least 0; none for a single number
     * @return the writer, to be closed
     * @throws InvalidArgumentException if the type or the shape is not allowed
     * @throws EnvironmentException if the file cannot be written
     */
    public static NpyWriter create(Path path, NpyType type, long... shape) {
        if (type == NpyType.FLOAT16) {
            throw new InvalidArgumentException("type is FLOAT16; FLOAT32 and FLOAT64 are the float types to write");
        }
        long byteCount = byteCount(type, shape);
        AtomicFile file = AtomicFile.create(path);
        NpyWriter writer = new NpyWriter(file, type, byteCount);
        try {
            file.write(ByteBuffer.wrap(header(type, shape)));
        } catch (IOException e) {
            writer.close();
            throw file.failure(e);
        }
        return writer;
    }

    /**
     * Appends elements.
     *
     * @param elements the next elements in C order and this machine's byte order
     * @throws InvalidArgumentException if the file then has more elements than its shape says
     * @throws EnvironmentException if the file cannot be written
     */
    public void write(MemorySegment elements) {
        if (elements.byteSize() > byteCount - written) {
            throw new InvalidArgumentException("elements takes " + elements.byteSize() + " bytes; at most "
                    + (byteCount - written) + " are left of the " + byteCount + " of the array");
        }
        try {
            SegmentChannels.write(elements, file::write);
        } catch (IOException e) {
            throw file.failure(e);
        }
        written += elements.byteSize();
    }

    /**
     * Appends numbers of double precision.
     *
     * @param elements the next elements in C order
     * @throws InvalidArgumentException if the array has another type or not so many elements
     * @throws EnvironmentException if the file cannot be written
     */
    public void write(double... elements) {
        requireType(NpyType.FLOAT64);
        write(MemorySegment.ofArray(elements));
    }

    /**
     * Appends numbers of single precision.
     *
     * @param elements the next elements in C order
     * @throws InvalidArgumentException if the array has another type or not so many elements
     * @throws EnvironmentException if the file cannot be written
     */
    public void write(float... elements) {
        requireType(NpyType.FLOAT32);
        write(MemorySegment.ofArray(elements));
    }

    /**
     * Puts the complete file in its place.
     *
     * @throws InvalidArgumentException if elements are missing
     * @throws EnvironmentException if the file cannot be written
     */
    public void finish() {
        if (written != byteCount) {
            throw new InvalidArgumentException(
                    written / type.bytes() + " elements were written; the shape says " + byteCount / type.bytes());
        }
        file.commit();
    }

    /** Discards the file unless it was finished. */
    @Override
    public void close() {
        file.close();
    }

    private void requireType(NpyType given) {
        if (type != given) {
            throw new InvalidArgumentException("elements are " + given + "; the array has the type " + type);
        }
    }

    /** What stands before the elements: magic bytes, version 1.0, length, and the dictionary padded to alignment. */
    static byte[] header(NpyType type, long[] shape) {
        char order = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? '<' : '>';
        String dictionary = "{'descr': '" + (type.bytes() == 1 ? '|' : order) + type.code()
                + "', 'fortran_order': False, 'shape': " + NpyHeader.text(shape) + ", }";
        int start = NpyHeaderReader.MAGIC.length() + 2 + Short.BYTES;
        int padding = Math.floorMod(-(start + dictionary.length() + 1), ALIGNMENT);
        String padded = dictionary + " ".repeat(padding) + "\n";
        ByteBuffer header = ByteBuffer.allocate(start + padded.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.put(NpyHeaderReader.MAGIC.getBytes(StandardCharsets.ISO_8859_1));
        header.put((byte) 1).put((byte) 0).putShort((short) padded.length());
        return header.put(padded.getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static long byteCount(NpyType type, long[] shape) {
        for (long size : shape) {
            if (size < 0) {
                throw new InvalidArgumentException(
                        "shape is " + NpyHeader.text(shape) + "; sizes of at least 0 are allowed");
            }
        }
        if (shape.length > NpyHeaderParser.MAX_DIMENSIONS) {
            throw new InvalidArgumentException("shape has " + shape.length + " dimensions; at most "
                    + NpyHeaderParser.MAX_DIMENSIONS + " are allowed");
        }
        try {
            return Math.multiplyExact(NpyHeader.product(shape), type.bytes());
        } catch (ArithmeticException unused) {
            throw new InvalidArgumentException(
                    "shape is " + NpyHeader.text(shape) + "; an array of less than 2^63 bytes is allowed");
        }
    }
}

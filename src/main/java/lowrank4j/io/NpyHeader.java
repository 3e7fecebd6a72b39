package lowrank4j.io;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What the header of a {@code .npy} file says, checked to be meant and to fit the length of the file. */
public final class NpyHeader {
    private final long[] shape;
    private final NpyType type;
    private final ByteOrder byteOrder;
    private final boolean fortranOrder;
    private final long dataOffset;
    private final long elementCount;
    private final long byteCount;

    /** Throws ArithmeticException if the elements take more than 2⁶³ − 1 bytes. */
    NpyHeader(long[] shape, NpyType type, ByteOrder byteOrder, boolean fortranOrder, long dataOffset) {
        this.shape = shape;
        this.type = type;
        this.byteOrder = byteOrder;
        this.fortranOrder = fortranOrder;
        this.dataOffset = dataOffset;
        this.elementCount = product(shape);
        this.byteCount = Math.multiplyExact(elementCount, type.bytes());
    }

    /**
     * Returns the size of each dimension.
     *
     * @return a new array; of length 0 for a single number without dimensions
     */
    public long[] shape() {
        return shape.clone();
    }

    /**
     * Returns the type of the elements in the file.
     *
     * @return the type, in the file's byte order
     */
    public NpyType type() {
        return type;
    }

    /**
     * Returns the byte order of the elements in the file.
     *
     * @return the byte order; without meaning for elements of one byte
     */
    public ByteOrder byteOrder() {
        return byteOrder;
    }

    /**
     * Tells whether the first index runs fastest in the file (Fortran order) rather than the last (C order).
     *
     * @return true for Fortran order
     */
    public boolean fortranOrder() {
        return fortranOrder;
    }

    /**
     * Returns where the elements begin.
     *
     * @return offset from the beginning of the file, in bytes
     */
    public long dataOffset() {
        return dataOffset;
    }

    /**
     * Returns the number of elements.
     *
     * @return the product of the shape, 1 for no dimensions
     */
    public long elementCount() {
        return elementCount;
    }

    /**
     * Returns the size of all elements in the file.
     *
     * @return the size in bytes
     */
    public long byteCount() {
        return byteCount;
    }

    /** Whether the bytes of the file are those of the array in memory: C order, this machine's byte order. */
    boolean isNative() {
        boolean sameOrder = type.bytes() == 1 || byteOrder == ByteOrder.nativeOrder();
        // With one dimension longer than 1 at most, C and Fortran order are the same.
        boolean rowMajor =
                !fortranOrder || Arrays.stream(shape).filter(n -> n != 1).count() <= 1;
        return sameOrder && rowMajor && type != NpyType.FLOAT16;
    }

    /** The product of the dimensions. Throws ArithmeticException beyond 2⁶³ − 1. */
    static long product(long[] shape) {
        if (LongStream.of(shape).anyMatch(n -> n == 0)) {
            return 0;
        }
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    /** A shape as Python writes it: {@code (3, 4)}, {@code (3,)}, {@code ()}. */
    static String text(long[] shape) {
        String sizes = LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return shape.length == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
    }

    @Override
    public String toString() {
        return type + " " + text(shape);
    }
}

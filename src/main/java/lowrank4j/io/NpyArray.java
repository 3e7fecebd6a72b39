package lowrank4j.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.LongStream;
import lowrank4j.error.BadDataException;
import lowrank4j.error.InvalidArgumentException;

/**
 * A NumPy array in memory: elements in C order (the last index runs fastest) and in this machine's byte order.
 *
 * <p>The elements live in a {@link MemorySegment}, on or off the heap or mapped from a file, and may number more than
 * 2³¹. The array is valid as long as the segment is.
 */
public final class NpyArray {
    /** The largest array that every Java virtual machine can make. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** Integers of larger magnitude are not all numbers of double precision. */
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    private final NpyType type;
    private final long[] shape;
    private final long size;
    private final MemorySegment data;
    private final String place;

    /** Takes values that were checked already; the place names the origin in messages. */
    NpyArray(NpyType type, long[] shape, MemorySegment data, String place) {
        this.type = type;
        this.shape = shape.clone();
        this.size = NpyHeader.product(shape);
        this.data = data;
        this.place = place;
    }

    /**
     * Wraps elements without copying them.
     *
     * @param type type of the elements, any but {@link NpyType#FLOAT16}
     * @param data the elements in C order and this machine's byte order
     * @param shape size of each dimension, at least 0; none for a single number
     * @return the array
     * @throws InvalidArgumentException if the shape does not fit the size of the data
     */
    public static NpyArray of(NpyType type, MemorySegment data, long... shape) {
        if (type == NpyType.FLOAT16) {
            throw new InvalidArgumentException("type is FLOAT16; FLOAT32 and FLOAT64 are the float types in memory");
        }
        checkShape(type, shape, data.byteSize());
        return new NpyArray(type, shape, data, "array");
    }

    /**
     * Wraps numbers of double precision without copying them.
     *
     * @param values the elements in C order
     * @param shape size of each dimension; none for a single number
     * @return the array
     * @throws InvalidArgumentException if the shape does not fit the number of values
     */
    public static NpyArray of(double[] values, long... shape) {
        return of(NpyType.FLOAT64, MemorySegment.ofArray(values), shape);
    }

    /**
     * Wraps numbers of single precision without copying them.
     *
     * @param values the elements in C order
     * @param shape size of each dimension; none for a single number
     * @return the array
     * @throws InvalidArgumentException if the shape does not fit the number of values
     */
    public static NpyArray of(float[] values, long... shape) {
        return of(NpyType.FLOAT32, MemorySegment.ofArray(values), shape);
    }

    /**
     * Wraps integers of 64 bits without copying them.
     *
     * @param values the elements in C order
     * @param shape size of each dimension; none for a single number
     * @return the array
     * @throws InvalidArgumentException if the shape does not fit the number of values
     */
    public static NpyArray of(long[] values, long... shape) {
        return of(NpyType.INT64, MemorySegment.ofArray(values), shape);
    }

    /**
     * Wraps integers of 32 bits without copying them.
     *
     * @param values the elements in C order
     * @param shape size of each dimension; none for a single number
     * @return the array
     * @throws InvalidArgumentException if the shape does not fit the number of values
     */
    public static NpyArray of(int[] values, long... shape) {
        return of(NpyType.INT32, MemorySegment.ofArray(values), shape);
    }

    /**
     * Wraps complex numbers without copying them.
     *
     * @param pairs real and imaginary part of each element in turn, in C order
     * @param shape size of each dimension; none for a single number
     * @return the array
     * @throws InvalidArgumentException if the shape does not fit the number of pairs
     */
    public static NpyArray ofPairs(double[] pairs, long... shape) {
        return of(NpyType.COMPLEX128, MemorySegment.ofArray(pairs), shape);
    }

    static void checkShape(NpyType type, long[] shape, long bytes) {
        long expected;
        try {
            expected = Math.multiplyExact(NpyHeader.product(shape), type.bytes());
        } catch (ArithmeticException unused) {
            expected = -1;
        }
        if (expected != bytes || LongStream.of(shape).anyMatch(n -> n < 0)) {
            throw new InvalidArgumentException("shape is " + NpyHeader.text(shape) + "; sizes of at least 0 whose"
                    + " product is the number of elements, " + bytes / type.bytes() + ", are allowed");
        }
    }

    /**
     * Returns the type of the elements.
     *
     * @return any but {@link NpyType#FLOAT16}
     */
    public NpyType type() {
        return type;
    }

    /**
     * Returns the floating-point type of the elements.
     *
     * @return the type
     * @throws BadDataException if the elements are integers or truth values
     */
    public ElementType elementType() {
        return switch (type) {
            case FLOAT32 -> ElementType.FLOAT32;
            case FLOAT64 -> ElementType.FLOAT64;
            default ->
                throw new BadDataException(
                        place + ": has elements of type " + type + "; float32 and float64 are allowed here");
        };
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
     * Returns the number of elements.
     *
     * @return the product of the shape, 1 for no dimensions
     */
    public long size() {
        return size;
    }

    /**
     * Returns the elements in C order and this machine's byte order.
     *
     * @return size × {@code type().bytes()} bytes; read-only if they were mapped from a file
     */
    public MemorySegment data() {
        return data;
    }

    /**
     * Copies the elements as numbers of double precision.
     *
     * @return the elements in C order; truth values as 0 and 1
     * @throws BadDataException if there are more than an array of Java can hold, or an integer beyond 2⁵³ in magnitude
     */
    public double[] toDoubles() {
        double[] values = new double[length()];
        switch (type) {
            case FLOAT64 -> MemorySegment.copy(data, DOUBLE, 0, values, 0, values.length);
            case FLOAT32 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = data.get(FLOAT, (long) i * Float.BYTES);
                }
            }
            default -> {
                for (int i = 0; i < values.length; i++) {
                    long integer = integer(i);
                    if (integer > MAX_EXACT_INTEGER || integer < -MAX_EXACT_INTEGER) {
                        throw notAllowed(i, integer, "integers of magnitude 2^53 or less");
                    }
                    values[i] = integer;
                }
            }
        }
        return values;
    }

    /**
     * Copies complex elements as pairs of numbers.
     *
     * @return real and imaginary part of each element in turn, in C order
     * @throws BadDataException if the elements are not complex, or more than an array of Java can hold
     */
    public double[] toPairs() {
        if (type != NpyType.COMPLEX128) {
            throw new BadDataException(place + ": has elements of type " + type + "; complex128 is allowed here");
        }
        if (size > MAX_LENGTH / 2) {
            throw new BadDataException(
                    place + ": has " + size + " elements; at most " + MAX_LENGTH / 2 + " pairs fit an array of Java");
        }
        double[] pairs = new double[2 * (int) size];
        MemorySegment.copy(data, DOUBLE, 0, pairs, 0, pairs.length);
        return pairs;
    }

    /**
     * Copies the elements as integers of 64 bits.
     *
     * @return the elements in C order; truth values as 0 and 1
     * @throws BadDataException if there are more than an array of Java can hold, or one is no integer of 64 bits
     */
    public long[] toLongs() {
        long[] values = new long[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(i);
        }
        return values;
    }

    /**
     * Copies the elements as integers of 32 bits.
     *
     * @return the elements in C order; truth values as 0 and 1
     * @throws BadDataException if there are more than an array of Java can hold, or one is no integer of 32 bits
     */
    public int[] toInts() {
        int[] values = new int[length()];
        for (int i = 0; i < values.length; i++) {
            long integer = integer(i);
            if (integer != (int) integer) {
                throw notAllowed(i, integer, "integers from −2^31 to 2^31 − 1");
            }
            values[i] = (int) integer;
        }
        return values;
    }

    private int length() {
        if (size > MAX_LENGTH) {
            throw new BadDataException(
                    place + ": has " + size + " elements; at most " + MAX_LENGTH + " fit an array of Java");
        }
        return (int) size;
    }

    private long integer(int i) {
        return switch (type) {
            case BOOL -> data.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1;
            case INT8 -> data.get(ValueLayout.JAVA_BYTE, i);
            case UINT8 -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, i));
            case INT16 -> data.get(SHORT, (long) i * Short.BYTES);
            case UINT16 -> Short.toUnsignedLong(data.get(SHORT, (long) i * Short.BYTES));
            case INT32 -> data.get(INT, (long) i * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong(data.get(INT, (long) i * Integer.BYTES));
            case INT64 -> data.get(LONG, (long) i * Long.BYTES);
            case UINT64 -> {
                long value = data.get(LONG, (long) i * Long.BYTES);
                if (value < 0) {
                    throw notAllowed(i, Long.toUnsignedString(value), "integers below 2^63");
                }
                yield value;
            }
            case FLOAT16, FLOAT32 -> whole(i, data.get(FLOAT, (long) i * Float.BYTES));
            case FLOAT64 -> whole(i, data.get(DOUBLE, (long) i * Double.BYTES));
            case COMPLEX128 ->
                throw new BadDataException(place + ": has elements of type COMPLEX128; real numbers are allowed here");
        };
    }

    private long whole(int i, double value) {
        if (value != Math.rint(value) || Math.abs(value) > MAX_EXACT_INTEGER) {
            throw notAllowed(i, value, "whole numbers of magnitude 2^53 or less");
        }
        return (long) value;
    }

    private BadDataException notAllowed(int i, Object value, String allowed) {
        return new BadDataException(place + ": element " + i + " is " + value + "; " + allowed + " are allowed here");
    }

    /** How messages call the origin of the array. */
    String place() {
        return place;
    }

    @Override
    public String toString() {
        return type + " " + NpyHeader.text(shape);
    }
}

package lowrank4j.io;

import java.util.Optional;

/** The NumPy element types that can be read; complex64, text, date, structured and object arrays cannot. */
public enum NpyType {
    /** Truth values, one byte each, 0 or 1. */
    BOOL("b1"),
    /** Signed integers of one byte. */
    INT8("i1"),
    /** Signed integers of two bytes. */
    INT16("i2"),
    /** Signed integers of four bytes. */
    INT32("i4"),
    /** Signed integers of eight bytes. */
    INT64("i8"),
    /** Unsigned integers of one byte. */
    UINT8("u1"),
    /** Unsigned integers of two bytes. */
    UINT16("u2"),
    /** Unsigned integers of four bytes. */
    UINT32("u4"),
    /** Unsigned integers of eight bytes. */
    UINT64("u8"),
    /** IEEE 754 half precision; read as {@link #FLOAT32}, never written. */
    FLOAT16("f2"),
    /** IEEE 754 single precision. */
    FLOAT32("f4"),
    /** IEEE 754 double precision. */
    FLOAT64("f8"),
    /** Complex numbers: real and imaginary part of IEEE 754 double precision. */
    COMPLEX128("c16");

    private final String code;

    NpyType(String code) {
        this.code = code;
    }

    /**
     * Returns the size of one element.
     *
     * @return the size in bytes: 1, 2, 4, 8 or 16
     */
    public int bytes() {
        return Integer.parseInt(code, 1, code.length(), 10);
    }

    /**
     * Tells whether elements are floating-point numbers.
     *
     * @return true for the three float types
     */
    public boolean isFloatingPoint() {
        return code.charAt(0) == 'f';
    }

    /** NumPy's name of the type without its byte order, such as {@code f8}. */
    String code() {
        return code;
    }

    static Optional<NpyType> ofCode(String code) {
        for (NpyType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}

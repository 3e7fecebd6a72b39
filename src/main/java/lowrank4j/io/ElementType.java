package lowrank4j.io;

/** The floating-point types that numerical data are stored in. */
public enum ElementType {
    /** IEEE 754 single precision. */
    FLOAT32(Float.BYTES),
    /** IEEE 754 double precision. */
    FLOAT64(Double.BYTES);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the size of one element.
     *
     * @return the size in bytes: 4 or 8
     */
    public int bytes() {
        return bytes;
    }
}

package lowrank4j.blas;

/** The kind of number that an operand holds. */
enum Precision {
    DOUBLE(Double.BYTES),
    FLOAT(Float.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one entry. */
    int bytes() {
        return bytes;
    }
}

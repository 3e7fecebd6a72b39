package lowrank4j.blas;

/** Whether a matrix enters a product as it is stored, or transposed. */
public enum Transpose {
    /** As it is stored. */
    NONE(111, 'N'),
    /** Transposed. */
    TRANSPOSED(112, 'T');

    private final int blasCode;
    private final byte lapackCode;

    Transpose(int blasCode, char lapackCode) {
        this.blasCode = blasCode;
        this.lapackCode = (byte) lapackCode;
    }

    /** The value of {@code enum CBLAS_TRANSPOSE}. */
    public int blasCode() {
        return blasCode;
    }

    /** The letter that LAPACK takes. */
    public byte lapackCode() {
        return lapackCode;
    }
}

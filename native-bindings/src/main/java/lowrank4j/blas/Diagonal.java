package lowrank4j.blas;

/** What stands on the diagonal of a triangular matrix. */
public enum Diagonal {
    /** The entries as stored. */
    STORED(131, 'N'),
    /** Ones; the stored entries are not read. */
    ONES(132, 'U');

    private final int blasCode;
    private final byte lapackCode;

    Diagonal(int blasCode, char lapackCode) {
        this.blasCode = blasCode;
        this.lapackCode = (byte) lapackCode;
    }

    /** The value of {@code enum CBLAS_DIAG}. */
    public int blasCode() {
        return blasCode;
    }

    /** The letter that LAPACK takes. */
    public byte lapackCode() {
        return lapackCode;
    }
}

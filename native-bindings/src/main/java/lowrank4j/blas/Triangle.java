package lowrank4j.blas;

/** The triangle of a square matrix that is read or written, its diagonal included. The other one is not touched. */
public enum Triangle {
    /** Entries (i, j) with i ≤ j. */
    UPPER(121, 'U'),
    /** Entries (i, j) with i ≥ j. */
    LOWER(122, 'L');

    private final int blasCode;
    private final byte lapackCode;

    Triangle(int blasCode, char lapackCode) {
        this.blasCode = blasCode;
        this.lapackCode = (byte) lapackCode;
    }

    /** The value of {@code enum CBLAS_UPLO}. */
    public int blasCode() {
        return blasCode;
    }

    /** The letter that LAPACK takes. */
    public byte lapackCode() {
        return lapackCode;
    }

    /** The same entries as seen by a routine that reads rows as columns. */
    Triangle mirrored() {
        return this == UPPER ? LOWER : UPPER;
    }
}

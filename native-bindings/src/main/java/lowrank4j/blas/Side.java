package lowrank4j.blas;

/** The side on which a matrix A stands next to the unknown X. */
public enum Side {
    /** {@code A X = B}. */
    LEFT(141, 'L'),
    /** {@code X A = B}. */
    RIGHT(142, 'R');

    private final int blasCode;
    private final byte lapackCode;

    Side(int blasCode, char lapackCode) {
        this.blasCode = blasCode;
        this.lapackCode = (byte) lapackCode;
    }

    /** The value of {@code enum CBLAS_SIDE}. */
    public int blasCode() {
        return blasCode;
    }

    /** The letter that LAPACK takes. */
    public byte lapackCode() {
        return lapackCode;
    }
}

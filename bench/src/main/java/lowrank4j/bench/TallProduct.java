package lowrank4j.bench;

/** The products of a solver with factors of n×r; m is the other side of a gradient of n×m. */
public enum TallProduct {
    /** {@code XᵀX}. */
    GRAM,
    /** {@code X S}, S r×r. */
    TIMES,
    /** {@code L Rᵀ}, n×m. */
    OUTER,
    /** {@code G R}, G n×m. */
    RIGHT,
    /** {@code Gᵀ L}, G n×m. */
    LEFT;

    private static final int MOST_COLUMNS = 200;

    /** Columns of the gradient: as many as rows, as far as memory is no matter. */
    public static int columns(int n) {
        return Math.min(n, MOST_COLUMNS);
    }

    /** Rows and columns of both operands as stored; the gram matrix has one operand twice. */
    int[] shape(int n, int r) {
        int m = columns(n);
        return switch (this) {
            case GRAM -> new int[] {n, r, n, r};
            case TIMES -> new int[] {n, r, r, r};
            case OUTER -> new int[] {n, r, m, r};
            case RIGHT -> new int[] {n, m, m, r};
            case LEFT -> new int[] {n, m, n, r};
        };
    }
}

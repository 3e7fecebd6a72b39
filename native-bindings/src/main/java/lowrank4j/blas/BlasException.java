package lowrank4j.blas;

import java.io.Serial;

/** A routine was called correctly and could not deliver: an iteration that does not converge, a matrix without full rank. */
public final class BlasException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int info;

    BlasException(String message, int info) {
        super(message);
        this.info = info;
    }

    /** LAPACK's own figure for what went wrong; its meaning is the routine's. */
    public int info() {
        return info;
    }
}

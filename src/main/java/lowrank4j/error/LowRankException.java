package lowrank4j.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions thrown by this library.
 *
 * <p>Exceptions are for misuse, bad data and a machine that lacks something. How a recovery ended (converged, limit
 * reached, stalled, diverged) is a value of its result and never an exception.
 */
public abstract class LowRankException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LowRankException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

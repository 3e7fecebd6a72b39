package lowrank4j.error;

/** The root of everything that this library throws: misuse, bad data, or a machine that lacks something. */
public abstract class LowRankException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LowRankException(String message) {
        super(message);
    }

    LowRankException(String message, Throwable cause) {
        super(message, cause);
    }
}

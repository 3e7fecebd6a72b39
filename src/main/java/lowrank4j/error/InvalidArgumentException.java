package lowrank4j.error;

/** An argument that the called method does not allow; the message names it, its value, and what is allowed. */
public final class InvalidArgumentException extends LowRankException {
    private static final long serialVersionUID = 1L;

    public InvalidArgumentException(String message) {
        super(message);
    }

    public InvalidArgumentException(String message, Throwable cause) {
        super(message, cause);
    }
}

package lowrank4j.error;

/** An argument that the called method does not allow. The message names the argument, its value and what is allowed. */
public final class InvalidArgumentException extends LowRankException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message names the argument, its value and what is allowed
     */
    public InvalidArgumentException(String message) {
        super(message, null);
    }
}

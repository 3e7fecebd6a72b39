package lowrank4j.error;

/** Something the machine does not offer: a kernel tier, a native library, memory. The message says what would help. */
public final class EnvironmentException extends LowRankException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message names what is missing and what would help
     */
    public EnvironmentException(String message) {
        super(message, null);
    }
}

package lowrank4j.error;

/** A file or data set that cannot be used as it is. The message names the file, the place in it and what is expected. */
public final class BadDataException extends LowRankException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message names the file, the place in it, what was found and what is expected
     */
    public BadDataException(String message) {
        super(message, null);
    }

    /**
     * Creates the exception for a failure that has a cause of its own.
     *
     * @param message names the file, the place in it, what was found and what is expected
     * @param cause the failure met while reading
     */
    public BadDataException(String message, Throwable cause) {
        super(message, cause);
    }
}

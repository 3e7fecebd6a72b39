package lowrank4j.error;

/** A file or a data set that is wrong; the message names the file and the place in it. */
public final class BadDataException extends LowRankException {
    private static final long serialVersionUID = 1L;

    public BadDataException(String message) {
        super(message);
    }

    public BadDataException(String message, Throwable cause) {
        super(message, cause);
    }
}

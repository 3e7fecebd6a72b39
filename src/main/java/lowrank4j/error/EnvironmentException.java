package lowrank4j.error;

/** Something that the machine lacks: a tier, a native library, memory; the message says what to do. */
public final class EnvironmentException extends LowRankException {
    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, Throwable cause) {
        super(message, cause);
    }
}

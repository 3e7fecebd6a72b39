package lowrank4j.cli;

/** Options that are well-formed each but cannot be carried out: the message names the option and the reason. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null);
    }
}

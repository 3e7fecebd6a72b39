package lowrank4j.cli;

/** What the process returns to its caller. */
final class ExitCode {
    /** The run reached what it was asked for; also where no signal was found, which is an answer. */
    static final int CONVERGED = 0;

    /** A defect of this program. */
    static final int DEFECT = 1;

    /** The command line cannot be carried out as it is. */
    static final int USAGE = 2;

    /** A limit was reached, the run stalled or diverged, or a figure missed its band; results were written all the same. */
    static final int NOT_CONVERGED = 3;

    /** A file or data set is wrong. */
    static final int BAD_DATA = 4;

    /** The machine lacks something: memory, a tier, a native library. */
    static final int ENVIRONMENT = 5;

    /** Interrupted; the last good iterate was written. */
    static final int CANCELLED = 130;

    private ExitCode() {}
}

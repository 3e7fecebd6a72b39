package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a run starts from and what it keeps so that another can go on. */
final class StartOptions {
    @Option(
            names = "--warm-start",
            paramLabel = "DIR",
            description = "start from left.npy and right.npy in the results of an earlier run")
    private Optional<Path> warmStart = Optional.empty();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "an .npz archive that keeps the factors: written every 5 seconds and at the end, replaced in one"
                            + " step")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(
            names = "--resume",
            description =
                    "go on from the factors in the --checkpoint file, with its seed; iterations count from 0 again, and momentum"
                            + " or a falling damping begins anew")
    private boolean resume;

    Optional<Path> warmStart() {
        return warmStart;
    }

    Optional<Path> checkpoint() {
        return checkpoint;
    }

    boolean resume() {
        return resume;
    }

    /** Refuses what contradicts itself. */
    void check(Optional<Start> init) {
        if (resume && checkpoint.isEmpty()) {
            throw new UsageException("--resume needs --checkpoint FILE, which says what to go on from");
        }
        if (resume && warmStart.isPresent()) {
            throw new UsageException("--resume and --warm-start exclude each other: both say where to start");
        }
        boolean warm = resume || warmStart.isPresent();
        String given = resume ? "--resume" : "--warm-start";
        if (warm && init.isPresent() && init.get() != Start.WARM) {
            throw new UsageException(
                    given + " and --init " + init.get() + " exclude each other: both say where to start");
        }
        if (!warm && init.isPresent() && init.get() == Start.WARM) {
            throw new UsageException("--init warm needs --warm-start DIR, or --checkpoint FILE with --resume");
        }
    }

    /** Name of the first option given, or empty: for commands and algorithms without a start. */
    Optional<String> given() {
        if (resume) {
            return Optional.of("--resume");
        }
        return warmStart.isPresent() ? Optional.of("--warm-start") : checkpoint.map(file -> "--checkpoint");
    }
}

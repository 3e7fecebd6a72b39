package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutputOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            converter = Converters.Target.class,
            description = "folder for the results; it is made, and results of an earlier run in it are replaced")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "print one JSON object instead of a summary")
    private boolean json;

    @Option(names = "--quiet", description = "print nothing but warnings and refusals")
    private boolean quiet;

    Optional<Path> out() {
        return out;
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    void check() {
        if (json && quiet) {
            throw new UsageException("--json and --quiet exclude each other: one prints an object, the other nothing");
        }
    }
}

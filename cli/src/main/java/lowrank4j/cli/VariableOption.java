package lowrank4j.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which variable of a MATLAB file is meant. */
final class VariableOption {
    @Option(
            names = "--variable",
            paramLabel = "NAME",
            description = "MATLAB files: which variable (default: the only real matrix)")
    private Optional<String> variable = Optional.empty();

    Optional<String> name() {
        return variable;
    }

    /** Refuses the option for a file of another kind. */
    void checkNotGiven(String what) {
        if (variable.isPresent()) {
            throw new UsageException("--variable is for MATLAB files; this is " + what);
        }
    }
}

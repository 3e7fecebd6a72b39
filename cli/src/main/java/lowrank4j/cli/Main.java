package lowrank4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Entry point of the command {@code lowrank4j}. */
@Command(
        name = "lowrank4j",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Recovers low-rank matrices from measurements.")
final class Main {
    private Main() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments what the user typed
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /** The version the jar was built with. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class
                    .getModule()
                    .getDescriptor()
                    .rawVersion()
                    .orElse(Main.class.getPackage().getImplementationVersion());
            return new String[] {"lowrank4j " + version};
        }
    }
}

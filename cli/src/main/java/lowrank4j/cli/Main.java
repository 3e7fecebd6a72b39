package lowrank4j.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Entry point of the command {@code lowrank4j}. */
@Command(
        name = "lowrank4j",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Recovers low-rank matrices: from measurements, from some of their entries, by approximation.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:converged, or the answer is that there is no signal",
            "2:the command line cannot be carried out",
            "3:not converged, or not replicated; results are written all the same",
            "4:a file or data set is wrong",
            "5:the machine lacks something, such as memory or a forced tier",
            "130:interrupted; the last good iterate is written"
        })
final class Main implements Runnable {
    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger LIBRARY = Logger.getLogger("lowrank4j");

    /** Reads Parquet, and says at each start what processor it has. */
    private static final Logger HARDWOOD = Logger.getLogger("dev.hardwood");

    private static final int USAGE_WIDTH = 110;

    /** In the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "sense",
            "measure",
            "complete",
            "spectrum",
            "approximate",
            "compress",
            "predict",
            "update",
            "doctor",
            "demo",
            "replicate");

    private Main() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments what the user typed
     */
    public static void main(String[] arguments) {
        prepare();
        System.exit(run(arguments, writer(System.out), writer(System.err)));
    }

    /** Sets what holds for the whole process. */
    static void prepare() {
        // What the library logs, such as why a tier was refused, is part of the results and of `doctor`.
        LIBRARY.setLevel(Level.WARNING);
        HARDWOOD.setLevel(Level.WARNING);
        System.setProperty("java.awt.headless", "true");
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /**
     * Runs the command.
     *
     * @param arguments what the user typed
     * @param out for results
     * @param err for warnings, refusals and progress
     * @return the exit code
     */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        Failures failures = new Failures();
        CommandLine command = new CommandLine(new Main());
        // Reading what all commands take would cost as much time as a small recovery.
        List<String> wanted =
                arguments.length > 0 && COMMANDS.contains(arguments[0]) ? List.of(arguments[0]) : COMMANDS;
        wanted.forEach(name -> command.addSubcommand(name, type(name)));
        command.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError | InternalError e) {
            return Failures.report(e, command);
        }
    }

    private static Class<?> type(String name) {
        return switch (name) {
            case "sense" -> SenseCommand.class;
            case "measure" -> MeasureCommand.class;
            case "complete" -> CompleteCommand.class;
            case "spectrum" -> SpectrumCommand.class;
            case "approximate" -> ApproximateCommand.class;
            case "compress" -> CompressCommand.class;
            case "predict" -> PredictCommand.class;
            case "update" -> UpdateCommand.class;
            case "doctor" -> DoctorCommand.class;
            case "demo" -> DemoCommand.class;
            case "replicate" -> ReplicateCommand.class;
            default -> throw new AssertionError("no command is called " + name);
        };
    }

    /** A command was not named. */
    @Override
    public void run() {
        throw new UsageException("a command is needed: see lowrank4j --help");
    }

    /** The version the jar was built with. */
    static final class Version implements IVersionProvider {
        static String text() {
            Optional<String> ofModule =
                    Optional.ofNullable(Main.class.getModule().getDescriptor()).flatMap(ModuleDescriptor::rawVersion);
            return ofModule.or(() -> Optional.ofNullable(Main.class.getPackage().getImplementationVersion()))
                    .orElse("unknown");
        }

        @Override
        public String[] getVersion() {
            return new String[] {"lowrank4j " + text()};
        }
    }
}

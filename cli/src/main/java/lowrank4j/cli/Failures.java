package lowrank4j.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.error.LowRankException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a sentence on stderr and an exit code; a user never sees a stack trace. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Set to {@code true} by who looks for a defect: the stack trace is then printed too. */
    private static final String STACK_TRACE = "lowrank4j.stacktrace";

    private static final Set<String> OF_AN_ITERATION = Set.of(
            "--algorithm",
            "--init",
            "--step",
            "--damping",
            "--max-iterations",
            "--tolerance",
            "--time-limit",
            "--hold-out",
            "--seed",
            "--checkpoint",
            "--resume",
            "--warm-start");

    /** Why options of an iteration do not apply to a command. */
    private static final Map<String, String> WITHOUT_ITERATION = Map.of(
            "approximate", "the decomposition is computed as it is, nothing is iterated or drawn at random",
            "compress", "the factors are computed at once, nothing is iterated",
            "predict", "the model is fitted already",
            "measure", "the factors are given, nothing is recovered",
            "doctor", "its small recoveries are always the same");

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        say(command, sentence(e, command));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> similar = unmatched.getSuggestions();
            if (!similar.isEmpty()) {
                command.getErr().println("Similar: " + String.join(", ", similar) + ".");
            }
        }
        hint(command);
        return ExitCode.USAGE;
    }

    private static String sentence(ParameterException e, CommandLine command) {
        String reason = WITHOUT_ITERATION.getOrDefault(command.getCommandName(), "");
        if (e instanceof UnmatchedArgumentException unmatched && !reason.isEmpty()) {
            for (String argument : unmatched.getUnmatched()) {
                String option = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
                if (OF_AN_ITERATION.contains(option)) {
                    return option + " does not apply to " + command.getCommandName() + ": " + reason;
                }
            }
        }
        return String.valueOf(e.getMessage());
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, command);
    }

    /** Says what went wrong and returns the exit code. */
    static int report(Throwable e, CommandLine command) {
        say(command, sentence(e));
        if (Boolean.getBoolean(STACK_TRACE)) {
            e.printStackTrace(command.getErr());
        }
        if (e instanceof UsageException) {
            hint(command);
        }
        return code(e);
    }

    private static int code(Throwable e) {
        if (e instanceof UsageException) {
            return ExitCode.USAGE;
        }
        if (e instanceof EnvironmentException || e instanceof OutOfMemoryError) {
            return ExitCode.ENVIRONMENT;
        }
        // Option values were checked before anything was read: what the library still refuses is in the data.
        boolean bad = e instanceof BadDataException || e instanceof InvalidArgumentException;
        return bad || isLostPage(e) ? ExitCode.BAD_DATA : ExitCode.DEFECT;
    }

    private static String sentence(Throwable e) {
        if (e instanceof UsageException || e instanceof LowRankException) {
            return String.valueOf(e.getMessage());
        }
        if (e instanceof OutOfMemoryError) {
            return "memory is used up (" + e.getMessage() + "): the heap may grow to "
                    + Runtime.getRuntime().maxMemory()
                    + " bytes; LOWRANK4J_JAVA_OPTS=-Xmx... allows more where the machine has it";
        }
        if (isLostPage(e)) {
            return "an input file was shortened or became unreadable while it was in use";
        }
        return "this is a defect of lowrank4j: " + e + ". With LOWRANK4J_JAVA_OPTS=-D" + STACK_TRACE
                + "=true it says where";
    }

    /** The JVM's way to say that a page of a mapped file is not there. */
    private static boolean isLostPage(Throwable e) {
        return e instanceof InternalError && String.valueOf(e.getMessage()).contains("unsafe memory access");
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence);
    }

    private static void hint(CommandLine command) {
        PrintWriter err = command.getErr();
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
    }
}

package lowrank4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** Runs the command as a user would, but in this process. */
final class Command {
    private Command() {}

    /**
     * What a run left behind.
     *
     * @param code the exit code
     * @param out what it printed on standard output
     * @param err what it printed on standard error
     */
    record Outcome(int code, String out, String err) {}

    /** Runs with arguments, of which paths may be some. */
    static Outcome run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int code = Main.run(texts, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** The JSON object in a file. */
    static JsonNode json(Path file) {
        return Json.mapper().readTree(file.toFile());
    }
}

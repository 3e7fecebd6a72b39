package lowrank4j.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process that holds a problem and answers tasks, one line of JSON each; it waits in between. */
final class SolverSide implements AutoCloseable {
    private final String name;
    private final Process process;
    private final JsonNode greeting;

    /** Starts it, and returns once it has read its problem. */
    SolverSide(String name, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.greeting = answer();
    }

    /** What it said of itself at the start. */
    JsonNode greeting() {
        return greeting;
    }

    /** Has a task done. */
    JsonNode ask(SolverTask task) throws IOException {
        BufferedWriter tasks = process.outputWriter();
        tasks.write(JsonMapper.shared().writeValueAsString(task));
        tasks.newLine();
        tasks.flush();
        return answer();
    }

    private JsonNode answer() throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IllegalStateException(name + " failed");
        }
        return JsonMapper.shared().readTree(line);
    }

    /** Ends it. */
    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        process.onExit().join();
    }
}

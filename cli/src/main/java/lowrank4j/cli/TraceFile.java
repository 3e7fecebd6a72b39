package lowrank4j.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lowrank4j.error.EnvironmentException;
import lowrank4j.solver.IterationEvent;

/** The trace of a run as CSV, one line an iterate; a field is empty where there is no value. */
final class TraceFile {
    static final String NAME = "trace.csv";

    private static final String HEADER = "iteration,seconds,objective,relativeResidual,heldOutError,rank,step,damping";

    private TraceFile() {}

    static void write(Path folder, List<IterationEvent> trace) {
        Path file = folder.resolve(NAME);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER);
            out.write('\n');
            for (IterationEvent event : trace) {
                out.write(line(event));
                out.write('\n');
            }
        } catch (IOException e) {
            throw new EnvironmentException(file + ": cannot be written: " + e.getMessage());
        }
    }

    private static String line(IterationEvent event) {
        return event.iteration() + "," + event.seconds() + "," + event.objective() + "," + event.relativeResidual()
                + ","
                + (event.heldOutError().isPresent()
                        ? Double.toString(event.heldOutError().getAsDouble())
                        : "")
                + "," + event.rank() + "," + event.step() + "," + event.damping();
    }
}

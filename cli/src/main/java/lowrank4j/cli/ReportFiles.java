package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lowrank4j.cli.report.RunReport;
import lowrank4j.error.EnvironmentException;

/** The picture and the page of a run. */
final class ReportFiles {
    private ReportFiles() {}

    /**
     * Writes them, or says why they cannot be drawn: a machine without fonts must not cost the results.
     *
     * @return a warning, if they were not written
     */
    static Optional<String> write(Path folder, RunReport.Run page) {
        try {
            RunReport.write(folder, page);
            return Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException(folder + ": cannot be written: " + e.getMessage());
        } catch (EnvironmentException e) {
            return Optional.of("trace.png and report.html were not written: " + e.getMessage());
        }
    }
}

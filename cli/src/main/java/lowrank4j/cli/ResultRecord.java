package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lowrank4j.error.EnvironmentException;
import org.jspecify.annotations.Nullable;

/** The file {@code result.json}, which also names the other files of a run. */
final class ResultRecord {
    private ResultRecord() {}

    /** Writes it beside the files that are there already. */
    static void write(OutputDirectory folder, Map<String, @Nullable Object> json) {
        List<String> files = new ArrayList<>(folder.written());
        files.add(OutputDirectory.LAST);
        json.put(OutputDirectory.FILES, files);
        Path file = folder.staging().resolve(OutputDirectory.LAST);
        try {
            Files.writeString(file, Json.text(json) + "\n");
        } catch (IOException e) {
            throw new EnvironmentException(file + ": cannot be written: " + e.getMessage());
        }
    }

    /** Where results went, in a sentence. */
    static String whereabouts(Optional<OutputDirectory> directory) {
        return directory
                .map(folder -> "Results are in " + folder.directory() + ".")
                .orElse("Nothing was written: --out DIR keeps the results.");
    }
}

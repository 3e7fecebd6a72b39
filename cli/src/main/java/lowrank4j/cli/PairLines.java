package lowrank4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedLayout;

/** Finds the line of a pair again, for a message: what was read does not keep it. */
final class PairLines {
    private final Path file;
    private final DelimitedLayout layout;

    PairLines(Path file, DelimitedLayout layout) {
        this.file = file;
        this.layout = layout;
    }

    /** The file and, where it can be told, the line of the pair, counted from 0. */
    String describe(int pair, String id) {
        if (!Files.isRegularFile(file)) {
            return file.toString();
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int records = layout.header().isEmpty() ? 0 : -1;
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                if (records == pair) {
                    // A quoted field of several lines would shift the count: then no line is told.
                    return line.contains(id) ? file + ": line " + number : file.toString();
                }
                records++;
            }
            return file.toString();
        } catch (IOException e) {
            throw new BadDataException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}

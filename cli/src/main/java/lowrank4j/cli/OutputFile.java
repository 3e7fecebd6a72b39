package lowrank4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import lowrank4j.error.BadDataException;

/** A file that is to be written. */
final class OutputFile {
    private OutputFile() {}

    /** Makes sure, before anything is computed, that the file can be written. */
    static void requireWritable(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new BadDataException(option + " " + file + ": cannot be written: it is a folder");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadDataException(option + " " + file + ": cannot be written: its folder does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new BadDataException(
                    option + " " + file + ": cannot be written: this user has no permission to write to its folder");
        }
    }
}

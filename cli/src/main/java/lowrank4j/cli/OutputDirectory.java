package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The folder of a run's results. Files are written into a hidden folder first and moved when all are there, so the folder never
 * holds half a result; what an earlier run left in it is replaced, and nothing is left behind where a run is refused.
 */
final class OutputDirectory implements AutoCloseable {
    /** The file that is moved last: where it stands, the results are complete. */
    static final String LAST = "result.json";

    /** In {@link #LAST}: the names of the files that a run wrote. */
    static final String FILES = "files";

    /** What a file of ours is called: nothing that leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z]+");

    private final Path directory;
    private final Path staging;
    /** Folders that were not there before, the innermost first. */
    private final Deque<Path> made;

    private OutputDirectory(Path directory, Path staging, Deque<Path> made) {
        this.directory = directory;
        this.staging = staging;
        this.made = made;
    }

    /**
     * Makes sure, before anything is computed, that results can be written.
     *
     * @throws BadDataException if they cannot
     */
    static OutputDirectory open(Path directory) {
        Deque<Path> made = new ArrayDeque<>();
        try {
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw new BadDataException("--out " + directory + ": is a file; a folder is expected");
            }
            make(directory.toAbsolutePath(), made);
            Path staging = Files.createTempDirectory(directory.toAbsolutePath(), ".unfinished-");
            // For who is interrupted before there is a result; a folder that holds something stays.
            made.descendingIterator().forEachRemaining(folder -> folder.toFile().deleteOnExit());
            staging.toFile().deleteOnExit();
            return new OutputDirectory(directory, staging, made);
        } catch (IOException e) {
            unmake(made);
            throw new BadDataException("--out " + directory + ": cannot be written: " + reason(e), e);
        }
    }

    private static void make(Path directory, Deque<Path> made) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            make(parent, made);
        }
        Files.createDirectory(directory);
        made.push(directory);
    }

    private static void unmake(Deque<Path> made) {
        for (Path folder : made) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException ignored) {
                // It has come to hold something that is not ours.
                return;
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": this user has no permission";
        }
        if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is a file, not a folder";
        }
        return String.valueOf(e.getMessage());
    }

    /** Where to write the files that {@link #finish} will move. */
    Path staging() {
        return staging;
    }

    /** The folder as the user called it. */
    Path directory() {
        return directory;
    }

    /** Names of the files written so far, in alphabetical order. */
    List<String> written() {
        try (Stream<Path> files = Files.list(staging)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Moves the files written, {@link #LAST} among them, to their place. */
    void finish() {
        try {
            List<String> names = written();
            List<String> earlier = earlierFiles();
            Files.deleteIfExists(directory.resolve(LAST));
            for (String name : earlier) {
                if (!names.contains(name)) {
                    Files.deleteIfExists(directory.resolve(name));
                }
            }
            for (String name : names) {
                if (!name.equals(LAST)) {
                    move(name);
                }
            }
            move(LAST);
            made.clear();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What an earlier run wrote; nothing else in the folder is ours to remove. */
    private List<String> earlierFiles() {
        Path record = directory.resolve(LAST);
        if (!Files.isRegularFile(record)) {
            return List.of();
        }
        try {
            List<String> names = new ArrayList<>();
            for (JsonNode name : Json.mapper().readTree(record.toFile()).path(FILES)) {
                if (name.isString() && NAME.matcher(name.stringValue()).matches()) {
                    names.add(name.stringValue());
                }
            }
            return names;
        } catch (JacksonException ignored) {
            // Not a record of ours.
            return List.of();
        }
    }

    private EnvironmentException failure(IOException e) {
        return new EnvironmentException("--out " + directory + ": cannot be written: " + reason(e));
    }

    private void move(String name) throws IOException {
        Files.move(staging.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.list(staging)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(staging);
        } catch (IOException e) {
            throw failure(e);
        }
        unmake(made);
    }
}

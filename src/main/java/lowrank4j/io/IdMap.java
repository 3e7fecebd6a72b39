package lowrank4j.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;

/**
 * The names of the rows, or of the columns, of a matrix in a CSV file with the header {@code index,id}: one line per
 * index, in ascending order from 0.
 */
public final class IdMap {
    private static final List<String> HEADER = List.of("index", "id");

    private IdMap() {}

    /**
     * Writes names in one step.
     *
     * @param path the file, replaced if it exists
     * @param ids the names by index
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, List<String> ids) {
        try (TextFile file = TextFile.create(path)) {
            file.append(String.join(",", HEADER)).append("\n");
            for (int i = 0; i < ids.size(); i++) {
                file.append(i)
                        .append(",")
                        .append(Quoting.quote(ids.get(i), ','))
                        .append("\n");
            }
            file.finish();
        }
    }

    /**
     * Reads names.
     *
     * @param path the file
     * @return the names by index
     * @throws BadDataException if there is no such file or it is not as {@link #write} writes it
     */
    public static List<String> read(Path path) {
        try (ByteFeed feed = ByteFeed.open(path, InputFiles.open(path), unused -> {})) {
            RecordReader records = new RecordReader(feed, ",");
            if (!records.nextRecord()
                    || records.fieldCount() != 2
                    || !List.of(records.text(0), records.text(1)).equals(HEADER)) {
                throw bad(path, records, "is no map of ids; the header index,id is expected");
            }
            List<String> ids = new ArrayList<>();
            while (records.nextRecord()) {
                if (!records.problem().isEmpty() || records.fieldCount() != 2) {
                    throw bad(path, records, "an index and an id are expected");
                }
                if (NumberText.parseLong(records.buffer(), records.start(0), records.end(0)) != ids.size()) {
                    throw bad(path, records, "the index " + ids.size() + " is expected");
                }
                ids.add(records.text(1));
            }
            return List.copyOf(ids);
        }
    }

    private static BadDataException bad(Path path, RecordReader record, String reason) {
        return new BadDataException(path + ": " + new MalformedLine(record.line(), record.content(), reason));
    }
}

package lowrank4j.io;

import java.nio.file.Path;
import java.util.List;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;

/**
 * Triples in delimited text: CSV, TSV, MovieLens' {@code ::} and the like, one entry per line as row id, column id and
 * value, in UTF-8.
 *
 * <p>Fields may be quoted as RFC 4180 says; lines end in LF, CR LF or CR; a byte order mark and blank lines are passed
 * over; spaces around fields do not count. Ids may be any text or integers. All lines have the same number of fields.
 * {@link DelimitedOptions} says what can be chosen and what is told from the file.
 *
 * <p>Memory: 16 bytes per entry while reading and about 10 more while duplicates are looked for, besides the ids.
 */
public final class DelimitedTriples {
    private DelimitedTriples() {}

    /**
     * Reads triples and tells everything from the file.
     *
     * @param path the file
     * @return the entries and how the file was understood
     * @throws BadDataException if there is no such file, a line is malformed or an entry is given twice
     * @throws EnvironmentException if there is not enough memory
     */
    public static DelimitedImport<Triples> read(Path path) {
        return read(path, DelimitedOptions.defaults());
    }

    /**
     * Reads triples.
     *
     * @param path the file
     * @param options how it is to be read
     * @return the entries, how the file was understood and what was passed over
     * @throws BadDataException if there is no such file, too many lines are malformed or an entry is refused
     * @throws EnvironmentException if there is not enough memory
     */
    public static DelimitedImport<Triples> read(Path path, DelimitedOptions options) {
        try (ByteFeed feed = ByteFeed.open(path, InputFiles.open(path), options.progress())) {
            return new DelimitedReader(feed, path, options, true).triples();
        }
    }

    /**
     * Tells from the first lines how a file of triples will be understood, without reading it all.
     *
     * @param path the file
     * @param options how it is to be read
     * @return the columns, the header and the delimiter
     * @throws BadDataException if there is no such file, or its columns cannot be told
     */
    public static DelimitedLayout layout(Path path, DelimitedOptions options) {
        try (ByteFeed feed = ByteFeed.open(path, InputFiles.open(path), options.progress())) {
            LayoutDetector detector = new LayoutDetector(path, options, List.of(ColumnRole.values()));
            String delimiter = detector.delimiter(feed);
            RecordReader records = new RecordReader(feed, delimiter);
            if (!records.nextRecord()) {
                throw new BadDataException(path + ": has only blank lines; lines of data are expected");
            }
            return detector.layout(records, delimiter);
        }
    }

    /**
     * Reads row and column ids and no values; other columns may be there. Nothing is a duplicate.
     *
     * @param path the file
     * @param options how it is to be read
     * @return the places, how the file was understood and what was passed over
     * @throws BadDataException if there is no such file or too many lines are malformed
     * @throws EnvironmentException if there is not enough memory
     */
    public static DelimitedImport<Pairs> readPairs(Path path, DelimitedOptions options) {
        try (ByteFeed feed = ByteFeed.open(path, InputFiles.open(path), options.progress())) {
            return new DelimitedReader(feed, path, options, false).pairs();
        }
    }

    /**
     * Writes triples in one step, with a header {@code row,column,value} and ids in place of indices where there are ids.
     * A file whose name ends in {@code .tsv} has tabs, any other commas. Numbers are written so that they are read as they
     * were.
     *
     * @param path the file, replaced if it exists
     * @param triples what to write
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, Triples triples) {
        write(path, triples, "", new double[0]);
    }

    /**
     * Writes triples as {@link #write(Path, Triples)} does, with a further number of each in a last column.
     *
     * @param path the file, replaced if it exists
     * @param triples what to write
     * @param name of the last column
     * @param further a number for each triple, or none to leave the column out
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, Triples triples, String name, double[] further) {
        char delimiter = path.toString().endsWith(".tsv") ? '\t' : ',';
        List<String> rowNames = quoted(triples.rowIds(), delimiter);
        List<String> columnNames = quoted(triples.columnIds(), delimiter);
        String separator = String.valueOf(delimiter);
        try (TextFile file = TextFile.create(path)) {
            file.append(String.join(separator, "row", "column", "value"));
            file.append(further.length == 0 ? "" : separator + name).append("\n");
            for (int k = 0; k < triples.count(); k++) {
                appendId(file, rowNames, triples.row()[k]).append(separator);
                appendId(file, columnNames, triples.column()[k]).append(separator);
                file.append(triples.value()[k]);
                if (further.length > 0) {
                    file.append(separator).append(further[k]);
                }
                file.append("\n");
            }
            file.finish();
        }
    }

    private static TextFile appendId(TextFile file, List<String> names, int index) {
        return names.isEmpty() ? file.append(index) : file.append(names.get(index));
    }

    private static List<String> quoted(List<String> ids, char delimiter) {
        return ids.stream().map(id -> Quoting.quote(id, delimiter)).toList();
    }
}

package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedLayout;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.FileKind;
import lowrank4j.io.Triples;

/** A further number of each entry, such as its time, from a column of the delimited file that the entries are from. */
final class EntryColumn {
    private EntryColumn() {}

    /**
     * Reads the column, in the order of the entries. The file is read once more for it.
     *
     * @param option that asks for it, for messages
     * @param column its name in the header, or its number from 0
     * @param entries as read from the file with the same options
     */
    static double[] read(Path file, EntryOptions reading, Entries entries, String option, String column) {
        FileKind kind = FileKind.claimedBy(file).orElseGet(() -> FileKind.of(file));
        if (kind != FileKind.DELIMITED) {
            throw new UsageException(option + " is for delimited files; " + file + " is " + kind.description());
        }
        DelimitedOptions options = reading.toDelimitedOptions();
        DelimitedLayout layout = DelimitedTriples.layout(file, options);
        int number = number(file, layout, option, column);
        if (number == layout.row() || number == layout.column()) {
            throw new BadDataException(file + ": " + option + " is " + column + ", but that column holds the ids of "
                    + (number == layout.row() ? "rows" : "columns"));
        }
        DelimitedOptions.Header header =
                layout.header().isEmpty() ? DelimitedOptions.Header.ABSENT : DelimitedOptions.Header.PRESENT;
        Triples read = read(
                file,
                options.withDelimiter(layout.delimiter())
                        .withHeader(header)
                        .withColumns(new DelimitedOptions.Numbered(layout.row(), layout.column(), number)),
                option + " " + column);
        Triples known = entries.triples();
        boolean alike = Arrays.equals(read.row(), known.row())
                && Arrays.equals(read.column(), known.column())
                && read.rowIds().equals(known.rowIds())
                && read.columnIds().equals(known.columnIds());
        if (!alike) {
            throw new BadDataException(file + ": the lines with a value and those with a number in the column of "
                    + option + " " + column + " are not the same, " + known.count() + " and " + read.count()
                    + " of them: each line needs both, or neither");
        }
        return read.value();
    }

    private static Triples read(Path file, DelimitedOptions options, String asked) {
        try {
            return DelimitedTriples.read(file, options).entries();
        } catch (BadDataException e) {
            throw new BadDataException(e.getMessage() + " (read for " + asked + ")", e);
        }
    }

    private static int number(Path file, DelimitedLayout layout, String option, String column) {
        List<Integer> named = IntStream.range(0, layout.header().size())
                .filter(c -> layout.header().get(c).equalsIgnoreCase(column))
                .boxed()
                .toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        if (named.isEmpty() && column.matches("\\d{1,6}") && Integer.parseInt(column) < layout.fieldCount()) {
            return Integer.parseInt(column);
        }
        throw new BadDataException(file + ": " + option + " is " + column + ", but "
                + (layout.header().isEmpty()
                        ? "the file has no header, and columns 0 to " + (layout.fieldCount() - 1)
                        : "the header has " + named.size() + " columns of that name; it is " + layout.header()));
    }
}

package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedLayout;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.FileKind;
import lowrank4j.io.NpzTriples;
import lowrank4j.io.TripleCollector;
import lowrank4j.io.Triples;

/** A further number of each entry, such as its time, from the file that the entries are from. */
final class EntryColumn {
    private EntryColumn() {}

    /**
     * Reads the column, in the order of the entries. The file is read once more for it.
     *
     * @param option that asks for it, for messages
     * @param column its name in the header, or its number from 0; of an archive the array's name
     * @param entries as read from the file with the same options
     */
    static double[] read(Path file, EntryOptions reading, Entries entries, String option, String column) {
        FileKind kind = FileKind.claimedBy(file).orElseGet(() -> FileKind.of(file));
        Triples read = switch (kind) {
            case DELIMITED -> delimited(file, reading.toDelimitedOptions(), option, column);
            case PARQUET -> parquet(file, reading.toDelimitedOptions(), option, column);
            case NPZ -> asked(option, column, () -> NpzTriples.read(file, reading.duplicates(), column));
            default ->
                throw new UsageException(option + " is for delimited and Parquet files and .npz archives; " + file
                        + " is " + kind.description());
        };
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

    private static Triples delimited(Path file, DelimitedOptions options, String option, String column) {
        DelimitedLayout layout = DelimitedTriples.layout(file, options);
        int number = number(file, layout.header(), layout.fieldCount(), option, column);
        requireNoId(file, number, layout.row(), layout.column(), option, column);
        DelimitedOptions.Header header =
                layout.header().isEmpty() ? DelimitedOptions.Header.ABSENT : DelimitedOptions.Header.PRESENT;
        DelimitedOptions chosen = options.withDelimiter(layout.delimiter())
                .withHeader(header)
                .withColumns(new DelimitedOptions.Numbered(layout.row(), layout.column(), number));
        return asked(option, column, () -> DelimitedTriples.read(file, chosen).entries());
    }

    private static Triples parquet(Path file, DelimitedOptions options, String option, String column) {
        List<String> names = ParquetFile.names(file);
        int[] ids = TripleCollector.columns(file, names, options.columns());
        int number = number(file, names, names.size(), option, column);
        requireNoId(file, number, ids[0], ids[1], option, column);
        DelimitedOptions chosen = options.withColumns(new DelimitedOptions.Numbered(ids[0], ids[1], number));
        return asked(option, column, () -> ParquetFile.readTimes(file, chosen).entries());
    }

    private static void requireNoId(Path file, int number, int row, int column, String option, String asked) {
        if (number == row || number == column) {
            throw new BadDataException(file + ": " + option + " is " + asked + ", but that column holds the ids of "
                    + (number == row ? "rows" : "columns"));
        }
    }

    private static Triples asked(String option, String column, Supplier<Triples> reading) {
        try {
            return reading.get();
        } catch (BadDataException e) {
            throw new BadDataException(e.getMessage() + " (read for " + option + " " + column + ")", e);
        }
    }

    private static int number(Path file, List<String> header, int count, String option, String column) {
        List<Integer> named = IntStream.range(0, header.size())
                .filter(c -> header.get(c).equalsIgnoreCase(column))
                .boxed()
                .toList();
        if (named.size() == 1) {
            return named.getFirst();
        }
        if (named.isEmpty() && column.matches("\\d{1,6}") && Integer.parseInt(column) < count) {
            return Integer.parseInt(column);
        }
        throw new BadDataException(file + ": " + option + " is " + column + ", but "
                + (header.isEmpty()
                        ? "the file has no header, and columns 0 to " + (count - 1)
                        : "the header has " + named.size() + " columns of that name; it is " + header));
    }
}

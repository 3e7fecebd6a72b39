package lowrank4j.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;

/**
 * Gathers triples from a table of any format, record by record: ids become indices as {@link DelimitedOptions#ids} says, columns are
 * chosen as {@link DelimitedOptions#columns} says, and entries given twice are treated as {@link DelimitedOptions#duplicates} says.
 *
 * <p>Memory: 16 bytes per entry while reading and about 10 more while duplicates are looked for, besides the ids.
 */
public final class TripleCollector {
    private final Path path;
    private final DelimitedOptions options;
    private final IdAxis rows;
    private final IdAxis columns;
    private int[] row;
    private int[] column;
    private double[] value;
    private int count;

    /**
     * Prepares for a table.
     *
     * @param path how messages call it
     * @param options ids and duplicates; the delimiter, the header and malformed lines have no meaning here
     * @param records how many it has
     * @throws BadDataException if there are more than an array of Java can hold
     * @throws EnvironmentException if the heap cannot hold them
     */
    public TripleCollector(Path path, DelimitedOptions options, long records) {
        if (records > Integer.MAX_VALUE - 8) {
            throw new BadDataException(path + ": has " + records + " records; at most " + (Integer.MAX_VALUE - 8)
                    + " entries are allowed");
        }
        AvailableMemory.requireHeap(records * (Triples.ENTRY_BYTES + DuplicateEntries.ENTRY_BYTES), path.toString());
        this.path = path;
        this.options = options;
        this.rows = new IdAxis(options.ids());
        this.columns = new IdAxis(options.ids());
        this.row = new int[(int) records];
        this.column = new int[(int) records];
        this.value = new double[(int) records];
    }

    /**
     * Tells which columns are meant.
     *
     * @param names of the table's columns
     * @return the numbers of the columns of row ids, column ids and values, from 0
     * @throws BadDataException if the names do not tell, or are not those that were asked for
     */
    public static int[] columns(Path path, List<String> names, DelimitedOptions.Columns choice) {
        ColumnChoice columns = new ColumnChoice(
                names, List.of(ColumnRole.values()), reason -> new BadDataException(path + ": " + reason));
        int[] found = switch (choice) {
            case DelimitedOptions.Named named -> columns.named(named);
            case DelimitedOptions.Numbered numbered -> new int[] {numbered.row(), numbered.column(), numbered.value()};
            case DelimitedOptions.Automatic unused -> columns.recognised();
        };
        int last = Arrays.stream(found).max().orElse(0);
        if (last >= names.size()) {
            throw new BadDataException(path + ": has the " + names.size() + " columns " + names + "; "
                    + Math.max(3, last + 1) + " are expected");
        }
        return found;
    }

    /**
     * Takes the next record.
     *
     * @throws BadDataException if an id is not allowed, or the value is not finite; the message counts records from 1
     */
    public void add(String rowId, String columnId, double number) {
        if (count == row.length) {
            throw new BadDataException(path + ": has more than the " + count + " records that it says it has");
        }
        byte[] rowText = rowId.getBytes(StandardCharsets.UTF_8);
        byte[] columnText = columnId.getBytes(StandardCharsets.UTF_8);
        require(rows.problem(rowText, 0, rowText.length), "row");
        require(columns.problem(columnText, 0, columnText.length), "column");
        if (!Double.isFinite(number)) {
            throw bad("the value is " + number + "; a finite number is allowed");
        }
        row[count] = rows.index(rowText, 0, rowText.length);
        column[count] = columns.index(columnText, 0, columnText.length);
        value[count++] = number;
    }

    private void require(String problem, String name) {
        if (!problem.isEmpty()) {
            throw bad("the " + name + " id " + problem);
        }
    }

    /** An exception that names the next record, counted from 1. */
    public BadDataException bad(String reason) {
        return new BadDataException(path + ": record " + (count + 1) + ": " + reason);
    }

    /**
     * Returns what was gathered.
     *
     * @return entries in the order of the table, fewer than were added where some repeat another and are merged
     * @throws BadDataException if an entry is given twice and that is refused
     */
    public Triples finish() {
        if (count < row.length) {
            row = Arrays.copyOf(row, count);
            column = Arrays.copyOf(column, count);
            value = Arrays.copyOf(value, count);
        }
        IdAxis.Axis rowAxis = rows.finish(row);
        IdAxis.Axis columnAxis = columns.finish(column);
        Triples all =
                new Triples(rowAxis.size(), columnAxis.size(), row, column, value, rowAxis.ids(), columnAxis.ids());
        return DuplicateEntries.resolve(all, options.duplicates(), path.toString(), k -> "record " + (k + 1));
    }
}

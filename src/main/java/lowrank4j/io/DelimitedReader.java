package lowrank4j.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lowrank4j.error.BadDataException;

/** Reads one delimited file: finds out its layout, then collects ids and values record by record. */
final class DelimitedReader {
    private static final int INITIAL_CAPACITY = 1 << 16;

    /** The largest array that every Java virtual machine can make. */
    private static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

    private final ByteFeed feed;
    private final Path path;
    private final DelimitedOptions options;
    private final boolean valued;
    private final IdAxis rows;
    private final IdAxis columns;
    private final LineIndex lines = new LineIndex();
    private final List<MalformedLine> malformed = new ArrayList<>();
    private long malformedCount;
    private int[] row = new int[INITIAL_CAPACITY];
    private int[] column = new int[INITIAL_CAPACITY];
    private double[] value = new double[INITIAL_CAPACITY];
    private int count;

    /**
     * @param feed the file
     * @param path how messages call it
     * @param options how it is to be read
     * @param valued whether each record has a value
     */
    DelimitedReader(ByteFeed feed, Path path, DelimitedOptions options, boolean valued) {
        this.feed = feed;
        this.path = path;
        this.options = options;
        this.valued = valued;
        this.rows = new IdAxis(options.ids());
        this.columns = new IdAxis(options.ids());
    }

    DelimitedImport<Triples> triples() {
        DelimitedLayout layout = read();
        IdAxis.Axis rowAxis = rows.finish(row);
        IdAxis.Axis columnAxis = columns.finish(column);
        Triples all =
                new Triples(rowAxis.size(), columnAxis.size(), row, column, value, rowAxis.ids(), columnAxis.ids());
        Triples distinct =
                DuplicateEntries.resolve(all, options.duplicates(), path.toString(), k -> "line " + lines.line(k));
        return new DelimitedImport<>(distinct, layout, all.count() - distinct.count(), malformedCount, malformed);
    }

    DelimitedImport<Pairs> pairs() {
        DelimitedLayout layout = read();
        IdAxis.Axis rowAxis = rows.finish(row);
        IdAxis.Axis columnAxis = columns.finish(column);
        Pairs pairs = new Pairs(row, column, rowAxis.ids(), columnAxis.ids());
        return new DelimitedImport<>(pairs, layout, 0, malformedCount, malformed);
    }

    private DelimitedLayout read() {
        FileKind kind = FileKind.ofStart(feed.start());
        if (kind != FileKind.DELIMITED) {
            throw new BadDataException(
                    path + ": is no delimited text such as CSV or TSV; it looks like " + kind.description());
        }
        List<ColumnRole> roles = Arrays.asList(ColumnRole.values()).subList(0, valued ? 3 : 2);
        LayoutDetector detector = new LayoutDetector(path, options, roles);
        String delimiter = detector.delimiter(feed);
        RecordReader records = new RecordReader(feed, delimiter);
        boolean more = records.nextRecord();
        if (!more) {
            throw new BadDataException(path + ": has only blank lines; lines of data are expected");
        }
        DelimitedLayout layout = detector.layout(records, delimiter);
        if (!layout.header().isEmpty()) {
            more = records.nextRecord();
        }
        while (more) {
            read(records, layout);
            more = records.nextRecord();
        }
        if (count == 0) {
            throw new BadDataException(path + ": has no line of data"
                    + (layout.header().isEmpty() ? "" : "; its first line was taken for a header " + layout.header())
                    + (malformedCount == 0
                            ? ""
                            : "; malformed lines: " + malformedCount + ", " + malformed.getFirst()));
        }
        row = Arrays.copyOf(row, count);
        column = Arrays.copyOf(column, count);
        value = Arrays.copyOf(value, valued ? count : 0);
        return layout;
    }

    private void read(RecordReader record, DelimitedLayout layout) {
        String problem = record.problem();
        if (problem.isEmpty() && record.fieldCount() != layout.fieldCount()) {
            problem = "has " + record.fieldCount() + " fields; " + layout.fieldCount()
                    + " are expected, as in the first line";
        }
        double number = 0;
        if (problem.isEmpty() && layout.value().isPresent()) {
            int field = layout.value().getAsInt();
            number = NumberText.parseDouble(record.buffer(), record.start(field), record.end(field));
            if (!Double.isFinite(number)) {
                problem = "the value is " + Excerpt.quote(record.text(field)) + "; a finite decimal number is allowed";
            }
        }
        if (problem.isEmpty()) {
            problem = idProblem(record, layout.row(), rows, "row");
        }
        if (problem.isEmpty()) {
            problem = idProblem(record, layout.column(), columns, "column");
        }
        if (!problem.isEmpty()) {
            reject(record, problem);
            return;
        }
        if (count == row.length) {
            grow(record.bytesRead());
        }
        row[count] = index(record, layout.row(), rows);
        column[count] = index(record, layout.column(), columns);
        value[count] = number;
        lines.add(record.line());
        count++;
    }

    private static String idProblem(RecordReader record, int field, IdAxis axis, String name) {
        String problem = axis.problem(record.buffer(), record.start(field), record.end(field));
        return problem.isEmpty() ? "" : "the " + name + " id in field " + (field + 1) + " " + problem;
    }

    private static int index(RecordReader record, int field, IdAxis axis) {
        if (record.isEscaped(field)) {
            byte[] bytes = record.text(field).getBytes(StandardCharsets.UTF_8);
            return axis.index(bytes, 0, bytes.length);
        }
        return axis.index(record.buffer(), record.start(field), record.end(field));
    }

    private void reject(RecordReader record, String reason) {
        MalformedLine line = new MalformedLine(record.line(), record.content(), reason);
        malformedCount++;
        if (malformedCount > options.maxMalformedLines()) {
            throw new BadDataException(path + ": " + line
                    + (malformedCount == 1
                            ? ""
                            : " (malformed lines so far: " + malformedCount + ", allowed: "
                                    + options.maxMalformedLines() + ")"));
        }
        if (malformed.size() < DelimitedImport.MAX_REPORTED_LINES) {
            malformed.add(line);
        }
    }

    /** Makes room for as many entries as the file will have if it goes on like this. */
    private void grow(long bytesRead) {
        long expected = (long) (1.02 * count * feed.fileBytes() / bytesRead) + INITIAL_CAPACITY;
        long capacity = Math.min(MAX_ENTRIES, Math.max(expected, count + (long) count / 4));
        if (count == MAX_ENTRIES) {
            throw new BadDataException(path + ": has more than " + MAX_ENTRIES + " entries, the most that are allowed");
        }
        AvailableMemory.requireHeap(capacity * (Triples.ENTRY_BYTES + DuplicateEntries.ENTRY_BYTES), path.toString());
        row = Arrays.copyOf(row, (int) capacity);
        column = Arrays.copyOf(column, (int) capacity);
        value = Arrays.copyOf(value, (int) capacity);
    }
}

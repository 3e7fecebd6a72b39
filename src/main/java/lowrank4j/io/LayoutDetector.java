package lowrank4j.io;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;

/** Tells from the beginning of a delimited file what separates its fields and what its columns are. */
final class LayoutDetector {
    private static final List<String> DELIMITERS = List.of("\t", "::", ",", ";");

    /** How much of the file is asked which delimiter is its own. */
    private static final int SAMPLED_LINES = 100;

    /** How other programs write that there is no value: data that are wrong, and no name of a column. */
    private static final Pattern NO_NUMBER = Pattern.compile("(?i)|[-+]?(nan|inf|infinity)|na|n/a|null|none|missing");

    private static final int SAMPLED_BYTES = 1 << 16;

    private final Path path;
    private final DelimitedOptions options;
    private final List<ColumnRole> roles;

    /**
     * @param path how messages call the file
     * @param options what is known already
     * @param roles what columns are wanted, in the order they have in a file without header
     */
    LayoutDetector(Path path, DelimitedOptions options, List<ColumnRole> roles) {
        this.path = path;
        this.options = options;
        this.roles = roles;
    }

    /** The delimiter that gives the most lines at least as many fields as are wanted. */
    String delimiter(ByteFeed feed) {
        if (options.delimiter().isPresent()) {
            return options.delimiter().get();
        }
        String best = "";
        int mostLines = 0;
        for (String delimiter : DELIMITERS) {
            int lines = linesWithFields(feed, delimiter);
            if (lines > mostLines) {
                mostLines = lines;
                best = delimiter;
            }
        }
        if (best.isEmpty()) {
            LineReader lines = new LineReader(feed);
            while (lines.nextLine()) {
                if (lines.nextWord()) {
                    throw new BadDataException(path + ": line " + lines.number()
                            + ": no delimiter among tab, comma, semicolon and '::' gives at least " + roles.size()
                            + " fields; the line is " + lines.line());
                }
            }
            // Nothing but blank lines: any delimiter shows that there is no record.
            return DELIMITERS.getFirst();
        }
        return best;
    }

    private int linesWithFields(ByteFeed feed, String delimiter) {
        try (ByteFeed sample = feed.sample(SAMPLED_BYTES)) {
            RecordReader records = new RecordReader(sample, delimiter);
            int lines = 0;
            for (int asked = 0; asked < SAMPLED_LINES && records.nextRecord(); asked++) {
                lines += records.problem().isEmpty() && records.fieldCount() >= roles.size() ? 1 : 0;
            }
            return lines;
        }
    }

    /** Understands the first record. */
    DelimitedLayout layout(RecordReader first, String delimiter) {
        if (!first.problem().isEmpty()) {
            throw bad(first, first.problem());
        }
        int fields = first.fieldCount();
        List<String> names = IntStream.range(0, fields).mapToObj(first::text).toList();
        List<String> header = hasHeader(first, names) ? names : List.of();
        ColumnChoice choice = new ColumnChoice(header, roles, reason -> bad(first, reason));
        int[] columns = switch (options.columns()) {
            case DelimitedOptions.Numbered numbered -> new int[] {numbered.row(), numbered.column(), numbered.value()};
            case DelimitedOptions.Named named -> choice.named(named);
            case DelimitedOptions.Automatic unused -> header.isEmpty() ? new int[] {0, 1, 2} : choice.recognised();
        };
        for (int c = 0; c < roles.size(); c++) {
            if (columns[c] >= fields) {
                throw bad(first, "has " + fields + " fields; at least " + (columns[c] + 1) + " are expected");
            }
        }
        boolean valued = roles.contains(ColumnRole.VALUE);
        return new DelimitedLayout(
                delimiter,
                header,
                fields,
                columns[0],
                columns[1],
                valued ? OptionalInt.of(columns[2]) : OptionalInt.empty());
    }

    private boolean hasHeader(RecordReader first, List<String> names) {
        if (options.columns() instanceof DelimitedOptions.Named) {
            if (options.header() == DelimitedOptions.Header.ABSENT) {
                throw bad(first, "columns are chosen by name, but the file is said to have no header");
            }
            return true;
        }
        return switch (options.header()) {
            case PRESENT -> true;
            case ABSENT -> false;
            case AUTOMATIC -> looksLikeHeader(first, names);
        };
    }

    private boolean looksLikeHeader(RecordReader first, List<String> names) {
        boolean known = names.stream().anyMatch(name -> ColumnRole.of(name).isPresent());
        int[] columns = options.columns() instanceof DelimitedOptions.Numbered numbered
                ? new int[] {numbered.row(), numbered.column(), numbered.value()}
                : new int[] {0, 1, 2};
        if (!roles.contains(ColumnRole.VALUE)) {
            return known;
        }
        boolean numericValue = columns[2] < names.size()
                && !Double.isNaN(
                        NumberText.parseDouble(first.buffer(), first.start(columns[2]), first.end(columns[2])));
        if (columns[2] < names.size()
                && NO_NUMBER.matcher(names.get(columns[2])).matches()) {
            return known;
        }
        boolean integerIds = isInteger(first, columns[0]) && isInteger(first, columns[1]);
        return !numericValue && (known || !integerIds);
    }

    private static boolean isInteger(RecordReader record, int field) {
        return field < record.fieldCount()
                && NumberText.parseLong(record.buffer(), record.start(field), record.end(field)) != NumberText.NONE;
    }

    private BadDataException bad(RecordReader record, String reason) {
        return new BadDataException(path + ": " + new MalformedLine(record.line(), record.content(), reason));
    }
}

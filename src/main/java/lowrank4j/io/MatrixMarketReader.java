package lowrank4j.io;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lowrank4j.error.BadDataException;

/** Reads one Matrix Market file, line by line. */
final class MatrixMarketReader {
    private static final String BANNER = "%%MatrixMarket matrix FORMAT FIELD SYMMETRY";

    /** The shortest lines: "1 1" and "0", each with its end. */
    private static final int MIN_COORDINATE_BYTES = 4;

    private static final int MIN_VALUE_BYTES = 2;

    /** Integers of larger magnitude are not all numbers of double precision. */
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    /** The largest arrays that every Java virtual machine can make. */
    private static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

    private enum Format {
        COORDINATE,
        ARRAY
    }

    private enum Field {
        REAL,
        DOUBLE,
        INTEGER,
        PATTERN
    }

    private enum Symmetry {
        GENERAL,
        SYMMETRIC,
        SKEW_SYMMETRIC
    }

    private final ByteFeed feed;
    private final LineReader lines;
    private final Path path;
    private final DuplicatePolicy duplicates;
    private Field field = Field.REAL;
    private Symmetry symmetry = Symmetry.GENERAL;

    MatrixMarketReader(ByteFeed feed, Path path, DuplicatePolicy duplicates) {
        this.feed = feed;
        this.lines = new LineReader(feed);
        this.path = path;
        this.duplicates = duplicates;
    }

    MatrixEntries read() {
        FileKind kind = FileKind.ofStart(feed.start());
        if (feed.limit() == 0 || (kind != FileKind.MATRIX_MARKET && kind != FileKind.DELIMITED)) {
            throw new BadDataException(path + ": is no Matrix Market file; it looks like " + kind.description());
        }
        lines.nextLine();
        Format format = readBanner();
        if (!nextDataLine()) {
            throw bad("the file ends before the line of sizes");
        }
        int rows = size("number of rows");
        int columns = size("number of columns");
        if (symmetry != Symmetry.GENERAL && rows != columns) {
            throw badLine("a " + name(symmetry) + " matrix is " + rows + " × " + columns + "; it must be square");
        }
        return format == Format.COORDINATE ? readCoordinates(rows, columns) : readArray(rows, columns);
    }

    private Format readBanner() {
        if (!nextLowerCaseWord().equals("%%matrixmarket")) {
            throw badLine("does not begin with %%MatrixMarket");
        }
        String object = nextLowerCaseWord();
        if (!object.equals("matrix")) {
            throw badLine("describes a '" + object + "'; a matrix is allowed");
        }
        Format format = choose("format", Format.values());
        field = choose("field", Field.values());
        symmetry = choose("symmetry", Symmetry.values());
        if (lines.nextWord()) {
            throw badLine("has more words than " + BANNER);
        }
        if (field == Field.PATTERN && (format == Format.ARRAY || symmetry == Symmetry.SKEW_SYMMETRIC)) {
            throw badLine("a pattern must be a coordinate matrix and cannot be skew-symmetric");
        }
        return format;
    }

    private <E extends Enum<E>> E choose(String what, E[] allowed) {
        String word = nextLowerCaseWord();
        Optional<E> choice =
                Arrays.stream(allowed).filter(e -> name(e).equals(word)).findFirst();
        List<String> names =
                Arrays.stream(allowed).map(MatrixMarketReader::name).toList();
        return choice.orElseThrow(
                () -> badLine("the " + what + " is '" + word + "'; " + String.join(", ", names) + " are allowed"));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String nextLowerCaseWord() {
        String quoted = lines.nextWord() ? lines.word() : "''";
        return quoted.substring(1, quoted.length() - 1).toLowerCase(Locale.ROOT);
    }

    private Triples readCoordinates(int rows, int columns) {
        int count = count(feed.fileBytes() / MIN_COORDINATE_BYTES + 1);
        boolean mirrored = symmetry != Symmetry.GENERAL;
        AvailableMemory.requireHeap((mirrored ? 2L : 1L) * count * Triples.ENTRY_BYTES, path.toString());
        int[] row = new int[count];
        int[] column = new int[count];
        double[] value = new double[count];
        LineIndex origins = new LineIndex();
        for (int k = 0; k < count; k++) {
            if (!nextDataLine()) {
                throw bad("the file ends after " + k + " of the " + count + " entries that its line of sizes claims");
            }
            int i = index("row", rows);
            int j = index("column", columns);
            double v = field == Field.PATTERN ? 1 : value();
            endOfLine();
            if (i == j && symmetry == Symmetry.SKEW_SYMMETRIC && v != 0) {
                throw badLine("a skew-symmetric matrix has the value " + v + " on its diagonal; only 0 is allowed");
            }
            // One triangle is kept until duplicates are found: (2, 5) and (5, 2) are the same entry.
            boolean swap = mirrored && i < j;
            row[k] = swap ? j : i;
            column[k] = swap ? i : j;
            value[k] = swap && symmetry == Symmetry.SKEW_SYMMETRIC ? -v : v;
            origins.add(lines.number());
        }
        requireEnd(count + " entries");
        Triples triples = DuplicateEntries.resolve(
                new Triples(rows, columns, row, column, value),
                duplicates,
                path.toString(),
                k -> "line " + origins.line(k));
        return mirrored ? mirror(triples) : triples;
    }

    /** Adds the other triangle, each entry right behind the one it mirrors. */
    private Triples mirror(Triples triangle) {
        long total = 0;
        for (int k = 0; k < triangle.count(); k++) {
            total += triangle.row()[k] == triangle.column()[k] ? 1 : 2;
        }
        if (total > MAX_ENTRIES) {
            throw new BadDataException(
                    path + ": has " + total + " entries with both triangles; at most " + MAX_ENTRIES + " are allowed");
        }
        int[] row = new int[(int) total];
        int[] column = new int[(int) total];
        double[] value = new double[(int) total];
        int at = 0;
        for (int k = 0; k < triangle.count(); k++) {
            int i = triangle.row()[k];
            int j = triangle.column()[k];
            row[at] = i;
            column[at] = j;
            value[at++] = triangle.value()[k];
            if (i != j) {
                row[at] = j;
                column[at] = i;
                value[at++] = symmetry == Symmetry.SKEW_SYMMETRIC ? -triangle.value()[k] : triangle.value()[k];
            }
        }
        return new Triples(triangle.rows(), triangle.columns(), row, column, value);
    }

    private DenseEntries readArray(int rows, int columns) {
        endOfLine();
        long size = (long) rows * columns;
        long given = switch (symmetry) {
            case GENERAL -> size;
            case SYMMETRIC -> (size + rows) / 2;
            case SKEW_SYMMETRIC -> (size - rows) / 2;
        };
        requirePlausible(given, feed.fileBytes() / MIN_VALUE_BYTES + 1);
        if (size > MAX_ENTRIES) {
            throw badLine("the matrix has " + size + " entries; at most " + MAX_ENTRIES + " are allowed");
        }
        AvailableMemory.requireHeap(size * Double.BYTES, path.toString());
        double[] values = new double[(int) size];
        long read = 0;
        for (int j = 0; j < columns; j++) {
            int firstRow = switch (symmetry) {
                case GENERAL -> 0;
                case SYMMETRIC -> j;
                case SKEW_SYMMETRIC -> j + 1;
            };
            for (int i = firstRow; i < rows; i++) {
                if (!nextDataLine()) {
                    throw bad("the file ends after " + read + " of the " + given + " values that a " + name(symmetry)
                            + " " + rows + " × " + columns + " matrix has");
                }
                double v = value();
                endOfLine();
                read++;
                values[i * columns + j] = v;
                if (symmetry != Symmetry.GENERAL) {
                    values[j * columns + i] = i != j && symmetry == Symmetry.SKEW_SYMMETRIC ? -v : v;
                }
            }
        }
        requireEnd(given + " values");
        return new DenseEntries(rows, columns, values);
    }

    private boolean nextDataLine() {
        while (lines.nextLine()) {
            if (lines.nextWord() && lines.wordFirst() != '%') {
                lines.restart();
                return true;
            }
        }
        return false;
    }

    private int size(String what) {
        long size = lines.nextWord() ? lines.wordAsLong() : NumberText.NONE;
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw badLine("the " + what + " is " + lines.word() + "; an integer from 0 to 2^31 − 1 is allowed");
        }
        return (int) size;
    }

    private int count(long most) {
        long count = lines.nextWord() ? lines.wordAsLong() : NumberText.NONE;
        if (count < 0) {
            throw badLine("the number of entries is " + lines.word() + "; an integer of at least 0 is allowed");
        }
        endOfLine();
        requirePlausible(count, most);
        if (count > MAX_ENTRIES) {
            throw badLine("claims " + count + " entries; at most " + MAX_ENTRIES + " are allowed");
        }
        return (int) count;
    }

    private void requirePlausible(long count, long most) {
        if (count > most) {
            throw badLine("claims " + count + " entries, but the file has only " + feed.fileBytes()
                    + " bytes: it is truncated or its sizes are wrong");
        }
    }

    private int index(String what, int size) {
        long index = lines.nextWord() ? lines.wordAsLong() : NumberText.NONE;
        if (index < 1 || index > size) {
            throw badLine("the " + what + " is " + lines.word() + "; an integer from 1 to " + size + " is allowed");
        }
        return (int) (index - 1);
    }

    private double value() {
        boolean found = lines.nextWord();
        if (field == Field.INTEGER) {
            long integer = found ? lines.wordAsLong() : NumberText.NONE;
            if (Math.abs(integer) > MAX_EXACT_INTEGER || integer == NumberText.NONE) {
                throw badLine("the value is " + lines.word() + "; an integer of magnitude 2^53 or less is allowed");
            }
            return integer;
        }
        double value = lines.wordAsDouble();
        if (!Double.isFinite(value)) {
            throw badLine("the value is " + lines.word() + "; a finite decimal number is allowed");
        }
        return value;
    }

    private void endOfLine() {
        if (lines.nextWord()) {
            throw badLine("has more than is expected, from " + lines.word() + " on");
        }
    }

    private void requireEnd(String expected) {
        if (nextDataLine()) {
            throw badLine("goes on after the " + expected + " that the line of sizes claims");
        }
    }

    private BadDataException bad(String message) {
        return new BadDataException(path + ": line " + lines.number() + ": " + message);
    }

    private BadDataException badLine(String message) {
        return bad(message + "; the line is " + lines.line());
    }
}

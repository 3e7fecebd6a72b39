package lowrank4j.io;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import lowrank4j.error.InvalidArgumentException;

/**
 * How a delimited file is to be read. What is not said is told from the file.
 *
 * @param delimiter what separates fields: one or two ASCII characters; empty to choose among tab, comma, semicolon and
 *     {@code ::}
 * @param header whether the first line names the columns
 * @param columns which columns hold rows, columns and values
 * @param ids how ids become indices
 * @param duplicates what to do with an entry given more than once
 * @param maxMalformedLines how many malformed lines are passed over before the file is refused, at least 0
 * @param progress told the number of bytes read so far, about once per megabyte
 */
public record DelimitedOptions(
        Optional<String> delimiter,
        Header header,
        Columns columns,
        IdPolicy ids,
        DuplicatePolicy duplicates,
        long maxMalformedLines,
        LongConsumer progress) {

    /** Whether the first line names the columns. */
    public enum Header {
        /**
         * The first line is a header if its value is no number, unless it looks like a damaged line of data: no known
         * name, and both ids integers or the value one that stands for none, such as NaN.
         */
        AUTOMATIC,
        /** The first line names the columns. */
        PRESENT,
        /** The first line is data. */
        ABSENT
    }

    /** Which columns hold rows, columns and values. */
    public sealed interface Columns permits Automatic, Named, Numbered {}

    /**
     * Columns are told from a header with names such as row, user, userId; col, item, movieId; value, rating. Without a
     * header, they are the first three.
     */
    public record Automatic() implements Columns {}

    /**
     * Columns are chosen by the names in the header.
     *
     * @param row name of the column of row ids
     * @param column name of the column of column ids
     * @param value name of the column of values; not looked at where only pairs are read
     */
    public record Named(String row, String column, String value) implements Columns {}

    /**
     * Columns are chosen by number.
     *
     * @param row number of the column of row ids, from 0
     * @param column number of the column of column ids, from 0
     * @param value number of the column of values, from 0; not looked at where only pairs are read
     */
    public record Numbered(int row, int column, int value) implements Columns {
        /** Checks that the numbers are at least 0 and differ. */
        public Numbered {
            if (row < 0 || column < 0 || value < 0 || row == column || row == value || column == value) {
                throw new InvalidArgumentException("columns are " + List.of(row, column, value)
                        + "; three different numbers of at least 0 are allowed");
            }
        }
    }

    /** Checks the delimiter and the limit. */
    public DelimitedOptions {
        if (delimiter.isPresent() && !delimiter.get().matches("[\\x01-\\x7f&&[^\"\r\n]]{1,2}")) {
            throw new InvalidArgumentException("delimiter is " + Excerpt.quote(delimiter.get())
                    + "; one or two ASCII characters that are neither quotes nor line ends are allowed");
        }
        if (maxMalformedLines < 0) {
            throw new InvalidArgumentException("maxMalformedLines is " + maxMalformedLines + "; at least 0 is allowed");
        }
    }

    /**
     * Returns options that tell everything from the file, map ids, and refuse duplicates and malformed lines.
     *
     * @return the defaults
     */
    public static DelimitedOptions defaults() {
        return new DelimitedOptions(
                Optional.empty(),
                Header.AUTOMATIC,
                new Automatic(),
                IdPolicy.MAP,
                DuplicatePolicy.REFUSE,
                0,
                unused -> {});
    }

    /**
     * Returns these options with another delimiter.
     *
     * @param separator one or two ASCII characters
     * @return new options
     */
    public DelimitedOptions withDelimiter(String separator) {
        return new DelimitedOptions(
                Optional.of(separator), header, columns, ids, duplicates, maxMalformedLines, progress);
    }

    /**
     * Returns these options with another belief about the first line.
     *
     * @param firstLine whether the first line names the columns
     * @return new options
     */
    public DelimitedOptions withHeader(Header firstLine) {
        return new DelimitedOptions(delimiter, firstLine, columns, ids, duplicates, maxMalformedLines, progress);
    }

    /**
     * Returns these options with another choice of columns.
     *
     * @param choice which columns hold rows, columns and values
     * @return new options
     */
    public DelimitedOptions withColumns(Columns choice) {
        return new DelimitedOptions(delimiter, header, choice, ids, duplicates, maxMalformedLines, progress);
    }

    /**
     * Returns these options with another meaning of ids.
     *
     * @param policy how ids become indices
     * @return new options
     */
    public DelimitedOptions withIds(IdPolicy policy) {
        return new DelimitedOptions(delimiter, header, columns, policy, duplicates, maxMalformedLines, progress);
    }

    /**
     * Returns these options with another treatment of duplicates.
     *
     * @param policy what to do with an entry given more than once
     * @return new options
     */
    public DelimitedOptions withDuplicates(DuplicatePolicy policy) {
        return new DelimitedOptions(delimiter, header, columns, ids, policy, maxMalformedLines, progress);
    }

    /**
     * Returns these options with another limit on malformed lines.
     *
     * @param limit how many are passed over before the file is refused, at least 0
     * @return new options
     */
    public DelimitedOptions withMaxMalformedLines(long limit) {
        return new DelimitedOptions(delimiter, header, columns, ids, duplicates, limit, progress);
    }

    /**
     * Returns these options with a listener of progress.
     *
     * @param bytesRead told the number of bytes read so far, about once per megabyte, by the reading thread
     * @return new options
     */
    public DelimitedOptions withProgress(LongConsumer bytesRead) {
        return new DelimitedOptions(delimiter, header, columns, ids, duplicates, maxMalformedLines, bytesRead);
    }
}

package lowrank4j.io;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a delimited file was understood.
 *
 * @param delimiter what separates its fields
 * @param header names of its columns, empty if it has no header
 * @param fieldCount number of fields of each line
 * @param row number of the column of row ids, from 0
 * @param column number of the column of column ids, from 0
 * @param value number of the column of values, from 0; empty where only pairs were read
 */
public record DelimitedLayout(
        String delimiter, List<String> header, int fieldCount, int row, int column, OptionalInt value) {
    /** Copies the names. */
    public DelimitedLayout {
        header = List.copyOf(header);
    }
}

package lowrank4j.io;

import java.util.List;
import lowrank4j.error.InvalidArgumentException;

/**
 * Some entries of a matrix: the k-th one is {@code value()[k]} at row {@code row()[k]} and column {@code column()[k]},
 * both counted from 0. What is not listed is unknown, or zero, as the reader of the file decides; a listed zero is a
 * value.
 *
 * <p>Where the file called rows or columns by names, {@link #rowIds()} and {@link #columnIds()} hold them by index; an
 * empty list means that the indices are the names.
 */
public final class Triples implements MatrixEntries {
    /** Memory that one entry takes. */
    static final int ENTRY_BYTES = 2 * Integer.BYTES + Double.BYTES;

    private final int rows;
    private final int columns;
    private final int[] row;
    private final int[] column;
    private final double[] value;
    private final List<String> rowIds;
    private final List<String> columnIds;

    /**
     * Wraps entries whose rows and columns have no names. The arrays are not copied.
     *
     * @param rows number of rows of the matrix, at least 0
     * @param columns number of columns of the matrix, at least 0
     * @param row row of each entry, 0 to rows − 1
     * @param column column of each entry, 0 to columns − 1
     * @param value value of each entry, finite
     * @throws InvalidArgumentException if lengths differ, an index is out of range or a value is not finite
     */
    public Triples(int rows, int columns, int[] row, int[] column, double[] value) {
        this(rows, columns, row, column, value, List.of(), List.of());
    }

    /**
     * Wraps entries whose rows and columns may have names. The arrays are not copied. Costs one pass over the entries.
     *
     * @param rows number of rows of the matrix, at least 0
     * @param columns number of columns of the matrix, at least 0
     * @param row row of each entry, 0 to rows − 1
     * @param column column of each entry, 0 to columns − 1
     * @param value value of each entry, finite
     * @param rowIds name of each row, or empty
     * @param columnIds name of each column, or empty
     * @throws InvalidArgumentException if lengths differ, an index is out of range or a value is not finite
     */
    public Triples(
            int rows,
            int columns,
            int[] row,
            int[] column,
            double[] value,
            List<String> rowIds,
            List<String> columnIds) {
        if (rows < 0 || columns < 0) {
            throw new InvalidArgumentException("the size is " + rows + " × " + columns + "; at least 0 × 0 is allowed");
        }
        if (row.length != value.length || column.length != value.length) {
            throw new InvalidArgumentException("row, column and value have " + row.length + ", " + column.length
                    + " and " + value.length + " elements; equal lengths are allowed");
        }
        checkIds("rowIds", rowIds, rows);
        checkIds("columnIds", columnIds, columns);
        for (int k = 0; k < value.length; k++) {
            if (row[k] < 0 || row[k] >= rows || column[k] < 0 || column[k] >= columns) {
                throw new InvalidArgumentException("entry " + k + " is at row " + row[k] + ", column " + column[k]
                        + "; rows 0 to " + (rows - 1) + " and columns 0 to " + (columns - 1) + " are allowed");
            }
            if (!Double.isFinite(value[k])) {
                throw new InvalidArgumentException(
                        "entry " + k + " has the value " + value[k] + "; finite values are allowed");
            }
        }
        this.rows = rows;
        this.columns = columns;
        this.row = row;
        this.column = column;
        this.value = value;
        this.rowIds = List.copyOf(rowIds);
        this.columnIds = List.copyOf(columnIds);
    }

    private static void checkIds(String name, List<String> ids, int count) {
        if (!ids.isEmpty() && ids.size() != count) {
            throw new InvalidArgumentException(
                    name + " has " + ids.size() + " elements; " + count + " or none are allowed");
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /**
     * Returns the number of entries.
     *
     * @return at least 0
     */
    public int count() {
        return value.length;
    }

    /**
     * Returns the row of each entry, from 0.
     *
     * @return the array itself, not a copy
     */
    public int[] row() {
        return row;
    }

    /**
     * Returns the column of each entry, from 0.
     *
     * @return the array itself, not a copy
     */
    public int[] column() {
        return column;
    }

    /**
     * Returns the value of each entry.
     *
     * @return the array itself, not a copy
     */
    public double[] value() {
        return value;
    }

    /**
     * Returns the names of the rows by index.
     *
     * @return one name per row, or an empty list if the indices are the names
     */
    public List<String> rowIds() {
        return rowIds;
    }

    /**
     * Returns the names of the columns by index.
     *
     * @return one name per column, or an empty list if the indices are the names
     */
    public List<String> columnIds() {
        return columnIds;
    }

    /**
     * Returns the name of a row.
     *
     * @param index the row, 0 to rows − 1
     * @return its id in the file, or the index itself where there are no ids
     */
    public String rowId(int index) {
        return rowIds.isEmpty() ? Integer.toString(index) : rowIds.get(index);
    }

    /**
     * Returns the name of a column.
     *
     * @param index the column, 0 to columns − 1
     * @return its id in the file, or the index itself where there are no ids
     */
    public String columnId(int index) {
        return columnIds.isEmpty() ? Integer.toString(index) : columnIds.get(index);
    }

    @Override
    public String toString() {
        return count() + " entries of a " + rows + " × " + columns + " matrix";
    }
}

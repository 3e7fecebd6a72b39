package lowrank4j.io;

import java.util.List;
import lowrank4j.error.InvalidArgumentException;

/**
 * Places in a matrix without values, in the order of the file and as often as it gives them. Indices refer to the ids of
 * these pairs: what is to be looked up in another matrix is to be looked up by id.
 */
public final class Pairs {
    private final int[] row;
    private final int[] column;
    private final List<String> rowIds;
    private final List<String> columnIds;

    /**
     * Wraps places. The arrays are not copied.
     *
     * @param row row of each place, at least 0 and less than the number of row ids unless that is 0
     * @param column column of each place, at least 0 and less than the number of column ids unless that is 0
     * @param rowIds name of each row, or empty if the indices are the names
     * @param columnIds name of each column, or empty if the indices are the names
     * @throws InvalidArgumentException if lengths differ or an index is out of range
     */
    public Pairs(int[] row, int[] column, List<String> rowIds, List<String> columnIds) {
        if (row.length != column.length) {
            throw new InvalidArgumentException("row and column have " + row.length + " and " + column.length
                    + " elements; equal lengths are allowed");
        }
        check("row", row, rowIds);
        check("column", column, columnIds);
        this.row = row;
        this.column = column;
        this.rowIds = List.copyOf(rowIds);
        this.columnIds = List.copyOf(columnIds);
    }

    private static void check(String name, int[] indices, List<String> ids) {
        int size = ids.isEmpty() ? Integer.MAX_VALUE : ids.size();
        for (int k = 0; k < indices.length; k++) {
            if (indices[k] < 0 || indices[k] >= size) {
                throw new InvalidArgumentException(
                        name + "[" + k + "] is " + indices[k] + "; 0 to " + (size - 1) + " are allowed");
            }
        }
    }

    /**
     * Returns the number of places.
     *
     * @return at least 0
     */
    public int count() {
        return row.length;
    }

    /**
     * Returns the row of each place, from 0.
     *
     * @return the array itself, not a copy
     */
    public int[] row() {
        return row;
    }

    /**
     * Returns the column of each place, from 0.
     *
     * @return the array itself, not a copy
     */
    public int[] column() {
        return column;
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

    @Override
    public String toString() {
        return count() + " pairs";
    }
}

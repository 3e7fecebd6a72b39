package lowrank4j.matrix;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;

/**
 * Which entries of a matrix are observed, row by row (compressed sparse rows): the entries of row i are the columns
 * {@code columnIndex[rowStart[i]] … columnIndex[rowStart[i + 1] - 1]}, ascending. Arrays of values belong to it by position.
 *
 * @param rows n1
 * @param columns n2
 * @param rowStart length n1 + 1, from 0 to the count
 * @param columnIndex length: the count, each in 0 … n2 - 1
 */
public record SparsePattern(int rows, int columns, int[] rowStart, int[] columnIndex) {
    public SparsePattern {
        if (rowStart.length != rows + 1 || rowStart[0] != 0 || rowStart[rows] != columnIndex.length) {
            throw new InvalidArgumentException("rowStart must have rows + 1 = " + (rows + 1)
                    + " entries, from 0 to the count " + columnIndex.length);
        }
        for (int i = 0; i < rows; i++) {
            if (rowStart[i] > rowStart[i + 1]) {
                throw new InvalidArgumentException("rowStart decreases after row " + i);
            }
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                if (columnIndex[k] < 0 || columnIndex[k] >= columns) {
                    throw new InvalidArgumentException(
                            "row " + i + " observes column " + columnIndex[k] + ", outside 0.." + (columns - 1));
                }
                if (k > rowStart[i] && columnIndex[k - 1] >= columnIndex[k]) {
                    throw new InvalidArgumentException("entry (" + i + ", " + columnIndex[k]
                            + ") is a duplicate or out of order: the columns of a row must ascend");
                }
            }
        }
    }

    /** Number of observed entries. */
    public long count() {
        return columnIndex.length;
    }

    /** Number of observed entries in {@code row}. */
    public int count(int row) {
        return rowStart[row + 1] - rowStart[row];
    }

    /**
     * The entries of rows {@code row} and {@code column} in any order, sorted into a pattern with their values. Memory: 12 bytes an entry
     * for the result, and next to nothing besides. Entries that come sorted are only copied.
     */
    public static Entries sorted(int rows, int columns, int[] row, int[] column, double[] value) {
        if (row.length != column.length || row.length != value.length) {
            throw new InvalidArgumentException("row, column and value must have one length, not " + row.length + ", "
                    + column.length + " and " + value.length);
        }
        int[] rowStart = new int[rows + 1];
        boolean isSorted = true;
        for (int k = 0; k < row.length; k++) {
            if (row[k] < 0 || row[k] >= rows || column[k] < 0 || column[k] >= columns) {
                throw new InvalidArgumentException("entry " + k + " at (" + row[k] + ", " + column[k]
                        + ") is outside the " + rows + "x" + columns + " matrix");
            }
            rowStart[row[k] + 1]++;
            isSorted &= k == 0 || row[k - 1] < row[k] || (row[k - 1] == row[k] && column[k - 1] < column[k]);
        }
        for (int i = 0; i < rows; i++) {
            rowStart[i + 1] += rowStart[i];
        }
        if (isSorted) {
            return new Entries(new SparsePattern(rows, columns, rowStart, column.clone()), value.clone());
        }
        // Counting sort by row, then each row by column, in the room of the result and of one row.
        int[] next = Arrays.copyOf(rowStart, rows);
        int[] columnIndex = new int[row.length];
        for (int k = 0; k < row.length; k++) {
            columnIndex[next[row[k]]++] = k;
        }
        double[] values = new double[row.length];
        long[] key = {};
        for (int i = 0; i < rows; i++) {
            int start = rowStart[i];
            int count = rowStart[i + 1] - start;
            if (key.length < count) {
                key = new long[Math.max(count, (int) Math.min(2L * key.length, row.length))];
            }
            // The key carries the position, so that values follow.
            for (int e = 0; e < count; e++) {
                int k = columnIndex[start + e];
                key[e] = (long) column[k] << 32 | k;
            }
            Arrays.sort(key, 0, count);
            for (int e = 0; e < count; e++) {
                columnIndex[start + e] = (int) (key[e] >>> 32);
                values[start + e] = value[(int) key[e]];
            }
        }
        return new Entries(new SparsePattern(rows, columns, rowStart, columnIndex), values);
    }

    /** The same entries column by column, as rows of a columns×rows pattern, with the values at these. Cost: two passes. */
    public Entries transposed(double[] values) {
        int[] start = new int[columns + 1];
        for (int j : columnIndex) {
            start[j + 1]++;
        }
        for (int j = 0; j < columns; j++) {
            start[j + 1] += start[j];
        }
        int[] next = Arrays.copyOf(start, columns);
        int[] rowIndex = new int[columnIndex.length];
        double[] transposed = new double[columnIndex.length];
        for (int i = 0; i < rows; i++) {
            for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
                int at = next[columnIndex[e]]++;
                rowIndex[at] = i;
                transposed[at] = values[e];
            }
        }
        return new Entries(new SparsePattern(columns, rows, start, rowIndex), transposed);
    }

    /**
     * A pattern with the values that belong to it.
     *
     * @param values by position, as long as {@code pattern.columnIndex()}
     */
    public record Entries(SparsePattern pattern, double[] values) {}
}

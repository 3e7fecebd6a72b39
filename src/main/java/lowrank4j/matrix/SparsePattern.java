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

    /** The entries of rows {@code row} and {@code column} in any order, sorted into a pattern with their values. */
    public static Entries sorted(int rows, int columns, int[] row, int[] column, double[] value) {
        if (row.length != column.length || row.length != value.length) {
            throw new InvalidArgumentException("row, column and value must have one length, not " + row.length + ", "
                    + column.length + " and " + value.length);
        }
        int[] rowStart = new int[rows + 1];
        for (int k = 0; k < row.length; k++) {
            if (row[k] < 0 || row[k] >= rows || column[k] < 0 || column[k] >= columns) {
                throw new InvalidArgumentException("entry " + k + " at (" + row[k] + ", " + column[k]
                        + ") is outside the " + rows + "x" + columns + " matrix");
            }
            rowStart[row[k] + 1]++;
        }
        for (int i = 0; i < rows; i++) {
            rowStart[i + 1] += rowStart[i];
        }
        // Counting sort by row, then each row by column: the key carries the position, so that values follow.
        int[] next = Arrays.copyOf(rowStart, rows);
        long[] key = new long[row.length];
        for (int k = 0; k < row.length; k++) {
            key[next[row[k]]++] = (long) column[k] << 32 | k;
        }
        int[] columnIndex = new int[row.length];
        double[] values = new double[row.length];
        for (int i = 0; i < rows; i++) {
            Arrays.sort(key, rowStart[i], rowStart[i + 1]);
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                columnIndex[k] = (int) (key[k] >>> 32);
                values[k] = value[(int) key[k]];
            }
        }
        return new Entries(new SparsePattern(rows, columns, rowStart, columnIndex), values);
    }

    /**
     * A pattern with the values that belong to it.
     *
     * @param values by position, as long as {@code pattern.columnIndex()}
     */
    public record Entries(SparsePattern pattern, double[] values) {}
}

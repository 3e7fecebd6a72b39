package lowrank4j;

import lowrank4j.error.InvalidArgumentException;

/**
 * Entries that are grossly wrong: S of {@code Y = X + S}, by row and then by column.
 *
 * @param row of each
 * @param column of each
 * @param value what the entry has beyond X
 */
public record SparsePart(int[] row, int[] column, double[] value) {
    public SparsePart {
        if (row.length != column.length || row.length != value.length) {
            throw new InvalidArgumentException("row, column and value must have one length, not " + row.length + ", "
                    + column.length + " and " + value.length);
        }
    }

    /** Nothing is wrong. */
    static SparsePart none() {
        return new SparsePart(new int[0], new int[0], new double[0]);
    }

    /** How many there are. */
    public int count() {
        return value.length;
    }
}

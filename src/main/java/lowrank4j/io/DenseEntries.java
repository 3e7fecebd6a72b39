package lowrank4j.io;

import lowrank4j.error.InvalidArgumentException;

/** All entries of a matrix, row by row. */
public final class DenseEntries implements MatrixEntries {
    private final int rows;
    private final int columns;
    private final double[] values;

    /**
     * Wraps the entries of a matrix without copying them.
     *
     * @param rows number of rows, at least 0
     * @param columns number of columns, at least 0
     * @param values rows × columns entries, row by row
     * @throws InvalidArgumentException if a size is negative or does not fit the number of values
     */
    public DenseEntries(int rows, int columns, double[] values) {
        if (rows < 0 || columns < 0) {
            throw new InvalidArgumentException("the size is " + rows + " × " + columns + "; at least 0 × 0 is allowed");
        }
        if (values.length != (long) rows * columns) {
            throw new InvalidArgumentException("values has " + values.length + " elements; a " + rows + " × " + columns
                    + " matrix has " + (long) rows * columns);
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
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
     * Returns the entries, row by row: entry (i, j) is at i · columns + j.
     *
     * @return the array itself, not a copy
     */
    public double[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "dense " + rows + " × " + columns;
    }
}

package lowrank4j.cli;

/**
 * Rows and columns of a matrix.
 *
 * @param rows at least 0
 * @param columns at least 0
 */
record Shape(int rows, int columns) {
    /** The largest rank such a matrix can have. */
    int maxRank() {
        return Math.min(rows, columns);
    }

    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}

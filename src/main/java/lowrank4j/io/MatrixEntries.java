package lowrank4j.io;

/** What a file says about a matrix: all of its entries, or some of them with their places. */
public sealed interface MatrixEntries permits DenseEntries, Triples {
    /**
     * Returns the number of rows of the matrix.
     *
     * @return at least 0
     */
    int rows();

    /**
     * Returns the number of columns of the matrix.
     *
     * @return at least 0
     */
    int columns();
}

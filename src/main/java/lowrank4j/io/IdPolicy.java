package lowrank4j.io;

/** How the row and column ids of a delimited file become indices. */
public enum IdPolicy {
    /**
     * Ids are names. Where all ids of an axis are integers, indices follow their ascending order; otherwise the order
     * of first appearance. Rows and columns that no line mentions do not exist. Integer ids that are exactly
     * 0, 1, …, n−1 are their own indices and get no map.
     */
    MAP,
    /** Ids are indices that count from 0; the largest one tells the number of rows or columns. */
    ZERO_BASED,
    /** Ids are indices that count from 1; the largest one tells the number of rows or columns. */
    ONE_BASED
}

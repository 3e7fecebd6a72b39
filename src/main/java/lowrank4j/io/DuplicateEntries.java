package lowrank4j.io;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import lowrank4j.error.BadDataException;

/** Finds entries that are given more than once. Costs a counting sort by row and one pass with a mark per column. */
final class DuplicateEntries {
    /** Memory taken for a time by each entry: its place in the order, and about as much for what goes by rows. */
    static final int ENTRY_BYTES = 2 * Integer.BYTES;

    /** Matrices with more rows and columns than this per entry are renumbered first, to need no memory for empty ones. */
    private static final int EMPTY_PER_ENTRY = 4;

    private final Triples triples;
    private final int[] row;
    private final int[] column;

    /** Number of values behind the mean at a first appearance; 0 stands for 1. */
    private int[] merged = {};

    private final BitSet dropped = new BitSet();
    private int duplicates;
    private int firstOfPair;
    private int secondOfPair = Integer.MAX_VALUE;

    private DuplicateEntries(Triples triples) {
        this.triples = triples;
        this.row = isSparse(triples.rows()) ? LongIds.renumber(triples.row()) : triples.row();
        this.column = isSparse(triples.columns()) ? LongIds.renumber(triples.column()) : triples.column();
    }

    private boolean isSparse(int size) {
        return size > 1024 + (long) EMPTY_PER_ENTRY * triples.count();
    }

    /**
     * Applies a policy to entries given more than once. The values of the triples are overwritten.
     *
     * @param triples entries in the order of the file
     * @param policy what to do
     * @param place how messages call the file
     * @param origin where the file gives the k-th entry, such as "line 7"
     * @return the same triples if no entry repeats another
     */
    static Triples resolve(Triples triples, DuplicatePolicy policy, String place, IntFunction<String> origin) {
        DuplicateEntries work = new DuplicateEntries(triples);
        work.find(policy);
        if (work.duplicates == 0) {
            return triples;
        }
        if (policy == DuplicatePolicy.REFUSE) {
            throw new BadDataException(place + ": " + origin.apply(work.firstOfPair) + " and "
                    + origin.apply(work.secondOfPair) + " both give the entry at row "
                    + triples.rowId(triples.row()[work.firstOfPair]) + ", column "
                    + triples.columnId(triples.column()[work.firstOfPair])
                    + "; an entry may be given once, unless the last or the mean value is asked for (entries that"
                    + " repeat another: " + work.duplicates + ")");
        }
        return work.withoutDropped();
    }

    private void find(DuplicatePolicy policy) {
        int count = row.length;
        int rows = size(row);
        int[] next = new int[rows + 1];
        for (int r : row) {
            next[r + 1]++;
        }
        for (int r = 0; r < rows; r++) {
            next[r + 1] += next[r];
        }
        int[] order = new int[count];
        for (int k = 0; k < count; k++) {
            order[next[row[k]]++] = k;
        }
        // Entries come row by row, each row in the order of the file: a mark left by the same row is a first
        // appearance.
        int[] mark = new int[size(column)];
        Arrays.fill(mark, -1);
        for (int k : order) {
            int first = mark[column[k]];
            if (first >= 0 && row[first] == row[k]) {
                duplicates++;
                dropped.set(k);
                merge(policy, first, k);
            } else {
                mark[column[k]] = k;
            }
        }
    }

    private static int size(int[] indices) {
        int size = 0;
        for (int index : indices) {
            size = Math.max(size, index + 1);
        }
        return size;
    }

    private void merge(DuplicatePolicy policy, int first, int later) {
        double[] value = triples.value();
        switch (policy) {
            case REFUSE -> {
                if (later < secondOfPair) {
                    firstOfPair = first;
                    secondOfPair = later;
                }
            }
            case LAST -> value[first] = value[later];
            case MEAN -> {
                if (merged.length == 0) {
                    merged = new int[value.length];
                }
                int values = Math.max(merged[first], 1) + 1;
                merged[first] = values;
                // Divided first, so that no sum of finite values overflows.
                value[first] += value[later] / values - value[first] / values;
            }
        }
    }

    private Triples withoutDropped() {
        int kept = row.length - duplicates;
        int[] keptRow = new int[kept];
        int[] keptColumn = new int[kept];
        double[] keptValue = new double[kept];
        int at = 0;
        for (int k = dropped.nextClearBit(0); k < row.length; k = dropped.nextClearBit(k + 1)) {
            keptRow[at] = triples.row()[k];
            keptColumn[at] = triples.column()[k];
            keptValue[at] = triples.value()[k];
            at++;
        }
        return new Triples(
                triples.rows(),
                triples.columns(),
                keptRow,
                keptColumn,
                keptValue,
                triples.rowIds(),
                triples.columnIds());
    }
}

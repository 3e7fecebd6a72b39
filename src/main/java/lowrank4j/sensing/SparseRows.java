package lowrank4j.sensing;

import java.util.Arrays;
import lowrank4j.kernel.Workers;

/**
 * A sparse matrix, row by row: the entries of row i are {@code value[start[i]] … value[start[i + 1] - 1]}, in the columns that
 * {@code column} says, ascending.
 */
record SparseRows(int[] start, int[] column, double[] value) {
    private static final int MAX_BLOCKS = 16;

    /** Entries that a block must have to be worth a thread's while. */
    private static final int MIN_ENTRIES_PER_BLOCK = 4096;

    /** Entries in any order; those at one position add up, in the order given. */
    static SparseRows of(int rows, int[] row, int[] column, double[] value) {
        int[] start = new int[rows + 1];
        for (int i : row) {
            start[i + 1]++;
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] next = Arrays.copyOf(start, rows);
        // Counting sort by row, then each row by column and place in the input, which the key carries.
        long[] key = new long[row.length];
        for (int k = 0; k < row.length; k++) {
            key[next[row[k]]++] = (long) column[k] << 32 | k;
        }
        int[] columns = new int[row.length];
        double[] values = new double[row.length];
        int[] merged = new int[rows + 1];
        int size = 0;
        for (int i = 0; i < rows; i++) {
            Arrays.sort(key, start[i], start[i + 1]);
            for (int k = start[i]; k < start[i + 1]; k++) {
                int at = (int) (key[k] >>> 32);
                boolean again = size > merged[i] && columns[size - 1] == at;
                if (again) {
                    values[size - 1] += value[(int) key[k]];
                } else {
                    columns[size] = at;
                    values[size++] = value[(int) key[k]];
                }
            }
            merged[i + 1] = size;
        }
        return new SparseRows(merged, Arrays.copyOf(columns, size), Arrays.copyOf(values, size));
    }

    int rows() {
        return start.length - 1;
    }

    /** @param columns of this matrix */
    SparseRows transposed(int columns) {
        int[] row = new int[value.length];
        for (int i = 0; i < rows(); i++) {
            Arrays.fill(row, start[i], start[i + 1], i);
        }
        return of(columns, column, row, value);
    }

    /** {@code out ← M·x}; each number of it is summed in one order, whatever the threads. */
    void times(double[] x, double[] out, Workers workers) {
        int blocks = Math.clamp(value.length / MIN_ENTRIES_PER_BLOCK, 1, MAX_BLOCKS);
        workers.run(blocks, block -> {
            int to = (int) ((long) rows() * (block + 1) / blocks);
            for (int i = (int) ((long) rows() * block / blocks); i < to; i++) {
                double sum = 0;
                for (int k = start[i]; k < start[i + 1]; k++) {
                    sum += value[k] * x[column[k]];
                }
                out[i] = sum;
            }
        });
    }

    long bytes() {
        return 4L * start.length + 12L * value.length;
    }
}

package lowrank4j.io;

import java.util.Arrays;

/** Remembers the line each record stands on, storing only where lines and records fall out of step. */
final class LineIndex {
    private int[] records = new int[16];
    private long[] offsets = new long[16];
    private int steps;
    private int count;

    /** Says on which line the next record begins. */
    void add(long line) {
        long offset = line - count;
        if (steps == 0 || offsets[steps - 1] != offset) {
            if (steps == records.length) {
                records = Arrays.copyOf(records, 2 * steps);
                offsets = Arrays.copyOf(offsets, 2 * steps);
            }
            records[steps] = count;
            offsets[steps] = offset;
            steps++;
        }
        count++;
    }

    /** Returns the line of a record, both as they were added. */
    long line(int record) {
        int found = Arrays.binarySearch(records, 0, steps, record);
        return record + offsets[found >= 0 ? found : -found - 2];
    }
}

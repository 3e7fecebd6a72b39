package lowrank4j.io;

import java.util.Arrays;

/** Numbers distinct integers in order of first appearance. Open addressing with linear probing, at most half full. */
final class LongIds {
    private static final int INITIAL_SLOTS = 1 << 10;

    /** 2⁶⁴ divided by the golden ratio: its multiples spread neighbouring ids over the table. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[INITIAL_SLOTS];
    private int[] numbers = new int[INITIAL_SLOTS];
    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(INITIAL_SLOTS);
    private int count;

    /** Returns the number of an id, which is the count so far if the id is new. */
    int index(long id) {
        int slot = slot(id);
        if (numbers[slot] > 0) {
            return numbers[slot] - 1;
        }
        if (2 * (count + 1) > keys.length) {
            grow();
            slot = slot(id);
        }
        keys[slot] = id;
        numbers[slot] = ++count;
        return count - 1;
    }

    int count() {
        return count;
    }

    /** Returns the ids by number. */
    long[] ids() {
        long[] ids = new long[count];
        for (int slot = 0; slot < keys.length; slot++) {
            if (numbers[slot] > 0) {
                ids[numbers[slot] - 1] = keys[slot];
            }
        }
        return ids;
    }

    /** Replaces each value by its number. */
    static int[] renumber(int[] values) {
        LongIds ids = new LongIds();
        return Arrays.stream(values).map(ids::index).toArray();
    }

    /** The slot that holds the id, or the empty one where it belongs. A number of 0 marks an empty slot. */
    private int slot(long id) {
        int slot = (int) ((id * GOLDEN) >>> shift);
        while (numbers[slot] > 0 && keys[slot] != id) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        shift--;
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldNumbers[old] > 0) {
                int slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                numbers[slot] = oldNumbers[old];
            }
        }
    }
}

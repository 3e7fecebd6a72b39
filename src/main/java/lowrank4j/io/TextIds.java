package lowrank4j.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers distinct byte strings in order of first appearance, without making an object of each that is looked up. */
final class TextIds {
    private static final int INITIAL_SLOTS = 1 << 10;
    private static final int GOLDEN = 0x9E3779B9;

    /** Number of the string in each slot, from 1; 0 marks an empty slot. */
    private int[] numbers = new int[INITIAL_SLOTS];

    private final List<byte[]> ids = new ArrayList<>();
    private int[] hashes = new int[INITIAL_SLOTS];

    /** Returns the number of the string in bytes[start, end), which is the count so far if it is new. */
    int index(byte[] bytes, int start, int end) {
        int hash = hash(bytes, start, end);
        int slot = slot(bytes, start, end, hash);
        if (numbers[slot] > 0) {
            return numbers[slot] - 1;
        }
        int number = ids.size();
        if (2 * (number + 1) > numbers.length) {
            grow();
            slot = slot(bytes, start, end, hash);
        }
        if (number == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * number);
        }
        ids.add(Arrays.copyOfRange(bytes, start, end));
        hashes[number] = hash;
        numbers[slot] = number + 1;
        return number;
    }

    int count() {
        return ids.size();
    }

    /** Returns the strings by number. */
    List<String> ids() {
        return ids.stream().map(id -> new String(id, StandardCharsets.UTF_8)).toList();
    }

    private int slot(byte[] bytes, int start, int end, int hash) {
        int mask = numbers.length - 1;
        int slot = home(hash);
        while (numbers[slot] > 0) {
            int number = numbers[slot] - 1;
            byte[] id = ids.get(number);
            if (hashes[number] == hash && Arrays.equals(id, 0, id.length, bytes, start, end)) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(int hash) {
        return (hash * GOLDEN) >>> (Integer.numberOfLeadingZeros(numbers.length) + 1);
    }

    private static int hash(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private void grow() {
        int[] old = numbers;
        numbers = new int[2 * old.length];
        int mask = numbers.length - 1;
        for (int number : old) {
            if (number > 0) {
                int slot = home(hashes[number - 1]);
                while (numbers[slot] > 0) {
                    slot = (slot + 1) & mask;
                }
                numbers[slot] = number;
            }
        }
    }
}

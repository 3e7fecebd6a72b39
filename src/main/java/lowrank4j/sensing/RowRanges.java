package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;

/** Some of the rows 0 … count - 1: ranges from, to, from, to …, ascending, none empty. */
final class RowRanges {
    /** Rows that are held out together: single rows would leave the fused kernel no blocks to work on. */
    private static final int HOLD_OUT_ROWS = 8;

    @FunctionalInterface
    interface Work {
        void run(int from, int to);
    }

    private final int[] bounds;
    private final long total;

    private RowRanges(int[] bounds) {
        this.bounds = bounds;
        long sum = 0;
        for (int k = 0; k < bounds.length; k += 2) {
            sum += bounds[k + 1] - bounds[k];
        }
        this.total = sum;
    }

    static RowRanges all(int count) {
        return new RowRanges(new int[] {0, count});
    }

    /** The two parts of a split by runs of rows chosen at random; each has at least one run. */
    record Parts(RowRanges fitted, RowRanges heldOut) {}

    static Parts split(int count, double fraction, long seed) {
        int runs = (count + HOLD_OUT_ROWS - 1) / HOLD_OUT_ROWS;
        if (runs < 2) {
            throw new InvalidArgumentException("cannot hold out a part of " + count + " measurements: at least "
                    + (HOLD_OUT_ROWS + 1) + " are needed");
        }
        boolean[] held = new boolean[runs];
        Random random = new Random(seed);
        int wanted = Math.clamp(Math.round(fraction * runs), 1, runs - 1);
        while (wanted > 0) {
            int run = random.nextInt(runs);
            if (!held[run]) {
                held[run] = true;
                wanted--;
            }
        }
        return new Parts(runs(held, false, count), runs(held, true, count));
    }

    private static RowRanges runs(boolean[] held, boolean wanted, int count) {
        int[] found = new int[2 * held.length];
        int size = 0;
        for (int run = 0; run < held.length; run++) {
            if (held[run] == wanted) {
                int from = run * HOLD_OUT_ROWS;
                int to = Math.min(count, from + HOLD_OUT_ROWS);
                if (size > 0 && found[size - 1] == from) {
                    found[size - 1] = to;
                } else {
                    found[size++] = from;
                    found[size++] = to;
                }
            }
        }
        return new RowRanges(Arrays.copyOf(found, size));
    }

    /** How many rows these are. */
    long total() {
        return total;
    }

    /** Runs over what of these lies in rows from … to - 1, in order. */
    void within(int from, int to, Work work) {
        int low = 0;
        int high = bounds.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int k = 2 * low; k < bounds.length && bounds[k] < to; k += 2) {
            work.run(Math.max(from, bounds[k]), Math.min(to, bounds[k + 1]));
        }
    }

    /** Copies what stands at these rows. */
    void copy(double[] source, double[] target) {
        for (int k = 0; k < bounds.length; k += 2) {
            System.arraycopy(source, bounds[k], target, bounds[k], bounds[k + 1] - bounds[k]);
        }
    }
}

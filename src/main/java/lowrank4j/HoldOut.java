package lowrank4j;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.SparsePattern;

/**
 * Which of the observed entries are held out, to see how well the others predict them. Each keeps at least one entry to fit and
 * holds at least one out.
 */
public enum HoldOut {
    /** A share of all entries, each as likely. */
    RANDOM("random"),
    /** A share of the entries of each row, at random; every row keeps at least one, so that none is predicted from nothing. */
    ROW("row"),
    /** The newest share of all entries: what comes is predicted from what was. Rows that begin late may keep none. */
    TIME("time"),
    /** The newest share of the entries of each row; every row keeps at least one. */
    ROW_TIME("row-time");

    private final String label;

    HoldOut(String label) {
        this.label = label;
    }

    /** As the command calls it. */
    @Override
    public String toString() {
        return label;
    }

    /** Whether it needs the times of the entries. */
    public boolean isTemporal() {
        return this == TIME || this == ROW_TIME;
    }

    /**
     * Which entries are held out, by position.
     *
     * @param fraction above 0 and below 1
     * @param times of the entries by position; empty where not needed
     */
    boolean[] chosen(SparsePattern pattern, double fraction, double[] times, long seed) {
        int count = pattern.columnIndex().length;
        if (count < 2) {
            throw new InvalidArgumentException("cannot hold out a part of " + count + " entry: at least 2 are needed");
        }
        if (isTemporal() && times.length == 0) {
            throw new InvalidArgumentException(
                    "holding out by " + this + " needs the times of the entries, but none are given");
        }
        boolean[] held = new boolean[count];
        Random random = new Random(seed);
        switch (this) {
            case RANDOM -> random(held, 0, count, share(fraction, count), random);
            case TIME -> newest(held, times, 0, count, share(fraction, count));
            case ROW, ROW_TIME -> ofEachRow(held, pattern, fraction, times, random);
        }
        return held;
    }

    private static int share(double fraction, int count) {
        return Math.clamp(Math.round(fraction * count), 1, count - 1);
    }

    private void ofEachRow(boolean[] held, SparsePattern pattern, double fraction, double[] times, Random random) {
        // What one row's rounding leaves over goes to the next, so that short rows give their share together.
        double owed = 0;
        int all = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            int from = pattern.rowStart()[i];
            int to = pattern.rowStart()[i + 1];
            owed += fraction * (to - from);
            int wanted = to == from ? 0 : Math.clamp(Math.round(owed), 0, to - from - 1);
            owed = Math.clamp(owed - wanted, -1, 1);
            all += wanted;
            if (this == ROW) {
                random(held, from, to, wanted, random);
            } else {
                newest(held, times, from, to, wanted);
            }
        }
        if (all == 0) {
            throw new InvalidArgumentException("holding out " + fraction + " by " + this
                    + " leaves nothing held out: no row has an entry to spare beside the one that it keeps");
        }
    }

    /** Selection sampling (Knuth 3.4.2 S): exactly so many of the entries, each as likely. */
    private static void random(boolean[] held, int from, int to, int wanted, Random random) {
        int left = wanted;
        for (int e = from; e < to; e++) {
            if (random.nextInt(to - e) < left) {
                held[e] = true;
                left--;
            }
        }
    }

    /** The last so many by time; of those at one time the first by position stay. */
    private static void newest(boolean[] held, double[] times, int from, int to, int wanted) {
        if (wanted == 0) {
            return;
        }
        double[] sorted = Arrays.copyOfRange(times, from, to);
        Arrays.sort(sorted);
        double first = sorted[sorted.length - wanted];
        int left = wanted;
        for (int e = from; e < to; e++) {
            if (times[e] > first) {
                held[e] = true;
                left--;
            }
        }
        for (int e = to - 1; left > 0; e--) {
            if (times[e] == first) {
                held[e] = true;
                left--;
            }
        }
    }
}

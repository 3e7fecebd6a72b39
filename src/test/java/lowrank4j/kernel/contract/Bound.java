package lowrank4j.kernel.contract;

import lowrank4j.matrix.Matrix;

/** Comparison of sums within their rounding errors. */
final class Bound {
    /** Half the distance from 1 to the next double. */
    static final double EPS = 0x1p-53;

    // Both sides may be off by terms·eps.
    private static final double SLACK = 2;

    private Bound() {}

    /**
     * Requires {@code |actual - expected| ≤ 2·terms·eps·magnitude} and a few of the smallest doubles for underflow; NaN and
     * infinities must be the same.
     *
     * @param magnitude the sum of the absolute values
     * @param terms how many roundings an entry goes through
     */
    static void require(String what, double actual, double expected, double magnitude, double terms) {
        boolean close = Double.isFinite(expected)
                ? Math.abs(actual - expected) <= SLACK * terms * EPS * magnitude + terms * Double.MIN_VALUE
                : Double.compare(actual, expected) == 0;
        if (!close) {
            throw new AssertionError(what + " is " + actual + ", but should be " + expected
                    + " (sum of absolute values " + magnitude + ")");
        }
    }

    static void require(String what, Matrix actual, Matrix expected, Matrix magnitude, double terms) {
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                double value = actual.get(i, j);
                if (Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(expected.get(i, j))) {
                    require(
                            what + ": entry (" + i + ", " + j + ")",
                            value,
                            expected.get(i, j),
                            magnitude.get(i, j),
                            terms);
                }
            }
        }
    }

    /** Entries from … to - 1. */
    static void require(
            String what, double[] actual, double[] expected, double[] magnitude, int from, int to, double terms) {
        for (int i = from; i < to; i++) {
            if (Double.doubleToRawLongBits(actual[i]) != Double.doubleToRawLongBits(expected[i])) {
                require(what + ": entry " + i, actual[i], expected[i], magnitude[i], terms);
            }
        }
    }

    /** The largest absolute value; NaN if there is a NaN. */
    static double largest(Matrix matrix) {
        double largest = 0;
        for (double value : matrix.toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Requires {@code actual ≤ limit}; NaN fails. */
    static void requireAtMost(String what, double actual, double limit) {
        if (!(actual <= limit)) {
            throw new AssertionError(what + " is " + actual + ", but should be at most " + limit);
        }
    }
}

package lowrank4j.kernel.contract;

import java.util.Arrays;

/** Assertions without a test framework. */
final class Require {
    private Require() {}

    static void that(String what, boolean holds) {
        if (!holds) {
            throw new AssertionError("this does not hold: " + what);
        }
    }

    /** Exactly the same numbers, where all NaNs are one and -0.0 is not 0.0. */
    static void same(String what, double[] actual, double[] expected) {
        int index = Arrays.mismatch(actual, expected);
        if (index >= 0) {
            throw new AssertionError(what + ": entry " + index + " is " + entry(actual, index) + ", but should be "
                    + entry(expected, index));
        }
    }

    /** What is only read must be the same afterwards. */
    static void untouched(String what, double[] actual, double[] before) {
        same(what + ", an input that was written to", actual, before);
    }

    private static String entry(double[] values, int index) {
        return index < values.length ? Double.toString(values[index]) : "missing";
    }
}

package lowrank4j.bench;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import lowrank4j.matrix.Matrix;

/** Contenders do the same work, or their times mean nothing. */
final class Agreement {
    /** Of the largest entry; sums of up to a million terms stay far below it, and a wrong term far above. */
    static final double DOUBLES = 1e-10;

    private Agreement() {}

    /** Numbers that must be those expected, but for {@code tolerance} times the largest of them. */
    static void require(IntToDoubleFunction actual, double[] expected, double tolerance) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int j = 0; j < expected.length; j++) {
            if (!(Math.abs(actual.applyAsDouble(j) - expected[j]) <= tolerance * largest)) { // so written, NaN fails
                throw new IllegalStateException(
                        "number " + j + " is " + actual.applyAsDouble(j) + " and not " + expected[j]);
            }
        }
    }

    static void require(Matrix actual, Matrix expected) {
        double[] wanted = expected.toArray();
        double[] found = actual.toArray();
        require(j -> found[j], wanted, DOUBLES);
    }
}

package lowrank4j.cli;

import java.nio.file.Path;
import lowrank4j.error.BadDataException;

/** Whether data can be squared: norms of data beyond 1e±150 overflow, or vanish, in double precision. */
final class Magnitude {
    private static final double LARGEST = 1e150;
    private static final double SMALLEST = 1e-150;

    private Magnitude() {}

    /** Refuses data that are not all zero but whose largest magnitude is out of range. */
    static void require(double[] values, Path file) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest > LARGEST || (largest > 0 && largest < SMALLEST)) {
            throw new BadDataException(file + ": the largest magnitude is " + largest + "; at least " + SMALLEST
                    + " and at most " + LARGEST + " is possible, so scale the values");
        }
    }
}

package lowrank4j.matrix;

import java.util.Optional;

/** Whether numbers can be squared: norms of data beyond 1e±150 overflow, or vanish, in double precision. */
public final class Magnitude {
    private static final double LARGEST = 1e150;
    private static final double SMALLEST = 1e-150;

    private Magnitude() {}

    /** What is wrong with the size of finite values, as the end of a sentence; empty where nothing is, and where all are zero. */
    public static Optional<String> objection(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest == 0 || (largest >= SMALLEST && largest <= LARGEST)
                ? Optional.empty()
                : Optional.of("the largest magnitude is " + largest + ", but must be from " + SMALLEST + " to "
                        + LARGEST + ": scale the values");
    }
}

package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.solver.Reweighting;
import lowrank4j.solver.ThresholdedMeasurements;

/** What a completion makes least over the residuals of its entries. */
public enum Loss {
    /** {@code r²}: for noise without outliers. */
    SQUARED("squared"),
    /** Squares for residuals up to 1.345 standard deviations, straight beyond ({@link Reweighting#huber}): for a few outliers among noise. */
    HUBER("huber"),
    /** {@code |r|}: for noise with heavy tails ({@link Reweighting#absolute}). */
    ABSOLUTE("absolute"),
    /** Squares that end where an entry is grossly wrong, {@link ThresholdedMeasurements}: robust principal component analysis. */
    TRUNCATED("truncated"),
    /**
     * {@code ln(1 + e^(-yx))}: entries are signs y = ±1, which are 1 with probability {@code 1/(1 + e^(-x))} (Davenport, Plan, van den Berg, Wootters 2014, 1-bit
     * matrix completion, eq. 2); X holds log odds, without offsets.
     */
    LOGISTIC("logistic");

    private final String label;

    Loss(String label) {
        this.label = label;
    }

    /** The loss of this name. */
    public static Loss named(String name) {
        return Arrays.stream(values())
                .filter(loss -> loss.label.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException("loss '" + name + "' is unknown: choose "
                        + Arrays.stream(values()).map(Loss::toString).collect(Collectors.joining(", "))));
    }

    /** Why an algorithm does not apply to this loss; empty where it does. */
    public Optional<String> objection(Algorithm algorithm) {
        return switch (this) {
            case SQUARED -> Optional.empty();
            case HUBER, ABSOLUTE, LOGISTIC ->
                algorithm == Algorithm.RECOMMENDED || algorithm == Algorithm.ALS
                        ? Optional.empty()
                        : Optional.of("the reweighted least squares of this loss are those of als");
            case TRUNCATED ->
                switch (algorithm) {
                    case RECOMMENDED, SCALED_GD, GRADIENT_DESCENT -> Optional.empty();
                    default ->
                        Optional.of("outliers are found between gradient steps: take scaled-gd or gradient-descent");
                };
        };
    }

    /** The weights under which least squares descend on this loss, for residuals of this standard deviation; empty for squares as they are. */
    Optional<Reweighting> reweighting(double deviation) {
        return switch (this) {
            case HUBER -> Optional.of(Reweighting.huber(deviation));
            case ABSOLUTE -> Optional.of(Reweighting.absolute(deviation));
            case LOGISTIC -> Optional.of(Reweighting.logistic());
            case SQUARED, TRUNCATED -> Optional.empty();
        };
    }

    /** The mean of an entry where X is x: x, or of a sign its probability to be 1 less that to be -1. */
    double mean(double x) {
        return this == LOGISTIC ? Math.tanh(x / 2) : x;
    }

    /** The probability of a sign to be 1 where X is x, under {@link #LOGISTIC}: {@code 1/(1 + e^(-x))}. */
    public static double probability(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The deviation of the loss' slope at X = 0, which a ridge has to hold against, for entries of this deviation. */
    double slope(double deviation) {
        return this == LOGISTIC ? deviation / 2 : deviation;
    }

    /** Whether least squares are reweighted for it. */
    boolean isReweighted() {
        return reweighting(1).isPresent();
    }

    /** Whether outliers among the entries are reckoned with, and least squares reweighted for them. */
    boolean isRobust() {
        return this == HUBER || this == ABSOLUTE;
    }

    /** Refuses entries that are no signs. */
    static void requireSigns(double[] values) {
        for (double value : values) {
            if (Math.abs(value) != 1) {
                throw new InvalidArgumentException(
                        "an entry is " + value + ", but under loss logistic each must be 1 or -1");
            }
        }
    }

    @Override
    public String toString() {
        return label;
    }
}

package lowrank4j.cli.replicate;

import lowrank4j.cli.report.Numbers;

/**
 * What a measured quantity must be within.
 *
 * @param quantity what is measured
 * @param low least value allowed, or minus infinity
 * @param high largest value allowed, or infinity
 */
public record Band(String quantity, double low, double high) {
    public Band {
        if (!(low <= high)) {
            throw new IllegalArgumentException("the band of '" + quantity + "' is from " + low + " to " + high
                    + ", but must go from the lower to the higher");
        }
    }

    static Band between(String quantity, double low, double high) {
        return new Band(quantity, low, high);
    }

    static Band atMost(String quantity, double high) {
        return new Band(quantity, Double.NEGATIVE_INFINITY, high);
    }

    static Band atLeast(String quantity, double low) {
        return new Band(quantity, low, Double.POSITIVE_INFINITY);
    }

    /** Whether the value is within; NaN is within no band. */
    public boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** In words, such as "at most 2e-4". */
    public String text() {
        if (low == Double.NEGATIVE_INFINITY) {
            return "at most " + Numbers.brief(high);
        }
        return high == Double.POSITIVE_INFINITY
                ? "at least " + Numbers.brief(low)
                : Numbers.brief(low) + " to " + Numbers.brief(high);
    }
}

package lowrank4j;

import lowrank4j.error.InvalidArgumentException;

/**
 * What values a matrix can have, such as ratings from 0.5 to 5: predictions outside are brought to the nearer end, which never takes
 * them farther from a value inside.
 *
 * @param low smallest value; -∞ for none
 * @param high largest value, above low; ∞ for none
 */
public record Range(double low, double high) {
    /** Any number. */
    public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Range {
        if (!(low < high)) {
            throw new InvalidArgumentException(
                    "the range is " + low + " to " + high + ", but its low end must be below its high one");
        }
    }

    /** Whether any number is allowed. */
    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the value is inside, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** The value, or the end of the range that is nearer; NaN, as factors give that have diverged, stays NaN. */
    public double nearest(double value) {
        return Math.max(low, Math.min(high, value));
    }

    @Override
    public String toString() {
        return low + ".." + high;
    }
}

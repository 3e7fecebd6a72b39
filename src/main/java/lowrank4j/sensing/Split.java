package lowrank4j.sensing;

import lowrank4j.error.InvalidArgumentException;

/**
 * Two operators that share what one holds: what is fitted, and what is held out. Both keep the positions of the whole, and are not
 * used at one time.
 */
public record Split(MeasurementOperator fitted, MeasurementOperator heldOut) {
    /** Throws unless 0 &lt; fraction &lt; 1. */
    static void requireFraction(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new InvalidArgumentException(
                    "hold-out fraction is " + fraction + ", but must be above 0 and below 1");
        }
    }
}

package lowrank4j.solver;

import lowrank4j.error.InvalidArgumentException;

/** A check that many arguments share. */
final class Positive {
    private Positive() {}

    /** The value, if it is above 0 and finite. */
    static double require(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException(name + " is " + value + ", but must be above 0 and finite");
        }
        return value;
    }
}

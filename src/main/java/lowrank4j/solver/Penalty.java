package lowrank4j.solver;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;

/** What is added to the objective so that of the factors that fit equally well some are preferred. Penalties have no state. */
public interface Penalty {
    /** Its value at these factors, in units of the objective divided by {@link lowrank4j.sensing.MeasurementOperator#energy()}. */
    double value(Factors factors);

    /**
     * Adds {@code scale} times its gradient.
     *
     * @param sides which gradients to add to; of symmetric factors the left one alone
     * @param gradLeft as the left factor
     * @param gradRight as the right factor
     */
    void addGradient(Factors factors, double scale, Sides sides, Matrix gradLeft, Matrix gradRight);
}

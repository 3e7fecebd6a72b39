package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Sides;

/** One published iteration on the factors, without its start, its stopping rule and the choice of its step. */
public interface Method {
    /** As the command and results call it. */
    String name();

    /** The gradients that {@link #update} finds evaluated when it is called. */
    default Sides first() {
        return Sides.BOTH;
    }

    /** One iteration from the gradients of {@link #first()}. */
    void update(Iterate iterate, double step, double damping);

    /** The step to take when none is given, from this start. */
    double defaultStep(Iterate start);

    /** The damping in use at this iterate. */
    default double damping(Iterate iterate) {
        return 0;
    }

    /** The start that belongs to the method. */
    Initialisation defaultInitialisation();

    /** Why the method does not apply to such measurements, or empty where it does. */
    default Optional<String> objection(MeasurementOperator operator) {
        return Optional.empty();
    }
}

package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.sensing.Sides;

/** One published iteration on the factors, without its start, its stopping rule and the choice of its step. */
public interface Method {
    /** As the command and results call it. */
    String name();

    /** The gradients that {@link #update} finds evaluated when it is called: LEFT for methods that alternate. */
    default Sides first() {
        return Sides.BOTH;
    }

    /**
     * One iteration from the gradients of {@link #first()}: a move of both factors at once, or of the left one and then, with its
     * gradient evaluated anew, of the right one.
     */
    default void update(Iterate iterate, double step, double damping) {
        move(iterate, first(), step, damping);
        if (first() == Sides.LEFT && !iterate.factors().isSymmetric()) {
            iterate.evaluate(Sides.RIGHT);
            move(iterate, Sides.RIGHT, step, damping);
        }
    }

    /** Moves these sides along the method's direction, from their gradients. */
    void move(Iterate iterate, Sides sides, double step, double damping);

    /** The step to take when none is given, from this start. */
    double defaultStep(Iterate start);

    /** The damping in use at this iterate. */
    default double damping(Iterate iterate) {
        return 0;
    }

    /** How many columns of the factors are in use at this iterate. */
    default int rank(Iterate iterate) {
        return iterate.rank();
    }

    /** What is added to the objective; empty for nothing. */
    default Optional<Penalty> penalty(Problem problem) {
        return Optional.empty();
    }

    /**
     * When the method ends of itself; empty where only what is asked for ends it.
     *
     * @param step as the run takes it
     */
    default Optional<StoppingRule> stop(Iterate start, double step) {
        return Optional.empty();
    }

    /** The start that belongs to the method. */
    Initialisation defaultInitialisation();

    /**
     * Whether the objective falls at each step that is short enough, so that a rise is answered with a shorter one. Otherwise rises are
     * part of the method, and the result is the iterate of the least objective.
     */
    default boolean isDescent() {
        return true;
    }

    /** Why the method does not apply to an unknown that is symmetric, or is not; empty where it does. */
    default Optional<String> objection(boolean symmetric) {
        return Optional.empty();
    }
}

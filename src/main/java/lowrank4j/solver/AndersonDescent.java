package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.sensing.Sides;

/**
 * A preconditioned descent with Anderson's acceleration, {@link AndersonAcceleration}: fewer iterations at the price of each. A step that
 * rises is taken back, and the plain one is made instead.
 *
 * @param plain the descent, of both factors at once
 */
public record AndersonDescent(PreconditionedDescent plain) implements Method {
    public AndersonDescent {
        if (plain.first() != Sides.BOTH) {
            throw new InvalidArgumentException(
                    "descent is " + plain.name() + ", but must be one that moves both factors at once");
        }
    }

    @Override
    public String name() {
        return "anderson-" + plain.name();
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        plain.move(iterate, sides, step, damping);
        iterate.accelerate(step);
    }

    @Override
    public double defaultStep(Iterate start) {
        return plain.defaultStep(start);
    }

    @Override
    public double damping(Iterate iterate) {
        return plain.damping(iterate);
    }

    @Override
    public Initialisation defaultInitialisation() {
        return plain.defaultInitialisation();
    }

    @Override
    public Optional<String> objection(boolean symmetric) {
        return plain.objection(symmetric);
    }
}

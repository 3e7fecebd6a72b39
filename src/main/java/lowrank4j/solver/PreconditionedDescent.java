package lowrank4j.solver;

import lowrank4j.sensing.Sides;

/**
 * {@code L ← L - η G R (RᵀR + λI)⁻¹} and {@code R ← R - η Gᵀ L (LᵀL + λI)⁻¹}: methods that differ only in how they choose λ, where they start,
 * and whether both factors move at once. Cost: one gradient, or two where they alternate, and O((n1+n2)r²) an iteration.
 */
public interface PreconditionedDescent extends Method {
    /** How λ is chosen. */
    Damping dampingRule();

    @Override
    default void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.precondition(sides, damping);
        iterate.advance(sides, step);
    }

    @Override
    default double damping(Iterate iterate) {
        return dampingRule().at(iterate);
    }

    /** 0.5: preconditioned steps have no scale, and those of the papers lie between 0.3 and 2/3. */
    @Override
    default double defaultStep(Iterate start) {
        return 0.5;
    }

    @Override
    default Initialisation defaultInitialisation() {
        return Initialisation.spectral();
    }
}

package lowrank4j.solver;

import lowrank4j.sensing.Sides;

/**
 * {@code L ← L - η G R (RᵀR + λI)⁻¹} and {@code R ← R - η Gᵀ L (LᵀL + λI)⁻¹} at once: methods that differ only in how they choose λ and where
 * they start. Cost: one gradient and O((n1+n2)r²) an iteration.
 */
interface SimultaneousDescent extends Method {
    /** How λ is chosen. */
    Damping dampingRule();

    @Override
    default void update(Iterate iterate, double step, double damping) {
        iterate.precondition(Sides.BOTH, damping);
        iterate.advance(Sides.BOTH, step);
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

package lowrank4j.solver;

import lowrank4j.sensing.Sides;

/**
 * ScaledGD: {@code L ← L - η G R (RᵀR)⁻¹} and {@code R ← R - η Gᵀ L (LᵀL)⁻¹} at once (Tong, Ma, Chi 2021, JMLR 22(150), eq. 3), at a rate that
 * does not depend on the condition number, for the exact rank; over-parametrised it meets singular Gram matrices, where the
 * pseudo-inverse takes over.
 *
 * <p>Cost: one gradient and O((n1+n2)r²) an iteration.
 */
public record ScaledGradientDescent() implements Method {
    @Override
    public String name() {
        return "scaled-gd";
    }

    @Override
    public void update(Iterate iterate, double step, double damping) {
        iterate.precondition(Sides.BOTH, damping);
        iterate.advance(Sides.BOTH, step);
    }

    /** 0.5, the paper's; its theory allows up to 2/3. */
    @Override
    public double defaultStep(Problem problem) {
        return 0.5;
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.spectral();
    }
}

package lowrank4j.solver;

/**
 * ScaledGD: {@code L ← L - η G R (RᵀR)⁻¹} and {@code R ← R - η Gᵀ L (LᵀL)⁻¹} at once (Tong, Ma, Chi 2021, JMLR 22(150), eq. 3), at a rate that
 * does not depend on the condition number, for the exact rank; over-parametrised it meets singular Gram matrices, where the
 * pseudo-inverse takes over. The paper's step is 0.5; its theory allows up to 2/3.
 *
 * <p>Cost: one gradient and O((n1+n2)r²) an iteration.
 */
public record ScaledGradientDescent() implements PreconditionedDescent {
    @Override
    public String name() {
        return "scaled-gd";
    }

    @Override
    public Damping dampingRule() {
        return Damping.none();
    }
}

package lowrank4j.solver;

import lowrank4j.sensing.Sides;

/**
 * APGD: {@code L ← L - η G(L, R) R (RᵀR)⁺}, then {@code R ← R - η G(L, R)ᵀ L (LᵀL)⁺} with the new L (Liu, Han, Tang, Zhang, Tang, Wang
 * 2025, arXiv 2502.00463; the approximate Gauss-Newton method of Jia, Feng, Meng, Sun 2024), for noisy and over-parametrised
 * recovery, without a damping. On a matrix known in full, from a random start, it is AltScaledGD (Jia, Wang, Peng, Feng, Meng
 * 2023).
 *
 * <p>Needs about 5nr measurements for the rank r it carries. For a symmetric unknown both factors are one, and the step is that of
 * ScaledGD. Cost: two gradients and O((n1+n2)r²) an iteration.
 */
public record AlternatingPreconditionedGradientDescent() implements PreconditionedDescent {
    @Override
    public String name() {
        return "apgd";
    }

    @Override
    public Sides first() {
        return Sides.LEFT;
    }

    @Override
    public Damping dampingRule() {
        return Damping.none();
    }

    /** 0.8: of 0.5 to 0.9 the fastest that kept converging over-parametrised; 0.5 for a symmetric unknown. */
    @Override
    public double defaultStep(Iterate start) {
        return start.problem().operator().isSymmetric() ? 0.5 : 0.8;
    }
}

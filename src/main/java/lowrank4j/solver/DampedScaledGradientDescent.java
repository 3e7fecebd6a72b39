package lowrank4j.solver;

import java.util.OptionalDouble;

/**
 * ScaledGD(λ): {@code U ← U - η G U (UᵀU + λI)⁻¹}, and the same on both factors of {@code L Rᵀ} (Xu, Shen, Chi, Ma 2023, arXiv
 * 2302.01186, eq. 5), which works over-parametrised.
 *
 * <p>The paper fixes λ at about σ_r(X), which nobody knows beforehand. Without a λ given, it is taken at each iterate from the
 * residual: the noise edge, below which directions of X carry no signal. It shrinks with the residual and so keeps the fast
 * linear tail that a fixed λ loses. Cost: one gradient and O((n1+n2)r²) an iteration.
 *
 * @param fixedDamping λ, at least 0, in units of X; empty to take it from the residual
 */
public record DampedScaledGradientDescent(OptionalDouble fixedDamping) implements PreconditionedDescent {
    public DampedScaledGradientDescent {
        fixedDamping.ifPresent(Damping::fixed);
    }

    @Override
    public String name() {
        return "scaled-gd-lambda";
    }

    @Override
    public Damping dampingRule() {
        return fixedDamping.isPresent() ? Damping.fixed(fixedDamping.getAsDouble()) : Damping.noiseEdge();
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.smallRandom(1e-6);
    }
}

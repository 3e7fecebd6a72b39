package lowrank4j.solver;

/**
 * PrecGD: {@code U ← U - η G U (UᵀU + λI)⁻¹} with {@code λ = √f} at each iterate, and the same on both factors of {@code L Rᵀ} (Zhang, Fattahi,
 * Zhang 2021, NeurIPS; asymmetric: Cheng, Zhao 2024), from a spectral start.
 *
 * <p>Linear over-parametrised, since λ stays comparable to the distance to X; but a direction of X much below λ waits for it to shrink,
 * so iterations grow with the rank carried. Assumes restricted isometry at about the rank carried plus that of X. Cost: one
 * gradient and O((n1+n2)r²) an iteration.
 *
 * @param multiplier of √f, above 0; 1 with the objective's factor ¼ (½ where not symmetric), 2 for that of the paper, without it
 * @param noise standard deviation of the noise in each measurement, at least 0: its part is taken off f, {@code λ = √|f - f_noise|}
 */
public record PreconditionedGradientDescent(double multiplier, double noise) implements PreconditionedDescent {
    public PreconditionedGradientDescent {
        Damping.rootObjective(multiplier, noise);
    }

    /** With λ = √f. */
    public PreconditionedGradientDescent() {
        this(1, 0);
    }

    @Override
    public String name() {
        return "precgd";
    }

    @Override
    public Damping dampingRule() {
        return Damping.rootObjective(multiplier, noise);
    }
}

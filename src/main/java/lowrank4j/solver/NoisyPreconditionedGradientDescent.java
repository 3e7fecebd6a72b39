package lowrank4j.solver;

import java.util.OptionalDouble;

/**
 * NoisyPrecGD: PrecGD whose damping does not follow the objective, which noise keeps from falling, but falls geometrically,
 * {@code λ ← factor·λ} (Zhang, Chiu, Zhang 2024, AISTATS, arXiv 2305.17224), so that the rate stays that of PrecGD without noise and the
 * error ends at the statistical one.
 *
 * <p>A run that goes on from a checkpoint begins again at λ₀. Cost: one gradient and O((n1+n2)r²) an iteration.
 *
 * @param firstDamping λ₀, at least 0, in units of X; empty for √f at the start
 * @param factor above 0 and below 1
 */
public record NoisyPreconditionedGradientDescent(OptionalDouble firstDamping, double factor)
        implements PreconditionedDescent {
    /** About the rate of the error with steps of 0.3 to 0.5: a damping that falls much faster leaves the error behind. */
    private static final double FACTOR = 0.8;

    public NoisyPreconditionedGradientDescent {
        Damping.geometric(firstDamping, factor);
    }

    /** With λ₀ = √f at the start, or as given, and the factor 0.8. */
    public NoisyPreconditionedGradientDescent(OptionalDouble firstDamping) {
        this(firstDamping, FACTOR);
    }

    @Override
    public String name() {
        return "noisy-precgd";
    }

    @Override
    public Damping dampingRule() {
        return Damping.geometric(firstDamping, factor);
    }
}

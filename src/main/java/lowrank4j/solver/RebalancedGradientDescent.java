package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.sensing.Sides;

/**
 * Gradient descent on two factors of unlike scale, and once the fit is near, one step that gives all singular values of the left factor
 * the size β: {@code L = P S Qᵀ} becomes {@code L Q S⁻¹ β}, R becomes {@code R Q S/β}, with the same {@code L Rᵀ} (Xiong, Ding, Du 2024, arXiv 2310.01769,
 * its accelerated method).
 *
 * <p>Over-parametrised symmetric descent slows to an objective of order T⁻²; with two factors of unlike scale it is linear, at a rate of the
 * order of that scale's square; after the one step, at a rate that does not depend on the start. Cost: one gradient an iteration.
 *
 * @param size β, above 0; empty for √σ₁ of the fit
 * @param trigger the objective relative to that of X = 0 below which the step is taken, above 0; the paper takes it by hand
 */
public record RebalancedGradientDescent(OptionalDouble size, double trigger) implements PlainDescent {
    public RebalancedGradientDescent {
        size.ifPresent(beta -> Positive.require("size after the rebalance", beta));
        Positive.require("trigger", trigger);
    }

    /** With β = √σ₁ of the fit, at a thousandth of the objective. */
    public RebalancedGradientDescent() {
        this(OptionalDouble.empty(), 1e-3);
    }

    @Override
    public String name() {
        return "rebalanced-gd";
    }

    @Override
    public void update(Iterate iterate, double step, double damping) {
        boolean near = iterate.loss() <= trigger * iterate.problem().squaredNorm();
        if (!near || !iterate.equaliseOnce(size)) {
            move(iterate, Sides.BOTH, step, damping);
        }
    }

    /** Of entries N(0, α²) on the left and N(0, α²/9) on the right, as small as keeps the implicit bias towards low rank. */
    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.imbalanced(0.01);
    }

    @Override
    public Optional<String> objection(boolean symmetric) {
        return symmetric
                ? Optional.of("it needs a left and a right factor of unlike scale, and a symmetric unknown has one")
                : Optional.empty();
    }
}

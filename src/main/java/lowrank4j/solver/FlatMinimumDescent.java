package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gradient descent with the scaled trace of the Hessian as a penalty, so that of the over-parametrised factors that fit it ends near the
 * flattest, whose product is X (Ding, Drusvyatskiy, Fazel, Harchaoui 2024, arXiv 2203.03756). From any start, where plain descent needs a small
 * one.
 *
 * <p>What is found is short of X by about 2τ a singular value. Exact in the limit of small τ for sensing by O((n1+n2)r) Gaussian measurements;
 * for entries the paper shows it up to a small error only. Cost: one gradient and a product of the second moments with r vectors an
 * iteration; for dense measurements once 2·m·n1·n2(n1+n2) flops.
 *
 * @param weight τ, above 0, in units of X; empty for a thousandth of σ₁ of the back-projected measurements
 */
public record FlatMinimumDescent(OptionalDouble weight) implements PlainDescent {
    private static final double DEFAULT_WEIGHT = 1e-3;

    private static final int SETTLED_WINDOW = 50;

    private static final double SETTLED_FRACTION = 1e-5;

    public FlatMinimumDescent {
        weight.ifPresent(value -> Positive.require("weight of the scaled trace", value));
    }

    @Override
    public String name() {
        return "flat-minimum-gd";
    }

    @Override
    public Optional<Penalty> penalty(Problem problem) {
        return Optional.of(new ScaledTrace(problem, weight.orElseGet(() -> {
            double norm = Initialisation.spectralNorm(problem);
            return norm > 0 ? DEFAULT_WEIGHT * norm : 1;
        })));
    }

    /** The penalty keeps a residual, so the run has succeeded where the objective has settled. */
    @Override
    public Optional<StoppingRule> stop(Iterate start, double step) {
        return Optional.of(StoppingRule.settled(SETTLED_WINDOW, SETTLED_FRACTION));
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.spectral();
    }
}

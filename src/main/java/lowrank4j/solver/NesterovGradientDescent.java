package lowrank4j.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.sensing.Sides;

/**
 * Nesterov's accelerated gradient descent on both factors, {@code W ← Z - η∇f(Z)}, {@code Z ← W + β(W - W before)} (Xu, Wang, Zhao, Ward, Tao 2024,
 * arXiv 2410.09640), from a start in the column space: iterations grow with κ, those of gradient descent with κ². Its theory is
 * for a matrix known in full and a large sketch, so unbalanced that R moves nearly alone.
 *
 * <p>The iterates of a run are the Z. Where the guard goes back, and where a run goes on from a checkpoint, the momentum begins anew.
 * Cost: one gradient and O((n1+n2)r) an iteration.
 *
 * @param momentum β, in [0, 1), the paper's being {@code (√L - √μ)/(√L + √μ)}, L = σ₁(L₀)², μ = σ_r(L₀)²; empty for one that grows with each step
 *     downhill and begins anew uphill, which needs no spectrum
 */
public record NesterovGradientDescent(OptionalDouble momentum) implements Method {
    public NesterovGradientDescent {
        if (momentum.isPresent() && !(momentum.getAsDouble() >= 0 && momentum.getAsDouble() < 1)) {
            throw new InvalidArgumentException(
                    "momentum is " + momentum.getAsDouble() + ", but must be at least 0 and below 1");
        }
    }

    @Override
    public String name() {
        return "nesterov";
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.advance(sides, step);
        iterate.extrapolate(step, momentum);
    }

    @Override
    public double defaultStep(Iterate start) {
        return start.gradientStep();
    }

    /** A sketch of the scale of X: from the paper's larger ones the column space, known in part only, turns too slowly. */
    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.sketch(1);
    }

    @Override
    public Optional<String> objection(boolean symmetric) {
        return symmetric
                ? Optional.of("it is made for an unbalanced start, and a symmetric unknown has one factor")
                : Optional.empty();
    }
}

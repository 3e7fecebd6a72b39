package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.sensing.Sides;

/**
 * Alternating gradient descent: {@code L ← L - η G(L, R) R}, then {@code R ← R - η G(L, R)ᵀ L} with the new L (Ward, Kolda 2023, arXiv
 * 2305.06927), from a start in the column space, with a step that need not be small.
 *
 * <p>Iterations grow with κ², as plain gradients' do, but not with the rank carried above that of X. Its theory is for a matrix known in
 * full. Cost: two gradients an iteration.
 */
public record AlternatingGradientDescent() implements PlainDescent {
    @Override
    public String name() {
        return "alternating-gd";
    }

    @Override
    public Sides first() {
        return Sides.LEFT;
    }

    /** 9/(8σ₁), σ₁ of the back-projected measurements: the paper's 9/(4Cνσ₁) at Cν = 2. */
    @Override
    public double defaultStep(Iterate start) {
        double norm = Initialisation.spectralNorm(start.problem());
        return norm > 0 ? 9 / (8 * norm) : 0.5;
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.wardKolda(4, 0.5);
    }

    @Override
    public Optional<String> objection(boolean symmetric) {
        return symmetric
                ? Optional.of("it alternates between two factors, and a symmetric unknown has one")
                : Optional.empty();
    }
}

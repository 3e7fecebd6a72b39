package lowrank4j.cli;

import java.util.Locale;
import java.util.Optional;
import lowrank4j.solver.EigenspaceDescent.Retraction;

/** How `approximate` computes, by the names of the option {@code --algorithm}. */
enum EigenspaceAlgorithm {
    /** All singular values or eigenvalues at once. */
    DECOMPOSITION,
    /** Gradient descent on the factor of {@code X Xᵀ}. */
    RETRACTION_FREE_GD,
    /** Riemannian gradient descent with a retraction by QR. */
    RIEMANNIAN_GD,
    /** Riemannian gradient descent with the polar retraction. */
    RIEMANNIAN_GD_POLAR;

    /** Relative gradient at which a descent has converged. */
    static final double TOLERANCE = 1e-10;

    static final int MAX_ITERATIONS = 20_000;

    /** What keeps the iterates in shape; empty for the decomposition. */
    Optional<Retraction> retraction() {
        return switch (this) {
            case DECOMPOSITION -> Optional.empty();
            case RETRACTION_FREE_GD -> Optional.of(Retraction.NONE);
            case RIEMANNIAN_GD -> Optional.of(Retraction.QR);
            case RIEMANNIAN_GD_POLAR -> Optional.of(Retraction.POLAR);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

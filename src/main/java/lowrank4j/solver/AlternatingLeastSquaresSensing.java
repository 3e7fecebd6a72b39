package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.sensing.Sides;

/**
 * Alternating least squares for any measurements, without a ridge: {@code L ← argmin ‖A(L Rᵀ) - y‖}, then R likewise with the new L, the fixed
 * factor made orthonormal (Lee, Stöger 2023, arXiv 2204.11516, for rank one from a random start; Jain, Netrapalli, Sanghavi 2013).
 *
 * <p>Each half is a least-squares problem of n1·r or n2·r unknowns, solved by LSQR; with restricted isometry it is well-conditioned, and some
 * tens of forward and adjoint products solve it. {@link AlternatingLeastSquares} is the one for observed entries, with a ridge.
 */
public record AlternatingLeastSquaresSensing() implements Method {
    private static final int INNER_LIMIT = 500;

    /** The residual left over by a half, relative to the one before: the other half changes it by more. */
    private static final double INNER_TOLERANCE = 1e-3;

    @Override
    public String name() {
        return "als";
    }

    @Override
    public Sides first() {
        return Sides.LEFT;
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.orthonormalise(sides == Sides.LEFT ? Sides.RIGHT : Sides.LEFT);
        iterate.solveLinearised(sides, -1, step, INNER_TOLERANCE, INNER_LIMIT);
    }

    /** 1: the whole way to the least squares. */
    @Override
    public double defaultStep(Iterate start) {
        return 1;
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.smallRandom(1);
    }

    @Override
    public Optional<String> objection(boolean symmetric) {
        return symmetric
                ? Optional.of("it alternates between two factors, and a symmetric unknown has one")
                : Optional.empty();
    }
}

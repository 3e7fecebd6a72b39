package lowrank4j.solver;

import java.util.Locale;
import java.util.Optional;
import lowrank4j.sensing.Sides;

/**
 * GNMR, Gauss-Newton for low rank: with X and Y the least squares of least norm of {@code ‖A(L Yᵀ + X Rᵀ) - b‖}, {@code b = y + α A(L Rᵀ)}, next
 * {@code L ← (1-α)/2·L + X}, {@code R ← (1-α)/2·R + Y} (Zilber, Nadler 2022, arXiv 2106.12933).
 *
 * <p>Recovers near the information limit, from about 1.5 times as many measurements as free parameters, and hardly feels the condition
 * number; converges quadratically near the end. Each iteration is a least-squares problem, solved by LSQR: up to 2000 forward and adjoint
 * products. The result is the iterate itself, where the paper takes the rank-r part of {@code L Yᵀ + X Rᵀ - L Rᵀ}; at convergence they are one.
 *
 * @param variant α
 * @param innerLimit inner iterations at the most, each a forward and an adjoint product; 2000 in the paper. Few regularise, where the
 *     iterate is far from a fit
 */
public record GaussNewton(Variant variant, int innerLimit) implements Method {
    private static final int INNER_LIMIT = 2000;

    /** The residual of the linearised problem is pursued to this part of the present one's square, and not beyond rounding. */
    private static final double INNER_TOLERANCE = 1e-3;

    private static final double LEAST_TOLERANCE = 1e-15;

    /** What the least squares are for. */
    public enum Variant {
        /** The new factors themselves: α = 1. The present ones are balanced first, for otherwise the product errs by their imbalance. */
        SETTING(1),
        /** Their difference from half the present ones: α = 0. */
        AVERAGING(0),
        /** Their difference from the present ones: α = -1. */
        UPDATING(-1);

        private final double alpha;

        Variant(double alpha) {
            this.alpha = alpha;
        }
    }

    /** With the paper's limit. */
    public GaussNewton(Variant variant) {
        this(variant, INNER_LIMIT);
    }

    /** {@link Variant#AVERAGING}, which balances the factors by itself. */
    public GaussNewton() {
        this(Variant.AVERAGING);
    }

    @Override
    public String name() {
        return variant == Variant.AVERAGING
                ? "gauss-newton"
                : "gauss-newton-" + variant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        if (variant == Variant.SETTING) {
            iterate.balance();
        }
        double relative = iterate.loss() / iterate.problem().squaredNorm();
        iterate.solveLinearised(
                sides,
                variant.alpha,
                step,
                Math.max(LEAST_TOLERANCE, INNER_TOLERANCE * Math.min(1, relative)),
                innerLimit);
    }

    @Override
    public boolean isDescent() {
        return false;
    }

    /** 1: a whole Gauss-Newton step. */
    @Override
    public double defaultStep(Iterate start) {
        return 1;
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.spectral();
    }

    @Override
    public Optional<String> objection(boolean symmetric) {
        return symmetric
                ? Optional.of("it is for a left and a right factor, and a symmetric unknown has one")
                : Optional.empty();
    }
}

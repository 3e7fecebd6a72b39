package lowrank4j.solver;

import lowrank4j.sensing.Sides;

/**
 * Gauss-Newton on the matrices of rank r, RISRO: with U and V orthonormal bases of L and R, and T the least squares of {@code ‖A(T) - y‖} over
 * {@code T = U Yᵀ + X Vᵀ}, next {@code L Rᵀ = T V (UᵀT V)⁻¹ UᵀT} (Luo, Huang, Li, Zhang 2020, arXiv 2011.08360). For a symmetric unknown V is
 * U, and eigenvalues of UᵀT U that are not positive leave.
 *
 * <p>Like {@link GaussNewton} it recovers near the information limit and converges quadratically near the end; orthonormal bases keep the
 * least squares well-conditioned whatever the condition number of X. Each iteration costs up to 500 forward and adjoint products.
 */
public record RiemannianGaussNewton() implements Method {
    private static final int INNER_LIMIT = 500;

    /** The least squares for the change of X are pursued to this part of the present residual. */
    private static final double INNER_TOLERANCE = 1e-3;

    @Override
    public String name() {
        return "riemannian-gauss-newton";
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.refit(INNER_TOLERANCE, INNER_LIMIT);
    }

    @Override
    public boolean isDescent() {
        return false;
    }

    /** 1: a whole Gauss-Newton step; others are not taken. */
    @Override
    public double defaultStep(Iterate start) {
        return 1;
    }

    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.spectral();
    }
}

package lowrank4j.solver;

import java.util.Optional;
import lowrank4j.sensing.Sides;

/**
 * Gauss-Newton with greedy ranks: from nothing, the leading direction of the residual is added whenever the steps at the present rank
 * gain no more, up to the rank that was asked for (Uschmajew, Vandereycken 2015, "Greedy rank updates combined with Riemannian descent
 * methods for low-rank optimization"). A step is that of Zilber, Nadler 2022 (GNMR, arXiv 2106.12933), {@code min ‖A(L Yᵀ + X Rᵀ) - y‖} by
 * LSQR, but in the metric of scaled gradients, {@code ‖X (RᵀR)^½‖² + ‖Y (LᵀL)^½‖²}, ended early, and halved until the residual falls.
 *
 * <p>For entries near the information limit, whatever the condition number: the strong directions are fitted before the weak ones
 * are looked for, ending early keeps rows with few entries from over-fitting, and the metric lets weak directions move as easily as
 * strong ones. Needs the rank. Cost of an iteration: up to 30 fused gradients while the rank grows, and 100 to 1600 at the last one.
 */
public record GreedyGaussNewton() implements Method {
    /** Iterations without progress after which nothing more is to be had. */
    private static final int STALL_WINDOW = 8;

    private static final double STALL_FRACTION = 1e-3;

    @Override
    public String name() {
        return "greedy-gauss-newton";
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.greedyStep(step);
    }

    /** 1: whole Gauss-Newton steps, where they lessen the residual. */
    @Override
    public double defaultStep(Iterate start) {
        return 1;
    }

    /** From zero; from other factors the rank does not grow. */
    @Override
    public Initialisation defaultInitialisation() {
        return Initialisation.zero();
    }

    @Override
    public Optional<StoppingRule> stop(Iterate start, double step) {
        return Optional.of(StoppingRule.stall(STALL_WINDOW, STALL_FRACTION));
    }
}

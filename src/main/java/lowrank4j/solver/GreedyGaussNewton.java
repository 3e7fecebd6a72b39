package lowrank4j.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * strong ones. Cost of an iteration: up to 30 fused gradients while the rank grows, and 100 to 1600 at the last one.
 *
 * <p>The rank may be one that is not to be exceeded: then a rank whose steps lessen the residual a hundredfold in square is fitted like the last
 * one, until the residual is that of an exact fit, and the run ends early where none can come of it. Told measurements held out, it keeps
 * the factors that predict these best.
 *
 * @param isSearching whether the rank is not known, but only one that it does not exceed
 */
public record GreedyGaussNewton(boolean isSearching) implements Method {
    /** At the rank that is asked for. */
    public GreedyGaussNewton() {
        this(false);
    }

    /** Iterations without progress after which nothing more is to be had. */
    private static final int STALL_WINDOW = 8;

    private static final double STALL_FRACTION = 1e-3;

    /**
     * Greedy columns explain ever less. An exact fit is out of reach where as many times as this what the last one explained, for each
     * rank that is left, would not explain the rest.
     */
    private static final double SLACK = 2;

    /**
     * Relative error on held-out measurements, in units of the relative residual, from which a fit that predicts worse than before is
     * over-fitted.
     */
    private static final double OVER_FITTED = 5;

    /** Ranks without a new least held-out error after which none is expected: of singular values that are equal the first few show nothing. */
    private static final int RANK_PATIENCE = 5;

    @Override
    public String name() {
        return "greedy-gauss-newton";
    }

    @Override
    public void move(Iterate iterate, Sides sides, double step, double damping) {
        iterate.greedyStep(step, isSearching);
    }

    @Override
    public int rank(Iterate iterate) {
        return iterate.greedyRank(isSearching);
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
        StoppingRule stall = StoppingRule.stall(STALL_WINDOW, STALL_FRACTION);
        int limit = start.rank();
        return Optional.of(isSearching ? stall.or(trace -> outOfReach(trace, limit)) : stall);
    }

    /** Whether the ranks fitted so far leave no hope of an exact fit; asked when one more has been begun. */
    private static Optional<Termination> outOfReach(List<IterationEvent> trace, int limit) {
        int present = trace.size() - 1;
        if (present == 0 || trace.get(present).rank() == trace.get(present - 1).rank()) {
            return Optional.empty();
        }
        List<IterationEvent> fits = new ArrayList<>();
        for (int k = 1; k <= present; k++) {
            if (trace.get(k).rank() > trace.get(k - 1).rank()) {
                fits.add(trace.get(k - 1));
            }
        }
        int last = fits.size() - 1;
        if (last < 1) {
            return Optional.empty();
        }
        double explained = fits.get(last - 1).objective() - fits.get(last).objective();
        int best = 0;
        for (int k = 1; k <= last; k++) {
            best = heldOut(fits.get(k)) < heldOut(fits.get(best)) ? k : best;
        }
        IterationEvent fit = fits.get(last);
        boolean tooMuchLeft = fit.objective() > SLACK * explained * (limit - fit.rank());
        boolean overFitted = best < last && heldOut(fit) > OVER_FITTED * fit.relativeResidual();
        return tooMuchLeft || overFitted || last - best >= RANK_PATIENCE
                ? Optional.of(new Termination.Stalled(String.format(
                        Locale.ROOT,
                        "The relative residual is %.2g at rank %d: no rank up to %d is expected to fit exactly.",
                        fit.relativeResidual(),
                        fit.rank(),
                        limit)))
                : Optional.empty();
    }

    /** Without measurements held out every rank predicts better than the one before. */
    private static double heldOut(IterationEvent fit) {
        return fit.heldOutError().orElse(-fit.rank());
    }
}

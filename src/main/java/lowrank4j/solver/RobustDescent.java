package lowrank4j.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Finds X of unknown rank in {@code y = A(X) + S}, S sparse: a few directions are fitted under a falling threshold, {@link ThresholdedMeasurements}, until the
 * fit comes to rest; those that then stand out of what is left, without what is above the threshold, are added, and the threshold begins
 * anew. Small singular values are so looked for when the large ones no longer hide them among outliers (Netrapalli, Niranjan, Sanghavi, Anandkumar,
 * Jain 2014, arXiv 1410.7660, algorithm 1, takes its projections in such stages), and the rank is found on the way.
 *
 * <p>Cost: some 30 iterations of {@link ScaledGradientDescent} a stage, and a hundred at the end where there is no noise.
 */
public final class RobustDescent {
    /** Iterations over which a fit must have come to rest. */
    private static final int WINDOW = 10;

    /** Falls of the objective that count as rest: before the rank is known, and at the end. */
    private static final double ROUGHLY_SETTLED = 0.02;

    private static final double SETTLED = 1e-6;

    /** The rule by which a stage ends that others may follow. */
    private static final String RESTED = "rested";

    /** What is left shows structure from so many edges of noise: noise alone reaches 1, and the sampling of X adds to it. */
    private static final double STRUCTURE_EDGES = 1.2;

    private static final double ENTRIES_STRUCTURE_EDGES = 1.6;

    /** Part of the largest missing direction from which others are added with it. */
    private static final double COMPARABLE = 0.6;

    /** Directions that are added at once, at the most. */
    private static final int MOST_AT_ONCE = 16;

    /**
     * How to run.
     *
     * @param limit the rank never to be exceeded, 1 … min(n1, n2)
     * @param stop when to end early; asked for the last event alone, whose relative residual is that to the measurements without outliers
     * @param seed of everything random
     * @param listener told of each iterate
     * @param cancelled asked at each iterate
     */
    public record Plan(
            int limit, StoppingRule stop, long seed, IterationListener listener, BooleanSupplier cancelled) {}

    private final Problem problem;
    private final Plan plan;
    private final Median median;
    private final Random random;
    private final long began = System.nanoTime();
    private final double magnified;
    private final List<IterationEvent> trace = new ArrayList<>();
    private Factors factors;
    private int offset;
    private int retreats;

    /**
     * A run on these measurements, less than half of them wrong.
     *
     * @param problem not symmetric
     */
    public RobustDescent(Problem problem, Plan plan) {
        this.problem = problem;
        this.plan = plan;
        this.median = new Median(problem.observed().length);
        this.random = new Random(plan.seed());
        this.factors = new Factors(Matrix.zeros(problem.rows(), 0), Matrix.zeros(problem.columns(), 0));
        double within = Math.sqrt(trimmed(problem, firstThreshold(problem)).squaredNorm());
        this.magnified = within == 0 ? 1 : Math.sqrt(problem.squaredNorm()) / within;
    }

    /** {@link ThresholdedMeasurements#FIRST} deviations of the measurements: ζ to start with. */
    public static double firstThreshold(Problem problem) {
        return ThresholdedMeasurements.FIRST * new Median(problem.observed().length).deviation(problem.observed());
    }

    /** The problem with zeros for the measurements beyond a threshold; its spectral start is that of the paper, for outliers of any size. */
    public static Problem trimmed(Problem problem, double threshold) {
        return new Problem(problem.operator(), trimmed(problem.observed(), threshold), problem.engine());
    }

    private static double[] trimmed(double[] values, double threshold) {
        double[] within = values.clone();
        for (int i = 0; i < within.length; i++) {
            within[i] = Math.abs(within[i]) <= threshold ? within[i] : 0;
        }
        return within;
    }

    /** Runs to the end. */
    public Recovery.Outcome run() {
        Look look = look();
        if (factors.rank() == 0 && look.wanted() == 0) {
            return outcome(
                    new Termination.NoSignal(String.format(
                            Locale.ROOT,
                            "No low-rank signal: without those that stand out the measurements reach %.2f times what pure noise of"
                                    + " their size would.",
                            look.inEdges())),
                    0);
        }
        do {
            factors = look.missing().addedTo(factors, look.wanted());
            Recovery.Outcome stage = descend(look.threshold(), ROUGHLY_SETTLED);
            if (!stage.termination().rule().equals(RESTED)) {
                return outcome(stage.termination(), stage.step());
            }
            look = look();
        } while (look.wanted() > 0);
        Recovery.Outcome last = descend(look.threshold(), SETTLED);
        return outcome(
                last.termination().rule().equals(RESTED)
                        ? new Termination.Converged(
                                "noise-floor",
                                String.format(
                                        Locale.ROOT,
                                        "The residual is at its noise floor: without outliers its back-projection reaches %.2f times"
                                                + " what pure noise would.",
                                        look.inEdges()))
                        : last.termination(),
                last.step());
    }

    /**
     * What is missing from a fit.
     *
     * @param missing the leading directions
     * @param wanted so many of them are to be added
     * @param inEdges the first in units of the noise edge
     * @param threshold ζ that belongs to what is left before they are added
     */
    private record Look(Leading missing, int wanted, double inEdges, double threshold) {}

    private Look look() {
        double[] residual = residual();
        double threshold = ThresholdedMeasurements.FIRST * median.deviation(residual);
        // Before anything is fitted, what stands out must not pull at all; later, the peaks of what is missing must.
        double reach = factors.rank() == 0 ? threshold : ThresholdedMeasurements.REDESCENT * threshold;
        double loss = 0;
        for (int i = 0; i < residual.length; i++) {
            residual[i] = Math.abs(residual[i]) <= reach ? Math.clamp(residual[i], -threshold, threshold) : 0;
            loss += residual[i] * residual[i];
        }
        int room = plan.limit() - factors.rank();
        Leading missing = Leading.of(problem, residual, Math.clamp(room, 1, MOST_AT_ONCE), random);
        double edge = problem.noiseEdge(loss, factors.rank());
        double structure = edge * (problem.operator().isNearIsometry() ? STRUCTURE_EDGES : ENTRIES_STRUCTURE_EDGES);
        int wanted = room < 1 ? 0 : missing.count(Math.max(structure, COMPARABLE * missing.values()[0]));
        return new Look(missing, wanted, missing.inEdges(edge), Math.max(threshold, Double.MIN_NORMAL));
    }

    /** {@code A(X) - y}. */
    private double[] residual() {
        double[] residual = new double[problem.observed().length];
        problem.operator().forward(factors, residual);
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= problem.observed()[i];
        }
        return residual;
    }

    private Recovery.Outcome descend(double threshold, double settled) {
        Problem scored = new Problem(
                new ThresholdedMeasurements(problem.operator(), threshold, ThresholdedMeasurements.DECAY),
                problem.observed(),
                problem.engine());
        StoppingRule rested = stage -> StoppingRule.stalls(stage, WINDOW, settled)
                ? Optional.of(new Termination.Converged(RESTED, "The fit under the threshold has come to rest."))
                : Optional.empty();
        StoppingRule early = stage -> plan.stop().check(List.of(onward(stage.getLast())));
        Recovery.Outcome stage = new Recovery(
                        scored,
                        new Recovery.Plan(
                                new ScaledGradientDescent(),
                                Initialisation.warm(factors),
                                factors.rank(),
                                false,
                                OptionalDouble.empty(),
                                early.or(rested),
                                Optional.empty(),
                                plan.seed(),
                                (event, x) -> plan.listener().iterated(onward(event), x),
                                plan.cancelled()))
                .run();
        factors = stage.factors();
        retreats += stage.retreats();
        List<IterationEvent> events = stage.trace().stream().map(this::onward).toList();
        trace.addAll(events);
        offset += events.size();
        return stage;
    }

    /** The event of a stage as one of the run. */
    private IterationEvent onward(IterationEvent event) {
        return new IterationEvent(
                offset + event.iteration(),
                (System.nanoTime() - began) * 1e-9,
                event.objective(),
                magnified * event.relativeResidual(),
                event.heldOutError(),
                event.rank(),
                event.step(),
                event.damping());
    }

    private Recovery.Outcome outcome(Termination termination, double step) {
        return new Recovery.Outcome(factors, termination, List.copyOf(trace), step, retreats);
    }
}

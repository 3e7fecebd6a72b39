package lowrank4j.solver;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import lowrank4j.matrix.Factors;

/**
 * Finds the rank while the iteration runs, from one computed number, the noise edge ({@link Problem#noiseEdge}): directions of X
 * that stay below a few edges are dropped; when the residual stalls although its back-projection still stands above the edge, a
 * direction is added; when it does not, the fit is at the noise floor, and that is the certificate to stop.
 *
 * <p>With few measurements for the rank the sampling of what is missing looks like noise, and descent may stand still below the
 * rank, crawl or diverge. Gauss-Newton fits go on from there, {@link RankGrowth}, whatever the method.
 */
final class RankSearch {
    /** Singular values above so many edges are signal: spurious ones were seen up to about 2.5. */
    private static final double SIGNAL_EDGES = 4;

    /** Iterations between looks at the spectrum. */
    private static final int LOOK_EVERY = 4;

    /** Looks for which a smaller count must hold before directions are dropped. */
    private static final int LOOKS_TO_DROP = 3;

    /** Top of the back-projected residual, in edges, from which it shows structure: noise alone was seen up to about 1. */
    private static final double STRUCTURE_EDGES = 1.1;

    /** The same for single entries, where the sampling of X itself adds to the noise. */
    private static final double ENTRIES_STRUCTURE_EDGES = 1.6;

    /** Fraction of the largest missing direction from which others are added with it. */
    private static final double COMPARABLE = 0.6;

    /** Directions that are added at once, at the most. */
    private static final int MOST_AT_ONCE = 16;

    /** A stall: the objective falls by less than this fraction over the window. */
    private static final double STALL_FRACTION = 0.01;

    private static final double GROWING_STALL_FRACTION = 0.2;

    private static final int STALL_WINDOW = 8;

    /**
     * A slow fall: the objective falls by less than this fraction over this window. With measurements so many times the free parameters of the
     * next rank what is missing shows as soon; with fewer, what is not fitted yet has an echo that was taken for it.
     */
    private static final double SLOW_FRACTION = 0.2;

    private static final int SLOW_WINDOW = 4;

    private static final double SLOW_OVERSAMPLING = 5;

    /** A crawl: the objective falls by less than this fraction over this window. */
    private static final double CRAWL_FRACTION = 0.9;

    private static final int CRAWL_WINDOW = 60;

    /** Part of the measurements' square that the noise must not exceed for that. */
    private static final double DOUBTFUL_PART = 0.25;

    /** Single entries up to which Gauss-Newton may go on: of ratings it is in vain, and costs nearly as much as all the rest. */
    private static final long MOST_ENTRIES = 50_000;

    private final Problem problem;
    private final int limit;
    private final Random random;
    private int lastCount = -1;
    private int held;
    private int quietUntil;
    private final BitSet grownFrom = new BitSet();
    private final BitSet lookedEarlyAt = new BitSet();
    private Optional<RankGrowth> growth = Optional.empty();
    private String whyGrown = "";

    /** @param limit the rank never to be exceeded */
    RankSearch(Problem problem, int limit, Random random) {
        this.problem = problem;
        this.limit = mayRefit() ? Math.min(limit, problem.determinedRank()) : limit;
        this.random = random;
    }

    /** What the search wants of the run. */
    sealed interface Decision {
        /** Go on as it is. */
        record Continue() implements Decision {}

        /** Go on from other factors. */
        record Replace(Factors factors) implements Decision {}

        /** Go on with Gauss-Newton, from other factors. */
        record Refit(Factors factors) implements Decision {}

        /** End the run. */
        record Stop(Termination termination) implements Decision {}
    }

    /** Whether anything of low rank stands out of the measurements at all; asked where a fit explains no more than noise would let it. */
    Optional<Termination> judgeSignal() {
        double edge = problem.noiseEdge(problem.squaredNorm(), 0);
        Leading leading = leadingOf(negated(problem.observed()), 1);
        if (leading.count(NoiseFloor.largest(problem) * edge) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Termination.NoSignal(String.format(
                Locale.ROOT,
                "No low-rank signal: the back-projected measurements reach %.2f times what pure noise of their size would.",
                leading.inEdges(edge))));
    }

    /**
     * A start at as many columns as the sampling carries where low-rank matrices are seen equally well, since spurious ones then die out;
     * or else at those that stand out of the back-projected measurements.
     */
    Factors start(Initialisation initialisation) {
        int most = Math.min(limit, problem.startingRank());
        if (problem.operator().isNearIsometry()) {
            return initialisation.start(problem, most, random);
        }
        double edge = problem.noiseEdge(problem.squaredNorm(), 0);
        Leading leading = missing(negated(problem.observed()), Math.min(most, MOST_AT_ONCE), edge);
        int rank = Math.max(1, leading.count(structureThreshold(leading.values()[0], edge)));
        return initialisation instanceof SpectralStart
                ? leading.leading(rank)
                : initialisation.start(problem, rank, random);
    }

    Decision look(Iterate iterate, List<IterationEvent> trace) {
        if (growth.isPresent()) {
            return growth.get().look(iterate);
        }
        int iteration = trace.getLast().iteration();
        if (isSlow(iterate, trace)) {
            lookedEarlyAt.set(iterate.rank());
            Optional<Factors> grown = grown(iterate, missing(iterate), iteration);
            if (grown.isPresent()) {
                return new Decision.Replace(grown.get());
            }
        }
        if (iteration < quietUntil || iteration % LOOK_EVERY != 0) {
            return new Decision.Continue();
        }
        double edge = iterate.noiseEdge();
        FactorSpectrum spectrum =
                new FactorSpectrum(iterate.factors(), problem.engine().kernels());
        int count = spectrum.count(SIGNAL_EDGES * edge);
        held = count == lastCount ? held + 1 : 1;
        lastCount = count;
        if (count > 0 && count < iterate.rank() && held >= LOOKS_TO_DROP) {
            held = 0;
            quietUntil = iteration + LOOK_EVERY;
            return new Decision.Replace(spectrum.leading(count));
        }
        if (StoppingRule.stalls(trace, STALL_WINDOW, stallFraction())) {
            return atStall(iterate, spectrum, edge, iteration);
        }
        if (problem.operator().isNearIsometry() && StoppingRule.stalls(trace, CRAWL_WINDOW, CRAWL_FRACTION)) {
            return refit("crawled", iterate.factors(), iterate.factors(), true);
        }
        return new Decision.Continue();
    }

    /**
     * What is missing stands above the noise and is of the size of the largest: the rest may be its echo in the sampling, and is
     * looked at again once the largest is fitted.
     */
    private double structureThreshold(double first, double edge) {
        return Math.max(structureEdges() * edge, COMPARABLE * first);
    }

    /** The k leading directions of what is missing, to the digits that tell which of them are structure. */
    private Leading missing(double[] residual, int k, double edge) {
        return problem.operator().isNearIsometry()
                ? leadingOf(residual, k)
                : Leading.of(problem, residual, k, first -> structureThreshold(first, edge), random);
    }

    private double structureEdges() {
        return problem.operator().isNearIsometry() ? STRUCTURE_EDGES : ENTRIES_STRUCTURE_EDGES;
    }

    /** Where the rank is grown, a slow fall is as good a reason to look for what is missing as none at all. */
    private double stallFraction() {
        return problem.operator().isNearIsometry() ? STALL_FRACTION : GROWING_STALL_FRACTION;
    }

    /** Asked before success is reported: the factors without directions that the measurements do not see, if there are any. */
    Optional<Factors> visible(Iterate iterate) {
        Factors visible = VisibleDirections.of(problem, iterate.factors());
        return visible.rank() == iterate.rank() || visible.rank() == 0 ? Optional.empty() : Optional.of(visible);
    }

    /** Where the rank is grown: whether descent has nearly fitted what its rank can, so that more directions come first. */
    private boolean isSlow(Iterate iterate, List<IterationEvent> trace) {
        return !problem.operator().isNearIsometry()
                && !grownFrom.get(iterate.rank())
                && !lookedEarlyAt.get(iterate.rank())
                && isSampled(SLOW_OVERSAMPLING, iterate.rank() + 1)
                && StoppingRule.stalls(trace, SLOW_WINDOW, SLOW_FRACTION);
    }

    /** Whether the measurements are so many times the free parameters of this rank. */
    private boolean isSampled(double times, int rank) {
        return problem.operator().count() >= times * problem.freedom(rank);
    }

    private Leading missing(Iterate iterate) {
        return missing(iterate.residual(), Math.clamp(limit - iterate.rank(), 1, MOST_AT_ONCE), iterate.noiseEdge());
    }

    /** The factors with what stands out of their residual, the first time that it does at their rank. */
    private Optional<Factors> grown(Iterate iterate, Leading leading, int iteration) {
        int missing = Math.min(
                leading.count(structureThreshold(leading.values()[0], iterate.noiseEdge())), limit - iterate.rank());
        if (missing == 0 || grownFrom.get(iterate.rank())) {
            return Optional.empty();
        }
        grownFrom.set(iterate.rank());
        quietUntil = iteration + 2 * STALL_WINDOW;
        return Optional.of(leading.addedTo(iterate.factors(), missing));
    }

    private Decision atStall(Iterate iterate, FactorSpectrum spectrum, double edge, int iteration) {
        int signal = spectrum.count(SIGNAL_EDGES * edge);
        Leading leading = missing(iterate);
        Optional<Factors> grown = grown(iterate, leading, iteration);
        if (grown.isPresent()) {
            return new Decision.Replace(grown.get());
        }
        if (signal < iterate.rank() && signal > 0) {
            quietUntil = iteration + STALL_WINDOW;
            return new Decision.Replace(spectrum.leading(signal));
        }
        if (mayRefit() && isDoubtful(iterate)) {
            // Two columns of a stack may be one direction of a Hermitian unknown.
            return refit(
                    "came to a standstill",
                    iterate.factors(),
                    spectrum.leading(signal),
                    problem.operator().isHermitian());
        }
        return new Decision.Stop(new Termination.Converged(
                "noise-floor",
                String.format(
                        Locale.ROOT,
                        "The residual is at its noise floor: its back-projection reaches %.2f times what pure noise would.",
                        leading.inEdges(edge))));
    }

    /**
     * Whether what is left may be signal that the sampling hides: with few measurements for the rank, the back-projection of what is missing
     * has an echo as large as noise, and so has what is missing of a fit that explains little.
     */
    private boolean isDoubtful(Iterate iterate) {
        return !isSampled(NoiseFloor.TRUSTED_OVERSAMPLING, iterate.rank() + 1)
                || iterate.loss() > DOUBTFUL_PART * problem.squaredNorm();
    }

    /** Where descent diverges from these factors: what else may be done, if anything. */
    Optional<Decision.Refit> rescue(Factors kept) {
        return mayRefit() && growth.isEmpty() ? Optional.of(refit("diverged", kept, kept, true)) : Optional.empty();
    }

    private boolean mayRefit() {
        return problem.operator().isNearIsometry() || problem.operator().count() <= MOST_ENTRIES;
    }

    private Decision.Refit refit(String why, Factors descended, Factors start, boolean mayBeTooHigh) {
        Optional<Factors> fallback =
                problem.operator().isNearIsometry() ? Optional.empty() : Optional.of(descended.copy());
        RankGrowth next = new RankGrowth(problem, limit, random, mayBeTooHigh, fallback);
        growth = Optional.of(next);
        whyGrown = "Descent " + why + " at rank " + start.rank() + ", so Gauss-Newton went on from there.";
        return new Decision.Refit(start.rank() == 0 ? next.first() : start.copy());
    }

    /** The end of the run, with what the search has to say of it. */
    Termination explained(Termination end) {
        return end instanceof Termination.Converged converged && growth.isPresent()
                ? new Termination.Converged(converged.rule(), converged.sentence() + " " + whyGrown)
                : end;
    }

    private Leading leadingOf(double[] residual, int k) {
        return Leading.of(problem, residual, k, random);
    }

    private static double[] negated(double[] z) {
        double[] negative = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            negative[i] = -z[i];
        }
        return negative;
    }
}

package lowrank4j.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import lowrank4j.matrix.Factors;

/**
 * Grows the rank one by one from where descent has ended, each rank fitted by Gauss-Newton steps, and chooses the least rank beyond which a
 * fit gains no more than noise would let it. Gauss-Newton comes to an end with little more measurements than free parameters, where
 * descent needs two or three times as many.
 */
final class RankGrowth {
    /** A rank is fitted when so many steps in a row have not lessened the square of the residual by this fraction. */
    private static final int PATIENCE = 3;

    private static final double LEAST_GAIN = 0.05;

    /** Steps at one rank, at the most. */
    private static final int STEPS = 30;

    /** F ratio from which a rank is worth growing on, though not yet to be believed in. */
    private static final double PROMISING = 3;

    /** Ranks beyond the most promising one that are tried before none is believed in. */
    private static final int RANKS_BEYOND = 3;

    private final Problem problem;
    private final int limit;
    private final Random random;
    private final List<Fit> fits = new ArrayList<>();
    private Optional<Fit> present = Optional.empty();
    private final Optional<Factors> fallback;
    private boolean mayBeTooHigh;
    private boolean chosen;
    private int steps;
    private int stepsWithoutGain;

    /** The best of a rank so far. */
    private record Fit(Factors factors, double loss) {
        int rank() {
            return factors.rank();
        }
    }

    /**
     * For a run that goes on from what descent has left.
     *
     * @param limit the rank never to be exceeded
     * @param mayBeTooHigh whether the rank that descent has left may be above that of X: where its fit is not exact, it is begun anew from one
     * @param fallback what stands unless a fit becomes exact: without restricted isometry others may explain noise by hiding from the rest
     */
    RankGrowth(Problem problem, int limit, Random random, boolean mayBeTooHigh, Optional<Factors> fallback) {
        this.fallback = fallback;
        this.problem = problem;
        this.limit = limit;
        this.random = random;
        this.mayBeTooHigh = mayBeTooHigh;
    }

    /** Asked at each iterate of Gauss-Newton. */
    RankSearch.Decision look(Iterate iterate) {
        if (chosen) {
            return new RankSearch.Decision.Stop(new Termination.Converged("noise-floor", sentence(iterate.rank())));
        }
        watch(iterate);
        if (steps < STEPS && stepsWithoutGain < PATIENCE) {
            return new RankSearch.Decision.Continue();
        }
        Fit fit = present.orElseThrow();
        present = Optional.empty();
        steps = 0;
        stepsWithoutGain = 0;
        if (mayBeTooHigh) {
            mayBeTooHigh = false;
            return new RankSearch.Decision.Replace(first());
        }
        fits.add(fit);
        if (fit.rank() < limit && fit.rank() - choice(this::isPromising).rank() < RANKS_BEYOND) {
            return new RankSearch.Decision.Replace(grown(fit.factors()));
        }
        chosen = true;
        return new RankSearch.Decision.Replace(
                fallback.orElseGet(() -> choice(this::isEvident).factors()));
    }

    private void watch(Iterate iterate) {
        steps++;
        double least = present.map(Fit::loss).orElse(Double.POSITIVE_INFINITY);
        stepsWithoutGain = iterate.loss() < (1 - LEAST_GAIN) * least ? 0 : stepsWithoutGain + 1;
        if (iterate.loss() < least) {
            present = Optional.of(new Fit(iterate.factors().copy(), iterate.loss()));
        }
    }

    /** Where growth from nothing begins: the leading direction of what was measured. */
    Factors first() {
        return Initialisation.spectral().start(problem, 1, random);
    }

    private Factors grown(Factors factors) {
        double[] residual = new double[problem.operator().length()];
        problem.operator().forward(factors, residual);
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= problem.observed()[i];
        }
        return Leading.of(problem, residual, 1, random).addedTo(factors, 1);
    }

    /** The fit of the least rank to which no higher one adds in this sense. */
    private Fit choice(BiPredicate<Fit, Fit> adds) {
        for (int k = 0; k < fits.size(); k++) {
            Fit fit = fits.get(k);
            if (fits.subList(k + 1, fits.size()).stream().noneMatch(higher -> adds.test(fit, higher))) {
                return fit;
            }
        }
        throw new IllegalStateException("no rank was fitted");
    }

    private boolean isPromising(Fit fit, Fit higher) {
        return explanation(fit, higher) > PROMISING;
    }

    private boolean isEvident(Fit fit, Fit higher) {
        return problem.isEvident(explanation(fit, higher), problem.freedom(higher.rank()));
    }

    private double explanation(Fit fit, Fit higher) {
        long freedom = problem.freedom(higher.rank());
        return problem.explanation(
                fit.loss() - higher.loss(), freedom - problem.freedom(fit.rank()), higher.loss(), freedom);
    }

    private String sentence(int rank) {
        if (fallback.isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "The residual is at its noise floor: of the ranks fitted up to %d none is exact, so rank %d of descent stands.",
                    fits.getLast().rank(),
                    rank);
        }
        return String.format(
                Locale.ROOT,
                "The residual is at its noise floor: of the ranks fitted up to %d none adds to rank %d what noise would not.",
                fits.getLast().rank(),
                rank);
    }
}

package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;

/** Sentences about what should make one doubt a result. */
final class Warnings {
    /**
     * Part of the measurements' norm in the residual from which a noise floor is doubtful: of the wrong ranks that the map of successes
     * has at 1.2 times the information limit and 5 % noise, few leave less.
     */
    private static final double MUCH_UNEXPLAINED = 0.3;

    private Warnings() {}

    /**
     * Measurements in units of the free parameters below which a result is in doubt. Where low-rank matrices are seen equally well, an exact
     * fit is the matrix itself nearly from the information limit on; of a fit that leaves a residual nobody knows what part is noise.
     */
    private static double leastOversampling(Problem problem, Recovery.Outcome outcome) {
        return isExact(outcome) && problem.operator().isNearIsometry() ? 1.2 : 2;
    }

    private static boolean isExact(Recovery.Outcome outcome) {
        return outcome.termination().rule().equals("residual-tolerance");
    }

    /** Whether a search for the rank that ended at noise had too few measurements to see a further component. */
    private static boolean mayHideMore(Problem problem, int rank, RecoveryOptions options, Recovery.Outcome outcome) {
        return options.rank().isEmpty()
                && problem.operator().isNearIsometry()
                && !isExact(outcome)
                && rank < problem.maxRank()
                && problem.operator().count() < 2 * problem.freedom(rank + 1);
    }

    /**
     * The warnings.
     *
     * @param rank found
     * @param ridged whether a ridge determines what the measurements do not
     */
    static List<String> of(
            Problem problem,
            int rank,
            boolean ridged,
            double relativeResidual,
            RecoveryOptions options,
            Recovery.Outcome outcome) {
        List<String> warnings = new ArrayList<>();
        long count = problem.operator().count();
        int asked = options.rank().orElse(rank);
        // The rank asked for is the largest one allowed: what a fit that found less leaves unused needs no
        // measurements.
        int determined = rank > 0 ? rank : asked;
        if (!ridged && determined > 0 && count < problem.freedom(determined)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%d measurements are fewer than the %d free parameters of a matrix of rank %d: the result is not determined by them.",
                    count,
                    problem.freedom(determined),
                    determined));
        } else if (!ridged && rank > 0 && count < leastOversampling(problem, outcome) * problem.freedom(rank)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%d measurements are only %.2f times the %d free parameters of rank %d: the result may be another matrix that fits.",
                    count,
                    (double) count / problem.freedom(rank),
                    problem.freedom(rank),
                    rank));
        } else if (mayHideMore(problem, rank, options, outcome)) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%d measurements are fewer than twice the %d free parameters of rank %d: behind the noise there may be more"
                            + " than rank %d.",
                    count,
                    problem.freedom(rank + 1),
                    rank + 1,
                    rank));
        }
        long carried = Math.round(2.5 * asked * (problem.rows() + problem.columns()));
        boolean sampled = count < (long) problem.rows() * problem.columns()
                && !problem.operator().isSymmetric();
        if (options.algorithm() == Algorithm.APGD && options.rank().isPresent() && sampled && count < carried) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%d measurements are fewer than the 2.5(n1 + n2)r = %d that apgd needs to carry rank %d: it may stall or diverge.",
                    count,
                    carried,
                    asked));
        }
        if (outcome.termination().rule().equals("noise-floor") && relativeResidual > MUCH_UNEXPLAINED) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The result leaves %.0f %% of the measurements' norm unexplained: either that much is noise, or the rank%s is too"
                            + " high for this number of measurements.",
                    100 * relativeResidual,
                    options.rank().isPresent() ? ", at most " + asked + ", is too low, or it" : ""));
        }
        if (options.step().isPresent() && outcome.retreats() > 0) {
            warnings.add("The given step was halved " + outcome.retreats()
                    + " times for a while, where the objective rose.");
        }
        if (outcome.termination() instanceof Termination.NoSignal) {
            warnings.add(outcome.termination().sentence());
            int hidden = problem.visibleRank() + 1;
            if (problem.operator().isNearIsometry() && hidden <= problem.maxRank()) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "A signal of rank %d or more, its singular values alike, might not stand out of %d measurements.",
                        hidden,
                        count));
            }
        }
        return List.copyOf(warnings);
    }
}

package lowrank4j;

import java.util.Locale;
import java.util.OptionalDouble;
import lowrank4j.solver.AndersonDescent;
import lowrank4j.solver.DampedScaledGradientDescent;
import lowrank4j.solver.Method;
import lowrank4j.solver.Problem;
import lowrank4j.solver.ScaledGradientDescent;

/**
 * The method that {@link Algorithm#RECOMMENDED} begins with, and why. There are few cases, since more have not been seen to pay; {@code
 * bench/run recommendation} measures it beside methods by name. Where descent lacks measurements the search for the rank goes on by
 * Gauss-Newton, that of a completion by {@link GreedyTrial}.
 *
 * @param because what in the problem decides, to follow "since"
 */
record Recommendation(Method method, String because) {
    /** The case that the problem is. */
    static Recommendation of(Problem problem, OptionalDouble damping) {
        DampedScaledGradientDescent damped = new DampedScaledGradientDescent(damping);
        if (damping.isPresent()) {
            return new Recommendation(new AndersonDescent(damped), "a damping was given, which others do not have");
        }
        if (problem.operator().isSymmetric()) {
            return new Recommendation(
                    new AndersonDescent(damped),
                    "the unknown is symmetric, where a damping keeps a start at too high a rank stable");
        }
        if (problem.operator().isNearIsometry()) {
            return new Recommendation(
                    new AndersonDescent(damped),
                    "the measurements see every matrix of low rank about equally well, so that columns too many die out of themselves,"
                            + " and no condition number slows it");
        }
        return new Recommendation(
                new AndersonDescent(new ScaledGradientDescent()),
                "single entries are over-fitted from an over-parametrised start, so that the rank is grown, which this does fastest");
    }

    /** Why, with the figures of what was found. */
    String sentence(Problem problem, int rank) {
        String figures = rank == 0 || problem.freedom(rank) <= 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; the %d measurements are %.2f times the %d free parameters of rank %d",
                        problem.operator().count(),
                        (double) problem.operator().count() / problem.freedom(rank),
                        problem.freedom(rank),
                        rank);
        return "recommended: " + method.name() + ", since " + because + figures;
    }
}

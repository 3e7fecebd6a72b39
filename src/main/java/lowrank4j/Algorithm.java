package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.solver.AlternatingGradientDescent;
import lowrank4j.solver.AlternatingLeastSquaresSensing;
import lowrank4j.solver.AlternatingPreconditionedGradientDescent;
import lowrank4j.solver.AndersonDescent;
import lowrank4j.solver.DampedScaledGradientDescent;
import lowrank4j.solver.EarlyStoppedGradientDescent;
import lowrank4j.solver.FlatMinimumDescent;
import lowrank4j.solver.GaussNewton;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.GreedyGaussNewton;
import lowrank4j.solver.GroupLassoPruning;
import lowrank4j.solver.Method;
import lowrank4j.solver.NesterovGradientDescent;
import lowrank4j.solver.NoisyPreconditionedGradientDescent;
import lowrank4j.solver.NuclearNormCompletion;
import lowrank4j.solver.PreconditionedGradientDescent;
import lowrank4j.solver.RebalancedGradientDescent;
import lowrank4j.solver.RiemannianGaussNewton;
import lowrank4j.solver.ScaledGradientDescent;

/** The methods by their names. */
public enum Algorithm {
    /** The method that suits the problem, with a search for the rank; needs no constant to be tuned. */
    RECOMMENDED("recommended"),
    /** {@link GradientDescent}. */
    GRADIENT_DESCENT("gradient-descent"),
    /** {@link ScaledGradientDescent}. */
    SCALED_GD("scaled-gd"),
    /** {@link DampedScaledGradientDescent}. */
    SCALED_GD_LAMBDA("scaled-gd-lambda"),
    /** {@link AndersonDescent} on {@link ScaledGradientDescent}. */
    ANDERSON_SCALED_GD("anderson-scaled-gd"),
    /** {@link AndersonDescent} on {@link DampedScaledGradientDescent}. */
    ANDERSON_SCALED_GD_LAMBDA("anderson-scaled-gd-lambda"),
    /** {@link PreconditionedGradientDescent}. */
    PRECGD("precgd"),
    /** {@link NoisyPreconditionedGradientDescent}. */
    NOISY_PRECGD("noisy-precgd"),
    /** {@link AlternatingPreconditionedGradientDescent}. */
    APGD("apgd"),
    /** {@link AlternatingGradientDescent}. */
    ALTERNATING_GD("alternating-gd"),
    /** {@link NesterovGradientDescent}. */
    NESTEROV("nesterov"),
    /** {@link RebalancedGradientDescent}. */
    REBALANCED_GD("rebalanced-gd"),
    /** {@link GroupLassoPruning}. */
    GROUP_LASSO("group-lasso"),
    /** {@link FlatMinimumDescent}. */
    FLAT_MINIMUM_GD("flat-minimum-gd"),
    /** {@link EarlyStoppedGradientDescent}. */
    EARLY_STOPPED_GD("early-stopped-gd"),
    /** {@link GaussNewton}, averaging. */
    GAUSS_NEWTON("gauss-newton"),
    /** {@link GaussNewton}, setting. */
    GAUSS_NEWTON_SETTING("gauss-newton-setting"),
    /** {@link GaussNewton}, updating. */
    GAUSS_NEWTON_UPDATING("gauss-newton-updating"),
    /** {@link RiemannianGaussNewton}. */
    RIEMANNIAN_GAUSS_NEWTON("riemannian-gauss-newton"),
    /** {@link GreedyGaussNewton}. */
    GREEDY_GAUSS_NEWTON("greedy-gauss-newton"),
    /**
     * Alternating least squares: for completion with offsets and a ridge, whose sweeps end by held-out entries and not by a number of
     * iterations or a tolerance, for sensing {@link AlternatingLeastSquaresSensing}.
     */
    ALS("als"),
    /** {@link NuclearNormCompletion}, for entries. */
    NUCLEAR_NORM("nuclear-norm");

    private final String label;

    Algorithm(String label) {
        this.label = label;
    }

    /** The algorithm of this name. */
    public static Algorithm named(String name) {
        for (Algorithm algorithm : values()) {
            if (algorithm.label.equals(name)) {
                return algorithm;
            }
        }
        throw new InvalidArgumentException("algorithm '" + name + "' is unknown: choose "
                + Arrays.stream(values()).map(Algorithm::toString).collect(Collectors.joining(", ")));
    }

    /** Whether a damping may be given: λ of scaled-gd-lambda, accelerated or not, the multiplier of √f of precgd, the first λ of noisy-precgd. */
    public boolean isDamped() {
        return switch (this) {
            case RECOMMENDED, SCALED_GD_LAMBDA, ANDERSON_SCALED_GD_LAMBDA, PRECGD, NOISY_PRECGD -> true;
            default -> false;
        };
    }

    /** Whether a penalty may be given: λ. */
    public boolean isPenalised() {
        return this == GROUP_LASSO || this == FLAT_MINIMUM_GD || this == NUCLEAR_NORM;
    }

    /** Whether a step may be given: a Gauss-Newton step on the matrices of a rank is taken whole, and nuclear-norm has no size to choose. */
    public boolean takesStep() {
        return this != RIEMANNIAN_GAUSS_NEWTON && this != NUCLEAR_NORM;
    }

    /** Whether this is made for factors of too many columns, so that no rank is searched for. */
    public boolean isOverParametrised() {
        return isPenalised() || this == EARLY_STOPPED_GD;
    }

    /** Why this does not apply to an unknown that is symmetric, or is not; empty where it does. */
    public Optional<String> objection(boolean symmetric) {
        return switch (this) {
            case RECOMMENDED, NUCLEAR_NORM -> Optional.empty();
            default -> method(OptionalDouble.empty(), OptionalDouble.empty()).objection(symmetric);
        };
    }

    /**
     * Whether a rank must be given: what solves least squares at each iteration fits anything at too high a rank, so a search from above
     * would not come down.
     */
    public boolean needsRank() {
        return switch (this) {
            case GAUSS_NEWTON,
                    GAUSS_NEWTON_SETTING,
                    GAUSS_NEWTON_UPDATING,
                    RIEMANNIAN_GAUSS_NEWTON,
                    GREEDY_GAUSS_NEWTON -> true;
            default -> false;
        };
    }

    /** The iteration; {@link #ALS} is that for sensing. */
    Method method(OptionalDouble damping, OptionalDouble penalty) {
        if (damping.isPresent() && !isDamped()) {
            throw new InvalidArgumentException(
                    "damping is for scaled-gd-lambda, anderson-scaled-gd-lambda, precgd and noisy-precgd; " + label
                            + " has none");
        }
        return switch (this) {
            case GRADIENT_DESCENT -> new GradientDescent();
            case SCALED_GD -> new ScaledGradientDescent();
            case SCALED_GD_LAMBDA -> new DampedScaledGradientDescent(damping);
            case ANDERSON_SCALED_GD -> new AndersonDescent(new ScaledGradientDescent());
            case ANDERSON_SCALED_GD_LAMBDA -> new AndersonDescent(new DampedScaledGradientDescent(damping));
            case PRECGD -> new PreconditionedGradientDescent(damping.orElse(1), 0);
            case NOISY_PRECGD -> new NoisyPreconditionedGradientDescent(damping);
            case APGD -> new AlternatingPreconditionedGradientDescent();
            case ALTERNATING_GD -> new AlternatingGradientDescent();
            case NESTEROV -> new NesterovGradientDescent(OptionalDouble.empty());
            case REBALANCED_GD -> new RebalancedGradientDescent();
            case GROUP_LASSO -> new GroupLassoPruning(penalty);
            case FLAT_MINIMUM_GD -> new FlatMinimumDescent(penalty);
            case EARLY_STOPPED_GD -> new EarlyStoppedGradientDescent(OptionalInt.empty());
            case GAUSS_NEWTON -> new GaussNewton(GaussNewton.Variant.AVERAGING);
            case GAUSS_NEWTON_SETTING -> new GaussNewton(GaussNewton.Variant.SETTING);
            case GAUSS_NEWTON_UPDATING -> new GaussNewton(GaussNewton.Variant.UPDATING);
            case RIEMANNIAN_GAUSS_NEWTON -> new RiemannianGaussNewton();
            case GREEDY_GAUSS_NEWTON -> new GreedyGaussNewton();
            case ALS -> new AlternatingLeastSquaresSensing();
            case NUCLEAR_NORM ->
                throw new InvalidArgumentException(
                        label + " completes a matrix from entries, not from other measurements");
            case RECOMMENDED -> throw new IllegalStateException(label + " is not one method");
        };
    }

    @Override
    public String toString() {
        return label;
    }
}

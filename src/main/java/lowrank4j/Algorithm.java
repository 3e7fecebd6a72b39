package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.solver.AlternatingGradientDescent;
import lowrank4j.solver.AlternatingLeastSquaresSensing;
import lowrank4j.solver.AlternatingPreconditionedGradientDescent;
import lowrank4j.solver.DampedScaledGradientDescent;
import lowrank4j.solver.GaussNewton;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Method;
import lowrank4j.solver.NesterovGradientDescent;
import lowrank4j.solver.NoisyPreconditionedGradientDescent;
import lowrank4j.solver.PreconditionedGradientDescent;
import lowrank4j.solver.RebalancedGradientDescent;
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
    /** {@link GaussNewton}, averaging. */
    GAUSS_NEWTON("gauss-newton"),
    /** {@link GaussNewton}, setting. */
    GAUSS_NEWTON_SETTING("gauss-newton-setting"),
    /** {@link GaussNewton}, updating. */
    GAUSS_NEWTON_UPDATING("gauss-newton-updating"),
    /** Alternating least squares: for completion with offsets and a ridge, for sensing {@link AlternatingLeastSquaresSensing}. */
    ALS("als");

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

    /** Whether a damping may be given: λ of scaled-gd-lambda, the multiplier of √f of precgd, the first λ of noisy-precgd. */
    public boolean isDamped() {
        return switch (this) {
            case RECOMMENDED, SCALED_GD_LAMBDA, PRECGD, NOISY_PRECGD -> true;
            default -> false;
        };
    }

    /** Why this does not apply to an unknown that is symmetric, or is not; empty where it does. */
    public Optional<String> objection(boolean symmetric) {
        return switch (this) {
            case RECOMMENDED -> Optional.empty();
            default -> method(OptionalDouble.empty()).objection(symmetric);
        };
    }

    /**
     * Whether a rank must be given: what solves least squares at each iteration fits anything at too high a rank, so a search from above
     * would not come down.
     */
    public boolean needsRank() {
        return switch (this) {
            case GAUSS_NEWTON, GAUSS_NEWTON_SETTING, GAUSS_NEWTON_UPDATING -> true;
            default -> false;
        };
    }

    /** The iteration; {@link #ALS} is that for sensing. */
    Method method(OptionalDouble damping) {
        if (damping.isPresent() && !isDamped()) {
            throw new InvalidArgumentException(
                    "damping is for scaled-gd-lambda, precgd and noisy-precgd; " + label + " has none");
        }
        return switch (this) {
            case GRADIENT_DESCENT -> new GradientDescent();
            case SCALED_GD -> new ScaledGradientDescent();
            case SCALED_GD_LAMBDA -> new DampedScaledGradientDescent(damping);
            case PRECGD -> new PreconditionedGradientDescent(damping.orElse(1), 0);
            case NOISY_PRECGD -> new NoisyPreconditionedGradientDescent(damping);
            case APGD -> new AlternatingPreconditionedGradientDescent();
            case ALTERNATING_GD -> new AlternatingGradientDescent();
            case NESTEROV -> new NesterovGradientDescent(OptionalDouble.empty());
            case REBALANCED_GD -> new RebalancedGradientDescent();
            case GAUSS_NEWTON -> new GaussNewton(GaussNewton.Variant.AVERAGING);
            case GAUSS_NEWTON_SETTING -> new GaussNewton(GaussNewton.Variant.SETTING);
            case GAUSS_NEWTON_UPDATING -> new GaussNewton(GaussNewton.Variant.UPDATING);
            case ALS -> new AlternatingLeastSquaresSensing();
            case RECOMMENDED -> throw new IllegalStateException(label + " is not one method");
        };
    }

    @Override
    public String toString() {
        return label;
    }
}

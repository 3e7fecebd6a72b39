package lowrank4j.solver;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.sensing.MeasurementOperator;

/**
 * Signs {@code yᵢ = ±1} that are 1 with probability {@code 1/(1 + e^(-A(X)ᵢ))}, by their likelihood (Davenport, Plan, van den Berg, Wootters 2014, 1-bit
 * matrix completion, eq. 2, the logistic model): {@code ρ = ln(1 + e^(-yᵢ A(X)ᵢ))}, {@code ψ = -yᵢ/(1 + e^(yᵢ A(X)ᵢ))}.
 *
 * <p>The curvature of ρ is at most 1/4, so {@link #energy} is that of the measurements over 4: steps for squares are then right. Where a fit
 * separates the signs the likelihood grows without end: a penalty must keep X finite.
 */
public final class LogisticMeasurements extends ScoredMeasurements {
    private static final double LARGEST_CURVATURE = 0.25;

    /** Any measurements. */
    public LogisticMeasurements(MeasurementOperator measurements) {
        super(measurements);
    }

    /** {@code 1/(1 + e^(-x))}. */
    public static double probability(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Refuses observations that are not signs. */
    public static void requireSigns(double[] observed) {
        for (int i = 0; i < observed.length; i++) {
            if (Math.abs(observed[i]) != 1) {
                throw new InvalidArgumentException(
                        "value " + i + " is " + observed[i] + ", but under a logistic loss it must be 1 or -1");
            }
        }
    }

    @Override
    public double energy() {
        return LARGEST_CURVATURE * super.energy();
    }

    @Override
    double score(double[] fit, double[] observed, double[] score) {
        double sum = 0;
        for (int i = 0; i < score.length; i++) {
            double margin = observed[i] * fit[i];
            // ln(1 + e^-margin) without overflow.
            sum += Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
            score[i] = -observed[i] * probability(-margin);
        }
        return 2 * sum;
    }
}

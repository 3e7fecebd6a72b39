package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Operators that go through their measurements once for a gradient of them times a factor each, as for one of the measurements alone. */
interface ScaledGradient extends MeasurementOperator {
    /**
     * {@code residualᵢ ← fᵢ A(X)ᵢ - observedᵢ}, and with {@code G = Σ fᵢ residualᵢ Aᵢ} otherwise as {@link #gradient}. Where a factor
     * is zero nothing is measured: the residual is left alone, and has no part in G or the loss.
     *
     * @param factor f, zero where this operator does not measure
     * @return {@code ‖residual‖²}
     */
    double scaledGradient(
            double[] factor,
            Factors x,
            double[] observed,
            double[] residual,
            Sides sides,
            Matrix gradLeft,
            Matrix gradRight);

    /** The second moments of the {@code fᵢAᵢ}, as {@link #secondMoments}. */
    Optional<SecondMoments> scaledSecondMoments(double[] factor);

    /** From {@code A(X)ᵢ} in {@code scaled} the residual, and that times the factor in its place; returns the square of the residual. */
    static double gap(double factor, double[] observed, int i, double[] residual, double[] scaled) {
        if (factor == 0) {
            scaled[i] = 0;
            return 0;
        }
        residual[i] = factor * scaled[i] - observed[i];
        scaled[i] = factor * residual[i];
        return residual[i] * residual[i];
    }
}

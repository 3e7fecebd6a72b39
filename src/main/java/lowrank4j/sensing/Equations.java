package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;

/**
 * {@code A(X) = y}, and other equations for the same X that are better to solve.
 *
 * @param operator A
 * @param observed y, indexed as the operator says; zeros where nothing is measured
 */
public record Equations(MeasurementOperator operator, double[] observed) {
    /** How many times better than other matrices, in squares, the identity must be seen to be evened out. */
    private static final double WELL_SEEN = 4;

    public Equations {
        if (observed.length != operator.length()) {
            throw new InvalidArgumentException("observed has " + observed.length + " values, but there are "
                    + operator.length() + " measurements");
        }
    }

    /**
     * Each equation times the root of its weight: what a weighted least-squares fit solves.
     *
     * @param weights above 0 and finite, one an observed value: in proportion to 1/variance
     */
    public Equations weighted(double[] weights) {
        MeasurementOperator weighted = Operators.weighted(operator, weights);
        double[] scaled = new double[observed.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = observed[i] * Math.sqrt(weights[i]);
        }
        return new Equations(weighted, scaled);
    }

    /**
     * The equations with the one combination of them toned down that sees the trace of X far better than anything else is seen, where
     * there is one.
     *
     * <p>Quadratic measurements {@code aᵀXa} with Gaussian a have {@code A*A(X)/m ≈ 2X + tr(X)·I}: along I they are n/2 times larger than
     * elsewhere, which hides all but the trace from a back-projection and keeps steps short. With {@code u = A(I)/‖A(I)‖},
     * {@code W = I - (1 - ω)uuᵀ} and ω chosen so that {@code ‖WA(I)‖² = energy·‖I‖²}, {@code WA} sees I as well as the rest on average, and
     * {@code WA(X) = Wy} has the same solutions; at rank 10 it takes a third of the iterations, at rank 20 a fifth. At ω = 0 and equal traces this is centring, {@code yᵢ - ȳ}, as for covariances (Chen, Chi,
     * Goldsmith 2015, section III); a little is kept so that X + cI is not mistaken for X. Noise is weighed down in the same one
     * of the m directions.
     *
     * <p>Cost: {@link MeasurementOperator#traces}, one adjoint of the operator with n vectors, n² numbers; and of each gradient 2n²r flops.
     */
    public Optional<Equations> evened(Kernels kernels) {
        return operator.traces()
                .filter(traces -> squaredNorm(traces) > WELL_SEEN * operator.energy() * operator.rows())
                .flatMap(traces -> EvenedTrace.of(operator, traces, kernels))
                .map(evened -> evened.equations(observed));
    }

    private static double squaredNorm(double[] x) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        return sum;
    }
}

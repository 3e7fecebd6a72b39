package lowrank4j.solver;

import java.util.OptionalDouble;
import lowrank4j.matrix.Factors;
import lowrank4j.sensing.MeasurementOperator;

/** Measurements that are not fitted, to see how well the fit predicts. */
public final class HeldOut {
    private final MeasurementOperator operator;
    private final double[] observed;
    private final double[] predicted;
    private final double norm;
    private final double low;
    private final double high;

    /**
     * Holds out these measurements.
     *
     * @param observed indexed as the operator says; positions it does not measure must be zero
     */
    public HeldOut(MeasurementOperator operator, double[] observed) {
        this(operator, observed, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Holds out these measurements, where predictions outside a range are brought to its nearer end.
     *
     * @param observed indexed as the operator says; positions it does not measure must be zero
     * @param low smallest prediction
     * @param high largest prediction, above low
     */
    public HeldOut(MeasurementOperator operator, double[] observed, double low, double high) {
        this.low = low;
        this.high = high;
        this.operator = operator;
        this.observed = observed;
        this.predicted = new double[observed.length];
        double sum = 0;
        for (double value : observed) {
            sum += value * value;
        }
        this.norm = Math.sqrt(sum);
    }

    /** ‖A(X) - y‖/‖y‖ on the held-out measurements. */
    public double error(Factors factors) {
        operator.forward(factors, predicted);
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            double gap = within(predicted[i]) - observed[i];
            sum += gap * gap;
        }
        return norm == 0 ? Math.sqrt(sum) : Math.sqrt(sum) / norm;
    }

    /** NaN of factors that have diverged stays NaN, as Math.clamp would not let it. */
    private double within(double value) {
        return Math.max(low, Math.min(high, value));
    }

    /**
     * Median magnitude of the error on the held-out measurements, which outliers among them cannot move; empty where the operator keeps the positions of a
     * larger one, so that not all of them are held out.
     */
    public OptionalDouble median(Factors factors) {
        if (operator.count() < operator.length()) {
            return OptionalDouble.empty();
        }
        operator.forward(factors, predicted);
        for (int i = 0; i < observed.length; i++) {
            predicted[i] -= observed[i];
        }
        return OptionalDouble.of(Median.ofMagnitudes(predicted));
    }

    /** Mean magnitude of the error on the held-out measurements. */
    public double meanMagnitude(Factors factors) {
        operator.forward(factors, predicted);
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            sum += Math.abs(predicted[i] - observed[i]);
        }
        return sum / operator.count();
    }

    /** Root mean square of the error on the held-out measurements. */
    public double rootMeanSquare(Factors factors) {
        return error(factors) * (norm == 0 ? 1 : norm) / Math.sqrt((double) operator.count());
    }
}

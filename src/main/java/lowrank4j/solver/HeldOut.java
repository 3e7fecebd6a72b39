package lowrank4j.solver;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import lowrank4j.matrix.Factors;
import lowrank4j.sensing.MeasurementOperator;

/** Measurements that are not fitted, to see how well the fit predicts. */
public final class HeldOut {
    private final MeasurementOperator operator;
    private final double[] observed;
    private final double[] predicted;
    private final DoubleUnaryOperator mean;
    private final double norm;

    /**
     * Holds out these measurements.
     *
     * @param observed indexed as the operator says; positions it does not measure must be zero
     */
    public HeldOut(MeasurementOperator operator, double[] observed) {
        this(operator, observed, DoubleUnaryOperator.identity());
    }

    /**
     * Holds out measurements whose mean is a function of A(X): errors are those of the mean.
     *
     * @param observed indexed as the operator says; positions it does not measure must be zero
     * @param mean 0 at 0
     */
    public HeldOut(MeasurementOperator operator, double[] observed, DoubleUnaryOperator mean) {
        this.mean = mean;
        this.operator = operator;
        this.observed = observed;
        this.predicted = new double[observed.length];
        double sum = 0;
        for (double value : observed) {
            sum += value * value;
        }
        this.norm = Math.sqrt(sum);
    }

    private void predict(Factors factors) {
        operator.forward(factors, predicted);
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = mean.applyAsDouble(predicted[i]);
        }
    }

    /** ‖A(X) - y‖/‖y‖ on the held-out measurements. */
    public double error(Factors factors) {
        predict(factors);
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            double gap = predicted[i] - observed[i];
            sum += gap * gap;
        }
        return norm == 0 ? Math.sqrt(sum) : Math.sqrt(sum) / norm;
    }

    /**
     * Median magnitude of the error on the held-out measurements, which outliers among them cannot move; empty where the operator keeps the positions of a
     * larger one, so that not all of them are held out.
     */
    public OptionalDouble median(Factors factors) {
        if (operator.count() < operator.length()) {
            return OptionalDouble.empty();
        }
        predict(factors);
        for (int i = 0; i < observed.length; i++) {
            predicted[i] -= observed[i];
        }
        return OptionalDouble.of(Median.ofMagnitudes(predicted));
    }

    /** Mean magnitude of the error on the held-out measurements. */
    public double meanMagnitude(Factors factors) {
        predict(factors);
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

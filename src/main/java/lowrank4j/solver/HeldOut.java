package lowrank4j.solver;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import lowrank4j.matrix.Factors;
import lowrank4j.sensing.MeasurementOperator;

/** Measurements that are not fitted, to see how well the fit predicts. */
public final class HeldOut {
    private final MeasurementOperator operator;
    private final double[] observed;
    /** By position; empty for ones. */
    private final double[] weights;

    private final double[] predicted;
    private final DoubleUnaryOperator mean;
    private final double norm;

    /**
     * Holds out these measurements.
     *
     * @param observed indexed as the operator says; positions it does not measure must be zero
     */
    public HeldOut(MeasurementOperator operator, double[] observed) {
        this(operator, observed, new double[0], DoubleUnaryOperator.identity());
    }

    /**
     * Holds out measurements whose mean is a function of A(X): errors are those of the mean. With weights all sums, means and medians
     * below are weighted.
     *
     * @param observed indexed as the operator says; positions it does not measure must be zero
     * @param weights above 0, indexed alike; none for ones
     * @param mean 0 at 0
     */
    public HeldOut(MeasurementOperator operator, double[] observed, double[] weights, DoubleUnaryOperator mean) {
        this.mean = mean;
        this.weights = weights;
        this.operator = operator;
        this.observed = observed;
        this.predicted = new double[observed.length];
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            sum += weight(i) * observed[i] * observed[i];
        }
        this.norm = Math.sqrt(sum);
    }

    private double weight(int i) {
        return weights.length == 0 ? 1 : weights[i];
    }

    /** The sum of the weights. */
    private double count() {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return weights.length == 0 ? operator.count() : sum;
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
            sum += weight(i) * gap * gap;
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
        return OptionalDouble.of(
                weights.length == 0 ? Median.ofMagnitudes(predicted) : Median.ofMagnitudes(predicted, weights));
    }

    /** Mean magnitude of the error on the held-out measurements. */
    public double meanMagnitude(Factors factors) {
        predict(factors);
        double sum = 0;
        for (int i = 0; i < observed.length; i++) {
            sum += weight(i) * Math.abs(predicted[i] - observed[i]);
        }
        return sum / count();
    }

    /**
     * By how much {@code one} errs more than {@code other} on the held-out measurements, mean of squared errors, in standard errors of that mean,
     * the measurements compared one by one; of magnitudes where outliers must not decide. 0 where there are none or all differences are.
     */
    public double evidence(Factors one, Factors other, boolean ofMagnitudes) {
        double[] gains = losses(one, ofMagnitudes);
        double[] losses = losses(other, ofMagnitudes);
        double sum = 0;
        for (int i = 0; i < gains.length; i++) {
            gains[i] -= losses[i];
            sum += gains[i];
        }
        double mean = sum / operator.count();
        double squares = 0;
        for (double gain : gains) {
            squares += (gain - mean) * (gain - mean);
        }
        return sum == 0 ? 0 : sum / Math.sqrt(squares);
    }

    private double[] losses(Factors factors, boolean ofMagnitudes) {
        predict(factors);
        double[] losses = new double[observed.length];
        for (int i = 0; i < losses.length; i++) {
            // In units of the whole, since fourth powers overflow, or vanish, where the measurements do not.
            double gap = Math.abs(predicted[i] - observed[i]) / (norm == 0 ? 1 : norm);
            losses[i] = weight(i) * (ofMagnitudes ? gap : gap * gap);
        }
        return losses;
    }

    /** Root mean square of the error on the held-out measurements. */
    public double rootMeanSquare(Factors factors) {
        return error(factors) * (norm == 0 ? 1 : norm) / Math.sqrt(count());
    }
}

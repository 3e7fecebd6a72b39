package lowrank4j.solver;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.DerivedMeasurements;
import lowrank4j.sensing.LinearMap;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Sides;

/**
 * Measurements some of which are grossly wrong, {@code y = A(X) + S} with S sparse: what exceeds a threshold ζ is taken for S, and ζ
 * falls geometrically. With {@link ScaledGradientDescent} this is robust principal component analysis by ScaledGD (Tong, Ma, Chi 2021,
 * JMLR 22(150), algorithm 2: {@code S ← T(Y - L Rᵀ)}, then a scaled step on what is left) with the falling soft threshold of Cai, Liu,
 * Yin 2021 (Learned robust PCA, arXiv 2110.05649, algorithm 1) in place of the sparsity per row and column that the former needs to be
 * told.
 *
 * <p>Residuals up to ζ count in full, those up to 5ζ by ζ, larger ones not at all: what is far off pulls on nothing, and a row that is
 * not fitted yet keeps a pull. ζ falls by a tenth at each gradient, but not below two standard deviations of the residual by its
 * median, so that with noise besides outliers it comes to rest. In the place of the residual of a gradient stand these scores {@code ψ
 * = ρ'}, and in that of its square {@code 2Σρ}, so that every method that looks at nothing but gradients descends under the threshold.
 * Cost beyond the gradient's: a forward pass and the median of at most 65,536 residuals.
 */
public final class ThresholdedMeasurements extends DerivedMeasurements {
    /** Standard deviations of what is measured at which thresholds begin. */
    public static final double FIRST = 3;

    /** Part of ζ that is left at each gradient: slower than scaled steps converge, so that ζ stays above the error of the fit. */
    public static final double DECAY = 0.9;

    /** ζ beyond which a residual has no pull. */
    static final double REDESCENT = 5;

    /** Standard deviations of the residual below which ζ does not fall. */
    private static final double FLOOR = 2;

    private final MeasurementOperator measurements;
    private final double[] target;
    private final double decay;
    private final Median median;
    private double threshold;

    /**
     * Any measurements, of which less than half are wrong.
     *
     * @param threshold the first ζ, above 0; {@link #FIRST} deviations ({@link Median#deviation}) of the measurements, or of the residual where
     *     the start is already near
     * @param decay above 0 and at most 1
     */
    public ThresholdedMeasurements(MeasurementOperator measurements, double threshold, double decay) {
        super(measurements);
        this.measurements = measurements;
        this.target = new double[measurements.length()];
        if (!(decay > 0 && decay <= 1)) {
            throw new InvalidArgumentException("decay is " + decay + ", but must be above 0 and at most 1");
        }
        this.threshold = Positive.require("threshold", threshold);
        this.decay = decay;
        this.median = new Median(measurements.length());
    }

    /** ζ of the last gradient. */
    public double threshold() {
        return threshold;
    }

    /** {@code score ← ψ = ρ'} of the residuals; returns {@code 2Σρ}. */
    private double score(double[] fit, double[] observed, double[] score) {
        for (int i = 0; i < score.length; i++) {
            score[i] = fit[i] - observed[i];
        }
        threshold = Math.min(threshold, Math.max(decay * threshold, FLOOR * median.deviation(score)));
        double sum = 0;
        for (int i = 0; i < score.length; i++) {
            double size = Math.abs(score[i]);
            if (size <= threshold) {
                sum += size * size;
            } else if (size <= REDESCENT * threshold) {
                sum += (2 * size - threshold) * threshold;
                score[i] = Math.copySign(threshold, score[i]);
            } else {
                // NaN comes here too, and must not pass for an outlier.
                sum += Double.isNaN(size) ? Double.NaN : (2 * REDESCENT - 1) * threshold * threshold;
                score[i] = 0;
            }
        }
        return sum;
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        measurements.forward(x, target);
        double loss = score(target, observed, residual);
        for (int i = 0; i < target.length; i++) {
            // Whose residual is the score.
            target[i] -= residual[i];
        }
        measurements.gradient(x, target, residual, sides, gradLeft, gradRight);
        return loss;
    }

    @Override
    public void forward(Factors x, double[] out) {
        measurements.forward(x, out);
    }

    @Override
    public LinearMap adjoint(double[] z) {
        return measurements.adjoint(z);
    }

    @Override
    public long memoryBytes() {
        return measurements.memoryBytes() + (long) Double.BYTES * target.length;
    }
}

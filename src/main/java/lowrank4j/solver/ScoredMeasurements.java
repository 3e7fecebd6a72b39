package lowrank4j.solver;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Sides;

/**
 * Measurements under a loss other than squares, {@code Σρ(A(X)ᵢ, yᵢ)}: their gradient is {@code A*(ψ)} with the scores {@code ψ = ρ'}, so that every
 * method that looks at nothing but gradients descends on this loss. In the place of the residual stand the scores, in that of its
 * square {@code 2Σρ}. Cost: that of a forward pass beyond that of the gradient, and two numbers a measurement.
 */
abstract sealed class ScoredMeasurements implements MeasurementOperator
        permits LogisticMeasurements, ThresholdedMeasurements {
    private final MeasurementOperator measurements;
    private final double[] target;

    ScoredMeasurements(MeasurementOperator measurements) {
        this.measurements = measurements;
        this.target = new double[measurements.length()];
    }

    /**
     * {@code score ← ψ}.
     *
     * @param fit A(X)
     * @return {@code 2Σρ}
     */
    abstract double score(double[] fit, double[] observed, double[] score);

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
    public int rows() {
        return measurements.rows();
    }

    @Override
    public int columns() {
        return measurements.columns();
    }

    @Override
    public long count() {
        return measurements.count();
    }

    @Override
    public int length() {
        return measurements.length();
    }

    @Override
    public boolean isSymmetric() {
        return measurements.isSymmetric();
    }

    @Override
    public boolean isNearIsometry() {
        return measurements.isNearIsometry();
    }

    @Override
    public double energy() {
        return measurements.energy();
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

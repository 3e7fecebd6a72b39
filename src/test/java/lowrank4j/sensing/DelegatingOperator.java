package lowrank4j.sensing;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** An operator that passes everything on. */
public class DelegatingOperator implements MeasurementOperator {
    private final MeasurementOperator operator;

    public DelegatingOperator(MeasurementOperator operator) {
        this.operator = operator;
    }

    @Override
    public int rows() {
        return operator.rows();
    }

    @Override
    public int columns() {
        return operator.columns();
    }

    @Override
    public long count() {
        return operator.count();
    }

    @Override
    public int length() {
        return operator.length();
    }

    @Override
    public boolean isSymmetric() {
        return operator.isSymmetric();
    }

    @Override
    public boolean isNearIsometry() {
        return operator.isNearIsometry();
    }

    @Override
    public double energy() {
        return operator.energy();
    }

    @Override
    public void forward(Factors x, double[] out) {
        operator.forward(x, out);
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        return operator.gradient(x, observed, residual, sides, gradLeft, gradRight);
    }

    @Override
    public LinearMap adjoint(double[] z) {
        return operator.adjoint(z);
    }

    @Override
    public long memoryBytes() {
        return operator.memoryBytes();
    }
}

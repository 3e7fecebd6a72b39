package lowrank4j.sensing;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** An operator that passes everything on. */
public class DelegatingOperator extends DerivedMeasurements {
    private final MeasurementOperator operator;

    public DelegatingOperator(MeasurementOperator operator) {
        super(operator);
        this.operator = operator;
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

package lowrank4j.sensing;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Operators of all of their positions, whose gradient is a forward product and an adjoint one. */
abstract class UnfusedMeasurements implements MeasurementOperator {
    private final double[] gap;

    UnfusedMeasurements(int length) {
        this.gap = new double[length];
    }

    @Override
    public int length() {
        return gap.length;
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        forward(x, gap);
        double loss = 0;
        for (int i = 0; i < gap.length; i++) {
            gap[i] -= observed[i];
            loss += gap[i] * gap[i];
        }
        LinearMap back = adjoint(gap);
        if (sides.left()) {
            back.times(x.right(), gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            back.transposedTimes(x.left(), gradRight);
        }
        System.arraycopy(gap, 0, residual, 0, gap.length);
        return loss;
    }
}

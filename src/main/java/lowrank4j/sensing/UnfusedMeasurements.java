package lowrank4j.sensing;

import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Operators whose gradient is a forward product and an adjoint one. */
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
        // What is not measured is zero on both sides, and stays zero.
        System.arraycopy(observed, 0, gap, 0, gap.length);
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
        keep(gap, residual);
        return loss;
    }

    /** Copies what is measured. */
    void keep(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }
}

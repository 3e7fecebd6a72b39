package lowrank4j.sensing;

import java.util.Optional;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * Some of the measurements of an operator, at their positions. All of them are computed, so it is for operators whose measurements
 * cannot be had one by one.
 */
public final class RestrictedMeasurements implements MeasurementOperator {
    private final MeasurementOperator whole;
    private final boolean[] measured;
    private final long count;
    private final double[] scratch;

    /**
     * Those measurements of the operator that are marked.
     *
     * @param measured one mark a position of the operator, which must measure all of its positions; at least one is set
     */
    public RestrictedMeasurements(MeasurementOperator whole, boolean[] measured) {
        if (whole.count() != whole.length() || measured.length != whole.length()) {
            throw new InvalidArgumentException("there are " + measured.length + " marks for an operator of "
                    + whole.count() + " measurements at " + whole.length() + " positions: the three must be equal");
        }
        long set = 0;
        for (boolean mark : measured) {
            set += mark ? 1 : 0;
        }
        if (set == 0) {
            throw new InvalidArgumentException("no measurement is marked: at least 1 is needed");
        }
        this.whole = whole;
        this.measured = measured.clone();
        this.count = set;
        this.scratch = new double[measured.length];
    }

    static Split split(MeasurementOperator whole, double fraction, long seed) {
        Split.requireFraction(fraction);
        int length = whole.length();
        if (length < 2) {
            throw new InvalidArgumentException(
                    "cannot hold out a part of " + length + " measurement: at least 2 are needed");
        }
        int held = Math.clamp(Math.round(fraction * length), 1, length - 1);
        Random random = new Random(seed);
        boolean[] fitted = new boolean[length];
        boolean[] heldOut = new boolean[length];
        // Selection sampling (Knuth 3.4.2 S): exactly `held` of them, each as likely.
        for (int i = 0, left = held; i < length; i++) {
            heldOut[i] = random.nextInt(length - i) < left;
            fitted[i] = !heldOut[i];
            left -= heldOut[i] ? 1 : 0;
        }
        return new Split(new RestrictedMeasurements(whole, fitted), new RestrictedMeasurements(whole, heldOut));
    }

    @Override
    public double[] masked(double[] measurements) {
        double[] masked = new double[measured.length];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = measured[i] ? measurements[i] : 0;
        }
        return masked;
    }

    @Override
    public int rows() {
        return whole.rows();
    }

    @Override
    public int columns() {
        return whole.columns();
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public int length() {
        return measured.length;
    }

    @Override
    public boolean isSymmetric() {
        return whole.isSymmetric();
    }

    @Override
    public boolean isHermitian() {
        return whole.isHermitian();
    }

    @Override
    public boolean isNearIsometry() {
        return whole.isNearIsometry();
    }

    @Override
    public double energy() {
        return whole.energy() * count / measured.length;
    }

    @Override
    public void forward(Factors x, double[] out) {
        whole.forward(x, scratch);
        for (int i = 0; i < measured.length; i++) {
            if (measured[i]) {
                out[i] = scratch[i];
            }
        }
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        whole.forward(x, scratch);
        double loss = 0;
        for (int i = 0; i < measured.length; i++) {
            scratch[i] = measured[i] ? scratch[i] - observed[i] : 0;
            loss += scratch[i] * scratch[i];
            if (measured[i]) {
                residual[i] = scratch[i];
            }
        }
        LinearMap back = whole.adjoint(scratch);
        if (sides.left()) {
            back.times(x.right(), gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            back.transposedTimes(x.left(), gradRight);
        }
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        return whole.adjoint(masked(z));
    }

    @Override
    public Optional<double[]> traces() {
        return whole.traces().map(this::masked);
    }

    @Override
    public long memoryBytes() {
        return whole.memoryBytes() + 9L * measured.length;
    }
}

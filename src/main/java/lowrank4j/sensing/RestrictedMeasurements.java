package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;

/**
 * Some of the measurements of an operator, at their positions: those with a factor of one, not of zero. All of them are computed, so it is for
 * operators whose measurements cannot be had one by one.
 */
public final class RestrictedMeasurements extends ScaledMeasurements {
    private final boolean[] measured;
    private final long count;

    /**
     * Those measurements of the operator that are marked.
     *
     * @param measured one mark a position of the operator, which must measure all of its positions; at least one is set
     */
    public RestrictedMeasurements(MeasurementOperator whole, boolean[] measured) {
        this(whole, measured, checkedCount(whole, measured));
    }

    private RestrictedMeasurements(MeasurementOperator whole, boolean[] measured, long count) {
        super(whole, marks(measured), whole.energy() * count / measured.length);
        this.measured = measured.clone();
        this.count = count;
    }

    private static double[] marks(boolean[] measured) {
        double[] marks = new double[measured.length];
        Arrays.setAll(marks, i -> measured[i] ? 1 : 0);
        return marks;
    }

    private static long checkedCount(MeasurementOperator whole, boolean[] measured) {
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
        return set;
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
    public long count() {
        return count;
    }

    /** Refused: positions that are left out cannot be held out. */
    @Override
    public Split split(double fraction, long seed) {
        return split(this, fraction, seed);
    }

    @Override
    public long memoryBytes() {
        return super.memoryBytes() + measured.length;
    }
}

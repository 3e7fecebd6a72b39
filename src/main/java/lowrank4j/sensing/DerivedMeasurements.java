package lowrank4j.sensing;

import java.util.List;

/** Measurements made of those of another operator: what a subclass does not say anew is as it is there. */
public abstract class DerivedMeasurements implements MeasurementOperator {
    private final MeasurementOperator whole;

    /** @param whole what the measurements are made of */
    protected DerivedMeasurements(MeasurementOperator whole) {
        this.whole = whole;
    }

    /** What it is made of. */
    List<MeasurementOperator> parts() {
        return List.of(whole);
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
        return whole.count();
    }

    @Override
    public int length() {
        return whole.length();
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
        return whole.energy();
    }

    @Override
    public double[] masked(double[] measurements) {
        return whole.masked(measurements);
    }
}

package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.matrix.Factors;

/** Each measurement times a factor of its own. Cost beyond the operator's: its gradient becomes a forward product and an adjoint one. */
final class ScaledMeasurements extends UnfusedMeasurements {
    private final MeasurementOperator whole;
    /** Zero where the operator does not measure. */
    private final double[] factor;

    private final double[] scratch;
    private final double energy;

    /** @param factor finite and not zero, one a position */
    ScaledMeasurements(MeasurementOperator whole, double[] factor) {
        super(whole.length());
        this.whole = whole;
        this.factor = whole.masked(factor);
        this.scratch = new double[factor.length];
        this.energy = isConstant() ? first() * first() * whole.energy() : Probes.energy(this);
    }

    private double first() {
        for (double one : factor) {
            if (one != 0) {
                return one;
            }
        }
        throw new IllegalStateException("an operator measures at least one position");
    }

    private boolean isConstant() {
        double first = first();
        for (double one : factor) {
            if (one != 0 && one != first) {
                return false;
            }
        }
        return true;
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
    public boolean isSymmetric() {
        return whole.isSymmetric();
    }

    @Override
    public boolean isNearIsometry() {
        return whole.isNearIsometry();
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public double[] masked(double[] measurements) {
        return whole.masked(measurements);
    }

    @Override
    public Split split(double fraction, long seed) {
        Split split = whole.split(fraction, seed);
        return new Split(
                new ScaledMeasurements(split.fitted(), factor), new ScaledMeasurements(split.heldOut(), factor));
    }

    @Override
    public void forward(Factors x, double[] out) {
        whole.forward(x, scratch);
        for (int i = 0; i < factor.length; i++) {
            if (factor[i] != 0) {
                out[i] = factor[i] * scratch[i];
            }
        }
    }

    @Override
    void keep(double[] from, double[] to) {
        for (int i = 0; i < factor.length; i++) {
            if (factor[i] != 0) {
                to[i] = from[i];
            }
        }
    }

    @Override
    public LinearMap adjoint(double[] z) {
        for (int i = 0; i < factor.length; i++) {
            scratch[i] = factor[i] * z[i];
        }
        return whole.adjoint(scratch);
    }

    @Override
    public Optional<double[]> traces() {
        return whole.traces().map(traces -> {
            for (int i = 0; i < traces.length; i++) {
                traces[i] *= factor[i];
            }
            return traces;
        });
    }

    @Override
    public long memoryBytes() {
        return whole.memoryBytes() + 24L * factor.length;
    }
}

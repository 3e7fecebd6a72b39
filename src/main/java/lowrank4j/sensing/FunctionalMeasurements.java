package lowrank4j.sensing;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** An operator given by its products. */
final class FunctionalMeasurements extends UnfusedMeasurements {
    private final int n1;
    private final int n2;
    private final boolean symmetric;
    private final Operators.Forward forward;
    private final Operators.Adjoint times;
    private final Operators.Adjoint transposedTimes;
    private final double energy;

    FunctionalMeasurements(
            int n1,
            int n2,
            int count,
            boolean symmetric,
            Operators.Forward forward,
            Operators.Adjoint times,
            Operators.Adjoint transposedTimes) {
        super(count);
        this.n1 = n1;
        this.n2 = n2;
        this.symmetric = symmetric;
        this.forward = forward;
        this.times = times;
        this.transposedTimes = transposedTimes;
        this.energy = Probes.energy(this);
        if (!(energy > 0) || energy == Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException("the forward map gives "
                    + (energy == 0 ? "nothing but zeros: nothing is measured" : "NaN, an infinity or what overflows"));
        }
        Adjoint.check(this);
    }

    @Override
    public int rows() {
        return n1;
    }

    @Override
    public int columns() {
        return n2;
    }

    @Override
    public long count() {
        return length();
    }

    @Override
    public boolean isSymmetric() {
        return symmetric;
    }

    @Override
    public boolean isNearIsometry() {
        return true;
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        forward.measure(x, out);
    }

    @Override
    public LinearMap adjoint(double[] z) {
        return new LinearMap() {
            @Override
            public int rows() {
                return n1;
            }

            @Override
            public int columns() {
                return n2;
            }

            @Override
            public void times(Matrix v, Matrix out) {
                times.apply(z, v, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                transposedTimes.apply(z, u, out);
            }
        };
    }

    /** The scratch memory; what the functions hold they do not tell. */
    @Override
    public long memoryBytes() {
        return 8L * length();
    }
}

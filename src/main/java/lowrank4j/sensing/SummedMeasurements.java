package lowrank4j.sensing;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** {@code A(X) + B(X)}. A gradient takes two passes over the measurements of the first, one over those of the second, which are to be the larger. */
final class SummedMeasurements extends DerivedMeasurements {
    private final MeasurementOperator first;
    private final MeasurementOperator second;
    private final Kernels kernels;
    private final boolean apart;
    private final double[] scratch;
    private final double energy;
    private Matrix part = Matrix.zeros(0, 0);

    /** Both measure all of equally many positions of equally large matrices. */
    SummedMeasurements(MeasurementOperator first, MeasurementOperator second, Kernels kernels) {
        super(first);
        this.first = first;
        this.second = second;
        this.kernels = kernels;
        this.apart = HeldAdjoint.areApart(parts());
        this.scratch = new double[first.length()];
        this.energy = Probes.energy(this);
    }

    @Override
    List<MeasurementOperator> parts() {
        return List.of(first, second);
    }

    @Override
    public boolean isNearIsometry() {
        return first.isNearIsometry() && second.isNearIsometry();
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        first.forward(x, scratch);
        second.forward(x, out);
        for (int i = 0; i < out.length; i++) {
            out[i] += scratch[i];
        }
    }

    /** The second's residual, of what the first leaves of the observed values, is the residual of the sum. */
    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        first.forward(x, scratch);
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = observed[i] - scratch[i];
        }
        double loss = second.gradient(x, scratch, residual, sides, gradLeft, gradRight);
        LinearMap back = first.adjoint(residual);
        if (sides.left()) {
            Matrix other = scratch(gradLeft);
            back.times(x.right(), other);
            kernels.axpy(1, other, gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            Matrix other = scratch(gradRight);
            back.transposedTimes(x.left(), other);
            kernels.axpy(1, other, gradRight);
        }
        return loss;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        double[] kept = z.clone();
        Supplier<LinearMap> a = HeldAdjoint.of(first, kept, apart);
        Supplier<LinearMap> b = HeldAdjoint.of(second, kept, apart);
        return new LinearMap() {
            @Override
            public int rows() {
                return first.rows();
            }

            @Override
            public int columns() {
                return first.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                a.get().times(v, out);
                Matrix other = scratch(out);
                b.get().times(v, other);
                kernels.axpy(1, other, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                a.get().transposedTimes(u, out);
                Matrix other = scratch(out);
                b.get().transposedTimes(u, other);
                kernels.axpy(1, other, out);
            }
        };
    }

    private Matrix scratch(Matrix like) {
        if (part.data().length < like.rows() * like.columns()) {
            part = Matrix.zeros(like.rows(), like.columns());
        }
        return Matrix.wrap(part.data(), like.rows(), like.columns());
    }

    @Override
    public Optional<double[]> traces() {
        return first.traces()
                .flatMap(a -> second.traces().map(b -> {
                    for (int i = 0; i < a.length; i++) {
                        a[i] += b[i];
                    }
                    return a;
                }));
    }

    @Override
    public long memoryBytes() {
        return first.memoryBytes() + second.memoryBytes() + 8L * (scratch.length + part.data().length);
    }
}

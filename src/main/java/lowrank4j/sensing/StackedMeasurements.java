package lowrank4j.sensing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** The measurements of several operators, one after the other; each operator's gradient stays fused. */
final class StackedMeasurements extends DerivedMeasurements {
    private final List<MeasurementOperator> parts;
    private final boolean apart;
    private final Kernels kernels;
    /** Part p measures positions {@code start[p] … start[p + 1] - 1}. */
    private final int[] start;

    private final double[][] observedPart;
    private final double[][] residualPart;
    private Factors gradientPart = new Factors(Matrix.zeros(0, 0), Matrix.zeros(0, 0));

    /** Of equally large matrices, all symmetric or none. */
    StackedMeasurements(List<MeasurementOperator> parts, Kernels kernels) {
        super(parts.getFirst());
        this.parts = List.copyOf(parts);
        this.apart = HeldAdjoint.areApart(this.parts);
        this.kernels = kernels;
        this.start = new int[parts.size() + 1];
        for (int p = 0; p < parts.size(); p++) {
            start[p + 1] = Math.addExact(start[p], parts.get(p).length());
        }
        this.observedPart = new double[parts.size()][];
        Arrays.setAll(observedPart, p -> new double[parts.get(p).length()]);
        this.residualPart = new double[parts.size()][];
        Arrays.setAll(residualPart, p -> new double[parts.get(p).length()]);
    }

    @Override
    List<MeasurementOperator> parts() {
        return parts;
    }

    @Override
    public long count() {
        return parts.stream().mapToLong(MeasurementOperator::count).sum();
    }

    @Override
    public int length() {
        return start[parts.size()];
    }

    /** Where one part sees all matrices about equally well, the stack does. */
    @Override
    public boolean isNearIsometry() {
        return parts.stream().anyMatch(MeasurementOperator::isNearIsometry);
    }

    @Override
    public double energy() {
        return parts.stream().mapToDouble(MeasurementOperator::energy).sum();
    }

    @Override
    public double[] masked(double[] measurements) {
        double[] masked = new double[measurements.length];
        for (int p = 0; p < parts.size(); p++) {
            double[] part = parts.get(p).masked(Arrays.copyOfRange(measurements, start[p], start[p + 1]));
            System.arraycopy(part, 0, masked, start[p], part.length);
        }
        return masked;
    }

    @Override
    public void forward(Factors x, double[] out) {
        for (int p = 0; p < parts.size(); p++) {
            // What the part does not measure stays as it is.
            System.arraycopy(out, start[p], residualPart[p], 0, residualPart[p].length);
            parts.get(p).forward(x, residualPart[p]);
            System.arraycopy(residualPart[p], 0, out, start[p], residualPart[p].length);
        }
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        boolean wantsRight = sides.right() && !x.isSymmetric();
        prepare(x.rank());
        double loss = 0;
        for (int p = 0; p < parts.size(); p++) {
            System.arraycopy(observed, start[p], observedPart[p], 0, observedPart[p].length);
            System.arraycopy(residual, start[p], residualPart[p], 0, residualPart[p].length);
            Matrix intoLeft = p == 0 ? gradLeft : gradientPart.left();
            Matrix intoRight = p == 0 ? gradRight : gradientPart.right();
            loss += parts.get(p).gradient(x, observedPart[p], residualPart[p], sides, intoLeft, intoRight);
            System.arraycopy(residualPart[p], 0, residual, start[p], residualPart[p].length);
            if (p > 0 && sides.left()) {
                kernels.axpy(1, intoLeft, gradLeft);
            }
            if (p > 0 && wantsRight) {
                kernels.axpy(1, intoRight, gradRight);
            }
        }
        return loss;
    }

    private void prepare(int rank) {
        if (gradientPart.left().rows() != rows() || gradientPart.rank() != rank) {
            gradientPart = new Factors(Matrix.zeros(rows(), rank), Matrix.zeros(columns(), rank));
        }
    }

    @Override
    public LinearMap adjoint(double[] z) {
        List<Supplier<LinearMap>> maps = IntStream.range(0, parts.size())
                .mapToObj(p -> HeldAdjoint.of(parts.get(p), Arrays.copyOfRange(z, start[p], start[p + 1]), apart))
                .toList();
        return new LinearMap() {
            @Override
            public int rows() {
                return StackedMeasurements.this.rows();
            }

            @Override
            public int columns() {
                return StackedMeasurements.this.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                prepare(v.columns());
                for (int p = 0; p < maps.size(); p++) {
                    Matrix into = p == 0 ? out : gradientPart.left();
                    maps.get(p).get().times(v, into);
                    if (p > 0) {
                        kernels.axpy(1, into, out);
                    }
                }
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                prepare(u.columns());
                for (int p = 0; p < maps.size(); p++) {
                    Matrix into = p == 0 ? out : gradientPart.right();
                    maps.get(p).get().transposedTimes(u, into);
                    if (p > 0) {
                        kernels.axpy(1, into, out);
                    }
                }
            }
        };
    }

    /** Zeros for parts that do not tell theirs would bend the sum, so all must. */
    @Override
    public Optional<double[]> traces() {
        double[] traces = new double[length()];
        for (int p = 0; p < parts.size(); p++) {
            Optional<double[]> part = parts.get(p).traces();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            System.arraycopy(part.get(), 0, traces, start[p], part.get().length);
        }
        return Optional.of(traces);
    }

    @Override
    public long memoryBytes() {
        return parts.stream().mapToLong(MeasurementOperator::memoryBytes).sum() + 16L * length();
    }
}

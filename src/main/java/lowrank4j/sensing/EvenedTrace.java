package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** {@code WA} of symmetric measurements, {@code W = I - (1 - ω)uuᵀ} with {@code u = A(I)/‖A(I)‖}: see {@link Equations#evened}. */
final class EvenedTrace extends DerivedMeasurements {
    private final MeasurementOperator whole;
    private final Kernels kernels;
    private final double[] u;
    private final double omega;
    private final double energy;
    /** A*(u). */
    private final Matrix back;

    private final double[] scratch;

    private EvenedTrace(
            MeasurementOperator whole, double[] u, double omega, double energy, Matrix back, Kernels kernels) {
        super(whole);
        this.whole = whole;
        this.u = u;
        this.omega = omega;
        this.energy = energy;
        this.back = back;
        this.kernels = kernels;
        this.scratch = new double[u.length];
    }

    /**
     * Evens out, or leaves as it is what measures nothing but one combination.
     *
     * @param traces A(I), not zero
     */
    static Optional<EvenedTrace> of(MeasurementOperator whole, double[] traces, Kernels kernels) {
        int n = whole.rows();
        double squared = dot(traces, traces);
        double norm = Math.sqrt(squared);
        double[] u = Arrays.stream(traces).map(trace -> trace / norm).toArray();
        Matrix back = Matrix.zeros(n, n);
        whole.adjoint(u).times(Matrix.identity(n), back);
        double along = kernels.dot(back, back) / (0.5 * n * (n + 1.0));
        // ω² ‖A(I)‖² = n·(energy of WA), and the energy of WA is that of A less (1 - ω²) of what u has of it.
        double omegaSquared = n * (whole.energy() - along) / (squared - n * along);
        return omegaSquared > 0
                ? Optional.of(new EvenedTrace(
                        whole, u, Math.sqrt(omegaSquared), whole.energy() - (1 - omegaSquared) * along, back, kernels))
                : Optional.empty();
    }

    Equations equations(double[] observed) {
        double[] evened = observed.clone();
        addAlong(evened, (omega - 1) * dot(u, evened));
        return new Equations(this, evened);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private void addAlong(double[] z, double part) {
        for (int i = 0; i < z.length; i++) {
            z[i] += part * u[i];
        }
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        whole.forward(x, out);
        addAlong(out, (omega - 1) * dot(u, out));
    }

    /** With {@code A*W²(z) = A*(z) - (1 - ω²)<u, z>·A*(u)}, the whole's fused gradient is used: no second pass over the measurements. */
    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        System.arraycopy(observed, 0, scratch, 0, scratch.length);
        addAlong(scratch, (1 / omega - 1) * dot(u, scratch));
        double loss = whole.gradient(x, scratch, residual, sides, gradLeft, gradRight);
        double along = dot(u, residual);
        addAlong(residual, (omega - 1) * along);
        double excess = (1 - omega) * (1 + omega) * along;
        if (sides.left()) {
            kernels.multiply(-excess, back, x.right(), 1, gradLeft);
        }
        if (sides.right() && !x.isSymmetric()) {
            kernels.multiply(-excess, back, x.left(), 1, gradRight);
        }
        return loss - excess * along;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        System.arraycopy(z, 0, scratch, 0, scratch.length);
        addAlong(scratch, (omega - 1) * dot(u, scratch));
        return whole.adjoint(scratch);
    }

    /** {@code Σ (WA)ᵢ² = Σ Aᵢ² - (1 - ω²)A*(u)²}, of symmetric matrices one for rows and columns. */
    @Override
    public Optional<SecondMoments> secondMoments() {
        return whole.secondMoments().map(moments -> {
            LinearMap evened = lessAlong(moments.rows());
            return new SecondMoments(evened, evened);
        });
    }

    private LinearMap lessAlong(LinearMap moment) {
        Matrix along = Matrix.zeros(rows(), rows());
        kernels.multiply((1 - omega) * (1 + omega), back, back, 0, along);
        return new SecondMoments.Symmetric(rows()) {
            @Override
            public void times(Matrix v, Matrix out) {
                moment.times(v, out);
                kernels.multiply(-1, along, v, 1, out);
            }
        };
    }

    @Override
    public long memoryBytes() {
        return whole.memoryBytes() + 8L * back.data().length + 16L * u.length;
    }
}

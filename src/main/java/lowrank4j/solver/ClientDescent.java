package lowrank4j.solver;

import java.util.OptionalDouble;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;

/**
 * What a client of a federation does on its own: the factor Uⁱ of its rows Sⁱ given the {@link SharedFactor} V, least
 * {@code ½‖Sⁱ - UⁱVᵀ‖²}, by Nesterov's accelerated gradient descent from zero with step 1/σ₁(V)² (Philippenko, Scaman, Massoulié 2025, AAAI). Iterations grow with κ = σ₁(V)/σ_r(V),
 * and with κ² without momentum.
 *
 * <p>Cost: one product of Sⁱ with V at the start, none later; 2nᵢr² flops a step. Nothing is allocated after the first.
 */
public final class ClientDescent {
    private final Kernels kernels;
    private final OptionalDouble momentum;
    private final double step;
    private final Matrix gram;
    private final Matrix target;
    private final double targetNorm;
    private final Factors factors;
    private final Matrix gradient;
    private final Momentum memory;

    /**
     * Starts.
     *
     * @param rows Sⁱ, nᵢ×d
     * @param momentum β, in [0, 1), 0 for none and {@code (κ - 1)/(κ + 1)} for the best fixed one; empty for the paper's t/(t + 3), which begins anew
     *     wherever it leads uphill
     */
    public ClientDescent(LinearMap rows, SharedFactor shared, OptionalDouble momentum, Kernels kernels) {
        Matrix v = shared.v();
        if (rows.columns() != v.rows()) {
            throw new InvalidArgumentException(
                    "a client of " + rows.rows() + "x" + rows.columns() + " does not fit a shared factor of "
                            + v.shape() + ": it must have as many columns as that has rows");
        }
        if (momentum.isPresent() && !(momentum.getAsDouble() >= 0 && momentum.getAsDouble() < 1)) {
            throw new InvalidArgumentException(
                    "momentum is " + momentum.getAsDouble() + ", but must be at least 0 and below 1");
        }
        this.kernels = kernels;
        this.momentum = momentum;
        this.step = 1 / (shared.largest() * shared.largest());
        this.gram = Matrix.zeros(v.columns(), v.columns());
        kernels.gram(v, gram);
        this.target = Matrix.zeros(rows.rows(), v.columns());
        rows.times(v, target);
        this.targetNorm = Math.sqrt(kernels.dot(target, target));
        this.factors = Factors.symmetric(Matrix.zeros(rows.rows(), v.columns()));
        this.gradient = Matrix.zeros(rows.rows(), v.columns());
        this.memory = new Momentum(factors, kernels);
    }

    /** One step. */
    public void step() {
        differentiate();
        kernels.axpy(-step, gradient, factors.left());
        memory.extrapolate(factors, -step, gradient, gradient, momentum);
    }

    /** {@code UVᵀV - SV}. */
    private void differentiate() {
        kernels.scaledCopy(-1, target, gradient);
        kernels.multiply(1, factors.left(), gram, 1, gradient);
    }

    /** {@code ‖UVᵀV - SV‖/‖SV‖} where U stands: zero at the answer, one at the start; 0 for rows that are zero on V. */
    public double relativeGradient() {
        differentiate();
        return targetNorm == 0 ? 0 : Math.sqrt(kernels.dot(gradient, gradient)) / targetNorm;
    }

    /** Uⁱ, nᵢ×r, live. */
    public Matrix factor() {
        return factors.left();
    }
}

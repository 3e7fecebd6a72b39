package lowrank4j.solver;

import java.util.OptionalDouble;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Nesterov's extrapolation {@code Z ← W + β(W - W before)} of factors, with what it has to remember. */
final class Momentum {
    private final Kernels kernels;
    /** What was last added to the factors; of a symmetric unknown the left part only. */
    private final Factors velocity;

    private int age;

    Momentum(Factors factors, Kernels kernels) {
        this.kernels = kernels;
        this.velocity = new Factors(
                Matrix.zeros(factors.rows(), factors.rank()),
                Matrix.zeros(factors.isSymmetric() ? 0 : factors.columns(), factors.rank()));
    }

    /** Whether the factors stand where momentum has carried them. */
    boolean isUnderWay() {
        return age > 0;
    }

    /**
     * Extrapolates factors that have just moved by {@code scaled} times their gradients from where this left them.
     *
     * @param momentum β; empty for k/(k + 3) at the k-th step in a row downhill, beginning anew at one that is not
     */
    void extrapolate(Factors factors, double scaled, Matrix gradLeft, Matrix gradRight, OptionalDouble momentum) {
        // W - W before = (Z before - W before) + scaled·gradient.
        kernels.axpy(scaled, gradLeft, velocity.left());
        double slope = kernels.dot(gradLeft, velocity.left());
        if (!factors.isSymmetric()) {
            kernels.axpy(scaled, gradRight, velocity.right());
            slope += kernels.dot(gradRight, velocity.right());
        }
        if (momentum.isEmpty() && slope > 0) {
            forget();
            return;
        }
        double part = momentum.orElse(age / (age + 3.0));
        age++;
        carry(part, velocity.left(), factors.left());
        if (!factors.isSymmetric()) {
            carry(part, velocity.right(), factors.right());
        }
    }

    private void carry(double part, Matrix moved, Matrix factor) {
        double[] data = moved.data();
        for (int k = 0; k < data.length; k++) {
            data[k] *= part;
        }
        kernels.axpy(1, moved, factor);
    }

    /** Begins anew from wherever the factors are. */
    void forget() {
        velocity.left().fill(0);
        velocity.right().fill(0);
        age = 0;
    }
}

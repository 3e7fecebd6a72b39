package lowrank4j.solver;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.LinearMap;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.SecondMoments;
import lowrank4j.sensing.Sides;

/**
 * {@code τ(‖D₁L‖² + ‖D₂R‖²)}, or {@code τ‖D₁U‖²}, with {@code D₁² = Σ AᵢAᵢᵀ/(n2·energy)} and {@code D₂² = Σ AᵢᵀAᵢ/(n1·energy)} (Ding, Drusvyatskiy,
 * Fazel, Harchaoui 2024, arXiv 2203.03756, definition 2.1): the trace of the Hessian where the measurements are met, each factor's part scaled by
 * its dimension. The flattest of the factors that fit have the least; their product has the least {@code ‖D₁X D₂‖_*} of all X that fit, which
 * is X itself for enough measurements of a low rank. Cost of the value and the gradient: a product of each D² with r vectors.
 */
public final class ScaledTrace implements Penalty {
    private final double weight;
    private final Kernels kernels;
    private final SecondMoments moments;
    private final double leftScale;
    private final double rightScale;
    private Matrix scratch = Matrix.zeros(0, 0);

    /**
     * Of the measurements of a problem.
     *
     * @param weight τ, above 0, in units of X
     */
    public ScaledTrace(Problem problem, double weight) {
        this.weight = Positive.require("weight of the scaled trace", weight);
        this.kernels = problem.engine().kernels();
        MeasurementOperator operator = problem.operator();
        this.moments = operator.secondMoments()
                .orElseThrow(() -> new InvalidArgumentException("the scaled trace needs the second moments of the"
                        + " measurements, which " + operator.getClass().getSimpleName() + " does not tell"));
        this.leftScale = 1 / (operator.columns() * operator.energy());
        this.rightScale = 1 / (operator.rows() * operator.energy());
    }

    /** {@code ‖D₁L‖² + ‖D₂R‖²}: how flat the objective is about factors that fit; at least {@code 2‖D₁X D₂‖_*}, half of it if symmetric. */
    public double at(Factors factors) {
        double left = leftScale * squared(moments.rows(), factors.left());
        return factors.isSymmetric() ? left : left + rightScale * squared(moments.columns(), factors.right());
    }

    private double squared(LinearMap moment, Matrix factor) {
        Matrix image = scratch(factor);
        moment.times(factor, image);
        return kernels.dot(factor, image);
    }

    @Override
    public double value(Factors factors) {
        return weight * at(factors);
    }

    @Override
    public void addGradient(Factors factors, double scale, Sides sides, Matrix gradLeft, Matrix gradRight) {
        if (sides.left()) {
            add(moments.rows(), factors.left(), scale * leftScale, gradLeft);
        }
        if (sides.right() && !factors.isSymmetric()) {
            add(moments.columns(), factors.right(), scale * rightScale, gradRight);
        }
    }

    private void add(LinearMap moment, Matrix factor, double scale, Matrix gradient) {
        Matrix image = scratch(factor);
        moment.times(factor, image);
        kernels.axpy(2 * weight * scale, image, gradient);
    }

    private Matrix scratch(Matrix factor) {
        int size = factor.rows() * factor.columns();
        if (scratch.data().length < size) {
            scratch = Matrix.zeros(factor.rows(), factor.columns());
        }
        return Matrix.wrap(scratch.data(), factor.rows(), factor.columns());
    }
}

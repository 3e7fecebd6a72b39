package lowrank4j.sensing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Operators made of others, or of plain functions; and what can be said of any. */
public final class Operators {
    private static final int MAX_POWER_STEPS = 100;

    private Operators() {}

    /** {@code out ← A(L Rᵀ)}. */
    @FunctionalInterface
    public interface Forward {
        void measure(Factors x, double[] out);
    }

    /** {@code out ← A*(z)·v}, or {@code A*(z)ᵀ·v}, with {@code A*(z) = Σ zᵢ Aᵢ}. */
    @FunctionalInterface
    public interface Adjoint {
        void apply(double[] z, Matrix v, Matrix out);
    }

    /**
     * An operator of your own. That the three functions belong together is checked here, on random vectors. It is taken to see all matrices of low
     * rank about equally well; its energy is estimated.
     *
     * @param rows n1
     * @param columns n2
     * @param count m
     * @param forward writes m numbers
     * @param times {@code out ← A*(z)·v}, v n2×k
     * @param transposedTimes {@code out ← A*(z)ᵀ·v}, v n1×k
     * @throws InvalidArgumentException where the functions do not belong together, or nothing is measured
     */
    public static MeasurementOperator of(
            int rows, int columns, int count, Forward forward, Adjoint times, Adjoint transposedTimes) {
        requirePositive("rows", rows);
        requirePositive("columns", columns);
        requirePositive("count", count);
        return new FunctionalMeasurements(rows, columns, count, false, forward, times, transposedTimes);
    }

    /**
     * The same with symmetric Aᵢ, for a positive semidefinite {@code X = U Uᵀ}.
     *
     * @param forward of any factors, not only symmetric ones
     */
    public static MeasurementOperator symmetric(int rows, int count, Forward forward, Adjoint times) {
        requirePositive("rows", rows);
        requirePositive("count", count);
        return new FunctionalMeasurements(rows, rows, count, true, forward, times, times);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidArgumentException(name + " is " + value + ", but must be at least 1");
        }
    }

    /**
     * {@code c·A(X)}.
     *
     * @param factor c, finite and not zero
     */
    public static MeasurementOperator scale(double factor, MeasurementOperator operator) {
        if (!Double.isFinite(factor) || factor == 0) {
            throw new InvalidArgumentException("factor is " + factor + ", but must be finite and not zero");
        }
        double[] factors = new double[operator.length()];
        Arrays.fill(factors, factor);
        return new ScaledMeasurements(operator, factors);
    }

    /**
     * {@code √wᵢ·A(X)ᵢ}: with the observed values scaled alike, least squares are weighted. {@link Equations#weighted} does both.
     *
     * @param weights above 0 and finite, one a position of the operator
     */
    public static MeasurementOperator weighted(MeasurementOperator operator, double[] weights) {
        if (weights.length != operator.length()) {
            throw new InvalidArgumentException(
                    "there are " + weights.length + " weights for " + operator.length() + " measurements");
        }
        double[] roots = new double[weights.length];
        for (int i = 0; i < roots.length; i++) {
            if (!(weights[i] > 0) || weights[i] == Double.POSITIVE_INFINITY) {
                throw new InvalidArgumentException(
                        "weight " + i + " is " + weights[i] + ", but must be above 0 and finite");
            }
            roots[i] = Math.sqrt(weights[i]);
        }
        return new ScaledMeasurements(operator, roots);
    }

    /**
     * {@code A(X) + B(X)}: measurement matrices {@code Aᵢ + Bᵢ}. Its energy is estimated. Where both are made of one operator, or of your own, each
     * product with the adjoint takes their adjoints anew.
     *
     * @param first measures all of its positions
     * @param second as many, of equally large matrices; symmetric if the first is
     * @param kernels what adds
     */
    public static MeasurementOperator sum(MeasurementOperator first, MeasurementOperator second, Kernels kernels) {
        requireAlike(first, second);
        if (first.length() != second.length() || first.count() != first.length() || second.count() != second.length()) {
            throw new InvalidArgumentException("the operators of a sum measure " + first.count() + " of "
                    + first.length() + " and " + second.count() + " of " + second.length()
                    + " positions: the four must be equal");
        }
        return first.memoryBytes() <= second.memoryBytes()
                ? new SummedMeasurements(first, second, kernels)
                : new SummedMeasurements(second, first, kernels);
    }

    /**
     * The measurements of one operator after the other, and so their observed values. Where parts are made of one operator, or of your own, each
     * product with the adjoint takes their adjoints anew.
     *
     * @param parts at least one, of equally large matrices, all symmetric or none
     * @param kernels what adds
     */
    public static MeasurementOperator stack(List<? extends MeasurementOperator> parts, Kernels kernels) {
        if (parts.isEmpty()) {
            throw new InvalidArgumentException("there are no operators to stack: at least 1 is needed");
        }
        for (MeasurementOperator part : parts) {
            requireAlike(parts.getFirst(), part);
        }
        return new StackedMeasurements(List.copyOf(parts), kernels);
    }

    /**
     * Those measurements of the operator that are marked, at their positions.
     *
     * @param measured one mark a position of the operator, which must measure all of its positions; at least one is set
     */
    public static MeasurementOperator restrict(MeasurementOperator operator, boolean[] measured) {
        return new RestrictedMeasurements(operator, measured);
    }

    private static void requireAlike(MeasurementOperator first, MeasurementOperator second) {
        if (first.rows() != second.rows()
                || first.columns() != second.columns()
                || first.isSymmetric() != second.isSymmetric()
                || first.isHermitian() != second.isHermitian()) {
            throw new InvalidArgumentException(
                    "operators on " + text(first) + " and on " + text(second) + " matrices do not go together");
        }
    }

    private static String text(MeasurementOperator operator) {
        String kind = operator.isHermitian() ? "stacked Hermitian " : operator.isSymmetric() ? "symmetric " : "";
        return kind + operator.rows() + "x" + operator.columns();
    }

    /**
     * The norm of A, the largest {@code ‖A(X)‖/‖X‖} of any X, from below by power iteration on A*A.
     *
     * <p>Cost: up to 100 forward products of rank min(n1, n2), each with an adjoint one, and 2·n1·n2 numbers.
     *
     * @param tolerance relative change of the norm at which to stop, above 0
     * @param kernels what adds up
     */
    public static double norm(MeasurementOperator operator, double tolerance, Kernels kernels) {
        if (!(tolerance > 0)) {
            throw new InvalidArgumentException("tolerance is " + tolerance + ", but must be above 0");
        }
        int n2 = operator.columns();
        Matrix identity = Matrix.identity(n2);
        Matrix x = Matrix.zeros(operator.rows(), n2);
        Random random = new Random(1);
        for (int k = 0; k < x.data().length; k++) {
            x.data()[k] = random.nextGaussian();
        }
        if (operator.isSymmetric()) {
            Matrix transposed = x.transposed();
            kernels.axpy(1, transposed, x);
        }
        double[] seen = new double[operator.length()];
        double before = 0;
        double norm = 0;
        for (int step = 0; step < MAX_POWER_STEPS; step++) {
            scale(x, 1 / Math.sqrt(kernels.dot(x, x)));
            operator.forward(new Factors(x, identity), seen);
            norm = norm(seen);
            if (norm == 0 || Math.abs(norm - before) <= tolerance * norm) {
                break;
            }
            before = norm;
            operator.adjoint(seen).times(identity, x);
        }
        return norm;
    }

    private static void scale(Matrix x, double by) {
        for (int k = 0; k < x.data().length; k++) {
            x.data()[k] *= by;
        }
    }

    private static double norm(double[] z) {
        double sum = 0;
        for (double value : z) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}

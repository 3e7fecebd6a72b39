package lowrank4j.sensing;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Checks that an operator and its adjoint belong together. */
public final class Adjoint {
    private Adjoint() {}

    /**
     * The larger relative gap between {@code <A(u vᵀ), z>} and {@code uᵀ A*(z) v}, the product taken from either side, for random u, v and z ({@code u uᵀ} if symmetric): rounding
     * error, about 1e-15 times the root of the count, for a right pair.
     *
     * @return {@code |<A(X), z> - <X, A*(z)>| / (‖A(X)‖ ‖z‖)}
     */
    public static double gap(MeasurementOperator operator, long seed) {
        Random random = new Random(seed);
        Matrix u = gaussian(operator.rows(), random);
        Matrix v = operator.isSymmetric() ? u : gaussian(operator.columns(), random);
        double[] forward = new double[operator.length()];
        operator.forward(new Factors(u, v), forward);
        double[] z = new double[operator.length()];
        double inner = 0;
        double forwardNorm = 0;
        double zNorm = 0;
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextGaussian();
            inner += z[i] * forward[i];
            forwardNorm += forward[i] * forward[i];
            zNorm += z[i] * z[i];
        }
        LinearMap adjoint = operator.adjoint(z);
        Matrix back = Matrix.zeros(operator.rows(), 1);
        adjoint.times(v, back);
        Matrix transposed = Matrix.zeros(operator.columns(), 1);
        adjoint.transposedTimes(u, transposed);
        double gap = Math.max(Math.abs(inner - dot(u, back)), Math.abs(inner - dot(v, transposed)));
        return gap / Math.max(Double.MIN_NORMAL, Math.sqrt(forwardNorm * zNorm));
    }

    private static double dot(Matrix a, Matrix b) {
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += a.get(i, 0) * b.get(i, 0);
        }
        return sum;
    }

    /**
     * Throws where {@link #gap} is above 1e-10.
     *
     * @throws InvalidArgumentException with the gap
     */
    public static void check(MeasurementOperator operator) {
        double gap = gap(operator, 1);
        if (!(gap <= 1e-10)) {
            throw new InvalidArgumentException(
                    "the operator's adjoint does not belong to its forward map: the inner products differ by " + gap
                            + ", at most 1e-10 is rounding");
        }
    }

    private static Matrix gaussian(int n, Random random) {
        Matrix vector = Matrix.zeros(n, 1);
        for (int i = 0; i < n; i++) {
            vector.set(i, 0, random.nextGaussian());
        }
        return vector;
    }
}

package lowrank4j.cli.replicate;

import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** A matrix that is to be recovered, and the distance of an estimate from it. */
final class Truth {
    private final Kernels kernels;
    private final Factors factors;
    private final Matrix dense;
    private final double norm;

    private Truth(Factors factors, Kernels kernels) {
        this.kernels = kernels;
        this.factors = factors;
        this.dense = Matrix.zeros(factors.rows(), factors.columns());
        kernels.multiplyTransposed(1, factors.left(), factors.right(), 0, dense);
        this.norm = Math.sqrt(kernels.dot(dense, dense));
    }

    /**
     * {@code U Σ² Uᵀ} of order n, U orthonormal and random, the factor's singular values Σ evenly spaced from 1 to 1/κ: so X itself
     * has condition number κ².
     *
     * @param conditionNumber κ, of the factor, as papers on symmetric sensing count it
     */
    static Truth symmetric(int n, int rank, double conditionNumber, Random random, Kernels kernels) {
        Matrix u = orthonormal(gaussian(n, rank, random), kernels);
        scaleColumns(u, spaced(rank, conditionNumber));
        return new Truth(Factors.symmetric(u), kernels);
    }

    /**
     * {@code U Σ Vᵀ}, U and V orthonormal and random, singular values Σ evenly spaced from 1 to 1/κ.
     *
     * @param conditionNumber κ, of X itself
     */
    static Truth rectangular(int n1, int n2, int rank, double conditionNumber, Random random, Kernels kernels) {
        return of(
                orthonormal(gaussian(n1, rank, random), kernels),
                orthonormal(gaussian(n2, rank, random), kernels),
                spaced(rank, conditionNumber),
                kernels);
    }

    /** These factors. */
    static Truth of(Factors factors, Kernels kernels) {
        return new Truth(factors, kernels);
    }

    /** {@code U diag(values) Vᵀ} of orthonormal U and V. */
    static Truth of(Matrix u, Matrix v, double[] values, Kernels kernels) {
        Matrix left = u.copy();
        scaleColumns(left, values);
        return new Truth(new Factors(left, v.copy()), kernels);
    }

    /** Evenly spaced from 1 to 1/κ. */
    static double[] spaced(int rank, double conditionNumber) {
        return IntStream.range(0, rank)
                .mapToDouble(k -> rank == 1 ? 1 : 1 - (1 - 1 / conditionNumber) * k / (rank - 1))
                .toArray();
    }

    static Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    static Matrix orthonormal(Matrix matrix, Kernels kernels) {
        Matrix q = Matrix.zeros(matrix.rows(), matrix.columns());
        kernels.thinQr(matrix, q, Matrix.zeros(matrix.columns(), matrix.columns()));
        return q;
    }

    /** Scales column k by {@code values[k]}. */
    static void scaleColumns(Matrix matrix, double[] values) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int k = 0; k < values.length; k++) {
                matrix.set(i, k, values[k] * matrix.get(i, k));
            }
        }
    }

    Factors factors() {
        return factors;
    }

    /** ‖X‖, Frobenius. */
    double norm() {
        return norm;
    }

    /** ‖X̂ - X‖/‖X‖, Frobenius. The difference is formed entry by entry: norms of products would cancel at 1e-8. */
    double error(Factors estimate) {
        Matrix gap = dense.copy();
        kernels.multiplyTransposed(1, estimate.left(), estimate.right(), -1, gap);
        return Math.sqrt(kernels.dot(gap, gap)) / norm;
    }
}

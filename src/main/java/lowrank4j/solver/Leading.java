package lowrank4j.solver;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * The leading singular triples, or eigenpairs if symmetric, of what is missing from a fit: of {@code -A*(residual)/energy}.
 *
 * @param values descending
 * @param left n1×k
 * @param right n2×k; {@code left} if symmetric
 */
record Leading(double[] values, Matrix left, Matrix right) {
    /** Digits that a look at the spectrum needs. */
    private static final double TOLERANCE = 1e-2;

    /** The k leading ones. */
    static Leading of(Problem problem, double[] residual, int k, Random random) {
        return of(problem, residual, k, first -> 0, random);
    }

    /**
     * The k leading ones, but for the digits of those that are too small to matter.
     *
     * @param least of the first, in units of X: those below it do not matter
     */
    static Leading of(Problem problem, double[] residual, int k, DoubleUnaryOperator least, Random random) {
        double[] missing = new double[residual.length];
        for (int i = 0; i < missing.length; i++) {
            missing[i] = -residual[i];
        }
        double energy = problem.operator().energy();
        return of(
                SubspaceIteration.leadingOf(
                        problem, missing, k, TOLERANCE, first -> energy * least.applyAsDouble(first / energy), random),
                energy);
    }

    /** Those of {@code A*(z)}, in units of X. */
    static Leading of(SubspaceIteration.Triples top, double energy) {
        double[] values = top.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] /= energy;
        }
        return new Leading(values, top.left(), top.right());
    }

    /** How many of them are above {@code threshold}. */
    int count(double threshold) {
        int count = 0;
        while (count < left.columns() && values[count] > threshold) {
            count++;
        }
        return count;
    }

    /** The first in units of the noise edge. */
    double inEdges(double edge) {
        return edge == 0 ? 0 : values[0] / edge;
    }

    /** The factors with the first {@code count} of them added. */
    Factors addedTo(Factors factors, int count) {
        return factors.isSymmetric()
                ? Factors.symmetric(appended(factors.left(), left, count))
                : new Factors(appended(factors.left(), left, count), appended(factors.right(), right, count));
    }

    /** The first {@code count} of them as balanced factors; values below zero count as zero. */
    Factors leading(int count) {
        Matrix none = Matrix.zeros(left.rows(), 0);
        return addedTo(
                left == right ? Factors.symmetric(none) : new Factors(none, Matrix.zeros(right.rows(), 0)), count);
    }

    private Matrix appended(Matrix factor, Matrix directions, int count) {
        int rank = factor.columns();
        Matrix wider = Matrix.zeros(factor.rows(), rank + count);
        wider.columnRange(0, rank).copyFrom(factor);
        for (int k = 0; k < count; k++) {
            double scale = Math.sqrt(Math.max(0, values[k]));
            for (int i = 0; i < factor.rows(); i++) {
                wider.set(i, rank + k, scale * directions.get(i, k));
            }
        }
        return wider;
    }
}

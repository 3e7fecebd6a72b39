package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/**
 * An operator and its measurement matrices in full: every call against the formula.
 *
 * @param full Aᵢ, as many as the operator measures, in its order
 * @param energyError relative, of an energy that is estimated
 */
record OperatorCase(String name, MeasurementOperator operator, Matrix[] full, double energyError) {
    OperatorCase(String name, MeasurementOperator operator, Matrix[] full) {
        this(name, operator, full, 1e-12);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Checks all that an operator promises, and throws an assertion error at the first promise that it breaks. */
    void check() {
        forwardIsTheInnerProduct(point());
        energiesAreThoseOfEachPairOfColumns();
        gradientIsTheDerivativeOfTheLoss(point());
        if (operator.isSymmetric()) {
            Factors twoSided = new Factors(random(operator.rows(), 2, 6), random(operator.columns(), 2, 7));
            forwardIsTheInnerProduct(twoSided);
            gradientIsTheDerivativeOfTheLoss(twoSided);
        }
        oneSideAloneIsTheSameAsBoth();
        adjointBelongsToForward();
        aSplitMeasuresEachPositionOnce();
    }

    private void forwardIsTheInnerProduct(Factors x) {
        double[] out = new double[operator.length()];
        operator.forward(x, out);
        for (int i = 0; i < full.length; i++) {
            assertThat(out[i]).isCloseTo(inner(full[i], x.toMatrix()), within(1e-11));
        }
    }

    private void energiesAreThoseOfEachPairOfColumns() {
        Factors x = point();
        double[] energies = operator.energies(x);
        assertThat(energies).hasSize(x.rank());
        for (int k = 0; k < x.rank(); k++) {
            Matrix pair = x.columnsAt(k).toMatrix();
            double sum = 0;
            for (Matrix one : full) {
                sum += Math.pow(inner(one, pair), 2);
            }
            assertThat(energies[k]).isCloseTo(sum, within(1e-10 * (1 + sum)));
        }
    }

    private void gradientIsTheDerivativeOfTheLoss(Factors x) {
        Random random = new Random(8);
        double[] y = random.doubles(operator.length()).toArray();
        double[] residual = new double[operator.length()];
        Matrix gradLeft = Matrix.zeros(operator.rows(), 2);
        Matrix gradRight = Matrix.zeros(operator.columns(), 2);
        double loss = operator.gradient(x, y, residual, Sides.BOTH, gradLeft, gradRight);
        Matrix back = Matrix.zeros(operator.rows(), operator.columns());
        double expectedLoss = 0;
        for (int i = 0; i < full.length; i++) {
            double r = inner(full[i], x.toMatrix()) - y[i];
            assertThat(residual[i]).isCloseTo(r, within(1e-10));
            expectedLoss += r * r;
            for (int k = 0; k < back.data().length; k++) {
                back.data()[k] += r * full[i].data()[k];
            }
        }
        assertThat(loss).isCloseTo(expectedLoss, within(1e-10 * expectedLoss));
        double scale = 1e-11 * Math.max(1, Math.sqrt(inner(back, back)));
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < operator.rows(); i++) {
                double expected = 0;
                for (int j = 0; j < operator.columns(); j++) {
                    expected += back.get(i, j) * x.right().get(j, k);
                }
                assertThat(gradLeft.get(i, k)).isCloseTo(expected, within(scale));
            }
            for (int j = 0; j < operator.columns() && !x.isSymmetric(); j++) {
                double expected = 0;
                for (int i = 0; i < operator.rows(); i++) {
                    expected += back.get(i, j) * x.left().get(i, k);
                }
                assertThat(gradRight.get(j, k)).isCloseTo(expected, within(scale));
            }
        }
    }

    private void oneSideAloneIsTheSameAsBoth() {
        Factors x = point();
        double[] y = new double[operator.length()];
        double[] residual = new double[operator.length()];
        Matrix left = Matrix.zeros(operator.rows(), 2);
        Matrix right = Matrix.zeros(operator.columns(), 2);
        Matrix onlyLeft = Matrix.zeros(operator.rows(), 2);
        Matrix onlyRight = Matrix.zeros(operator.columns(), 2);
        operator.gradient(x, y, residual, Sides.BOTH, left, right);
        operator.gradient(x, y, residual, Sides.LEFT, onlyLeft, Matrix.zeros(operator.columns(), 2));
        operator.gradient(x, y, residual, Sides.RIGHT, Matrix.zeros(operator.rows(), 2), onlyRight);
        assertThat(onlyLeft.data()).containsExactly(left.data());
        if (!operator.isSymmetric()) {
            assertThat(onlyRight.data()).containsExactly(right.data());
        }
    }

    private void adjointBelongsToForward() {
        Adjoint.check(operator);
        double expected = 0;
        for (Matrix matrix : full) {
            expected += inner(matrix, matrix);
        }
        int n = operator.rows();
        double free = operator.isSymmetric() ? n * (n + 1) / 2.0 : (double) n * operator.columns();
        assertThat(operator.energy()).isCloseTo(expected / free, within(energyError * expected / free));
        assertThat(operator.count()).isEqualTo(full.length);
    }

    /** Both parts of a split find the residuals of the whole at their own positions, and leave the others alone. */
    private void aSplitMeasuresEachPositionOnce() {
        if (operator.length() < 20) {
            return;
        }
        Split split = operator.split(0.3, 1);
        assertThat(split.fitted().count() + split.heldOut().count()).isEqualTo(operator.count());
        Factors x = point();
        double[] whole = new double[operator.length()];
        double[] parts = new double[operator.length()];
        double[] y = new Random(9).doubles(operator.length()).toArray();
        Matrix left = Matrix.zeros(operator.rows(), 2);
        Matrix right = Matrix.zeros(operator.columns(), 2);
        Matrix partLeft = Matrix.zeros(operator.rows(), 2);
        Matrix otherLeft = Matrix.zeros(operator.rows(), 2);
        double loss = operator.gradient(x, y, whole, Sides.LEFT, left, right);
        double sum = split.fitted().gradient(x, split.fitted().masked(y), parts, Sides.LEFT, partLeft, right)
                + split.heldOut().gradient(x, split.heldOut().masked(y), parts, Sides.LEFT, otherLeft, right);
        assertThat(sum).isCloseTo(loss, within(1e-10 * loss));
        for (int i = 0; i < whole.length; i++) {
            assertThat(parts[i]).isCloseTo(whole[i], within(1e-10));
        }
        double scale = 1e-10 * Math.max(1, Math.sqrt(inner(left, left)));
        for (int k = 0; k < left.data().length; k++) {
            assertThat(partLeft.data()[k] + otherLeft.data()[k]).isCloseTo(left.data()[k], within(scale));
        }
    }

    private static double inner(Matrix a, Matrix b) {
        double sum = 0;
        for (int k = 0; k < a.data().length; k++) {
            sum += a.data()[k] * b.data()[k];
        }
        return sum;
    }

    private static Matrix random(int n, int rank, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(n, rank);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private Factors point() {
        Matrix left = random(operator.rows(), 2, 5);
        return operator.isSymmetric() ? Factors.symmetric(left) : new Factors(left, random(operator.columns(), 2, 6));
    }
}

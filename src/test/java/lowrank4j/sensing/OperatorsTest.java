package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators against the formulas written out with full measurement matrices. */
@Tag("tier")
class OperatorsTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** An operator and its measurement matrices in full. */
    record Case(String name, MeasurementOperator operator, Matrix[] full) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                dense(7, 5, 300, DenseRows.Precision.FLOAT64),
                dense(5, 9, 3, DenseRows.Precision.FLOAT32),
                symmetric(6, 200),
                symmetric(1, 2),
                entries(8, 6, 0.5),
                entries(300, 3, 0.6));
    }

    private static Case dense(int n1, int n2, int count, DenseRows.Precision precision) {
        Random random = new Random(1);
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), count, n1 * n2, precision);
        Matrix[] full = new Matrix[count];
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(n1, n2);
            for (int k = 0; k < n1 * n2; k++) {
                rows.set(i, k, random.nextGaussian());
                full[i].data()[k] = rows.get(i, k);
            }
        }
        return new Case("dense " + precision, DenseSensing.rectangular(rows, n1, n2, engine), full);
    }

    private static Case symmetric(int n, int count) {
        Random random = new Random(2);
        DenseRows rows =
                DenseRows.allocate(Arena.ofAuto(), count, PackedSymmetric.size(n), DenseRows.Precision.FLOAT64);
        Matrix[] full = new Matrix[count];
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(n, n);
            for (int a = 0, k = 0; a < n; a++) {
                for (int b = a; b < n; b++, k++) {
                    rows.set(i, k, random.nextGaussian());
                    full[i].set(a, b, rows.get(i, k));
                    full[i].set(b, a, rows.get(i, k));
                }
            }
        }
        return new Case("symmetric " + n, DenseSensing.symmetric(rows, n, engine), full);
    }

    private static Case entries(int n1, int n2, double fraction) {
        Random random = new Random(3);
        int[] rowStart = new int[n1 + 1];
        int[] columns = new int[n1 * n2];
        Matrix[] full = new Matrix[n1 * n2];
        int size = 0;
        for (int i = 0; i < n1; i++) {
            for (int j = 0; j < n2; j++) {
                if (random.nextDouble() < fraction) {
                    full[size] = Matrix.zeros(n1, n2);
                    full[size].set(i, j, 1);
                    columns[size++] = j;
                }
            }
            rowStart[i + 1] = size;
        }
        SparsePattern pattern = new SparsePattern(n1, n2, rowStart, Arrays.copyOf(columns, size));
        return new Case("entries " + n1, new ObservedEntries(pattern, engine), Arrays.copyOf(full, size));
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

    private static Factors point(MeasurementOperator operator) {
        Matrix left = random(operator.rows(), 2, 5);
        return operator.isSymmetric() ? Factors.symmetric(left) : new Factors(left, random(operator.columns(), 2, 6));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forwardIsTheInnerProduct(Case c) {
        Factors x = point(c.operator());
        double[] out = new double[c.operator().length()];
        c.operator().forward(x, out);
        for (int i = 0; i < c.full().length; i++) {
            assertThat(out[i]).isCloseTo(inner(c.full()[i], x.toMatrix()), within(1e-11));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientIsTheDerivativeOfTheLoss(Case c) {
        MeasurementOperator operator = c.operator();
        Factors x = point(operator);
        Random random = new Random(8);
        double[] y = random.doubles(operator.length()).toArray();
        double[] residual = new double[operator.length()];
        Matrix gradLeft = Matrix.zeros(operator.rows(), 2);
        Matrix gradRight = Matrix.zeros(operator.columns(), 2);
        double loss = operator.gradient(x, y, residual, Sides.BOTH, gradLeft, gradRight);
        Matrix back = Matrix.zeros(operator.rows(), operator.columns());
        double expectedLoss = 0;
        for (int i = 0; i < c.full().length; i++) {
            double r = inner(c.full()[i], x.toMatrix()) - y[i];
            assertThat(residual[i]).isCloseTo(r, within(1e-10));
            expectedLoss += r * r;
            for (int k = 0; k < back.data().length; k++) {
                back.data()[k] += r * c.full()[i].data()[k];
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
            for (int j = 0; j < operator.columns() && !operator.isSymmetric(); j++) {
                double expected = 0;
                for (int i = 0; i < operator.rows(); i++) {
                    expected += back.get(i, j) * x.left().get(i, k);
                }
                assertThat(gradRight.get(j, k)).isCloseTo(expected, within(scale));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneSideAloneIsTheSameAsBoth(Case c) {
        MeasurementOperator operator = c.operator();
        Factors x = point(operator);
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

    @ParameterizedTest
    @MethodSource("cases")
    void adjointBelongsToForward(Case c) {
        Adjoint.check(c.operator());
        double expected = 0;
        for (Matrix matrix : c.full()) {
            expected += inner(matrix, matrix);
        }
        int n = c.operator().rows();
        double free = c.operator().isSymmetric()
                ? n * (n + 1) / 2.0
                : (double) n * c.operator().columns();
        assertThat(c.operator().energy()).isCloseTo(expected / free, within(1e-9 * expected));
        assertThat(c.operator().count()).isEqualTo(c.full().length);
    }

    @Test
    void entriesOfASymmetricMatrixCountOnceAndSeeBothSides() {
        // (0, 1), (1, 2) and (2, 2), with their mirror images.
        SparsePattern pattern = new SparsePattern(3, 3, new int[] {0, 1, 3, 5}, new int[] {1, 0, 2, 1, 2});
        ObservedEntries operator = ObservedEntries.symmetric(pattern, engine);
        assertThat(operator.isSymmetric()).isTrue();
        assertThat(operator.count()).isEqualTo(3);
        assertThat(operator.energy()).isCloseTo(5 / 9.0, within(1e-15));
        Matrix u = Matrix.of(new double[][] {{1}, {2}, {3}});
        Matrix gradient = Matrix.zeros(3, 1);
        double[] residual = new double[5];
        double loss = operator.gradient(
                Factors.symmetric(u), new double[] {1, 1, 4, 4, 5}, residual, Sides.BOTH, gradient, gradient);
        assertThat(residual).containsExactly(1, 1, 2, 2, 4);
        assertThat(loss).isEqualTo(26);
        // G = [0 1 0; 1 0 2; 0 2 4], and G u.
        assertThat(gradient.data()).containsExactly(2, 7, 16);
        Adjoint.check(operator);
        assertThatThrownBy(() ->
                        ObservedEntries.symmetric(new SparsePattern(2, 2, new int[] {0, 1, 1}, new int[] {1}), engine))
                .hasMessageContaining("entry (0, 1) is observed without (1, 0)");
        assertThatThrownBy(() ->
                        ObservedEntries.symmetric(new SparsePattern(1, 2, new int[] {0, 1}, new int[] {1}), engine))
                .hasMessageContaining("1x2");
    }

    @Test
    void aWrongAdjointIsFound() {
        MeasurementOperator right = dense(4, 3, 10, DenseRows.Precision.FLOAT64).operator();
        MeasurementOperator other = dense(4, 3, 9, DenseRows.Precision.FLOAT64).operator();
        MeasurementOperator wrong = new Delegate(right) {
            @Override
            public LinearMap adjoint(double[] z) {
                return other.adjoint(Arrays.copyOf(z, 9));
            }
        };
        assertThatThrownBy(() -> Adjoint.check(wrong)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aSplitMeasuresEachRowOnce() {
        Case c = dense(4, 3, 100, DenseRows.Precision.FLOAT64);
        DenseSensing.Split split = ((DenseSensing) c.operator()).split(0.3, 1);
        assertThat(split.fitted().count() + split.heldOut().count()).isEqualTo(100);
        assertThat(split.heldOut().count()).isBetween(20L, 40L);
        double[] ones = new double[100];
        Arrays.fill(ones, 1);
        double[] fitted = split.fitted().masked(ones);
        double[] held = split.heldOut().masked(ones);
        for (int i = 0; i < 100; i++) {
            assertThat(fitted[i] + held[i]).isEqualTo(1);
        }
        Adjoint.check(split.fitted());
        Adjoint.check(split.heldOut());
    }

    @Test
    void measurementsThatAreNoUseAreRefused() {
        DenseRows zeros = DenseRows.allocate(Arena.ofAuto(), 3, 12, DenseRows.Precision.FLOAT64);
        assertThatThrownBy(() -> DenseSensing.rectangular(zeros, 4, 3, engine)).hasMessageContaining("zero");
        assertThatThrownBy(() -> DenseSensing.rectangular(zeros, 4, 4, engine))
                .hasMessageContaining("12")
                .hasMessageContaining("16");
        zeros.set(1, 5, Double.NaN);
        assertThatThrownBy(() -> DenseSensing.rectangular(zeros, 4, 3, engine)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ObservedEntries(new SparsePattern(2, 2, new int[3], new int[0]), engine))
                .hasMessageContaining("no observed entries");
    }

    /** An operator that passes everything on. */
    private static class Delegate implements MeasurementOperator {
        private final MeasurementOperator operator;

        Delegate(MeasurementOperator operator) {
            this.operator = operator;
        }

        @Override
        public int rows() {
            return operator.rows();
        }

        @Override
        public int columns() {
            return operator.columns();
        }

        @Override
        public long count() {
            return operator.count();
        }

        @Override
        public int length() {
            return operator.length();
        }

        @Override
        public boolean isSymmetric() {
            return operator.isSymmetric();
        }

        @Override
        public boolean isNearIsometry() {
            return operator.isNearIsometry();
        }

        @Override
        public double energy() {
            return operator.energy();
        }

        @Override
        public void forward(Factors x, double[] out) {
            operator.forward(x, out);
        }

        @Override
        public double gradient(
                Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
            return operator.gradient(x, observed, residual, sides, gradLeft, gradRight);
        }

        @Override
        public LinearMap adjoint(double[] z) {
            return operator.adjoint(z);
        }

        @Override
        public long memoryBytes() {
            return operator.memoryBytes();
        }
    }
}

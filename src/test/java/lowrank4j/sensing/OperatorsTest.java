package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
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

    static Stream<OperatorCase> cases() {
        return Stream.of(
                dense(7, 5, 300, DenseRows.Precision.FLOAT64),
                dense(5, 9, 3, DenseRows.Precision.FLOAT32),
                symmetric(6, 200),
                symmetric(1, 2),
                signs(7, 5, 300),
                signs(9, 13, 30),
                symmetricSigns(6, 200),
                seeded(new Ensemble.Gaussian(), 7, 5, 90),
                seeded(new Ensemble.Signs(), 40, 30, 70),
                seeded(new Ensemble.Sparse(0.3), 170, 101, 30), // wider than a tile
                seededSymmetric(new Ensemble.Gaussian(), 9, 100),
                seededSymmetric(new Ensemble.Sparse(0.5), 190, 25),
                entries(8, 6, 0.5),
                entries(300, 3, 0.6),
                weighted(dense(7, 5, 300, DenseRows.Precision.FLOAT64)),
                weighted(dense(5, 9, 3, DenseRows.Precision.FLOAT32)),
                weighted(symmetric(6, 200)),
                weighted(signs(7, 5, 300)),
                weighted(seeded(new Ensemble.Gaussian(), 7, 5, 90)),
                weighted(seeded(new Ensemble.Sparse(0.3), 170, 101, 30)),
                weighted(entries(8, 6, 0.5)),
                weighted(entries(300, 3, 0.6)));
    }

    private static OperatorCase weighted(OperatorCase c) {
        double[] weights = new Random(5).doubles(c.full().length, 0.5, 2).toArray();
        Matrix[] full = new Matrix[weights.length];
        Arrays.setAll(full, i -> {
            Matrix scaled = Matrix.zeros(c.full()[i].rows(), c.full()[i].columns());
            engine.kernels().scaledCopy(Math.sqrt(weights[i]), c.full()[i], scaled);
            return scaled;
        });
        return new OperatorCase("weighted " + c, Operators.weighted(c.operator(), weights), full, 0.3);
    }

    @Test
    void weightsOfAPartCountWhereItMeasures() {
        List<OperatorCase> cases =
                List.of(dense(4, 3, 100, DenseRows.Precision.FLOAT64), signs(7, 5, 300), entries(30, 3, 0.6));
        for (OperatorCase c : cases) {
            int m = c.full().length;
            boolean[] measured = new boolean[m];
            Arrays.fill(measured, m / 2, m, true);
            double[] weights = new Random(5).doubles(m, 0.5, 2).toArray();
            MeasurementOperator both = Operators.weighted(Operators.restrict(c.operator(), measured), weights);
            Factors x = new Factors(
                    gaussian(c.operator().rows()), gaussian(c.operator().columns()));
            double[] y = new Random(6).doubles(m).toArray();
            double[] residual = new double[m];
            residual[0] = 7;
            Matrix left = gaussian(c.operator().rows());
            Matrix right = gaussian(c.operator().columns());
            double loss = both.gradient(x, y, residual, Sides.BOTH, left, right);
            double[] seen = new double[m];
            c.operator().forward(x, seen);
            double expected = 0;
            double[] z = new double[m];
            for (int i = m / 2; i < m; i++) {
                double root = Math.sqrt(weights[i]);
                double gap = root * seen[i] - y[i];
                assertThat(residual[i]).isCloseTo(gap, within(1e-12));
                expected += gap * gap;
                z[i] = root * gap;
            }
            assertThat(residual[0]).isEqualTo(7);
            assertThat(loss).isCloseTo(expected, within(1e-12 * expected));
            LinearMap back = c.operator().adjoint(z);
            Matrix product = Matrix.zeros(left.rows(), 2);
            back.times(x.right(), product);
            assertThat(left.data()).containsExactly(product.data(), within(1e-10));
        }
    }

    @Test
    void theSecondMomentsOfWeightedMeasurementsAreTold() {
        List<OperatorCase> cases = List.of(
                weighted(dense(7, 5, 300, DenseRows.Precision.FLOAT64)),
                weighted(symmetric(6, 200)),
                weighted(entries(8, 6, 0.5)));
        for (OperatorCase c : cases) {
            Matrix expected = Matrix.zeros(c.operator().rows(), c.operator().rows());
            Matrix ofColumns = Matrix.zeros(c.operator().columns(), c.operator().columns());
            for (Matrix one : c.full()) {
                engine.kernels().multiplyTransposed(1, one, one, 1, expected);
                engine.kernels().transposedMultiply(1, one, one, 1, ofColumns);
            }
            SecondMoments moments = c.operator().secondMoments().orElseThrow();
            Matrix found = Matrix.zeros(expected.rows(), expected.rows());
            moments.rows().times(Matrix.identity(expected.rows()), found);
            assertThat(found.data()).containsExactly(expected.data(), within(1e-10));
            found = Matrix.zeros(ofColumns.rows(), ofColumns.rows());
            moments.columns().times(Matrix.identity(ofColumns.rows()), found);
            assertThat(found.data()).containsExactly(ofColumns.data(), within(1e-10));
        }
    }

    private static Matrix gaussian(int n) {
        Random random = new Random(n);
        Matrix matrix = Matrix.zeros(n, 2);
        Arrays.setAll(matrix.data(), k -> random.nextGaussian());
        return matrix;
    }

    private static OperatorCase dense(int n1, int n2, int count, DenseRows.Precision precision) {
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
        return new OperatorCase("dense " + precision, DenseSensing.rectangular(rows, n1, n2, engine), full);
    }

    private static OperatorCase symmetric(int n, int count) {
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
        return new OperatorCase("symmetric " + n, DenseSensing.symmetric(rows, n, engine), full);
    }

    private static OperatorCase signs(int n1, int n2, int count) {
        SignRows rows = SignRows.random(Arena.ofAuto(), count, n1 * n2, 4);
        Matrix[] full = new Matrix[count];
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(n1, n2);
            for (int k = 0; k < n1 * n2; k++) {
                full[i].data()[k] = rows.get(i, k);
            }
        }
        return new OperatorCase("signs " + n1 + "x" + n2, SignSensing.rectangular(rows, n1, n2, engine), full);
    }

    private static OperatorCase symmetricSigns(int n, int count) {
        SignRows rows = SignRows.random(Arena.ofAuto(), count, PackedSymmetric.size(n), 5);
        Matrix[] full = new Matrix[count];
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(n, n);
            for (int a = 0, k = 0; a < n; a++) {
                for (int b = a; b < n; b++, k++) {
                    full[i].set(a, b, rows.get(i, k));
                    full[i].set(b, a, rows.get(i, k));
                }
            }
        }
        return new OperatorCase("symmetric signs " + n, SignSensing.symmetric(rows, n, engine), full);
    }

    private static OperatorCase seeded(Ensemble ensemble, int n1, int n2, int count) {
        SeededRows rows = new SeededRows(ensemble, 4, count, n1 * n2);
        Matrix[] full = new Matrix[count];
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(n1, n2);
            for (int k = 0; k < n1 * n2; k++) {
                full[i].data()[k] = rows.get(i, k);
            }
        }
        return new OperatorCase(
                "seeded " + ensemble, SeededSensing.rectangular(ensemble, 4, count, n1, n2, engine), full);
    }

    private static OperatorCase seededSymmetric(Ensemble ensemble, int n, int count) {
        SeededRows rows = new SeededRows(ensemble, 4, count, PackedSymmetric.size(n));
        Matrix[] full = new Matrix[count];
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(n, n);
            for (int a = 0, k = 0; a < n; a++) {
                for (int b = a; b < n; b++, k++) {
                    double entry = (a == b ? Math.sqrt(2) : 1) * rows.get(i, k);
                    full[i].set(a, b, entry);
                    full[i].set(b, a, entry);
                }
            }
        }
        return new OperatorCase(
                "symmetric seeded " + ensemble, SeededSensing.symmetric(ensemble, 4, count, n, engine), full);
    }

    private static OperatorCase entries(int n1, int n2, double fraction) {
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
        return new OperatorCase("entries " + n1, new ObservedEntries(pattern, engine), Arrays.copyOf(full, size));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithItsMatrices(OperatorCase c) {
        c.check();
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
        MeasurementOperator wrong = new DelegatingOperator(right) {
            @Override
            public LinearMap adjoint(double[] z) {
                return other.adjoint(Arrays.copyOf(z, 9));
            }
        };
        assertThatThrownBy(() -> Adjoint.check(wrong)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aSplitMeasuresEachRowOnce() {
        OperatorCase c = dense(4, 3, 100, DenseRows.Precision.FLOAT64);
        Split split = c.operator().split(0.3, 1);
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
    void marksMustBelongToTheOperator() {
        MeasurementOperator whole = dense(4, 3, 10, DenseRows.Precision.FLOAT64).operator();
        assertThatThrownBy(() -> new RestrictedMeasurements(whole, new boolean[10]))
                .hasMessageContaining("no measurement");
        assertThatThrownBy(() -> new RestrictedMeasurements(whole, new boolean[9]))
                .hasMessageContaining("9 marks");
        assertThatThrownBy(() -> whole.split(1, 1)).hasMessageContaining("1.0").hasMessageContaining("below 1");
    }

    @Test
    void signsTakeOneBitEach() {
        SignRows rows = SignRows.allocate(Arena.ofAuto(), 1000, 6400);
        assertThat(rows.bytes()).isEqualTo(800_000);
        DenseSensing operator = SignSensing.rectangular(rows, 80, 80, engine);
        long scratch = 8L * 6400 * 18; // a gradient for each of 15 blocks and three matrices
        assertThat(operator.memoryBytes()).isEqualTo(800_000 + scratch);
        assertThatThrownBy(() -> SignSensing.rectangular(rows, 80, 79, engine))
                .hasMessageContaining("6400")
                .hasMessageContaining("6320");
        assertThatThrownBy(() -> SignSensing.symmetric(rows, 80, engine)).hasMessageContaining("3240");
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
}

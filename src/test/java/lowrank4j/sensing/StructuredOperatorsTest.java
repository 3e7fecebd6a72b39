package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators with structure, and operators made of others, against their measurement matrices in full. */
@Tag("tier")
class StructuredOperatorsTest {
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
                rectangular(7, 5, 300),
                rectangular(3, 4, 2),
                rectangular(1, 9, 70),
                rectangular(40, 3, 1100),
                quadratic(6, 250),
                quadratic(1, 3),
                sparse(8, 6, 40, 5),
                sparse(90, 70, 300, 60),
                symmetricSparse(7, 50),
                scaled(-2.5, rectangular(5, 4, 90)),
                weighted(rectangular(5, 4, 90)),
                weighted(quadratic(5, 120)),
                weighted(sparse(8, 6, 40, 5)),
                weighted(scaled(3, rectangular(5, 4, 90))),
                weighted(stacked(rectangular(6, 5, 80), sparse(6, 5, 30, 3))),
                sum(rectangular(6, 5, 80), sparse(6, 5, 80, 3)),
                sum(quadratic(5, 60), symmetricSparse(5, 60)),
                sharing(rectangular(6, 5, 80), StructuredOperatorsTest::sum),
                sharing(quadratic(5, 60), StructuredOperatorsTest::sum),
                sharing(weighted(sparse(6, 5, 80, 3)), StructuredOperatorsTest::sum),
                sharing(sum(rectangular(6, 5, 80), sparse(6, 5, 80, 3)), StructuredOperatorsTest::sum),
                sharing(rectangular(6, 5, 80), StructuredOperatorsTest::stacked),
                sharing(stacked(quadratic(5, 60), symmetricSparse(5, 60)), StructuredOperatorsTest::stacked),
                sharing(evened(quadratic(12, 200)), StructuredOperatorsTest::sum),
                stacked(rectangular(6, 5, 80), sparse(6, 5, 30, 3), rectangular(6, 5, 25)),
                stacked(quadratic(5, 60), symmetricSparse(5, 60)),
                functional(6, 5, 70),
                symmetricFunctional(5, 70),
                evened(quadratic(12, 200)),
                evened(weighted(quadratic(12, 200))));
    }

    private static OperatorCase rectangular(int n1, int n2, int count) {
        Matrix left = gaussian(count, n1, 1);
        Matrix right = gaussian(count, n2, 2);
        return new OperatorCase(
                "rank one", RankOneSensing.rectangular(left, right, engine), outerProducts(left, right));
    }

    private static OperatorCase quadratic(int n, int count) {
        Matrix vectors = gaussian(count, n, 3);
        return new OperatorCase(
                "quadratic", RankOneSensing.quadratic(vectors, engine), outerProducts(vectors, vectors));
    }

    private static Matrix[] outerProducts(Matrix left, Matrix right) {
        Matrix[] full = new Matrix[left.rows()];
        for (int i = 0; i < full.length; i++) {
            full[i] = new Factors(
                            left.rowRange(i, i + 1).transposed(),
                            right.rowRange(i, i + 1).transposed())
                    .toMatrix();
        }
        return full;
    }

    /** Entries in no order, some of them at one position; measurement 0 has none. */
    private record Entries(int[] measurement, int[] row, int[] column, double[] value) {
        static Entries random(int n1, int n2, int count, int each) {
            Random random = new Random(4);
            int size = count * each;
            int[] measurement = random.ints(size, count > 1 ? 1 : 0, count).toArray();
            return new Entries(
                    measurement,
                    random.ints(size, 0, n1).toArray(),
                    random.ints(size, 0, n2).toArray(),
                    random.doubles(size, -1, 1).toArray());
        }

        Matrix[] full(int n1, int n2, int count) {
            Matrix[] full = new Matrix[count];
            Arrays.setAll(full, i -> Matrix.zeros(n1, n2));
            for (int k = 0; k < value.length; k++) {
                Matrix matrix = full[measurement[k]];
                matrix.set(row[k], column[k], matrix.get(row[k], column[k]) + value[k]);
            }
            return full;
        }
    }

    private static OperatorCase sparse(int n1, int n2, int count, int each) {
        Entries e = Entries.random(n1, n2, count, each);
        return new OperatorCase(
                "sparse " + n1,
                SparseSensing.rectangular(n1, n2, count, e.measurement, e.row, e.column, e.value, engine),
                e.full(n1, n2, count));
    }

    private static OperatorCase symmetricSparse(int n, int count) {
        Entries e = Entries.random(n, n, count, 4);
        Matrix[] full = e.full(n, n, count);
        Arrays.setAll(full, i -> combined(0.5, full[i], 0.5, full[i].transposed()));
        return new OperatorCase(
                "symmetric sparse",
                SparseSensing.symmetric(n, count, e.measurement, e.row, e.column, e.value, engine),
                full);
    }

    private static OperatorCase scaled(double factor, OperatorCase c) {
        Matrix[] full = c.full().clone();
        Arrays.setAll(full, i -> combined(factor, full[i], 0, full[i]));
        return new OperatorCase(factor + " " + c, Operators.scale(factor, c.operator()), full);
    }

    private static OperatorCase weighted(OperatorCase c) {
        double[] weights = new Random(5).doubles(c.full().length, 0.5, 2).toArray();
        Matrix[] full = c.full().clone();
        Arrays.setAll(full, i -> combined(Math.sqrt(weights[i]), full[i], 0, full[i]));
        return new OperatorCase("weighted " + c, Operators.weighted(c.operator(), weights), full, 0.2);
    }

    private static OperatorCase sum(OperatorCase a, OperatorCase b) {
        Matrix[] full = a.full().clone();
        Arrays.setAll(full, i -> combined(1, full[i], 1, b.full()[i]));
        return new OperatorCase(a + " + " + b, Operators.sum(a.operator(), b.operator(), engine.kernels()), full, 0.2);
    }

    /** Of one operator and others made of it. */
    private static OperatorCase sharing(OperatorCase c, BinaryOperator<OperatorCase> made) {
        OperatorCase all = made.apply(made.apply(c, scaled(-2.5, c)), made.apply(weighted(c), c));
        return new OperatorCase(all.name(), all.operator(), all.full(), 0.2);
    }

    private static OperatorCase stacked(OperatorCase... parts) {
        return new OperatorCase(
                "stack of " + Arrays.toString(parts),
                Operators.stack(Arrays.stream(parts).map(OperatorCase::operator).toList(), engine.kernels()),
                Arrays.stream(parts).flatMap(part -> Arrays.stream(part.full())).toArray(Matrix[]::new));
    }

    private static OperatorCase functional(int n1, int n2, int count) {
        OperatorCase c = rectangular(n1, n2, count);
        MeasurementOperator own = Operators.of(
                n1,
                n2,
                count,
                c.operator()::forward,
                (z, v, out) -> c.operator().adjoint(z).times(v, out),
                (z, u, out) -> c.operator().adjoint(z).transposedTimes(u, out));
        return new OperatorCase("functional", own, c.full(), 0.2);
    }

    private static OperatorCase symmetricFunctional(int n, int count) {
        OperatorCase c = quadratic(n, count);
        MeasurementOperator own = Operators.symmetric(
                n,
                count,
                c.operator()::forward,
                (z, v, out) -> c.operator().adjoint(z).times(v, out));
        return new OperatorCase("functional, symmetric", own, c.full(), 0.2);
    }

    /** The matrices of W A, W from the definition. */
    private static OperatorCase evened(OperatorCase c) {
        int m = c.full().length;
        MeasurementOperator operator = new Equations(c.operator(), new double[m])
                .evened(engine.kernels())
                .orElseThrow()
                .operator();
        double[] u = new double[m];
        double squared = 0;
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < c.operator().rows(); k++) {
                u[i] += c.full()[i].get(k, k);
            }
            squared += u[i] * u[i];
        }
        double[] seen = new double[m];
        operator.forward(Factors.symmetric(Matrix.identity(operator.rows())), seen);
        double omega = Math.sqrt(Arrays.stream(seen).map(v -> v * v).sum() / squared);
        Matrix along = Matrix.zeros(operator.rows(), operator.rows());
        for (int i = 0; i < m; i++) {
            along = combined(1, along, u[i] / squared, c.full()[i]);
        }
        Matrix[] full = new Matrix[m];
        for (int i = 0; i < m; i++) {
            full[i] = combined(1, c.full()[i], -(1 - omega) * u[i], along);
        }
        return new OperatorCase("evened " + c, operator, full, c.energyError());
    }

    private static Matrix combined(double a, Matrix x, double b, Matrix y) {
        Matrix sum = Matrix.zeros(x.rows(), x.columns());
        for (int k = 0; k < sum.data().length; k++) {
            sum.data()[k] = a * x.data()[k] + b * y.data()[k];
        }
        return sum;
    }

    private static Matrix gaussian(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithItsMatrices(OperatorCase c) {
        c.check();
        assertThat(c.operator().memoryBytes()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theNormIsTheLargestSingularValue(OperatorCase c) {
        int width = c.full()[0].data().length;
        Matrix stacked = Matrix.zeros(c.full().length, width);
        for (int i = 0; i < c.full().length; i++) {
            stacked.rowRange(i, i + 1).copyFrom(Matrix.wrap(c.full()[i].data(), 1, width));
        }
        int k = Math.min(c.full().length, width);
        double[] values = new double[k];
        engine.kernels().thinSvd(stacked, Matrix.zeros(c.full().length, k), values, Matrix.zeros(width, k));
        double norm = Operators.norm(c.operator(), 1e-6, engine.kernels());
        assertThat(norm).isBetween(0.99 * values[0], (1 + 1e-9) * values[0]);
    }

    @Test
    void factorsThatAreNotSymmetricAreSeenInFullByQuadraticMeasurements() {
        OperatorCase c = quadratic(5, 30);
        Factors x = new Factors(gaussian(5, 2, 8), gaussian(5, 2, 9));
        Matrix left = Matrix.zeros(5, 2);
        Matrix right = Matrix.zeros(5, 2);
        double[] residual = new double[30];
        c.operator().gradient(x, new double[30], residual, Sides.BOTH, left, right);
        Matrix expected = Matrix.zeros(5, 2);
        c.operator().adjoint(residual).times(x.right(), expected);
        assertThat(left.data()).containsExactly(expected.data(), within(1e-10));
        c.operator().adjoint(residual).transposedTimes(x.left(), expected);
        assertThat(right.data()).containsExactly(expected.data(), within(1e-10));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfThreadsGivesTheSameBits(OperatorCase c) {
        // The engine of the cases has two threads: one call after another must agree to the bit, whoever took which
        // block.
        Factors x = new Factors(
                gaussian(c.operator().rows(), 3, 8), gaussian(c.operator().columns(), 3, 9));
        double[] first = new double[c.operator().length()];
        double[] second = first.clone();
        double[] y = new double[first.length];
        Matrix left = Matrix.zeros(c.operator().rows(), 3);
        Matrix again = Matrix.zeros(c.operator().rows(), 3);
        Matrix right = Matrix.zeros(c.operator().columns(), 3);
        double loss = c.operator().gradient(x, y, first, Sides.BOTH, left, right);
        for (int repeat = 0; repeat < 5; repeat++) {
            assertThat(c.operator().gradient(x, y, second, Sides.BOTH, again, right))
                    .isEqualTo(loss);
            assertThat(second).containsExactly(first);
            assertThat(again.data()).containsExactly(left.data());
        }
    }

    @Test
    void theSecondMomentsOfWhatIsMadeOfMeasurementsAreTold() {
        boolean[] kept = new boolean[90];
        Arrays.fill(kept, 20, 70, true);
        OperatorCase whole = rectangular(5, 4, 90);
        OperatorCase some = new OperatorCase(
                "some", Operators.restrict(whole.operator(), kept), Arrays.copyOfRange(whole.full(), 20, 70));
        for (OperatorCase c : List.of(
                some,
                scaled(-2.5, whole),
                weighted(whole),
                weighted(scaled(3, whole)),
                weighted(quadratic(5, 120)),
                evened(quadratic(12, 200)),
                evened(weighted(quadratic(12, 200))))) {
            SecondMoments moments = c.operator().secondMoments().orElseThrow();
            Matrix rows = Matrix.zeros(c.operator().rows(), c.operator().rows());
            Matrix columns = Matrix.zeros(c.operator().columns(), c.operator().columns());
            for (Matrix one : c.full()) {
                engine.kernels().multiplyTransposed(1, one, one, 1, rows);
                engine.kernels().transposedMultiply(1, one, one, 1, columns);
            }
            assertMap(moments.rows(), rows);
            assertMap(moments.columns(), columns);
        }
    }

    private static void assertMap(LinearMap map, Matrix expected) {
        Matrix found = Matrix.zeros(map.rows(), map.columns());
        map.times(Matrix.identity(map.columns()), found);
        double largest = Arrays.stream(expected.data()).map(Math::abs).max().orElseThrow();
        assertThat(found.data()).containsExactly(expected.data(), within(1e-12 * largest));
    }

    @Test
    void evenedMeasurementsSeeTheIdentityAsWellAsTheRestAndHaveTheSameSolutions() {
        int n = 20;
        OperatorCase c = quadratic(n, 600);
        Factors truth = Factors.symmetric(gaussian(n, 2, 7));
        double[] y = new double[600];
        c.operator().forward(truth, y);
        Equations evened =
                new Equations(c.operator(), y).evened(engine.kernels()).orElseThrow();
        double[] seen = new double[600];
        evened.operator().forward(truth, seen);
        assertThat(seen).containsExactly(evened.observed(), within(1e-9));
        evened.operator().forward(Factors.symmetric(Matrix.identity(n)), seen);
        double squared = Arrays.stream(seen).map(v -> v * v).sum();
        assertThat(squared).isCloseTo(n * evened.operator().energy(), within(1e-9 * squared));
        assertThat(evened.operator().energy()).isCloseTo(1200, within(150.0));
        assertThat(Operators.norm(c.operator(), 1e-6, engine.kernels()))
                .isGreaterThan(1.5 * Operators.norm(evened.operator(), 1e-6, engine.kernels()));
    }

    @Test
    void whatSeesTheTraceNoBetterIsLeftAsItIs() {
        for (OperatorCase c : List.of(rectangular(6, 6, 90), symmetricSparse(7, 50))) {
            Equations equations = new Equations(c.operator(), new double[c.full().length]);
            assertThat(equations.evened(engine.kernels())).isEmpty();
        }
    }

    /** Views of chunks and lambdas: the residual is of 40 kB, a factor of 1.6 kB and its scratch of 16 times that. */
    @Test
    void aGradientOfRankOneMeasurementsAllocatesViewsAlone() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Engine plain = Engine.open(Tiers.select(Tier.REFERENCE), 1)) {
            MeasurementOperator operator = RankOneSensing.quadratic(gaussian(5000, 50, 1), plain);
            Factors x = Factors.symmetric(gaussian(50, 4, 2));
            double[] y = new double[5000];
            double[] residual = new double[5000];
            Matrix gradient = Matrix.zeros(50, 4);
            operator.gradient(x, y, residual, Sides.BOTH, gradient, gradient);
            long before = threads.getCurrentThreadAllocatedBytes();
            operator.gradient(x, y, residual, Sides.BOTH, gradient, gradient);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8192);
        }
    }

    @Test
    void onlyASparseUnionOfAllPositionsIsANearIsometry() {
        assertThat(sparse(8, 6, 400, 5).operator().isNearIsometry()).isTrue();
        assertThat(sparse(90, 70, 30, 6).operator().isNearIsometry()).isFalse();
    }

    @Test
    void wrongFunctionsAreFoundWhenTheOperatorIsBuilt() {
        MeasurementOperator right = rectangular(6, 5, 70).operator();
        Operators.Adjoint times = (z, v, out) -> right.adjoint(z).times(v, out);
        Operators.Adjoint transposed = (z, u, out) -> right.adjoint(z).transposedTimes(u, out);
        Operators.Adjoint doubled = (z, u, out) -> {
            right.adjoint(z).transposedTimes(u, out);
            engine.kernels().axpy(1, out.copy(), out);
        };
        assertThatThrownBy(() -> Operators.of(6, 5, 70, right::forward, times, doubled))
                .hasMessageContaining("adjoint does not belong");
        assertThatThrownBy(() -> Operators.of(6, 5, 70, (x, out) -> Arrays.fill(out, 0), times, transposed))
                .hasMessageContaining("nothing is measured");
        assertThatThrownBy(() -> Operators.of(6, 5, 0, right::forward, times, transposed))
                .hasMessageContaining("count is 0");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        MeasurementOperator a = rectangular(6, 5, 70).operator();
        MeasurementOperator wider = rectangular(6, 6, 70).operator();
        MeasurementOperator longer = rectangular(6, 5, 71).operator();
        assertThatThrownBy(() -> Operators.sum(a, wider, engine.kernels()))
                .hasMessageContaining("6x5")
                .hasMessageContaining("6x6");
        assertThatThrownBy(() -> Operators.sum(a, longer, engine.kernels())).hasMessageContaining("71");
        assertThatThrownBy(() -> Operators.stack(List.of(), engine.kernels())).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Operators.stack(List.of(wider, quadratic(6, 9).operator()), engine.kernels()))
                .hasMessageContaining("symmetric 6x6");
        assertThatThrownBy(() -> Operators.scale(0, a)).hasMessageContaining("factor is 0");
        assertThatThrownBy(() -> Operators.weighted(a, new double[3])).hasMessageContaining("3 weights for 70");
        double[] weights = new double[70];
        Arrays.fill(weights, 1);
        weights[4] = -1;
        assertThatThrownBy(() -> Operators.weighted(a, weights)).hasMessageContaining("weight 4 is -1.0");
        assertThatThrownBy(() -> new Equations(a, new double[3])).hasMessageContaining("3 values");
    }

    @Test
    void measurementsThatAreNoUseAreRefused() {
        assertThatThrownBy(() -> RankOneSensing.rectangular(Matrix.zeros(3, 2), Matrix.zeros(4, 2), engine))
                .hasMessageContaining("3 rows and right 4");
        assertThatThrownBy(() -> RankOneSensing.quadratic(Matrix.zeros(3, 2), engine))
                .hasMessageContaining("all measurement vectors are zero");
        Matrix bad = gaussian(3, 2, 1);
        bad.set(1, 1, Double.NaN);
        assertThatThrownBy(() -> RankOneSensing.quadratic(bad, engine)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> RankOneSensing.rectangular(bad, bad, engine)).hasMessageContaining("quadratic");
        int[] zero = {0};
        assertThatThrownBy(
                        () -> SparseSensing.rectangular(2, 2, 1, zero, new int[] {2}, zero, new double[] {1}, engine))
                .hasMessageContaining("row of entry 0 is 2, but must be from 0 to 1");
        assertThatThrownBy(() -> SparseSensing.rectangular(2, 2, 1, zero, zero, zero, new double[] {0}, engine))
                .hasMessageContaining("all measurement matrices are zero");
    }
}

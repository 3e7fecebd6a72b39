package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Intensities against the matrices {@code [[Re A, -Im A], [Im A, Re A]]} of {@code A = aa*}, less their mean. */
@Tag("tier")
class IntensityMeasurementsTest {
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
        return Stream.of(of(4, 100), of(1, 2), of(3, 30));
    }

    private static OperatorCase of(int n, int count) {
        Matrix real = random(count, n, 1);
        Matrix imaginary = random(count, n, 2);
        Matrix[] full = new Matrix[count];
        Matrix mean = Matrix.zeros(2 * n, 2 * n);
        for (int i = 0; i < count; i++) {
            full[i] = Matrix.zeros(2 * n, 2 * n);
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    double re = real.get(i, j) * real.get(i, k) + imaginary.get(i, j) * imaginary.get(i, k);
                    double im = imaginary.get(i, j) * real.get(i, k) - real.get(i, j) * imaginary.get(i, k);
                    full[i].set(j, k, re);
                    full[i].set(n + j, n + k, re);
                    full[i].set(j, n + k, -im);
                    full[i].set(n + j, k, im);
                }
            }
            add(1.0 / count, full[i], mean);
        }
        for (Matrix matrix : full) {
            add(-1, mean, matrix);
        }
        return new OperatorCase(count + " of order " + n, new IntensityMeasurements(real, imaginary, engine), full);
    }

    private static void add(double part, Matrix x, Matrix y) {
        for (int k = 0; k < x.data().length; k++) {
            y.data()[k] += part * x.data()[k];
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheFormula(OperatorCase operator) {
        operator.check();
    }

    @Test
    void measuresTheSymmetricPartOfTwoFactors() {
        OperatorCase some = of(4, 50);
        Factors x = new Factors(random(8, 2, 3), random(8, 2, 4));
        double[] out = new double[50];
        some.operator().forward(x, out);
        double[] y = new Random(5).doubles(50).toArray();
        double[] residual = new double[50];
        Matrix gradLeft = Matrix.zeros(8, 2);
        Matrix gradRight = Matrix.zeros(8, 2);
        some.operator().gradient(x, y, residual, Sides.BOTH, gradLeft, gradRight);
        Matrix expectedLeft = Matrix.zeros(8, 2);
        Matrix expectedRight = Matrix.zeros(8, 2);
        LinearMap back = some.operator().adjoint(residual);
        back.times(x.right(), expectedLeft);
        back.transposedTimes(x.left(), expectedRight);
        Matrix product = x.toMatrix();
        for (int i = 0; i < 50; i++) {
            double inner = 0;
            for (int k = 0; k < product.data().length; k++) {
                inner += some.full()[i].data()[k] * product.data()[k];
            }
            assertThat(out[i]).isCloseTo(inner, within(1e-11));
            assertThat(residual[i]).isCloseTo(inner - y[i], within(1e-11));
        }
        assertThat(gradLeft.data()).containsExactly(expectedLeft.data(), within(1e-10));
        assertThat(gradRight.data()).containsExactly(expectedRight.data(), within(1e-10));
    }

    @Test
    void misuseIsNamed() {
        assertThatThrownBy(() -> new IntensityMeasurements(Matrix.zeros(3, 2), Matrix.zeros(3, 1), engine))
                .hasMessageContaining("3x2 and the imaginary ones 3x1");
        assertThatThrownBy(() -> new IntensityMeasurements(Matrix.zeros(1, 2), Matrix.zeros(1, 2), engine))
                .hasMessageContaining("at least 2");
        // Intensities of one entry are all alike where the vectors are of one length.
        Matrix alike = Matrix.of(new double[][] {{0.6}, {-0.6}, {0.8}});
        Matrix turned = Matrix.of(new double[][] {{0.8}, {0.8}, {0.6}});
        assertThatThrownBy(() -> new IntensityMeasurements(alike, turned, engine))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("nothing is measured");
        Matrix huge = Matrix.of(new double[][] {{1e100}, {2e100}});
        assertThatThrownBy(() -> new IntensityMeasurements(huge, huge, engine))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("overflow when squared");
        Matrix bad = Matrix.zeros(3, 2);
        bad.set(1, 1, Double.NaN);
        assertThatThrownBy(() -> new IntensityMeasurements(bad, Matrix.zeros(3, 2), engine))
                .hasMessageContaining("NaN");
    }

    private static Matrix random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }
}

package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hankel measurements by Fourier transforms against their matrices, the antidiagonals written out. */
@Tag("tier")
class HankelSensingTest {
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
                real(1, 1), real(4, 5), real(7, 3), real(20, 14), complex(1, 1), complex(4, 5), complex(9, 13));
    }

    private static OperatorCase real(int n1, int n2) {
        Matrix[] full = new Matrix[n1 + n2 - 1];
        for (int a = 0; a < full.length; a++) {
            full[a] = antidiagonal(n1, n2, a);
        }
        return new OperatorCase("real " + n1 + "x" + n2, HankelSensing.real(n1, n2, engine), full);
    }

    /** P in the real blocks of [[P, -Q], [Q, P]] for the first half, then Q. */
    private static OperatorCase complex(int n1, int n2) {
        int n = n1 + n2 - 1;
        Matrix[] full = new Matrix[2 * n];
        for (int a = 0; a < n; a++) {
            Matrix part = antidiagonal(n1, n2, a);
            full[a] = Matrix.zeros(2 * n1, 2 * n2);
            full[n + a] = Matrix.zeros(2 * n1, 2 * n2);
            for (int j = 0; j < n1; j++) {
                for (int k = 0; k < n2; k++) {
                    double entry = part.get(j, k) / Math.sqrt(2);
                    full[a].set(j, k, entry);
                    full[a].set(n1 + j, n2 + k, entry);
                    full[n + a].set(n1 + j, k, entry);
                    full[n + a].set(j, n2 + k, -entry);
                }
            }
        }
        return new OperatorCase("complex " + n1 + "x" + n2, HankelSensing.complex(n1, n2, engine), full);
    }

    private static Matrix antidiagonal(int n1, int n2, int a) {
        Matrix matrix = Matrix.zeros(n1, n2);
        int entries = 0;
        for (int j = Math.max(0, a - n2 + 1); j < n1 && j <= a; j++) {
            matrix.set(j, a - j, 1);
            entries++;
        }
        double root = Math.sqrt(entries);
        Arrays.setAll(matrix.data(), k -> matrix.data()[k] / root);
        return matrix;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithItsMatrices(OperatorCase c) {
        c.check();
        assertThat(c.operator().memoryBytes()).isPositive();
        assertThat(Operators.norm(c.operator(), 1e-6, engine.kernels())).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theStructuredGradientIsThatOfTheObjectiveWrittenOut(OperatorCase c) {
        HankelSensing operator = (HankelSensing) c.operator();
        int m = operator.length();
        Random random = new Random(1);
        Factors x = new Factors(gaussian(operator.rows(), 3, random), gaussian(operator.columns(), 3, random));
        double[] weight = random.doubles(m, 0.5, 2).map(w -> w < 1 ? 0 : w).toArray();
        double[] y = random.doubles(m).toArray();
        double[] fit = new double[m];
        Matrix left = Matrix.zeros(operator.rows(), 3);
        Matrix right = Matrix.zeros(operator.columns(), 3);
        double loss = operator.structuredGradient(x, weight, y, fit, left, right);
        // Complex matrices as real ones of twice the rank, and so twice the squares.
        double twice = operator.isComplex() ? 2 : 1;
        Matrix whole = new Factors(operator.whole(x.left()), operator.whole(x.right())).toMatrix();
        Matrix g = whole.copy();
        double misfit = 0;
        for (int i = 0; i < m; i++) {
            double seen = inner(c.full()[i], whole);
            assertThat(twice * fit[i]).isCloseTo(seen, within(1e-11));
            add(-seen, c.full()[i], g);
            misfit += weight[i] * Math.pow(seen - twice * y[i], 2);
        }
        double expected = (misfit + inner(g, g)) / twice;
        for (int i = 0; i < m; i++) {
            add(weight[i] * twice * (fit[i] - y[i]), c.full()[i], g);
        }
        assertThat(loss).isCloseTo(expected, within(1e-11 * (1 + inner(whole, whole))));
        Matrix product = Matrix.zeros(operator.rows(), 3);
        engine.kernels().multiply(1, g, x.right(), 0, product);
        assertThat(left.data()).containsExactly(product.data(), within(1e-10));
        product = Matrix.zeros(operator.columns(), 3);
        engine.kernels().transposedMultiply(1, g, x.left(), 0, product);
        assertThat(right.data()).containsExactly(product.data(), within(1e-10));
    }

    private static double inner(Matrix a, Matrix b) {
        return engine.kernels().dot(a, b);
    }

    private static void add(double times, Matrix a, Matrix to) {
        engine.kernels().axpy(times, a, to);
    }

    private static Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        Arrays.setAll(matrix.data(), k -> random.nextGaussian());
        return matrix;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 32, 64, 128})
    void fourierTransformsAreTheSumsOfTheirDefinition(int length) {
        Random random = new Random(length);
        double[] real = random.doubles(length, -1, 1).toArray();
        double[] imaginary = random.doubles(length, -1, 1).toArray();
        Matrix x = Matrix.of(new double[][] {real, imaginary});
        FourierTransform fourier = FourierTransform.ofAtLeast(length);
        assertThat(fourier.length()).isEqualTo(length);
        fourier.forward(length, x);
        for (int p = 0; p < length; p++) {
            double sumReal = 0;
            double sumImaginary = 0;
            for (int j = 0; j < length; j++) {
                double angle = -2 * Math.PI * j * fourier.frequency(p) / length;
                sumReal += real[j] * Math.cos(angle) - imaginary[j] * Math.sin(angle);
                sumImaginary += real[j] * Math.sin(angle) + imaginary[j] * Math.cos(angle);
            }
            assertThat(x.get(0, p)).isCloseTo(sumReal, within(1e-12));
            assertThat(x.get(1, p)).isCloseTo(sumImaginary, within(1e-12));
        }
        fourier.inverse(x);
        for (int j = 0; j < length; j++) {
            assertThat(x.get(0, j)).isCloseTo(length * real[j], within(1e-14 * length));
            assertThat(x.get(1, j)).isCloseTo(length * imaginary[j], within(1e-14 * length));
        }
    }

    @Test
    void sizesThatAreNoneAreRefused() {
        assertThat(FourierTransform.ofAtLeast(129).length()).isEqualTo(256);
        assertThatThrownBy(() -> new FourierTransform(12)).hasMessageContaining("length is 12");
        assertThatThrownBy(() -> FourierTransform.ofAtLeast(0)).hasMessageContaining("0 numbers");
        assertThatThrownBy(() -> HankelSensing.real(0, 4, engine)).hasMessageContaining("0x4");
    }
}

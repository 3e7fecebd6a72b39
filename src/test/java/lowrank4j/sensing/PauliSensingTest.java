package lowrank4j.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

/** Pauli strings against their matrices, the tensor products written out. */
@Tag("tier")
class PauliSensingTest {
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
                of("one letter of each", List.of("I", "X", "Y", "Z")),
                of("one string twice", List.of("ZY", "XX", "YZ", "ZY")),
                of("Y alone", List.of("YYY")),
                of("all of three qubits", labels(PauliStrings.random(3, 64, new Random(1)))),
                of("some of three qubits", labels(PauliStrings.random(3, 23, new Random(2)))));
    }

    private static OperatorCase of(String name, List<String> labels) {
        return new OperatorCase(
                name,
                new PauliSensing(PauliStrings.of(labels), engine),
                labels.stream().map(PauliSensingTest::stacked).toArray(Matrix[]::new));
    }

    @Test
    void whatIsMadeOfHermitianMeasurementsIsHermitian() {
        MeasurementOperator paulis = new PauliSensing(PauliStrings.of(List.of("XY", "ZZ", "IX")), engine);
        assertThat(Operators.weighted(paulis, new double[] {1, 2, 3}).isHermitian())
                .isTrue();
        assertThat(Operators.stack(List.of(paulis), engine.kernels()).isHermitian())
                .isTrue();
        MeasurementOperator real = RankOneSensing.quadratic(Matrix.identity(8), engine);
        assertThatThrownBy(() -> Operators.stack(List.of(paulis, real), engine.kernels()))
                .hasMessageContaining("stacked Hermitian 8x8 and on symmetric 8x8");
    }

    private static List<String> labels(PauliStrings strings) {
        return IntStream.range(0, strings.count()).mapToObj(strings::label).toList();
    }

    /** Re and Im. */
    private static double[][][] pauli(char letter) {
        double[][] zero = {{0, 0}, {0, 0}};
        return switch (letter) {
            case 'I' -> new double[][][] {{{1, 0}, {0, 1}}, zero};
            case 'X' -> new double[][][] {{{0, 1}, {1, 0}}, zero};
            case 'Y' -> new double[][][] {zero, {{0, -1}, {1, 0}}};
            default -> new double[][][] {{{1, 0}, {0, -1}}, zero};
        };
    }

    /** {@code [[Re P, -Im P], [Im P, Re P]]} of the tensor product of the letters, the first leftmost. */
    private static Matrix stacked(String label) {
        double[][] real = {{1}};
        double[][] imaginary = {{0}};
        for (int at = 0; at < label.length(); at++) {
            double[][][] pauli = pauli(label.charAt(at));
            int n = real.length;
            double[][] nextReal = new double[2 * n][2 * n];
            double[][] nextImaginary = new double[2 * n][2 * n];
            for (int i = 0; i < 2 * n; i++) {
                for (int j = 0; j < 2 * n; j++) {
                    double a = real[i / 2][j / 2];
                    double b = imaginary[i / 2][j / 2];
                    double c = pauli[0][i % 2][j % 2];
                    double d = pauli[1][i % 2][j % 2];
                    nextReal[i][j] = a * c - b * d;
                    nextImaginary[i][j] = a * d + b * c;
                }
            }
            real = nextReal;
            imaginary = nextImaginary;
        }
        int n = real.length;
        Matrix whole = Matrix.zeros(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                whole.set(i, j, real[i][j]);
                whole.set(n + i, n + j, real[i][j]);
                whole.set(i, n + j, -imaginary[i][j]);
                whole.set(n + i, j, imaginary[i][j]);
            }
        }
        return whole;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheFormula(OperatorCase operator) {
        operator.check();
    }

    /** Gauss-Newton asks for L Rᵀ with two different factors, of which the symmetric part is measured. */
    @Test
    void measuresTheSymmetricPartOfTwoFactors() {
        OperatorCase all = of("", labels(PauliStrings.random(3, 40, new Random(3))));
        Random random = new Random(4);
        Matrix wide = random(16, 4, random);
        Factors x = new Factors(wide.columnRange(0, 2), wide.columnRange(2, 4));
        double[] out = new double[40];
        all.operator().forward(x, out);
        double[] y = random.doubles(40).toArray();
        double[] residual = new double[40];
        Matrix gradLeft = Matrix.zeros(16, 2);
        Matrix gradRight = Matrix.zeros(16, 2);
        all.operator().gradient(x, y, residual, Sides.BOTH, gradLeft, gradRight);
        Matrix expectedLeft = Matrix.zeros(16, 2);
        Matrix expectedRight = Matrix.zeros(16, 2);
        LinearMap back = all.operator().adjoint(residual);
        back.times(x.right(), expectedLeft);
        back.transposedTimes(x.left(), expectedRight);
        Matrix product = x.toMatrix();
        for (int i = 0; i < 40; i++) {
            double inner = 0;
            for (int k = 0; k < product.data().length; k++) {
                inner += all.full()[i].data()[k] * product.data()[k];
            }
            assertThat(out[i]).isCloseTo(inner, within(1e-12));
            assertThat(residual[i]).isCloseTo(inner - y[i], within(1e-12));
        }
        assertThat(gradLeft.data()).containsExactly(expectedLeft.data());
        assertThat(gradRight.data()).containsExactly(expectedRight.data());
    }

    /** 2ᵏ = 2048 rows: more diagonals than are held at a time. */
    @Test
    void isTheSameForAnyNumberOfThreads() {
        PauliStrings strings = PauliStrings.random(11, 30_000, new Random(5));
        Matrix u = random(1 << 12, 3, new Random(6));
        double[] y = new Random(7).doubles(30_000).toArray();
        Matrix[] gradients = new Matrix[2];
        double[] losses = new double[2];
        for (int threads = 1; threads <= 2; threads++) {
            try (Engine some = Engine.open(Tiers.select(), threads)) {
                MeasurementOperator operator = new PauliSensing(strings, some);
                Adjoint.check(operator);
                gradients[threads - 1] = Matrix.zeros(1 << 12, 3);
                losses[threads - 1] = operator.gradient(
                        Factors.symmetric(u), y, new double[30_000], Sides.LEFT, gradients[threads - 1], u);
            }
        }
        assertThat(losses[0]).isEqualTo(losses[1]);
        assertThat(gradients[0].data()).containsExactly(gradients[1].data());
    }

    @Test
    void letterAndNumberAreTheSameString() {
        PauliStrings letters = PauliStrings.of(List.of("IXYZ", "ZZIY"));
        PauliStrings codes = PauliStrings.ofCodes(new byte[] {0, 1, 2, 3, 3, 3, 0, 2}, 4);
        assertThat(labels(letters)).containsExactly("IXYZ", "ZZIY");
        assertThat(labels(codes)).containsExactly("IXYZ", "ZZIY");
        assertThat(letters.flip(0)).isEqualTo(0b0110);
        assertThat(letters.sign(0)).isEqualTo(0b0011);
    }

    @Test
    void randomStringsAreDifferent() {
        assertThat(labels(PauliStrings.random(4, 100, new Random(8))))
                .doesNotHaveDuplicates()
                .hasSize(100);
        assertThat(labels(PauliStrings.random(2, 16, new Random(8))))
                .doesNotHaveDuplicates()
                .hasSize(16);
    }

    @Test
    void badStringsAreNamed() {
        assertThatThrownBy(() -> PauliStrings.of(List.of("XX", "XQ")))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("Pauli string 1 is 'XQ', but 'Q' is none of the letters I, X, Y and Z");
        assertThatThrownBy(() -> PauliStrings.of(List.of("XX", "X"))).hasMessageContaining("all must have one length");
        assertThatThrownBy(() -> PauliStrings.of(List.of())).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> PauliStrings.of(List.of(""))).hasMessageContaining("from 1 to 15");
        assertThatThrownBy(() -> PauliStrings.ofCodes(new byte[] {0, 4}, 2))
                .hasMessage(
                        "Pauli string 0 has the code 4 at position 1, but only 0 to 3, for I, X, Y and Z, are allowed");
        assertThatThrownBy(() -> PauliStrings.ofCodes(new byte[3], 2)).hasMessageContaining("multiple of the 2 qubits");
        assertThatThrownBy(() -> PauliStrings.random(1, 5, new Random(1))).hasMessageContaining("from 1 to 4");
    }

    private static Matrix random(int rows, int columns, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }
}

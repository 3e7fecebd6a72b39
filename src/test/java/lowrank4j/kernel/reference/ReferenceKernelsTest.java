package lowrank4j.kernel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The oracle, checked by hand: small integers, and matrices whose factors are known in closed form. */
final class ReferenceKernelsTest {
    private static final Offset<Double> ROUNDING = within(1e-14);

    private final ReferenceKernels kernels = new ReferenceKernels();

    private static Matrix of(double[]... rows) {
        return Matrix.of(rows);
    }

    private static double[] row(double... entries) {
        return entries;
    }

    private static void requireEqual(Matrix actual, double[]... rows) {
        assertThat(actual.toArray()).containsExactly(of(rows).toArray(), ROUNDING);
    }

    private final Matrix a = of(row(1, 2), row(3, 4), row(5, 6));
    private final Matrix b = of(row(7, 8, 9), row(-1, -2, -3));

    @Test
    void updates() {
        Matrix y = of(row(1, 1), row(1, 1), row(1, 1));
        assertThat(kernels.dot(a, a)).isEqualTo(91);
        kernels.axpy(-2, a, y);
        requireEqual(y, row(-1, -3), row(-5, -7), row(-9, -11));
        kernels.scaledCopy(0.5, a, y);
        requireEqual(y, row(0.5, 1), row(1.5, 2), row(2.5, 3));
    }

    @Test
    void products() {
        Matrix c = Matrix.zeros(3, 3);
        c.fill(Double.NaN);
        kernels.multiply(1, a, b, 0, c);
        requireEqual(c, row(5, 4, 3), row(17, 16, 15), row(29, 28, 27));
        c.fill(10);
        kernels.multiply(2, a, b, -1, c);
        requireEqual(c, row(0, -2, -4), row(24, 22, 20), row(48, 46, 44));
        kernels.multiplyTransposed(1, a, a, 0, c);
        requireEqual(c, row(5, 11, 17), row(11, 25, 39), row(17, 39, 61));
        Matrix gram = Matrix.zeros(2, 2);
        kernels.gram(a, gram);
        requireEqual(gram, row(35, 44), row(44, 56));
        Matrix transposed = Matrix.zeros(2, 1);
        kernels.transposedMultiply(1, a, of(row(1), row(0), row(-1)), 0, transposed);
        requireEqual(transposed, row(-4), row(-4));
    }

    @Test
    void sensing() {
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), 3, 2, Precision.FLOAT64);
        for (int i = 0; i < 3; i++) {
            rows.set(i, 0, a.get(i, 0));
            rows.set(i, 1, a.get(i, 1));
        }
        double[] out = {-7, -7, -7};
        kernels.sensingForward(rows, 1, 3, row(10, 1), out);
        assertThat(out).containsExactly(-7, 34, 56);
        double[] g = {100, 200};
        kernels.sensingAdjoint(rows, 0, 2, row(1, 2, Double.NaN), g);
        assertThat(g).containsExactly(107, 210);
        double[] residual = new double[3];
        double loss = kernels.sensingGradient(rows, 0, 3, row(10, 1), row(11, 35, 58), residual, g);
        assertThat(residual).containsExactly(1, -1, -2);
        assertThat(loss).isEqualTo(6);
        assertThat(g).containsExactly(107 + 1 - 3 - 10, 210 + 2 - 4 - 12);
    }

    @Test
    void completion() {
        SparsePattern pattern = new SparsePattern(2, 3, new int[] {0, 2, 3}, new int[] {0, 2, 1});
        Matrix left = of(row(1, 2), row(3, 4));
        Matrix right = of(row(1, 0), row(0, 1), row(1, 1));
        double[] out = new double[3];
        kernels.completionForward(pattern, 0, 2, left, right, out);
        assertThat(out).containsExactly(1, 3, 4);
        Matrix gradLeft = Matrix.zeros(2, 2);
        Matrix gradRight = Matrix.zeros(3, 2);
        double loss = kernels.completionGradient(pattern, 0, 2, left, right, row(0, 5, 1), out, gradLeft, gradRight);
        assertThat(out).containsExactly(1, -2, 3);
        assertThat(loss).isEqualTo(14);
        requireEqual(gradLeft, row(1 - 2, -2), row(0, 3));
        requireEqual(gradRight, row(1, 2), row(9, 12), row(-2, -4));
        kernels.completionProduct(pattern, 0, 2, row(2, 3, 5), right, gradLeft);
        requireEqual(gradLeft, row(5, 3), row(0, 5));
        Matrix grams = Matrix.zeros(6, 3);
        kernels.completionGrams(pattern, 0, 2, right, row(3, 5, 7), grams);
        requireEqual(grams, row(2, 0, 0), row(1, 1, 0), row(8, 5, 34), row(0, 0, 0), row(0, 1, 0), row(0, 7, 49));
    }

    @Test
    void choleskyOfIntegers() {
        Matrix s = of(row(4, 0, 0), row(12, 37, 0), row(-16, -43, 98));
        assertThat(kernels.cholesky(s)).isTrue();
        requireEqual(s, row(2, 6, -8), row(6, 1, 5), row(-8, 5, 3));
        Matrix x = of(row(4 + 12 - 16, 12 + 37 - 43, -16 - 43 + 98));
        kernels.choleskySolve(s, x);
        assertThat(x.toArray()).containsExactly(row(1, 1, 1), within(1e-11));
    }

    @Test
    void choleskyOfTheHilbertMatrix() {
        Matrix s = hilbert(3);
        assertThat(kernels.cholesky(s)).isTrue();
        double sqrt3 = Math.sqrt(3);
        double sqrt5 = Math.sqrt(5);
        requireEqual(
                s,
                row(1, 1.0 / 2, 1.0 / 3),
                row(1.0 / 2, 1 / (2 * sqrt3), 1 / (2 * sqrt3)),
                row(1.0 / 3, 1 / (2 * sqrt3), 1 / (6 * sqrt5)));
        assertThat(kernels.cholesky(hilbert(10))).as("condition 1e13").isTrue();
        assertThat(kernels.cholesky(hilbert(15))).as("condition 1e17").isFalse();
    }

    private static Matrix hilbert(int order) {
        Matrix hilbert = Matrix.zeros(order, order);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                hilbert.set(i, j, 1.0 / (i + j + 1));
            }
        }
        return hilbert;
    }

    @Test
    void theBorderOfCholeskyIsOrderTimesEps() {
        double border = 2 * 0x1p-53;
        assertThat(kernels.cholesky(of(row(1, 0), row(0, border)))).isFalse();
        assertThat(kernels.cholesky(of(row(1, 0), row(0, Math.nextUp(border))))).isTrue();
        assertThat(kernels.cholesky(of(row(Double.NaN)))).isFalse();
        assertThat(kernels.cholesky(of(row(Double.POSITIVE_INFINITY)))).isFalse();
        assertThat(kernels.cholesky(of(row(Double.MIN_VALUE)))).isTrue();
        assertThat(kernels.cholesky(of(row(1, 0), row(2, 1)))).as("indefinite").isFalse();
    }

    @Test
    void qrOfIntegers() {
        Matrix q = of(row(12, -51, 4), row(6, 167, -68), row(-4, 24, -41));
        Matrix r = Matrix.zeros(3, 3);
        kernels.thinQr(q, q, r);
        // Unique but for signs.
        assertThat(absolute(r)).containsExactly(row(14, 21, 14, 0, 175, 70, 0, 0, 35), within(1e-12));
        assertThat(absolute(q))
                .containsExactly(
                        row(
                                6.0 / 7,
                                69.0 / 175,
                                58.0 / 175,
                                3.0 / 7,
                                158.0 / 175,
                                6.0 / 175,
                                2.0 / 7,
                                6.0 / 35,
                                33.0 / 35),
                        ROUNDING);
    }

    private static double[] absolute(Matrix matrix) {
        double[] absolute = matrix.toArray();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] = Math.abs(absolute[i]);
        }
        return absolute;
    }

    @Test
    void eigenvaluesOfIntegers() {
        double[] values = new double[2];
        Matrix vectors = Matrix.zeros(2, 2);
        kernels.symmetricEigen(of(row(2, 99), row(1, 2)), values, vectors);
        assertThat(values).containsExactly(row(3, 1), ROUNDING);
        assertThat(Math.abs(vectors.get(0, 0))).isCloseTo(Math.sqrt(0.5), ROUNDING);
        assertThat(vectors.get(0, 0)).isCloseTo(vectors.get(1, 0), ROUNDING);
        assertThat(vectors.get(0, 1)).isCloseTo(-vectors.get(1, 1), ROUNDING);

        double[] three = new double[3];
        kernels.symmetricEigen(of(row(0, 1, 1), row(1, 0, 1), row(1, 1, 0)), three, Matrix.zeros(3, 3));
        assertThat(three).containsExactly(row(2, -1, -1), ROUNDING);
    }

    @Test
    void singularValuesOfIntegers() {
        double[] values = new double[2];
        Matrix u = Matrix.zeros(2, 2);
        Matrix v = Matrix.zeros(2, 2);
        kernels.thinSvd(of(row(3, 0), row(4, 5)), u, values, v);
        assertThat(values).containsExactly(row(Math.sqrt(45), Math.sqrt(5)), ROUNDING);
        assertThat(Math.abs(u.get(0, 0))).isCloseTo(1 / Math.sqrt(10), ROUNDING);
        assertThat(Math.abs(u.get(1, 0))).isCloseTo(3 / Math.sqrt(10), ROUNDING);
        assertThat(Math.abs(v.get(0, 0))).isCloseTo(1 / Math.sqrt(2), ROUNDING);
        double[] one = new double[1];
        kernels.thinSvd(of(row(3, 4)), Matrix.zeros(1, 1), one, Matrix.zeros(2, 1));
        assertThat(one).containsExactly(row(5), ROUNDING);
    }

    /** Läuchli's matrix: its small singular values drown in AᵀA, whose entries 1 + e² are 1. */
    @Test
    void smallSingularValuesAreAccurate() {
        double e = 1e-9;
        double[] values = new double[3];
        Matrix u = Matrix.zeros(4, 3);
        kernels.thinSvd(of(row(1, 1, 1), row(e, 0, 0), row(0, e, 0), row(0, 0, e)), u, values, Matrix.zeros(3, 3));
        assertThat(values[0]).isCloseTo(Math.sqrt(3), ROUNDING);
        assertThat(values[1]).isCloseTo(e, within(1e-15));
        assertThat(values[2]).isCloseTo(e, within(1e-15));
        double[] graded = new double[3];
        kernels.thinSvd(
                of(row(0, 1e-30, 0), row(1, 0, 0), row(0, 0, 1e-100)), Matrix.zeros(3, 3), graded, Matrix.zeros(3, 3));
        assertThat(graded[1] / 1e-30).isCloseTo(1, ROUNDING);
        assertThat(graded[2] / 1e-100).isCloseTo(1, ROUNDING);
    }

    @Test
    void decompositionsOfTheSmallestAndLargestNumbers() {
        for (double scale : new double[] {1e-300, Double.MIN_NORMAL, 1e300}) {
            double[] values = new double[2];
            kernels.thinSvd(
                    of(row(3 * scale, 0), row(4 * scale, 5 * scale)), Matrix.zeros(2, 2), values, Matrix.zeros(2, 2));
            assertThat(values[0] / scale).isCloseTo(Math.sqrt(45), ROUNDING);
            kernels.symmetricEigen(of(row(2 * scale, 0), row(scale, 2 * scale)), values, Matrix.zeros(2, 2));
            assertThat(values[1] / scale).isCloseTo(1, ROUNDING);
        }
    }
}

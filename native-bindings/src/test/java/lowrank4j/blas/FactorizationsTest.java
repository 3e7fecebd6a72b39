package lowrank4j.blas;

import static lowrank4j.blas.Formulas.assertClose;
import static lowrank4j.blas.Formulas.assertOrthonormal;
import static lowrank4j.blas.Formulas.largest;
import static lowrank4j.blas.Formulas.times;
import static lowrank4j.blas.Formulas.transpose;
import static lowrank4j.blas.Formulas.triangle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every factorisation by what must hold of its result, in every storage, with padding and offsets. */
class FactorizationsTest {
    private static final int[] SIZES = {0, 1, 2, 7, 40, 67};
    private static final int[] PADDINGS = {0, 1, 7};
    private static final int[] OFFSETS = {0, 1, 3};

    private final SplittableRandom random = new SplittableRandom(2);
    private int turn;

    @ParameterizedTest
    @EnumSource
    void choleskyFactorsOneTriangleAndLeavesTheOther(Storage storage) {
        for (Triangle triangle : Triangle.values()) {
            for (int n : SIZES) {
                Operand a = positiveDefinite(storage, n);
                double[][] before = a.values();
                assertThat(new LapackCalls(storage).cholesky(triangle, a)).isZero();

                double[][] factor = triangle(a.values(), triangle, false);
                double[][] transposed = transpose(factor, n);
                double[][] product =
                        triangle == Triangle.LOWER ? times(factor, transposed, n, n) : times(transposed, factor, n, n);
                assertClose(product, before, 10 * (n + 1) * storage.eps());
                Triangle other = triangle == Triangle.LOWER ? Triangle.UPPER : Triangle.LOWER;
                for (int i = 0; i < n; i++) {
                    a.set(i, i, before[i][i]);
                }
                assertThat(triangle(a.values(), other, false)).isDeepEqualTo(triangle(before, other, false));
                a.assertNothingWrittenBeside();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void choleskyNamesTheOrderThatFails(Storage storage) {
        for (Triangle triangle : Triangle.values()) {
            for (double bad : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (int n : new int[] {1, 5, 67, 300}) {
                    int order = n / 2 + 1;
                    Operand a = new Operand(storage, n, n, 1, 3, 0);
                    for (int i = 0; i < n; i++) {
                        a.set(i, i, i == order - 1 ? bad : 2);
                    }
                    double[][] before = a.values();
                    assertThat(new LapackCalls(storage).cholesky(triangle, a))
                            .as("%s of %d", bad, n)
                            .isEqualTo(order);
                    if (storage.isArray()) {
                        assertThat(Arrays.deepEquals(a.values(), before)).isTrue(); // NaN included
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void choleskyNamesTheRowOfNanBesideTheDiagonal(Storage storage) {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Operand a = positiveDefinite(storage, 200);
            a.set(150, 20, bad);
            assertThat(new LapackCalls(storage).cholesky(Triangle.LOWER, a)).isEqualTo(151);
        }
    }

    @ParameterizedTest
    @EnumSource
    void choleskySolvesOnEitherSide(Storage storage) {
        LapackCalls calls = new LapackCalls(storage);
        for (Triangle triangle : Triangle.values()) {
            for (int n : SIZES) {
                for (int count : new int[] {0, 1, 3, 70}) {
                    Operand a = positiveDefinite(storage, n);
                    double[][] matrix = a.values();
                    assertThat(calls.cholesky(triangle, a)).isZero();

                    Operand left = operand(storage, n, count);
                    double[][] wanted = left.values();
                    calls.choleskySolve(Side.LEFT, triangle, a, left);
                    assertClose(times(matrix, left.values(), n, count), wanted, 40 * (n + 1) * storage.eps());

                    Operand right = operand(storage, count, n);
                    double[][] wantedRows = right.values();
                    calls.choleskySolve(Side.RIGHT, triangle, a, right);
                    assertClose(times(right.values(), matrix, n, n), wantedRows, 40 * (n + 1) * storage.eps());
                    left.assertNothingWrittenBeside();
                    right.assertNothingWrittenBeside();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thinQr(Storage storage) {
        for (int m : SIZES) {
            for (int n : SIZES) {
                int k = Math.min(m, n);
                Operand a = operand(storage, m, n);
                double[][] before = a.values();
                Operand q = operand(storage, m, k);
                Operand r = operand(storage, k, n);
                new LapackCalls(storage).thinQr(a, q, r);

                assertThat(a.values()).isDeepEqualTo(before);
                assertOrthonormal(q.values(), k, 20 * (m + 1) * storage.eps());
                assertClose(times(q.values(), r.values(), k, n), before, 20 * (m + n + 1) * storage.eps());
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < i; j++) {
                        assertThat(r.get(i, j)).isZero();
                    }
                }
                q.assertNothingWrittenBeside();
                r.assertNothingWrittenBeside();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thinQrInPlace(Storage storage) {
        Operand a = operand(storage, 67, 7);
        double[][] before = a.values();
        Operand r = operand(storage, 7, 7);
        new LapackCalls(storage).thinQr(a, a, r);
        assertClose(times(a.values(), r.values(), 7, 7), before, 2000 * storage.eps());
    }

    @ParameterizedTest
    @EnumSource
    void thinSvd(Storage storage) {
        for (int m : SIZES) {
            for (int n : SIZES) {
                int k = Math.min(m, n);
                Operand a = operand(storage, m, n);
                double[][] before = a.values();
                Operand u = operand(storage, m, k);
                Operand values = operand(storage, 1, k);
                Operand v = operand(storage, n, k);
                new LapackCalls(storage).thinSvd(a, u, values, v);

                assertThat(a.values()).isDeepEqualTo(before);
                double tolerance = 20 * (m + n + 1) * storage.eps();
                assertOrthonormal(u.values(), k, tolerance);
                assertOrthonormal(v.values(), k, tolerance);
                assertDescending(values);
                assertThat(k == 0 || values.get(0, k - 1) >= 0).isTrue();
                double[][] scaled = scaleColumns(u.values(), values);
                assertClose(
                        times(scaled, transpose(v.values(), k), k, n),
                        before,
                        tolerance * (1 + largest(values.values())));
                u.assertNothingWrittenBeside();
                values.assertNothingWrittenBeside();
                v.assertNothingWrittenBeside();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thinSvdOfLowRankAndOfZero(Storage storage) {
        for (int rank : new int[] {0, 3}) {
            double[][] left = operand(storage, 67, rank).values();
            double[][] right = operand(storage, rank, 40).values();
            Operand a = Operand.of(storage, times(left, right, rank, 40));
            Operand u = operand(storage, 67, 40);
            Operand values = operand(storage, 1, 40);
            Operand v = operand(storage, 40, 40);
            new LapackCalls(storage).thinSvd(a, u, values, v);
            assertOrthonormal(u.values(), 40, 2000 * storage.eps());
            assertOrthonormal(v.values(), 40, 2000 * storage.eps());
            for (int i = rank; i < 40; i++) {
                assertThat(values.get(0, i)).isCloseTo(0, within(2000 * storage.eps()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void symmetricEigen(Storage storage) {
        for (Triangle triangle : Triangle.values()) {
            for (int n : SIZES) {
                Operand a = operand(storage, n, n);
                double[][] before = a.values();
                double[][] symmetric = triangle(before, triangle, true);
                // The other triangle must not matter.
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        if (triangle == Triangle.LOWER ? j > i : j < i) {
                            a.set(i, j, Double.NaN);
                        }
                    }
                }
                Operand values = operand(storage, 1, n);
                Operand v = operand(storage, n, n);
                new LapackCalls(storage).symmetricEigen(triangle, a, values, v);

                double tolerance = 40 * (n + 1) * storage.eps();
                assertOrthonormal(v.values(), n, tolerance);
                assertDescending(values);
                assertClose(
                        times(symmetric, v.values(), n, n),
                        scaleColumns(v.values(), values),
                        tolerance * (1 + largest(values.values())));
                values.assertNothingWrittenBeside();
                v.assertNothingWrittenBeside();
                a.assertNothingWrittenBeside();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leastSquares(Storage storage) {
        for (int m : SIZES) {
            for (int n : SIZES) {
                for (int count : new int[] {0, 1, 3}) {
                    Operand a = operand(storage, m, n);
                    for (int i = 0; i < Math.min(m, n); i++) {
                        a.set(i, i, 8 + a.get(i, i)); // well conditioned
                    }
                    Operand b = operand(storage, m, count);
                    Operand x = operand(storage, n, count);
                    double[][] matrix = a.values();
                    double[][] wanted = b.values();
                    new LapackCalls(storage).leastSquares(a, b, x);

                    assertThat(a.values()).isDeepEqualTo(matrix);
                    assertThat(b.values()).isDeepEqualTo(wanted);
                    double tolerance = 200 * (m + n + 1) * storage.eps();
                    double[][] residual = times(matrix, x.values(), n, count);
                    for (int i = 0; i < m; i++) {
                        for (int j = 0; j < count; j++) {
                            residual[i][j] -= wanted[i][j];
                        }
                    }
                    if (m >= n) {
                        // The residual of the best fit is orthogonal to the columns of A.
                        assertClose(times(transpose(matrix, n), residual, m, count), new double[n][count], tolerance);
                    } else {
                        // The shortest exact solution is a combination of the rows of A.
                        assertClose(residual, new double[m][count], tolerance);
                        assertInRowSpace(storage, a, x, tolerance);
                    }
                    x.assertNothingWrittenBeside();
                }
            }
        }
    }

    private void assertInRowSpace(Storage storage, Operand a, Operand x, double tolerance) {
        int m = a.rows();
        int n = a.columns();
        Operand rows = Operand.of(storage, transpose(a.values(), n));
        Operand q = operand(storage, n, m);
        new LapackCalls(storage).thinQr(rows, q, operand(storage, m, m));
        double[][] coordinates = times(transpose(q.values(), m), x.values(), n, x.columns());
        assertClose(times(q.values(), coordinates, m, x.columns()), x.values(), tolerance);
    }

    @ParameterizedTest
    @EnumSource
    void leastSquaresRefusesDeficientRank(Storage storage) {
        Operand a = Operand.of(storage, new double[][] {{1, 0}, {0, 0}, {0, 0}});
        Operand b = Operand.of(storage, new double[][] {{1}, {2}, {3}});
        Operand x = new Operand(storage, 2, 1, 0, 0, 0);
        assertThatThrownBy(() -> new LapackCalls(storage).leastSquares(a, b, x))
                .isInstanceOfSatisfying(
                        BlasException.class, e -> assertThat(e.info()).isEqualTo(2))
                .hasMessageContaining("3x2")
                .hasMessageContaining("full rank");
    }

    @ParameterizedTest
    @EnumSource
    void whatIteratesRefusesNanAndInfinity(Storage storage) {
        LapackCalls calls = new LapackCalls(storage);
        Operand good = operand(storage, 7, 7);
        Operand row = operand(storage, 1, 7);
        Operand out = operand(storage, 7, 7);
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            Operand a = operand(storage, 7, 7);
            a.set(5, 3, bad);
            String message = "a[5, 3] = " + bad + ": must be finite";
            assertRefused(message, () -> calls.thinSvd(a, out, row, operand(storage, 7, 7)));
            assertRefused(message, () -> calls.symmetricEigen(Triangle.LOWER, a, row, out));
            assertRefused(message, () -> calls.thinQr(a, out, operand(storage, 7, 7)));
            assertRefused(message, () -> calls.leastSquares(a, good, out));
            assertRefused("b[5, 3] = " + bad + ": must be finite", () -> calls.leastSquares(good, a, out));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nanIsNamedWithItsPlaceInEveryShape(Storage storage) {
        LapackCalls calls = new LapackCalls(storage);
        for (int[] shape : new int[][] {{300, 33}, {33, 300}, {101, 101}}) {
            int m = shape[0];
            int n = shape[1];
            int k = Math.min(m, n);
            for (int[] place : new int[][] {{0, 0}, {m - 1, 0}, {0, n - 1}, {m / 2, n / 2}, {m - 1, n - 1}}) {
                Operand a = operand(storage, m, n);
                a.set(place[0], place[1], Double.NaN);
                Operand tall = operand(storage, m, k);
                Operand wide = operand(storage, k, n);
                String message = "[" + place[0] + ", " + place[1] + "] = NaN: must be finite";
                assertRefused("a" + message, () -> calls.thinQr(a, tall, wide));
                Operand values = operand(storage, 1, k);
                assertRefused("a" + message, () -> calls.thinSvd(a, tall, values, operand(storage, n, k)));
                assertRefused(
                        "a" + message, () -> calls.leastSquares(a, operand(storage, m, 3), operand(storage, n, 3)));
                // As the right side of a system that is wider or narrower than it is high.
                for (int unknowns : new int[] {m / 2, 2 * m}) {
                    Operand system = operand(storage, m, unknowns);
                    assertRefused("b" + message, () -> calls.leastSquares(system, a, operand(storage, unknowns, n)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersWithoutASquareAreNotRefused(Storage storage) {
        double huge = storage.precision() == Precision.DOUBLE ? 0x1p600 : 0x1p90;
        LapackCalls calls = new LapackCalls(storage);
        Operand a = operand(storage, 5, 5);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                a.set(i, j, i == j ? (i + 1) * huge : 0);
            }
        }
        Operand values = operand(storage, 1, 5);
        Operand one = operand(storage, 5, 5);
        Operand other = operand(storage, 5, 5);
        calls.thinSvd(a, one, values, other);
        assertThat(values.get(0, 0) / huge).isCloseTo(5, within(100 * storage.eps()));
        calls.symmetricEigen(Triangle.LOWER, a, values, one);
        assertThat(values.get(0, 4) / huge).isCloseTo(1, within(100 * storage.eps()));
        calls.thinQr(a, one, other);
        assertThat(Math.abs(other.get(2, 2)) / huge).isCloseTo(3, within(100 * storage.eps()));
    }

    @ParameterizedTest
    @EnumSource
    void eigenvaluesOfZeroAreNotNegative(Storage storage) {
        Operand values = operand(storage, 1, 7);
        new LapackCalls(storage)
                .symmetricEigen(Triangle.UPPER, new Operand(storage, 7, 7, 1, 3, 0), values, operand(storage, 7, 7));
        for (int i = 0; i < 7; i++) {
            assertThat(values.get(0, i)).isEqualTo(0.0); // which -0 is not
        }
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void assertDescending(Operand values) {
        for (int i = 1; i < values.columns(); i++) {
            assertThat(values.get(0, i)).isLessThanOrEqualTo(values.get(0, i - 1));
        }
    }

    private static double[][] scaleColumns(double[][] a, Operand factors) {
        for (double[] row : a) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factors.get(0, j);
            }
        }
        return a;
    }

    private Operand positiveDefinite(Storage storage, int n) {
        Operand a = operand(storage, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = i == j ? 2 + a.get(i, i) : a.get(i, j) / n;
                a.set(i, j, value);
                a.set(j, i, value);
            }
        }
        return a;
    }

    /** Random numbers, in the next of all combinations of offset and padding. */
    private Operand operand(Storage storage, int rows, int columns) {
        int offset = OFFSETS[turn % OFFSETS.length];
        int padding = rows == 1 ? 0 : PADDINGS[turn / OFFSETS.length % PADDINGS.length];
        turn++;
        return Operand.random(storage, rows, columns, offset, padding, random);
    }
}

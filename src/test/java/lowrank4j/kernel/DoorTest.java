package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the door of the kernels refuses, and that it says which operation, which argument, and what is allowed. */
final class DoorTest {
    private static final Kernels DOOR = Tiers.select(Tier.REFERENCE).kernels();
    private static final DenseRows ROWS = DenseRows.allocate(Arena.ofAuto(), 4, 3, Precision.FLOAT64);
    private static final SparsePattern PATTERN =
            new SparsePattern(3, 4, new int[] {0, 2, 2, 5}, new int[] {0, 3, 0, 1, 2});

    /** A call that the door refuses, and the message. */
    record Refusal(String message, ThrowingCallable call) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static Refusal refusal(String message, ThrowingCallable call) {
        return new Refusal(message, call);
    }

    private static Matrix zeros(int rows, int columns) {
        return Matrix.zeros(rows, columns);
    }

    private static double[] array(int length) {
        return new double[length];
    }

    private static double completion(
            Matrix left, Matrix right, double[] y, double[] out, Matrix forLeft, Matrix forRight) {
        return DOOR.completionGradient(PATTERN, 0, 3, left, right, y, out, forLeft, forRight);
    }

    static List<Refusal> shapes() {
        return List.of(
                refusal("dot: y is 3x2, but must be 2x3", () -> DOOR.dot(zeros(2, 3), zeros(3, 2))),
                refusal("axpy: y is 2x4, but must be 2x3", () -> DOOR.axpy(1, zeros(2, 3), zeros(2, 4))),
                refusal("scaledCopy: y is 1x3, but must be 2x3", () -> DOOR.scaledCopy(1, zeros(2, 3), zeros(1, 3))),
                refusal("gram: g is 2x2, but must be 3x3", () -> DOOR.gram(zeros(2, 3), zeros(2, 2))),
                refusal(
                        "multiply: b is 2x4, but must be 3x4",
                        () -> DOOR.multiply(1, zeros(2, 3), zeros(2, 4), 0, zeros(2, 4))),
                refusal(
                        "multiply: c is 2x3, but must be 2x4",
                        () -> DOOR.multiply(1, zeros(2, 3), zeros(3, 4), 0, zeros(2, 3))),
                refusal(
                        "multiplyTransposed: b is 4x2, but must be 4x3",
                        () -> DOOR.multiplyTransposed(1, zeros(2, 3), zeros(4, 2), 0, zeros(2, 4))),
                refusal(
                        "multiplyTransposed: c is 4x2, but must be 2x4",
                        () -> DOOR.multiplyTransposed(1, zeros(2, 3), zeros(4, 3), 0, zeros(4, 2))),
                refusal(
                        "transposedMultiply: b is 3x4, but must be 2x4",
                        () -> DOOR.transposedMultiply(1, zeros(2, 3), zeros(3, 4), 0, zeros(3, 4))),
                refusal(
                        "transposedMultiply: c is 2x4, but must be 3x4",
                        () -> DOOR.transposedMultiply(1, zeros(2, 3), zeros(2, 4), 0, zeros(2, 4))),
                refusal("cholesky: s is 3x2, but must be 3x3", () -> DOOR.cholesky(zeros(3, 2))),
                refusal(
                        "choleskySolve: factor is 2x2, but must be 3x3",
                        () -> DOOR.choleskySolve(zeros(2, 2), zeros(5, 3))),
                refusal(
                        "thinQr: a is 2x3, but must have at least as many rows as columns",
                        () -> DOOR.thinQr(zeros(2, 3), zeros(2, 3), zeros(3, 3))),
                refusal("thinQr: q is 3x3, but must be 5x3", () -> DOOR.thinQr(zeros(5, 3), zeros(3, 3), zeros(3, 3))),
                refusal("thinQr: r is 5x3, but must be 3x3", () -> DOOR.thinQr(zeros(5, 3), zeros(5, 3), zeros(5, 3))),
                refusal(
                        "symmetricEigen: s is 2x3, but must be 2x2",
                        () -> DOOR.symmetricEigen(zeros(2, 3), array(2), zeros(2, 2))),
                refusal(
                        "symmetricEigen: values has 1 entries, but must have at least 2",
                        () -> DOOR.symmetricEigen(zeros(2, 2), array(1), zeros(2, 2))),
                refusal(
                        "symmetricEigen: vectors is 2x1, but must be 2x2",
                        () -> DOOR.symmetricEigen(zeros(2, 2), array(2), zeros(2, 1))),
                refusal(
                        "thinSvd: u is 5x5, but must be 5x3",
                        () -> DOOR.thinSvd(zeros(5, 3), zeros(5, 5), array(3), zeros(3, 3))),
                refusal(
                        "thinSvd: values has 2 entries, but must have at least 3",
                        () -> DOOR.thinSvd(zeros(5, 3), zeros(5, 3), array(2), zeros(3, 3))),
                refusal(
                        "thinSvd: v is 3x5, but must be 5x3",
                        () -> DOOR.thinSvd(zeros(3, 5), zeros(3, 3), array(3), zeros(3, 5))));
    }

    static List<Refusal> rangesAndLengths() {
        return List.of(
                refusal(
                        "sensingForward: rows 0 to 5 are not within 0..4",
                        () -> DOOR.sensingForward(ROWS, 0, 5, array(3), array(5))),
                refusal(
                        "sensingForward: x has 2 entries, but must have at least 3",
                        () -> DOOR.sensingForward(ROWS, 0, 4, array(2), array(4))),
                refusal(
                        "sensingForward: out has 3 entries, but must have at least 4",
                        () -> DOOR.sensingForward(ROWS, 2, 4, array(3), array(3))),
                refusal(
                        "sensingAdjoint: rows -1 to 2 are not within 0..4",
                        () -> DOOR.sensingAdjoint(ROWS, -1, 2, array(4), array(3))),
                refusal(
                        "sensingAdjoint: z has 1 entries, but must have at least 2",
                        () -> DOOR.sensingAdjoint(ROWS, 1, 2, array(1), array(3))),
                refusal(
                        "sensingAdjoint: g has 2 entries, but must have at least 3",
                        () -> DOOR.sensingAdjoint(ROWS, 1, 2, array(4), array(2))),
                refusal(
                        "sensingGradient: rows 3 to 2 are not within 0..4",
                        () -> DOOR.sensingGradient(ROWS, 3, 2, array(3), array(4), array(4), array(3))),
                refusal(
                        "sensingGradient: x has 1 entries, but must have at least 3",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, array(1), array(4), array(4), array(3))),
                refusal(
                        "sensingGradient: y has 3 entries, but must have at least 4",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, array(3), array(3), array(4), array(3))),
                refusal(
                        "sensingGradient: residual has 2 entries, but must have at least 4",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, array(3), array(4), array(2), array(3))),
                refusal(
                        "sensingGradients: x, y, residual, g and loss have 2, 2, 1, 2 and 2 entries, but must have equally many",
                        () -> DOOR.sensingGradients(
                                ROWS,
                                0,
                                4,
                                new double[2][3],
                                new double[2][4],
                                new double[1][4],
                                new double[2][3],
                                array(2))),
                refusal(
                        "sensingGradients: a g has 2 entries, but must have at least 3",
                        () -> DOOR.sensingGradients(
                                ROWS,
                                0,
                                4,
                                new double[1][3],
                                new double[1][4],
                                new double[1][4],
                                new double[1][2],
                                array(1))),
                refusal(
                        "sensingGradient: g has 2 entries, but must have at least 3",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, array(3), array(4), array(4), array(2))),
                refusal(
                        "completionForward: rows 1 to 4 are not within 0..3",
                        () -> DOOR.completionForward(PATTERN, 1, 4, zeros(3, 2), zeros(4, 2), array(5))),
                refusal(
                        "completionForward: left is 4x2, but must be 3x2",
                        () -> DOOR.completionForward(PATTERN, 0, 3, zeros(4, 2), zeros(4, 2), array(5))),
                refusal(
                        "completionForward: right is 4x3, but must be 4x2",
                        () -> DOOR.completionForward(PATTERN, 0, 3, zeros(3, 2), zeros(4, 3), array(5))),
                refusal(
                        "completionForward: out has 4 entries, but must have at least 5",
                        () -> DOOR.completionForward(PATTERN, 0, 3, zeros(3, 2), zeros(4, 2), array(4))),
                refusal(
                        "completionGradient: right is 3x2, but must be 4x2",
                        () -> completion(zeros(3, 2), zeros(3, 2), array(5), array(5), zeros(3, 2), zeros(4, 2))),
                refusal(
                        "completionGradient: y has 4 entries, but must have at least 5",
                        () -> completion(zeros(3, 2), zeros(4, 2), array(4), array(5), zeros(3, 2), zeros(4, 2))),
                refusal(
                        "completionGradient: residual has 0 entries, but must have at least 5",
                        () -> completion(zeros(3, 2), zeros(4, 2), array(5), array(0), zeros(3, 2), zeros(4, 2))),
                refusal(
                        "completionGradient: gradLeft is 3x1, but must be 3x2",
                        () -> completion(zeros(3, 2), zeros(4, 2), array(5), array(5), zeros(3, 1), zeros(4, 2))),
                refusal(
                        "completionGradient: gradRight is 3x2, but must be 4x2",
                        () -> completion(zeros(3, 2), zeros(4, 2), array(5), array(5), zeros(3, 2), zeros(3, 2))));
    }

    static List<Refusal> overlaps() {
        Matrix m = zeros(4, 4);
        Matrix top = m.rowRange(0, 3);
        Matrix bottom = m.rowRange(1, 4);
        double[] one = array(4);
        Matrix left = zeros(3, 2);
        Matrix right = zeros(4, 2);
        return List.of(
                refusal("axpy: y overlaps x", () -> DOOR.axpy(1, top, bottom)),
                refusal("scaledCopy: y overlaps x", () -> DOOR.scaledCopy(1, m, m)),
                refusal("gram: g overlaps x", () -> DOOR.gram(m, m)),
                refusal("multiply: c overlaps a", () -> DOOR.multiply(1, m, zeros(4, 4), 0, m)),
                refusal("multiply: c overlaps b", () -> DOOR.multiply(1, zeros(4, 4), m, 0, m)),
                refusal("multiplyTransposed: c overlaps a", () -> DOOR.multiplyTransposed(1, m, zeros(4, 4), 0, m)),
                refusal("transposedMultiply: c overlaps b", () -> DOOR.transposedMultiply(1, zeros(4, 4), m, 0, m)),
                refusal("choleskySolve: x overlaps factor", () -> DOOR.choleskySolve(m, m.rowRange(2, 4))),
                refusal(
                        "thinQr: q overlaps a",
                        () -> DOOR.thinQr(top.columnRange(0, 2), bottom.columnRange(0, 2), zeros(2, 2))),
                refusal("thinQr: r overlaps a", () -> DOOR.thinQr(m, zeros(4, 4), m)),
                refusal("symmetricEigen: vectors overlaps s", () -> DOOR.symmetricEigen(m, array(4), m)),
                refusal("thinSvd: u overlaps a", () -> DOOR.thinSvd(m, m, array(4), zeros(4, 4))),
                refusal("thinSvd: v overlaps a", () -> DOOR.thinSvd(m, zeros(4, 4), array(4), m)),
                refusal("thinSvd: u overlaps v", () -> DOOR.thinSvd(zeros(4, 4), m, array(4), m)),
                refusal(
                        "sensingAdjoint: g and z are one array, but must be two",
                        () -> DOOR.sensingAdjoint(ROWS, 0, 4, one, one)),
                refusal(
                        "sensingGradient: g and x are one array, but must be two",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, one, array(4), array(4), one)),
                refusal(
                        "sensingGradient: g and residual are one array, but must be two",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, array(3), array(4), one, one)),
                refusal("choleskySolveEach: x overlaps systems", () -> DOOR.choleskySolveEach(m, m.rowRange(0, 1))),
                refusal("pseudoInverse: inverse overlaps s", () -> DOOR.pseudoInverse(m, m)),
                refusal(
                        "sensingGradients: a g and another are one array, but must be two",
                        () -> DOOR.sensingGradients(
                                ROWS,
                                0,
                                4,
                                new double[2][3],
                                new double[2][4],
                                new double[2][4],
                                new double[][] {one, one},
                                array(2))),
                refusal(
                        "completionGradient: gradLeft overlaps left",
                        () -> completion(left, right, array(5), array(5), left, zeros(4, 2))),
                refusal(
                        "completionGradient: gradRight overlaps right",
                        () -> completion(left, right, array(5), array(5), zeros(3, 2), right)),
                refusal(
                        "completionGradient: gradLeft overlaps gradRight",
                        () -> completion(
                                left,
                                right,
                                array(5),
                                array(5),
                                m.rowRange(0, 3).columnRange(0, 2),
                                m.columnRange(0, 2))));
    }

    static List<Refusal> values() {
        Matrix nan = zeros(3, 3);
        nan.set(2, 1, Double.NaN);
        Matrix infinite = zeros(3, 3);
        infinite.set(0, 0, Double.NEGATIVE_INFINITY);
        return List.of(
                refusal("thinQr: a contains NaN or an infinity", () -> DOOR.thinQr(nan, zeros(3, 3), zeros(3, 3))),
                refusal(
                        "symmetricEigen: s contains NaN or an infinity",
                        () -> DOOR.symmetricEigen(infinite, array(3), zeros(3, 3))),
                refusal(
                        "thinSvd: a contains NaN or an infinity",
                        () -> DOOR.thinSvd(nan, zeros(3, 3), array(3), zeros(3, 3))));
    }

    @ParameterizedTest
    @MethodSource({"shapes", "rangesAndLengths", "overlaps", "values"})
    void refuses(Refusal refusal) {
        assertThatThrownBy(refusal.call())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(refusal.message());
    }

    @Test
    void viewsSideBySideAreApart() {
        Matrix m = zeros(4, 4);
        Matrix left = m.columnRange(0, 2);
        Matrix right = m.columnRange(2, 4);
        left.fill(1);
        DOOR.axpy(2, left, right);
        assertThat(m.get(3, 1)).isEqualTo(1);
        assertThat(m.get(3, 2)).isEqualTo(2);
        assertThatCode(() -> DOOR.multiply(1, left, zeros(2, 2), 0, right)).doesNotThrowAnyException();
        assertThatCode(() -> DOOR.scaledCopy(1, m.rowRange(0, 2), m.rowRange(2, 4)))
                .doesNotThrowAnyException();
    }

    @Test
    void qrIsAllowedInPlaceOnly() {
        Matrix a = Matrix.identity(3);
        assertThatCode(() -> DOOR.thinQr(a, a, zeros(3, 3))).doesNotThrowAnyException();
    }

    @Test
    void emptyProblemsPass() {
        assertThat(DOOR.dot(zeros(0, 3), zeros(0, 3))).isZero();
        assertThat(DOOR.cholesky(zeros(0, 0))).isTrue();
        assertThatCode(() -> DOOR.thinSvd(zeros(3, 0), zeros(3, 0), array(0), zeros(0, 0)))
                .doesNotThrowAnyException();
        assertThatCode(() -> DOOR.sensingForward(ROWS, 2, 2, array(3), array(2)))
                .doesNotThrowAnyException();
    }
}

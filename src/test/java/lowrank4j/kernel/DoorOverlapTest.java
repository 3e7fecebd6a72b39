package lowrank4j.kernel;

import static lowrank4j.kernel.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outputs that share storage with what they must not are refused, and views that only look so are not. */
final class DoorOverlapTest {
    private static final Kernels DOOR = Tiers.select(Tier.REFERENCE).kernels();
    private static final DenseRows ROWS = SampleCall.ROWS;
    private static final SparsePattern PATTERN = SampleCall.PATTERN;

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

    /** Two at once. */
    private static void gradients(double[][] x, double[][] residual, double[][] g) {
        DOOR.sensingGradients(ROWS, 0, 4, x, new double[2][4], residual, g, array(2));
    }

    static List<Refusal> overlaps() {
        Matrix m = zeros(4, 4);
        Matrix top = m.rowRange(0, 3);
        Matrix bottom = m.rowRange(1, 4);
        double[] one = array(4);
        Matrix left = zeros(3, 2);
        Matrix right = zeros(4, 2);
        Matrix grams = zeros(9, 3);
        Matrix pair = m.rowRange(0, 2);
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
                refusal("thinQr: r overlaps q", () -> DOOR.thinQr(zeros(4, 4), m, m)),
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
                        "signAdjoint: g and z are one array, but must be two",
                        () -> DOOR.signAdjoint(SampleCall.SIGNS, 0, 4, one, one)),
                refusal(
                        "signGradient: g and x are one array, but must be two",
                        () -> DOOR.signGradient(SampleCall.SIGNS, 0, 4, one, array(4), array(4), one)),
                refusal(
                        "signGradient: g and residual are one array, but must be two",
                        () -> DOOR.signGradient(SampleCall.SIGNS, 0, 4, array(3), array(4), one, one)),
                refusal(
                        "sensingGradient: g and residual are one array, but must be two",
                        () -> DOOR.sensingGradient(ROWS, 0, 4, array(3), array(4), one, one)),
                refusal(
                        "completionProduct: out overlaps x",
                        () -> DOOR.completionProduct(
                                PATTERN, 0, 3, array(5), grams.rowRange(0, 4), grams.rowRange(3, 6))),
                refusal(
                        "completionGrams: grams overlaps x",
                        () -> DOOR.completionGrams(
                                PATTERN, 0, 3, grams.rowRange(5, 9).columnRange(0, 2), array(5), grams)),
                refusal("choleskySolveEach: x overlaps systems", () -> DOOR.choleskySolveEach(m, m.rowRange(0, 1))),
                refusal("complexProducts: sums overlaps x", () -> DOOR.complexProducts(pair, zeros(2, 4), pair)),
                refusal("complexProducts: sums overlaps y", () -> DOOR.complexProducts(zeros(2, 4), pair, pair)),
                refusal("conjugateProducts: x overlaps c", () -> DOOR.conjugateProducts(pair, pair)),
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
                        "sensingGradients: a g and an x are one array, but must be two",
                        () -> gradients(
                                new double[][] {array(4), one}, new double[2][4], new double[][] {one, array(4)})),
                refusal(
                        "sensingGradients: a g and a residual are one array, but must be two",
                        () -> gradients(
                                new double[2][3], new double[][] {array(4), one}, new double[][] {one, array(4)})),
                refusal(
                        "sensingGradients: a residual and another are one array, but must be two",
                        () -> gradients(new double[2][3], new double[][] {one, one}, new double[2][3])),
                refusal(
                        "completionGradient: gradLeft overlaps right",
                        () -> completion(left, right, array(5), array(5), right.rowRange(0, 3), zeros(4, 2))),
                refusal(
                        "completionGradient: gradRight overlaps left",
                        () -> completion(right.rowRange(1, 4), zeros(4, 2), array(5), array(5), zeros(3, 2), right)),
                refusal("scaledCopy: y overlaps x", () -> DOOR.scaledCopy(1, m.columnRange(1, 3), m.columnRange(0, 2))),
                refusal("scaledCopy: y overlaps x", () -> DOOR.scaledCopy(1, m.columnRange(0, 2), m.columnRange(1, 3))),
                refusal(
                        "scaledCopy: y overlaps x",
                        () -> DOOR.scaledCopy(1, Matrix.wrap(m.data(), 0, 3, 4, 5), m.rowRange(0, 3))),
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

    @ParameterizedTest
    @MethodSource("overlaps")
    void refuses(Refusal refusal) {
        refusal.check();
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
        assertThatCode(() -> DOOR.scaledCopy(1, m.rowRange(2, 4), m.rowRange(0, 2)))
                .doesNotThrowAnyException();
    }

    @Test
    void qrIsAllowedInPlaceOnly() {
        Matrix a = Matrix.identity(3);
        assertThatCode(() -> DOOR.thinQr(a, a, zeros(3, 3))).doesNotThrowAnyException();
    }

    @Test
    void emptyViewsAreApart() {
        Matrix m = zeros(4, 4);
        assertThatCode(() -> DOOR.scaledCopy(1, m.rowRange(2, 2), m.rowRange(2, 2)))
                .doesNotThrowAnyException();
        assertThatCode(() -> DOOR.gram(m.rowRange(2, 2), m)).doesNotThrowAnyException();
        assertThatCode(() -> DOOR.gram(m.columnRange(2, 2), m.rowRange(2, 2).columnRange(1, 1)))
                .doesNotThrowAnyException();
    }
}

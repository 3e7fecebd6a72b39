package lowrank4j.kernel;

import static lowrank4j.kernel.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.Arena;
import java.util.List;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the door of the kernels refuses, and that it says which operation, which argument, and what is allowed. */
final class DoorTest {
    private static final Kernels DOOR = Tiers.select(Tier.REFERENCE).kernels();
    private static final DenseRows ROWS = SampleCall.ROWS;
    private static final SignRows SIGNS = SampleCall.SIGNS;
    private static final SeededRows SEEDED = SampleCall.SEEDED;
    private static final SparsePattern PATTERN = SampleCall.PATTERN;

    private static DenseRows tile(int count, int width, Precision precision) {
        return DenseRows.allocate(Arena.ofAuto(), count, width, precision);
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

    private static void gradients(int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        DOOR.sensingGradients(
                ROWS,
                from,
                to,
                new double[][] {x},
                new double[][] {y},
                new double[][] {residual},
                new double[][] {g},
                array(1));
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
                        "choleskySolveEach: systems is 4x2, but must be 6x2",
                        () -> DOOR.choleskySolveEach(zeros(4, 2), zeros(3, 2))),
                refusal(
                        "fourierForward: x is 2x3, but must be 2x4",
                        () -> DOOR.fourierForward(SampleCall.TRANSFORM, 2, zeros(2, 3))),
                refusal(
                        "fourierForward: count is 5, but must be from 0 to 4",
                        () -> DOOR.fourierForward(SampleCall.TRANSFORM, 5, zeros(2, 4))),
                refusal(
                        "fourierInverse: x is 1x4, but must be 2x4",
                        () -> DOOR.fourierInverse(SampleCall.TRANSFORM, 2, zeros(1, 4))),
                refusal(
                        "fourierInverse: count is -1, but must be from 0 to 4",
                        () -> DOOR.fourierInverse(SampleCall.TRANSFORM, -1, zeros(2, 4))),
                refusal(
                        "complexProducts: x is 2x4, but must be 2x3",
                        () -> DOOR.complexProducts(zeros(2, 4), zeros(2, 3), zeros(2, 3))),
                refusal(
                        "complexProducts: y is 3x3, but must be 2x3",
                        () -> DOOR.complexProducts(zeros(2, 3), zeros(3, 3), zeros(2, 3))),
                refusal(
                        "complexProducts: sums is 3x3, but must be 2x3",
                        () -> DOOR.complexProducts(zeros(2, 3), zeros(2, 3), zeros(3, 3))),
                refusal(
                        "conjugateProducts: c is 2x2, but must be 2x3",
                        () -> DOOR.conjugateProducts(zeros(2, 2), zeros(2, 3))),
                refusal(
                        "conjugateProducts: x is 1x3, but must be 2x3",
                        () -> DOOR.conjugateProducts(zeros(2, 3), zeros(1, 3))),
                refusal("pseudoInverse: s is 3x2, but must be 3x3", () -> DOOR.pseudoInverse(zeros(3, 2), zeros(3, 3))),
                refusal(
                        "pseudoInverse: inverse is 2x2, but must be 3x3",
                        () -> DOOR.pseudoInverse(zeros(3, 3), zeros(2, 2))),
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
                        "sensingGradients: rows 0 to 5 are not within 0..4",
                        () -> gradients(0, 5, array(3), array(5), array(5), array(3))),
                refusal(
                        "sensingGradients: an x has 2 entries, but must have at least 3",
                        () -> gradients(0, 4, array(2), array(4), array(4), array(3))),
                refusal(
                        "sensingGradients: a y has 3 entries, but must have at least 4",
                        () -> gradients(0, 4, array(3), array(3), array(4), array(3))),
                refusal(
                        "sensingGradients: a residual has 1 entries, but must have at least 2",
                        () -> gradients(1, 2, array(3), array(4), array(1), array(3))),
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
                        "signForward: rows 0 to 5 are not within 0..4",
                        () -> DOOR.signForward(SIGNS, 0, 5, array(3), array(5))),
                refusal(
                        "signForward: x has 2 entries, but must have at least 3",
                        () -> DOOR.signForward(SIGNS, 0, 4, array(2), array(4))),
                refusal(
                        "signForward: out has 3 entries, but must have at least 4",
                        () -> DOOR.signForward(SIGNS, 2, 4, array(3), array(3))),
                refusal(
                        "signAdjoint: rows -1 to 2 are not within 0..4",
                        () -> DOOR.signAdjoint(SIGNS, -1, 2, array(4), array(3))),
                refusal(
                        "signAdjoint: z has 1 entries, but must have at least 2",
                        () -> DOOR.signAdjoint(SIGNS, 1, 2, array(1), array(3))),
                refusal(
                        "signAdjoint: g has 2 entries, but must have at least 3",
                        () -> DOOR.signAdjoint(SIGNS, 1, 2, array(4), array(2))),
                refusal(
                        "signGradient: rows 3 to 2 are not within 0..4",
                        () -> DOOR.signGradient(SIGNS, 3, 2, array(3), array(4), array(4), array(3))),
                refusal(
                        "signGradient: x has 1 entries, but must have at least 3",
                        () -> DOOR.signGradient(SIGNS, 0, 4, array(1), array(4), array(4), array(3))),
                refusal(
                        "signGradient: y has 3 entries, but must have at least 4",
                        () -> DOOR.signGradient(SIGNS, 0, 4, array(3), array(3), array(4), array(3))),
                refusal(
                        "signGradient: residual has 2 entries, but must have at least 4",
                        () -> DOOR.signGradient(SIGNS, 0, 4, array(3), array(4), array(2), array(3))),
                refusal(
                        "signGradient: g has 2 entries, but must have at least 3",
                        () -> DOOR.signGradient(SIGNS, 0, 4, array(3), array(4), array(4), array(2))),
                refusal(
                        "seededNumbers: rows 2 to 5 are not within 0..4",
                        () -> DOOR.seededNumbers(SEEDED, 2, 5, 0, SampleCall.TILE)),
                refusal(
                        "seededNumbers: numbers 16 to 80 are not multiples of 32 within 0..64",
                        () -> DOOR.seededNumbers(SEEDED, 0, 4, 16, SampleCall.TILE)),
                refusal(
                        "seededNumbers: numbers 32 to 96 are not multiples of 32 within 0..64",
                        () -> DOOR.seededNumbers(SEEDED, 0, 4, 32, SampleCall.TILE)),
                refusal(
                        "seededNumbers: numbers 0 to 33 are not multiples of 32 within 0..64",
                        () -> DOOR.seededNumbers(SEEDED, 0, 4, 0, tile(4, 33, Precision.FLOAT32))),
                refusal(
                        "seededNumbers: out has 3 rows of FLOAT32, but must have at least 4 of FLOAT32",
                        () -> DOOR.seededNumbers(SEEDED, 0, 4, 0, tile(3, 64, Precision.FLOAT32))),
                refusal(
                        "seededNumbers: out has 4 rows of FLOAT64, but must have at least 4 of FLOAT32",
                        () -> DOOR.seededNumbers(SEEDED, 0, 4, 0, tile(4, 64, Precision.FLOAT64))),
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
                        "completionProduct: rows 1 to 4 are not within 0..3",
                        () -> DOOR.completionProduct(PATTERN, 1, 4, array(5), zeros(4, 2), zeros(3, 2))),
                refusal(
                        "completionProduct: z has 4 entries, but must have at least 5",
                        () -> DOOR.completionProduct(PATTERN, 0, 3, array(4), zeros(4, 2), zeros(3, 2))),
                refusal(
                        "completionProduct: x is 3x2, but must be 4x2",
                        () -> DOOR.completionProduct(PATTERN, 0, 3, array(5), zeros(3, 2), zeros(3, 2))),
                refusal(
                        "completionProduct: out is 3x3, but must be 3x2",
                        () -> DOOR.completionProduct(PATTERN, 0, 3, array(5), zeros(4, 2), zeros(3, 3))),
                refusal(
                        "completionGrams: rows 1 to 4 are not within 0..3",
                        () -> DOOR.completionGrams(PATTERN, 1, 4, zeros(4, 2), array(5), zeros(9, 3))),
                refusal(
                        "completionGrams: x is 3x2, but must be 4x2",
                        () -> DOOR.completionGrams(PATTERN, 1, 3, zeros(3, 2), array(5), zeros(6, 3))),
                refusal(
                        "completionGrams: y has 4 entries, but must have at least 5",
                        () -> DOOR.completionGrams(PATTERN, 1, 3, zeros(4, 2), array(4), zeros(6, 3))),
                refusal(
                        "completionGrams: grams is 9x3, but must be 6x3",
                        () -> DOOR.completionGrams(PATTERN, 1, 3, zeros(4, 2), array(5), zeros(9, 3))),
                refusal(
                        "completionGradient: rows 2 to 1 are not within 0..3",
                        () -> DOOR.completionGradient(
                                PATTERN, 2, 1, zeros(3, 2), zeros(4, 2), array(5), array(5), zeros(3, 2), zeros(4, 2))),
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

    static List<Refusal> values() {
        Matrix nan = zeros(3, 3);
        nan.set(2, 1, Double.NaN);
        Matrix infinite = zeros(3, 3);
        infinite.set(0, 0, Double.NEGATIVE_INFINITY);
        return List.of(
                refusal("thinQr: a contains NaN or an infinity", () -> DOOR.thinQr(nan, zeros(3, 3), zeros(3, 3))),
                refusal(
                        "pseudoInverse: s contains NaN or an infinity",
                        () -> DOOR.pseudoInverse(infinite, zeros(3, 3))),
                refusal(
                        "symmetricEigen: s contains NaN or an infinity",
                        () -> DOOR.symmetricEigen(infinite, array(3), zeros(3, 3))),
                refusal(
                        "thinSvd: a contains NaN or an infinity",
                        () -> DOOR.thinSvd(nan, zeros(3, 3), array(3), zeros(3, 3))));
    }

    @ParameterizedTest
    @MethodSource({"shapes", "rangesAndLengths", "values"})
    void refuses(Refusal refusal) {
        refusal.check();
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

package lowrank4j.blas;

import static lowrank4j.blas.Formulas.assertClose;
import static lowrank4j.blas.Formulas.magnitudes;
import static lowrank4j.blas.Formulas.op;
import static lowrank4j.blas.Formulas.times;
import static lowrank4j.blas.Formulas.transpose;
import static lowrank4j.blas.Formulas.triangle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every product against plain loops, for all flags, in every storage, with padding and offsets, small and beyond every limit. */
class ProductsTest {
    private static final int[] SIZES = {0, 1, 3, 8, 67};
    private static final int[] PADDINGS = {0, 1, 7};
    private static final int[] OFFSETS = {0, 1, 3};
    private static final double[][] FACTORS = {{1, 0}, {-0.5, 1}, {2, 0.5}, {0, 2}};

    private final SplittableRandom random = new SplittableRandom(1);
    private int turn;
    private int factorsTurn;

    @ParameterizedTest
    @EnumSource
    void gemmMatchesTheFormula(Storage storage) {
        for (Transpose transA : Transpose.values()) {
            for (Transpose transB : Transpose.values()) {
                for (int m : SIZES) {
                    for (int n : SIZES) {
                        for (int k : SIZES) {
                            double[] factors = FACTORS[factorsTurn++ % FACTORS.length];
                            checkGemm(storage, transA, transB, m, n, k, factors[0], factors[1]);
                        }
                    }
                }
            }
        }
    }

    /** Long in each extent, and in all: cut into pieces of rows, of columns, of terms; copied. */
    @ParameterizedTest
    @EnumSource
    void gemmMatchesTheFormulaWhereHeapOperandsAreCutOrCopied(Storage storage) {
        int[][] shapes = {{3001, 40, 41}, {40, 3001, 41}, {40, 41, 3001}, {201, 203, 199}};
        for (int[] shape : shapes) {
            for (Transpose transA : Transpose.values()) {
                for (Transpose transB : Transpose.values()) {
                    double beta = transA == transB ? 0 : 0.75;
                    checkGemm(storage, transA, transB, shape[0], shape[1], shape[2], -0.5, beta);
                }
            }
        }
    }

    /** From the start of their arrays on, where short products need no views of them. */
    @ParameterizedTest
    @EnumSource
    void gemmMatchesTheFormulaWithoutOffsets(Storage storage) {
        for (Transpose transA : Transpose.values()) {
            for (Transpose transB : Transpose.values()) {
                for (int[] shape : new int[][] {{1, 1, 1}, {3, 8, 5}, {8, 3, 67}, {67, 40, 3}, {200, 201, 199}}) {
                    double[] factors = FACTORS[factorsTurn++ % FACTORS.length];
                    Operand a = withoutOffset(storage, transA, shape[0], shape[2], 1);
                    Operand b = withoutOffset(storage, transB, shape[2], shape[1], 2);
                    Operand c = withoutOffset(storage, Transpose.NONE, shape[0], shape[1], 3);
                    checkGemm(storage, transA, transB, a, b, c, factors[0], factors[1]);
                }
            }
        }
    }

    /** An operand of which op(A) has the given extents. */
    private Operand withoutOffset(Storage storage, Transpose transpose, int rows, int columns, int padding) {
        return transpose == Transpose.NONE
                ? Operand.random(storage, rows, columns, 0, padding, random)
                : Operand.random(storage, columns, rows, 0, padding, random);
    }

    private void checkGemm(
            Storage storage, Transpose transA, Transpose transB, int m, int n, int k, double alpha, double beta) {
        Operand a = transA == Transpose.NONE ? operand(storage, m, k) : operand(storage, k, m);
        Operand b = transB == Transpose.NONE ? operand(storage, k, n) : operand(storage, n, k);
        checkGemm(storage, transA, transB, a, b, operand(storage, m, n, beta), alpha, beta);
    }

    private void checkGemm(
            Storage storage,
            Transpose transA,
            Transpose transB,
            Operand a,
            Operand b,
            Operand c,
            double alpha,
            double beta) {
        int k = transA == Transpose.NONE ? a.columns() : a.rows();
        int n = c.columns();
        double[][] before = c.values();

        new BlasCalls(storage).gemm(transA, transB, alpha, a, b, beta, c);

        double[][] left = op(transA, a);
        double[][] right = op(transB, b);
        assertProduct(
                storage,
                c,
                times(left, right, k, n),
                times(magnitudes(left), magnitudes(right), k, n),
                k,
                alpha,
                beta,
                before);
    }

    @ParameterizedTest
    @EnumSource
    void syrkMatchesTheFormulaInOneTriangle(Storage storage) {
        for (Triangle triangle : Triangle.values()) {
            for (Transpose transpose : Transpose.values()) {
                for (int n : SIZES) {
                    for (int k : SIZES) {
                        double[] factors = FACTORS[factorsTurn++ % FACTORS.length];
                        checkSyrk(storage, triangle, transpose, n, k, factors[0], factors[1]);
                    }
                }
            }
        }
    }

    /** Few and long rows, which are cut; many and short ones, which are copied. */
    @ParameterizedTest
    @EnumSource
    void syrkMatchesTheFormulaWhereHeapOperandsAreCutOrCopied(Storage storage) {
        for (Triangle triangle : Triangle.values()) {
            for (Transpose transpose : Transpose.values()) {
                double beta = transpose == Transpose.NONE ? 0 : 0.75;
                checkSyrk(storage, triangle, transpose, 41, 5003, -0.5, beta);
                checkSyrk(storage, triangle, transpose, 301, 67, -0.5, beta);
            }
        }
    }

    private void checkSyrk(
            Storage storage, Triangle triangle, Transpose transpose, int n, int k, double alpha, double beta) {
        Operand a = transpose == Transpose.NONE ? operand(storage, n, k) : operand(storage, k, n);
        Operand c = operand(storage, n, n, beta);
        double[][] before = c.values();

        new BlasCalls(storage).syrk(triangle, transpose, alpha, a, beta, c);

        double[][] factor = op(transpose, a);
        double[][] product = times(factor, transpose(factor, k), k, n);
        double[][] magnitude = times(magnitudes(factor), transpose(magnitudes(factor), k), k, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean written = triangle == Triangle.LOWER ? j <= i : i <= j;
                if (!written) {
                    assertThat(c.get(i, j)).as("the other triangle").isEqualTo(Double.valueOf(before[i][j]));
                    c.set(i, j, alpha * product[i][j] + (beta == 0 ? 0 : beta * before[i][j]));
                }
            }
        }
        assertProduct(storage, c, product, magnitude, k, alpha, beta, before);
    }

    @ParameterizedTest
    @EnumSource
    void trsmSolves(Storage storage) {
        for (Side side : Side.values()) {
            for (int m : SIZES) {
                for (int n : SIZES) {
                    checkTrsm(storage, side, Diagonal.STORED, m, n, 1);
                    checkTrsm(storage, side, Diagonal.ONES, m, n, -0.5);
                }
            }
        }
    }

    /** Many right sides, which are cut; a large triangle, for which all is copied. */
    @ParameterizedTest
    @EnumSource
    void trsmSolvesWhereHeapOperandsAreCutOrCopied(Storage storage) {
        checkTrsm(storage, Side.LEFT, Diagonal.STORED, 40, 3001, -0.5);
        checkTrsm(storage, Side.RIGHT, Diagonal.STORED, 3001, 40, -0.5);
        checkTrsm(storage, Side.LEFT, Diagonal.STORED, 301, 67, -0.5);
        checkTrsm(storage, Side.RIGHT, Diagonal.STORED, 67, 301, -0.5);
    }

    private void checkTrsm(Storage storage, Side side, Diagonal diagonal, int m, int n, double alpha) {
        for (Triangle triangle : Triangle.values()) {
            for (Transpose transpose : Transpose.values()) {
                checkTrsm(storage, side, triangle, transpose, diagonal, m, n, alpha);
            }
        }
    }

    private void checkTrsm(
            Storage storage,
            Side side,
            Triangle triangle,
            Transpose transpose,
            Diagonal diagonal,
            int m,
            int n,
            double alpha) {
        int order = side == Side.LEFT ? m : n;
        Operand a = operand(storage, order, order);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                a.set(i, j, i == j ? 2 + a.get(i, j) : a.get(i, j) / order);
            }
        }
        double[][] stored = triangle(a.values(), triangle, false);
        for (int i = 0; i < order && diagonal == Diagonal.ONES; i++) {
            stored[i][i] = 1;
            a.set(i, i, Double.NaN);
        }
        Operand b = operand(storage, m, n);
        double[][] before = b.values();

        new BlasCalls(storage).trsm(side, triangle, transpose, diagonal, alpha, a, b);

        double[][] matrix = transpose == Transpose.NONE ? stored : transpose(stored, order);
        double[][] x = b.values();
        double[][] image = side == Side.LEFT ? times(matrix, x, m, n) : times(x, matrix, n, n);
        for (double[] row : before) {
            for (int j = 0; j < n; j++) {
                row[j] *= alpha;
            }
        }
        assertClose(image, before, 40 * (order + 1) * storage.eps());
        a.assertNothingWrittenBeside();
        b.assertNothingWrittenBeside();
    }

    @ParameterizedTest
    @EnumSource
    void gemvMatchesTheFormula(Storage storage) {
        for (Transpose transpose : Transpose.values()) {
            for (int m : SIZES) {
                for (int n : SIZES) {
                    for (double[] factors : FACTORS) {
                        checkGemv(storage, transpose, m, n, factors[0], factors[1]);
                    }
                }
            }
        }
    }

    /** Tall, wide, and with rows longer than one call reads. */
    @ParameterizedTest
    @EnumSource
    void gemvMatchesTheFormulaWhereHeapOperandsAreCut(Storage storage) {
        int[][] shapes = {{70_001, 5}, {5, 70_001}, {3, Products.CRITICAL_ENTRIES + 5}, {601, 601}};
        for (int[] shape : shapes) {
            for (Transpose transpose : Transpose.values()) {
                checkGemv(storage, transpose, shape[0], shape[1], -0.5, 0);
                checkGemv(storage, transpose, shape[0], shape[1], 1, 0.75);
            }
        }
    }

    private void checkGemv(Storage storage, Transpose transpose, int m, int n, double alpha, double beta) {
        Operand a = operand(storage, m, n);
        int inner = transpose == Transpose.NONE ? n : m;
        int outer = transpose == Transpose.NONE ? m : n;
        Operand x = vector(storage, inner);
        Operand y = vector(storage, outer, beta);
        double[][] before = transpose(y.values(), outer);

        new BlasCalls(storage).gemv(transpose, alpha, a, x, beta, y);

        double[][] matrix = op(transpose, a);
        double[][] column = transpose(x.values(), inner);
        double[][] product = times(matrix, column, inner, 1);
        double[][] magnitude = times(magnitudes(matrix), magnitudes(column), inner, 1);
        y.assertNothingWrittenBeside();
        for (int i = 0; i < outer; i++) {
            assertEntry(storage, y.get(0, i), product[i][0], magnitude[i][0], inner, alpha, beta, before[i][0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectorOperationsMatchTheFormulas(Storage storage) {
        BlasCalls calls = new BlasCalls(storage);
        for (int n :
                new int[] {0, 1, 2, 7, 8, 67, 1000, Products.CRITICAL_ENTRIES, 2 * Products.CRITICAL_ENTRIES + 3}) {
            Operand x = vector(storage, n);
            Operand y = vector(storage, n);
            double dot = 0;
            double magnitude = 0;
            double squares = 0;
            double[][] expected = y.values();
            for (int i = 0; i < n; i++) {
                dot += x.get(0, i) * y.get(0, i);
                magnitude += Math.abs(x.get(0, i) * y.get(0, i));
                squares += x.get(0, i) * x.get(0, i);
                expected[0][i] += -0.5 * x.get(0, i);
            }
            // Blocked sums round far less than their worst case.
            double bound = 4 * Math.sqrt(n + 1.0) * storage.eps();
            assertThat(calls.dot(x, y)).isCloseTo(dot, within(bound * magnitude + 1e-300));
            assertThat(calls.nrm2(x)).isCloseTo(Math.sqrt(squares), within(bound * Math.sqrt(squares) + 1e-300));
            calls.axpy(-0.5, x, y);
            assertClose(y.values(), expected, 4 * storage.eps());
            y.assertNothingWrittenBeside();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nrm2NeitherOverflowsNorUnderflows(Storage storage) {
        double huge = storage.precision() == Precision.DOUBLE ? 0x1p1000 : 0x1p110;
        int n = Products.CRITICAL_ENTRIES + 100;
        Operand x = new Operand(storage, 1, n, 0, 0, huge);
        assertThat(new BlasCalls(storage).nrm2(x) / huge).isCloseTo(Math.sqrt(n), within(1e-2));
        Operand tiny = new Operand(storage, 1, n, 0, 0, 1 / huge);
        assertThat(new BlasCalls(storage).nrm2(tiny) * huge).isCloseTo(Math.sqrt(n), within(1e-2));
    }

    /** An operand in the next of all combinations of offset and padding. */
    private Operand operand(Storage storage, int rows, int columns) {
        int offset = OFFSETS[turn % OFFSETS.length];
        int padding = PADDINGS[turn / OFFSETS.length % PADDINGS.length];
        turn++;
        return Operand.random(storage, rows, columns, offset, padding, random);
    }

    /** A result, full of NaN where its old values are not to be read. */
    private Operand operand(Storage storage, int rows, int columns, double beta) {
        Operand operand = operand(storage, rows, columns);
        for (int i = 0; i < rows && beta == 0; i++) {
            for (int j = 0; j < columns; j++) {
                operand.set(i, j, Double.NaN);
            }
        }
        return operand;
    }

    private Operand vector(Storage storage, int length) {
        return Operand.random(storage, 1, length, OFFSETS[turn++ % OFFSETS.length], 0, random);
    }

    private Operand vector(Storage storage, int length, double beta) {
        return beta == 0
                ? new Operand(storage, 1, length, OFFSETS[turn++ % OFFSETS.length], 0, Double.NaN)
                : vector(storage, length);
    }

    private static void assertProduct(
            Storage storage,
            Operand c,
            double[][] product,
            double[][] magnitude,
            int k,
            double alpha,
            double beta,
            double[][] before) {
        c.assertNothingWrittenBeside();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                assertEntry(storage, c.get(i, j), product[i][j], magnitude[i][j], k, alpha, beta, before[i][j]);
            }
        }
    }

    private static void assertEntry(
            Storage storage,
            double actual,
            double product,
            double magnitude,
            int k,
            double alpha,
            double beta,
            double before) {
        double old = beta == 0 ? 0 : beta * before;
        double expected = alpha * product + old;
        // Errors of long sums of random terms largely cancel.
        double terms = Math.min(2 * (k + 2), 8 * Math.sqrt(k + 2));
        double bound = terms * storage.eps() * (Math.abs(alpha) * magnitude + Math.abs(old));
        if (!(Math.abs(actual - expected) <= bound)) {
            assertThat(actual).as("within %s", bound).isEqualTo(expected);
        }
    }
}

package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** cholesky and choleskySolve. */
public abstract class CholeskyContract extends KernelContract {
    protected CholeskyContract(Kernels kernels) {
        super(kernels);
    }

    static IntStream orders() {
        return IntStream.concat(sizes(), IntStream.of(127, 128, 129, 200));
    }

    /** {@code B Bᵀ + shift·I} with the columns of B ever smaller: of condition about {@code condition}. */
    private Matrix definite(int order, double condition, Random random) {
        Matrix b = Layout.DENSE.gaussian(order, order, random);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                b.set(i, j, b.get(i, j) * Math.pow(condition, -0.5 * j / Math.max(1, order - 1)));
            }
        }
        Matrix s = Matrix.zeros(order, order);
        reference.multiplyTransposed(1, b, b, 0, s);
        for (int i = 0; i < order; i++) {
            s.set(i, i, s.get(i, i) + order / condition);
        }
        return s;
    }

    /** The lower triangle of {@code s}, with NaN above it. */
    private static Matrix lowerOnly(Layout layout, Matrix s) {
        Matrix lower = layout.copyOf(s);
        for (int i = 0; i < s.rows(); i++) {
            for (int j = i + 1; j < s.rows(); j++) {
                lower.set(i, j, Double.NaN);
            }
        }
        return lower;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theFactorGivesTheMatrixBack(int order) {
        for (Layout layout : Layout.ALL) {
            for (double scale : new double[] {1, 1e-150, 1e150}) {
                Random random = seeded("cholesky", order, layout.offset(), layout.gap());
                Matrix s = definite(order, 1e6, random);
                reference.scaledCopy(scale, s.copy(), s);
                Matrix factor = lowerOnly(layout, s);
                assertThat(kernels.cholesky(factor)).isTrue();
                requireFactorOf(s, factor);
                Layout.requireCanaries("cholesky", factor);
            }
        }
    }

    private void requireFactorOf(Matrix s, Matrix factor) {
        int order = s.rows();
        Matrix lower = Matrix.zeros(order, order);
        for (int i = 0; i < order; i++) {
            assertThat(factor.get(i, i)).isPositive();
            for (int j = 0; j <= i; j++) {
                lower.set(i, j, factor.get(i, j));
                assertThat(factor.get(j, i)).as("upper triangle (%d, %d)", j, i).isEqualTo(factor.get(i, j));
            }
        }
        Matrix product = Matrix.zeros(order, order);
        Matrix magnitude = Matrix.zeros(order, order);
        reference.multiplyTransposed(1, lower, lower, 0, product);
        reference.multiplyTransposed(1, absolute(lower), absolute(lower), 0, magnitude);
        Bound.require("C Cᵀ of order " + order, product, s, magnitude, order + 2);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void solvesForRows(int order) {
        for (int rows : new int[] {0, 1, 2, 3, 5, 8, 9, 50}) {
            for (double condition : new double[] {10, 1e8}) {
                Random random = seeded("solve", order, rows, condition);
                Matrix factor = Layout.any(random).copyOf(definite(order, condition, random));
                assertThat(reference.cholesky(factor)).isTrue();
                checkSolve(factor, Layout.any(random).gaussian(rows, order, random));
            }
        }
    }

    @Test
    void solvesForManyRows() {
        Random random = seeded("many rows");
        for (int order : new int[] {1, 5, 10, 50, 150}) {
            Matrix factor = Layout.any(random).copyOf(definite(order, 100, random));
            assertThat(reference.cholesky(factor)).isTrue();
            checkSolve(factor, Layout.any(random).gaussian(1003, order, random));
        }
    }

    /** Substitution is backward stable entry by entry: {@code |X Cᵀᵀ Cᵀ - B| ≤ c·r·eps·|X| |C| |Cᵀ|}. */
    private void checkSolve(Matrix factor, Matrix x) {
        Matrix b = x.copy();
        double[] factorBefore = factor.data().clone();
        kernels.choleskySolve(factor, x);
        Matrix lower = Matrix.zeros(factor.rows(), factor.rows());
        for (int i = 0; i < factor.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                lower.set(i, j, factor.get(i, j));
            }
        }
        Matrix back = timesLowerLowerTransposed(x, lower);
        Matrix magnitude = timesLowerLowerTransposed(absolute(x), absolute(lower));
        String what = "solution of " + x.shape();
        Bound.require(what, back, b, magnitude, 3 * factor.rows() + 3);
        Layout.requireCanaries(what, x);
        assertThat(factor.data()).isEqualTo(factorBefore);
    }

    private Matrix timesLowerLowerTransposed(Matrix x, Matrix lower) {
        Matrix half = Matrix.zeros(x.rows(), x.columns());
        Matrix product = Matrix.zeros(x.rows(), x.columns());
        reference.multiply(1, x, lower, 0, half);
        reference.multiplyTransposed(1, half, lower, 0, product);
        return product;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 9, 17, 64, 150, 200})
    void refusesWhatIsNotDefinite(int order) {
        Random random = seeded("indefinite", order);
        assertThat(kernels.cholesky(Matrix.zeros(order, order))).as("zeros").isFalse();
        for (int trial = 0; trial < 10; trial++) {
            Matrix s = definite(order, 10, random);
            int spoilt = random.nextInt(order);
            assertThat(kernels.cholesky(with(s, spoilt, spoilt, -1)))
                    .as("negative diagonal")
                    .isFalse();
            assertThat(kernels.cholesky(with(s, spoilt, spoilt, Double.NaN)))
                    .as("NaN")
                    .isFalse();
            int column = random.nextInt(spoilt + 1);
            assertThat(kernels.cholesky(with(s, spoilt, column, Double.NaN)))
                    .as("NaN")
                    .isFalse();
            if (column < spoilt) {
                assertThat(kernels.cholesky(with(s, spoilt, column, 100 * order)))
                        .as("indefinite")
                        .isFalse();
            }
        }
    }

    private static Matrix with(Matrix s, int row, int column, double value) {
        Matrix changed = s.copy();
        changed.set(row, column, value);
        return changed;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 8, 9, 17, 64, 150, 200})
    void theSmallestPivotIsMeasuredAgainstTheLargestDiagonalEntry(int order) {
        for (double largest : new double[] {1, 1e-200, 1e200}) {
            for (int place : new int[] {0, order / 2, order - 1}) {
                Matrix s = Matrix.identity(order);
                reference.scaledCopy(largest, Matrix.identity(order), s);
                double limit = order * Bound.EPS * largest;
                s.set(place, place, 1.01 * limit);
                assertThat(kernels.cholesky(s.copy())).as("just above").isTrue();
                s.set(place, place, 0.99 * limit);
                assertThat(kernels.cholesky(s.copy())).as("just below").isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 9, 40, 150})
    void refusesAGramMatrixOfTooFewVectors(int order) {
        Matrix tall = Layout.DENSE.gaussian(order, order - 1, seeded("singular", order));
        Matrix s = Matrix.zeros(order, order);
        reference.multiplyTransposed(1, tall, tall, 0, s);
        // Rounding may leave the last pivot a little above zero; twice the same vector leaves it at zero or eps.
        for (int j = 0; j < order; j++) {
            s.set(order - 1, j, s.get(0, j));
        }
        s.set(order - 1, order - 1, s.get(0, 0));
        s.set(order - 1, 0, s.get(0, 0));
        assertThat(kernels.cholesky(s)).isFalse();
    }
}

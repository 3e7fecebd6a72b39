package lowrank4j.kernel.contract;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;

/** cholesky, choleskySolve and choleskySolveEach. */
final class CholeskyContract extends Family {
    private static final List<Integer> REFUSED = List.of(1, 2, 5, 8, 9, 17, 64, 150, 200, 321);

    CholeskyContract(Kernels kernels, Extent extent) {
        super("solves", kernels, extent);
        List<Integer> refused = isQuick() ? List.of(1, 2, 9, 33, 321) : REFUSED;
        List<Integer> orders = Stream.concat(
                        sizes().stream(), isQuick() ? Stream.of(321) : Stream.of(127, 128, 129, 200, 321))
                .toList();
        each("cholesky: the factor gives the matrix back, order", orders, this::theFactorGivesTheMatrixBack);
        if (!isQuick()) {
            each("cholesky of what exceeds every scratch space, order", List.of(600), this::aLargeFactor);
            each("choleskySolve of what exceeds every scratch space, order", List.of(2100), this::solvesOneLargeSystem);
        }
        each("choleskySolve solves for rows, order", orders, this::solvesForRows);
        each(
                "choleskySolve solves for many rows, order",
                isQuick() ? List.of(10) : List.of(1, 5, 10, 50, 150),
                this::solvesForManyRows);
        each(
                "choleskySolveEach solves one system for each row, order",
                isQuick() ? List.of(0, 1, 3, 8, 17) : List.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 64, 200),
                this::solvesEach);
        each("choleskySolveEach refuses only what is not definite, order", List.of(1, 2, 9), this::refusesSomeOfEach);
        each(
                "choleskySolveEach measures pivots against the largest diagonal entry of their system, order",
                List.of(2, 3, 9),
                this::theSmallestPivotOfEachIsMeasuredAgainstItsOwnLargestEntry);
        each("cholesky refuses what is not definite, order", refused, this::refusesWhatIsNotDefinite);
        each(
                "cholesky measures the smallest pivot against the largest diagonal entry, order",
                refused.subList(1, refused.size()),
                this::theSmallestPivotIsMeasuredAgainstTheLargestDiagonalEntry);
        each(
                "cholesky refuses a Gram matrix of too few vectors, order",
                List.of(3, 9, 40, 150),
                this::refusesAGramMatrixOfTooFewVectors);
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

    private void theFactorGivesTheMatrixBack(int order) {
        for (Layout layout : layouts()) {
            for (double scale : new double[] {1, 1e-150, 1e150}) {
                Random random = seeded("cholesky", order, layout.offset(), layout.gap());
                Matrix s = definite(order, 1e6, random);
                reference.scaledCopy(scale, s.copy(), s);
                Matrix factor = lowerOnly(layout, s);
                Require.that("cholesky takes a definite matrix of order " + order, kernels.cholesky(factor));
                requireFactorOf(s, factor);
                Layout.requireCanaries("cholesky", factor);
            }
        }
    }

    private void aLargeFactor(int order) {
        Matrix s = definite(order, 100, seeded("large", order));
        Matrix factor = lowerOnly(Layout.DENSE, s);
        Require.that("cholesky takes a definite matrix of order " + order, kernels.cholesky(factor));
        requireFactorOf(s, factor);
    }

    private void requireFactorOf(Matrix s, Matrix factor) {
        int order = s.rows();
        Matrix lower = Matrix.zeros(order, order);
        for (int i = 0; i < order; i++) {
            Require.that("cholesky gives a positive diagonal entry " + i, factor.get(i, i) > 0);
            for (int j = 0; j <= i; j++) {
                lower.set(i, j, factor.get(i, j));
                Require.that(
                        "cholesky copies entry (" + i + ", " + j + ") to the upper triangle",
                        factor.get(j, i) == factor.get(i, j));
            }
        }
        Matrix product = Matrix.zeros(order, order);
        Matrix magnitude = Matrix.zeros(order, order);
        reference.multiplyTransposed(1, lower, lower, 0, product);
        reference.multiplyTransposed(1, absolute(lower), absolute(lower), 0, magnitude);
        Bound.require("cholesky, C Cᵀ of order " + order, product, s, magnitude, order + 2);
    }

    private void solvesForRows(int order) {
        for (int rows : new int[] {0, 1, 2, 3, 5, 8, 9, 50}) {
            for (double condition : new double[] {10, 1e8}) {
                Random random = seeded("solve", order, rows, condition);
                Matrix factor = Layout.any(random).copyOf(definite(order, condition, random));
                factorise(factor);
                checkSolve(factor, Layout.any(random).gaussian(rows, order, random));
            }
        }
    }

    private void solvesForManyRows(int order) {
        Random random = seeded("many rows", order);
        Matrix factor = Layout.any(random).copyOf(definite(order, 100, random));
        factorise(factor);
        checkSolve(factor, Layout.any(random).gaussian(1003, order, random));
    }

    private void solvesOneLargeSystem(int order) {
        Random random = seeded("large solve", order);
        Matrix factor = Matrix.identity(order);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < i; j++) {
                double entry = (random.nextDouble() - 0.5) / order;
                factor.set(i, j, entry);
                factor.set(j, i, entry);
            }
        }
        checkSolve(factor, Layout.DENSE.gaussian(2, order, random));
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
        String what = "choleskySolve, X of " + x.shape();
        Bound.require(what, back, b, magnitude, 3 * factor.rows() + 3);
        Layout.requireCanaries(what, x);
        Require.untouched(what, factor.data(), factorBefore);
    }

    private void solvesEach(int order) {
        for (int count : order > 40 ? new int[] {1, 9} : new int[] {0, 1, 2, 3, 7, 8, 9, 17}) {
            Random random = seeded("solve each", order, count);
            Matrix systems = Layout.any(random).filled(count * order, order, Double.NaN);
            Matrix right = Layout.any(random).gaussian(count, order, random);
            Matrix[] system = new Matrix[count];
            for (int b = 0; b < count; b++) {
                system[b] = definite(order, b % 2 == 0 ? 10 : 1e6, random);
                systems.rowRange(b * order, b * order + order).copyFrom(lowerOnly(Layout.DENSE, system[b]));
            }
            Matrix x = Layout.any(random).copyOf(right);
            Require.that("choleskySolveEach refuses nothing definite", kernels.choleskySolveEach(systems, x) == 0);
            for (int b = 0; b < count; b++) {
                requireSolution(system[b], x.rowRange(b, b + 1), right.rowRange(b, b + 1));
            }
            Layout.requireCanaries("choleskySolveEach", systems, x);
        }
    }

    /** Factor and substitution are backward stable entry by entry: {@code |X S - B| ≤ c·r·eps·|X| |C| |Cᵀ|}. */
    private void requireSolution(Matrix s, Matrix x, Matrix b) {
        Matrix factor = s.copy();
        factorise(factor);
        for (int i = 0; i < s.rows(); i++) {
            for (int j = i + 1; j < s.rows(); j++) {
                factor.set(i, j, 0);
            }
        }
        Matrix back = Matrix.zeros(x.rows(), x.columns());
        reference.multiply(1, x, s, 0, back);
        Matrix magnitude = timesLowerLowerTransposed(absolute(x), absolute(factor));
        Bound.require("choleskySolveEach of order " + s.rows(), back, b, magnitude, 5 * s.rows() + 5);
    }

    private void refusesSomeOfEach(int order) {
        Random random = seeded("refuse each", order);
        int count = 11;
        Matrix systems = Matrix.zeros(count * order, order);
        Matrix right = Layout.DENSE.gaussian(count, order, random);
        for (int b = 0; b < count; b++) {
            Matrix system = definite(order, 10, random);
            switch (b) {
                case 2 -> system.set(order - 1, order - 1, -1);
                case 3 -> system.set(order / 2, 0, Double.NaN);
                case 9 -> system.fill(0);
                default -> {}
            }
            systems.rowRange(b * order, b * order + order).copyFrom(system);
        }
        Matrix before = systems.copy();
        Matrix x = right.copy();
        Require.that("choleskySolveEach refuses three", kernels.choleskySolveEach(systems, x) == 3);
        for (int b = 0; b < count; b++) {
            Matrix row = x.rowRange(b, b + 1);
            if (b == 2 || b == 3 || b == 9) {
                Require.that("a refused system leaves its row zero", reference.dot(row, row) == 0);
            } else {
                requireSolution(before.rowRange(b * order, b * order + order), row, right.rowRange(b, b + 1));
            }
        }
    }

    private void theSmallestPivotOfEachIsMeasuredAgainstItsOwnLargestEntry(int order) {
        double limit = order * Bound.EPS;
        Matrix systems = Matrix.zeros(2 * order * order, order);
        for (int place = 0; place < order; place++) {
            for (int below = 0; below < 2; below++) {
                int first = (2 * place + below) * order;
                for (int i = 0; i < order; i++) {
                    systems.set(first + i, i, i == place ? 1 : 1.01 * limit);
                }
                if (below == 1) {
                    systems.set(first + (place + 1) % order, (place + 1) % order, 0.99 * limit);
                }
            }
        }
        Matrix x = Matrix.zeros(2 * order, order);
        x.fill(1);
        Require.that(
                "choleskySolveEach refuses the systems with a pivot just below the limit, and no others",
                kernels.choleskySolveEach(systems, x) == order);
        for (int b = 0; b < x.rows(); b++) {
            Require.that("every other system is refused", (x.get(b, 0) == 0) == (b % 2 == 1));
        }
    }

    private Matrix timesLowerLowerTransposed(Matrix x, Matrix lower) {
        Matrix half = Matrix.zeros(x.rows(), x.columns());
        Matrix product = Matrix.zeros(x.rows(), x.columns());
        reference.multiply(1, x, lower, 0, half);
        reference.multiplyTransposed(1, half, lower, 0, product);
        return product;
    }

    private void refusesWhatIsNotDefinite(int order) {
        Random random = seeded("indefinite", order);
        refuses("zeros", Matrix.zeros(order, order));
        for (int trial = 0; trial < 10; trial++) {
            Matrix s = definite(order, 10, random);
            int spoilt = random.nextInt(order);
            refuses("a negative diagonal entry", with(s, spoilt, spoilt, -1));
            refuses("NaN on the diagonal", with(s, spoilt, spoilt, Double.NaN));
            int column = random.nextInt(spoilt + 1);
            refuses("NaN", with(s, spoilt, column, Double.NaN));
            if (column < spoilt) {
                refuses("an indefinite matrix", with(s, spoilt, column, 100 * order));
            }
        }
    }

    private void refuses(String what, Matrix s) {
        Require.that("cholesky refuses " + what + " of order " + s.rows(), !kernels.cholesky(s));
    }

    private void factorise(Matrix s) {
        Require.that("the reference factors a definite matrix", reference.cholesky(s));
    }

    private static Matrix with(Matrix s, int row, int column, double value) {
        Matrix changed = s.copy();
        changed.set(row, column, value);
        return changed;
    }

    private void theSmallestPivotIsMeasuredAgainstTheLargestDiagonalEntry(int order) {
        for (double largest : new double[] {1, 1e-200, 1e200}) {
            for (int place : new int[] {0, order / 2, order - 1}) {
                Matrix s = Matrix.identity(order);
                reference.scaledCopy(largest, Matrix.identity(order), s);
                double limit = order * Bound.EPS * largest;
                s.set(place, place, 1.01 * limit);
                Require.that("cholesky takes a pivot just above the limit", kernels.cholesky(s.copy()));
                s.set(place, place, 0.99 * limit);
                refuses("a pivot just below the limit", s.copy());
            }
        }
    }

    private void refusesAGramMatrixOfTooFewVectors(int order) {
        Matrix tall = Layout.DENSE.gaussian(order, order - 1, seeded("singular", order));
        Matrix s = Matrix.zeros(order, order);
        reference.multiplyTransposed(1, tall, tall, 0, s);
        // Rounding may leave the last pivot a little above zero; twice the same vector leaves it at zero or eps.
        for (int j = 0; j < order; j++) {
            s.set(order - 1, j, s.get(0, j));
        }
        s.set(order - 1, order - 1, s.get(0, 0));
        s.set(order - 1, 0, s.get(0, 0));
        refuses("a Gram matrix of too few vectors", s);
    }
}

package lowrank4j.kernel.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** completionForward, completionGradient, completionProduct and completionGrams. */
final class CompletionContract extends Family {
    CompletionContract(Kernels kernels, Extent extent) {
        super("completion", kernels, extent);
        each(
                "every rank:",
                isQuick() ? List.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 16, 17, 30, 33, 64) : ranks(),
                this::everyRank);
        each(
                "completionGrams sums rows of many entries, rank",
                isQuick() ? List.of(0, 1, 7, 8, 15, 42) : ranks(),
                this::gramsOfManyEntries);
        each("every range of rows, rank", isQuick() ? List.of(5, 17) : List.of(1, 5, 8, 17), this::everyRangeOfRows);
        check("many layouts", this::manyLayouts);
        check("patterns without rows or columns or entries", this::patternsWithoutRowsOrColumnsOrEntries);
        each(
                "special values go the way of the formula, rank",
                List.of(1, 2, 3, 5, 8, 10, 17, 20, 30, 33),
                this::specialValuesGoTheWayOfTheFormula);
    }

    private static List<Integer> ranks() {
        return IntStream.concat(IntStream.rangeClosed(0, 33), IntStream.of(64, 65, 100))
                .boxed()
                .toList();
    }

    /** A problem; the factors lie between canaries. */
    @SuppressWarnings("ArrayRecordComponent") // kernels want arrays
    private record Problem(
            SparsePattern pattern, Matrix left, Matrix right, double[] y, Matrix gradLeft, Matrix gradRight) {
        static Problem random(SparsePattern pattern, int rank, Random random) {
            return new Problem(
                    pattern,
                    Layout.any(random).gaussian(pattern.rows(), rank, random),
                    Layout.any(random).gaussian(pattern.columns(), rank, random),
                    gaussians((int) pattern.count(), random),
                    Layout.any(random).gaussian(pattern.rows(), rank, random),
                    Layout.any(random).gaussian(pattern.columns(), rank, random));
        }

        /** The same formula on absolute values bounds every rounding error. */
        Problem absolute() {
            return new Problem(
                    pattern,
                    Family.absolute(left),
                    Family.absolute(right),
                    negated(Family.absolute(y)),
                    Family.absolute(gradLeft),
                    Family.absolute(gradRight));
        }

        double gradient(Kernels kernels, int from, int to, double[] residual) {
            return kernels.completionGradient(pattern, from, to, left, right, y, residual, gradLeft, gradRight);
        }

        Problem copy() {
            return new Problem(pattern, left, right, y, gradLeft.copy(), gradRight.copy());
        }
    }

    /** Each entry observed with probability {@code share}; every third row empty, row 1 full. */
    private static SparsePattern pattern(int rows, int columns, double share, Random random) {
        int[] rowStart = new int[rows + 1];
        int[] columnIndex = new int[rows * columns];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (i == 1 || (i % 3 != 2 && random.nextDouble() < share)) {
                    columnIndex[count++] = j;
                }
            }
            rowStart[i + 1] = count;
        }
        return new SparsePattern(rows, columns, rowStart, Arrays.copyOf(columnIndex, count));
    }

    private void everyRank(int rank) {
        for (int[] shape : new int[][] {{1, 1}, {2, 9}, {12, 7}, {40, 30}, {100, 8}}) {
            Random random = seeded("rank", rank, shape[0], shape[1]);
            SparsePattern pattern = pattern(shape[0], shape[1], 0.4, random);
            check(Problem.random(pattern, rank, random), 0, shape[0]);
        }
    }

    /** More entries in a row than any block holds, and a row that names the last one of X. */
    private void gramsOfManyEntries(int rank) {
        Random random = seeded("grams", rank);
        SparsePattern pattern = pattern(4, 151, 0.7, random);
        Problem problem = Problem.random(pattern, rank, random);
        checkGrams(problem, 0, 4);
        checkGrams(problem, 1, 2);
    }

    private void everyRangeOfRows(int rank) {
        Random random = seeded("ranges", rank);
        SparsePattern pattern = pattern(9, 20, 0.5, random);
        for (int from = 0; from <= 9; from++) {
            for (int to = from; to <= 9; to++) {
                check(Problem.random(pattern, rank, random), from, to);
            }
        }
        check(Problem.random(pattern(100, 12, 0.5, random), rank, random), 7, 92);
    }

    private void manyLayouts() {
        Random random = seeded("layouts");
        SparsePattern pattern = pattern(15, 11, 0.5, random);
        for (int trial = 0; trial < 100; trial++) {
            check(Problem.random(pattern, 1 + trial % 20, random), 0, 15);
        }
    }

    private void patternsWithoutRowsOrColumnsOrEntries() {
        for (int[] shape : new int[][] {{0, 0}, {0, 4}, {5, 0}, {5, 4}}) {
            SparsePattern pattern = new SparsePattern(shape[0], shape[1], new int[shape[0] + 1], new int[0]);
            check(Problem.random(pattern, 3, seeded("empty")), 0, shape[0]);
        }
    }

    private void specialValuesGoTheWayOfTheFormula(int rank) {
        double[] specials = {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 0x1p-1030
        };
        for (double special : specials) {
            for (int where = 0; where < 10; where++) {
                Random random = seeded("special", rank, special, where);
                int rows = where < 5 ? 7 : 100;
                SparsePattern pattern = pattern(rows, 9, 0.5, random);
                Problem problem = Problem.random(pattern, rank, random);
                switch (where % 5) {
                    case 0 -> problem.left().set(random.nextInt(rows), random.nextInt(rank), special);
                    case 1 -> problem.right().set(random.nextInt(9), random.nextInt(rank), special);
                    case 2 -> problem.y()[random.nextInt(problem.y().length)] = special;
                    case 3 -> problem.gradLeft().set(random.nextInt(rows), random.nextInt(rank), special);
                    default -> problem.gradRight().set(random.nextInt(9), random.nextInt(rank), special);
                }
                check(problem, 0, rows);
            }
        }
    }

    private void check(Problem problem, int from, int to) {
        SparsePattern pattern = problem.pattern();
        String what = "rows " + from + ".." + to + " of " + pattern.rows() + "x" + pattern.columns() + ", rank "
                + problem.left().columns();
        checkGrams(problem, from, to);
        checkProduct(problem, from, to, what);
        int count = (int) pattern.count();
        int first = pattern.rowStart()[from];
        int end = pattern.rowStart()[to];
        int rank = problem.left().columns();

        double[] expected = new double[count];
        double[] magnitude = new double[count];
        double[] out = canaries(count);
        Problem absolute = problem.absolute();
        reference.completionForward(pattern, from, to, problem.left(), problem.right(), expected);
        reference.completionForward(pattern, from, to, absolute.left(), absolute.right(), magnitude);
        kernels.completionForward(pattern, from, to, problem.left(), problem.right(), out);
        Bound.require("completionForward, " + what, out, expected, magnitude, first, end, rank + 1);
        requireOnly("completionForward, " + what, out, first, end);

        Problem formula = problem.copy();
        double loss = formula.gradient(reference, from, to, expected);
        double lossMagnitude = absolute.gradient(reference, from, to, magnitude);
        double[] leftBefore = problem.left().data().clone();
        double[] rightBefore = problem.right().data().clone();
        double[] residual = canaries(count);
        double actual = problem.gradient(kernels, from, to, residual);
        double terms = rank + 2 + Math.max(pattern.rows(), pattern.columns());
        Bound.require("completionGradient, residual of " + what, residual, expected, magnitude, first, end, rank + 2);
        Bound.require(
                "completionGradient, gradLeft of " + what,
                problem.gradLeft(),
                formula.gradLeft(),
                absolute.gradLeft(),
                terms);
        Bound.require(
                "completionGradient, gradRight of " + what,
                problem.gradRight(),
                formula.gradRight(),
                absolute.gradRight(),
                terms);
        Bound.require("completionGradient, loss of " + what, actual, loss, lossMagnitude, 2 * (rank + 2) + count);
        requireOnly("completionGradient, residual of " + what, residual, first, end);
        Layout.requireCanaries("completionGradient, " + what, problem.gradLeft(), problem.gradRight());
        Require.untouched("completionGradient, left", problem.left().data(), leftBefore);
        Require.untouched("completionGradient, right", problem.right().data(), rightBefore);
        requireSameBits("completionGradient, gradLeft", problem.gradLeft(), formula.gradLeft(), 0, from);
        requireSameBits("completionGradient, gradLeft", problem.gradLeft(), formula.gradLeft(), to, pattern.rows());
    }

    private void checkProduct(Problem problem, int from, int to, String what) {
        SparsePattern pattern = problem.pattern();
        Matrix actual = problem.gradLeft().copy();
        Matrix expected = actual.copy();
        Matrix magnitude = absolute(actual);
        Matrix x = problem.right();
        double[] before = x.data().clone();
        reference.completionProduct(pattern, from, to, problem.y(), x, expected);
        reference.completionProduct(pattern, from, to, absolute(problem.y()), absolute(x), magnitude);
        kernels.completionProduct(pattern, from, to, problem.y(), x, actual);
        Bound.require("completionProduct, " + what, actual, expected, magnitude, pattern.columns() + 1);
        Layout.requireCanaries("completionProduct, " + what, actual);
        Require.untouched("completionProduct, x", x.data(), before);
        requireSameBits("completionProduct, out", actual, expected, 0, from);
        requireSameBits("completionProduct, out", actual, expected, to, pattern.rows());
    }

    private void checkGrams(Problem problem, int from, int to) {
        int order = problem.right().columns() + 1;
        Random random = seeded("what was there", from, to, order);
        Matrix actual = Layout.any(random).gaussian((to - from) * order, order, random);
        Matrix expected = actual.copy();
        Matrix magnitude = absolute(actual);
        Problem absolute = problem.absolute();
        SparsePattern pattern = problem.pattern();
        double[] rightBefore = problem.right().data().clone();
        reference.completionGrams(pattern, from, to, problem.right(), problem.y(), expected);
        reference.completionGrams(pattern, from, to, absolute.right(), absolute(absolute.y()), magnitude);
        kernels.completionGrams(pattern, from, to, problem.right(), problem.y(), actual);
        String what = "completionGrams, rows " + from + ".." + to + " of " + pattern.rows() + "x" + pattern.columns()
                + ", rank " + (order - 1);
        Bound.require(what, actual, expected, magnitude, pattern.columns() + 1);
        for (int row = 0; row < actual.rows(); row++) {
            int above = row % order + 1;
            Require.same(
                    what + ", above the diagonal",
                    actual.rowRange(row, row + 1).columnRange(above, order).toArray(),
                    expected.rowRange(row, row + 1).columnRange(above, order).toArray());
        }
        Layout.requireCanaries(what, actual);
        Require.untouched(what + ", x", problem.right().data(), rightBefore);
    }

    /** Rows outside the range are not touched at all: other threads may be writing them. */
    private static void requireSameBits(String what, Matrix actual, Matrix before, int from, int to) {
        Require.same(
                what + " outside the range",
                actual.rowRange(from, to).toArray(),
                before.rowRange(from, to).toArray());
    }

    private static double[] canaries(int count) {
        double[] values = new double[count];
        Arrays.fill(values, Layout.CANARY);
        return Layout.guarded(values);
    }

    private static void requireOnly(String what, double[] out, int first, int end) {
        Layout.requireCanaries(what, out, 0, first);
        Layout.requireCanaries(what, out, end);
    }
}

package lowrank4j.kernel.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;

/**
 * thinQr, symmetricEigen, pseudoInverse and thinSvd. Factors are not unique, so the tests look at what is: residuals, orthogonality, order,
 * values, and projectors onto subspaces that a gap tells apart.
 */
final class DecompositionContract extends Family {
    /** Residuals and deviations from orthogonality may be this many times size·eps. */
    private static final double SLACK = 8;

    private static final double[] SCALES = {1, 1e-150, 1e150};

    /** Squares of such numbers are infinite or zero. */
    private static final double[] EXTREME_SCALES = {1e-305, 1e300};

    private static final int[][] SHAPES = {
        {0, 0},
        {1, 0},
        {0, 1},
        {1, 1},
        {2, 1},
        {2, 2},
        {3, 3},
        {1, 7},
        {5, 5},
        {8, 8},
        {9, 8},
        {16, 9},
        {7, 17},
        {33, 5},
        {5, 33},
        {40, 40},
        {100, 10},
        {10, 100},
        {64, 63},
        {90, 100},
        {300, 20},
        {130, 130}
    };

    private static final int[][] QUICK_SHAPES = {
        {0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 2}, {1, 7}, {9, 8}, {7, 17}, {33, 5}, {40, 40}
    };

    /** Matrices of every kind that has made an implementation stumble. */
    enum Content {
        GAUSSIAN,
        ZEROS,
        RANK_ONE,
        RANK_TWO,
        /** Columns from 1 to 1e-14. */
        GRADED,
        /** Columns from 1e-14 to 1, whose triangular factor is not graded. */
        ASCENDING,
        /** Twice the same columns. */
        REPEATED,
        /** A permutation of the identity: all values are one. */
        PERMUTATION,
        /** One entry, the others zero. */
        SINGLE_ENTRY;

        Matrix matrix(Layout layout, int n, int m, double scale, Random random) {
            Matrix a = layout.filled(n, m, 0);
            double[] left = gaussians(2 * n, random);
            double[] right = gaussians(2 * m, random);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double entry = switch (this) {
                        case GAUSSIAN, SINGLE_ENTRY -> random.nextGaussian();
                        case ZEROS -> 0;
                        case RANK_ONE -> left[i] * right[j];
                        case RANK_TWO -> left[i] * right[j] + 0.1 * left[n + i] * right[m + j];
                        case GRADED -> random.nextGaussian() * Math.pow(10, -14.0 * j / m);
                        case ASCENDING -> random.nextGaussian() * Math.pow(10, -14.0 * (m - 1 - j) / m);
                        case REPEATED -> j % 2 == 0 ? random.nextGaussian() : a.get(i, j - 1) / scale;
                        case PERMUTATION -> (i + 1) % Math.max(n, m) == j ? 1 : 0;
                    };
                    a.set(i, j, this == SINGLE_ENTRY && (i != n / 2 || j != m / 2) ? 0 : scale * entry);
                }
            }
            return a;
        }
    }

    DecompositionContract(Kernels kernels, Extent extent) {
        super("decompositions", kernels, extent);
        for (Content content : Content.values()) {
            for (int[] shape : isQuick() ? QUICK_SHAPES : SHAPES) {
                int n = shape[0];
                int m = shape[1];
                String what = n + "x" + m + " " + content;
                if (n >= m) {
                    check("thinQr of " + what, () -> qr(content, n, m, SCALES));
                }
                check("thinSvd of " + what, () -> svd(content, n, m, SCALES));
                if (n == m) {
                    check("symmetricEigen of " + what, () -> eigen(content, n, SCALES));
                }
            }
        }
        for (Content content : List.of(Content.GAUSSIAN, Content.RANK_TWO)) {
            check("thinQr at the ends of the range of doubles, " + content, () -> qr(content, 33, 5, EXTREME_SCALES));
            check("thinSvd at the ends of the range of doubles, " + content, () -> svd(content, 9, 8, EXTREME_SCALES));
            check(
                    "symmetricEigen at the ends of the range of doubles, " + content,
                    () -> eigen(content, 9, EXTREME_SCALES));
        }
        each(
                "thinQr of columns that are nearly twice the same, apart by",
                List.of(1e-6, 1e-7, 4e-8, 2e-8, 1e-8, 1e-9),
                this::qrOfNearlyDependentColumns);
        each(
                "symmetricEigen of the second difference, whose eigenvalues are known, order",
                List.of(2, 3, 10, 50, 140),
                this::eigenvaluesOfTheSecondDifferenceAreKnown);
        for (int[] shape : new int[][] {{20, 20, 5}, {60, 12, 4}, {12, 60, 4}, {150, 120, 20}}) {
            check(
                    "leading subspaces are those of the reference, " + Arrays.toString(shape),
                    () -> leadingSubspacesAreThoseOfTheReference(shape[0], shape[1], shape[2]));
        }
        each(
                "pseudoInverse meets the conditions of Penrose, order",
                isQuick() ? List.of(0, 1, 5, 17) : List.of(0, 1, 2, 3, 5, 8, 9, 17, 40),
                this::pseudoInverseMeetsTheConditionsOfPenrose);
        for (int[] shape : new int[][] {{30, 20}, {20, 30}, {150, 140}}) {
            check("thinSvd makes ranks visible, " + Arrays.toString(shape), () -> ranksAreVisible(shape[0], shape[1]));
        }
    }

    /** Of Gram matrices of every rank: S P S = S and P S P = P, with P symmetric; S P and P S are then so by themselves. */
    private void pseudoInverseMeetsTheConditionsOfPenrose(int order) {
        for (int rank = 0; rank <= order; rank += Math.max(1, order / 4)) {
            Random random = seeded("pseudo-inverse", order, rank);
            Matrix half = Layout.DENSE.gaussian(order, rank, random);
            Matrix s = Matrix.zeros(order, order);
            reference.multiplyTransposed(1, half, half, 0, s);
            Matrix inverse = Layout.any(random).filled(order, order, Double.NaN);
            kernels.pseudoInverse(Layout.any(random).copyOf(s), inverse);
            Layout.requireCanaries("pseudoInverse", inverse);
            requireClose("S P S of order " + order + " and rank " + rank, between(s, inverse), s);
            requireClose("P S P of order " + order + " and rank " + rank, between(inverse, s), inverse);
            requireClose("P of order " + order + " and rank " + rank, inverse.transposed(), inverse);
        }
    }

    /** A B A. */
    private Matrix between(Matrix a, Matrix b) {
        Matrix half = Matrix.zeros(a.rows(), a.rows());
        Matrix product = Matrix.zeros(a.rows(), a.rows());
        reference.multiply(1, a, b, 0, half);
        reference.multiply(1, half, a, 0, product);
        return product;
    }

    /** To a part of the norm that the condition of a random Gram matrix, up to about 1e6 here, leaves of the digits. */
    private void requireClose(String what, Matrix actual, Matrix expected) {
        double gap = 0;
        double norm = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                gap = Math.max(gap, Math.abs(actual.get(i, j) - expected.get(i, j)));
                norm = Math.max(norm, Math.abs(expected.get(i, j)));
            }
        }
        Require.that(what + " is right to 1e-9 of its norm, not " + gap / norm, gap <= 1e-9 * norm);
    }

    private void qr(Content content, int n, int k, double[] scales) {
        for (double scale : scales) {
            Random random = seeded("qr", content.name(), n, k);
            Matrix a = content.matrix(Layout.any(random), n, k, scale, random);
            double[] before = a.data().clone();
            Matrix q = Layout.any(random).filled(n, k, Double.NaN);
            Matrix r = Layout.any(random).filled(k, k, Double.NaN);
            kernels.thinQr(a, q, r);
            requireQr(a, q, r);
            Layout.requireCanaries("QR", q, r);
            Require.untouched("thinQr", a.data(), before);

            Matrix inPlace = Layout.any(random).copyOf(a);
            kernels.thinQr(inPlace, inPlace, r);
            requireQr(a, inPlace, r);
            Layout.requireCanaries("QR in place", inPlace, r);
        }
    }

    /** Where a Gram matrix has lost half of the digits, or all of them. */
    private void qrOfNearlyDependentColumns(double apart) {
        for (int k : new int[] {2, 3, 5, 8, 13, 33}) {
            Random random = seeded("nearly dependent", apart, k);
            Matrix a = Layout.any(random).gaussian(3 * k + 1, k, random);
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 1; j < k; j += 2) {
                    a.set(i, j, a.get(i, j - 1) + apart * a.get(i, j));
                }
            }
            Matrix q = Matrix.zeros(a.rows(), k);
            Matrix r = Matrix.zeros(k, k);
            kernels.thinQr(a, q, r);
            requireQr(a, q, r);
        }
    }

    private void requireQr(Matrix a, Matrix q, Matrix r) {
        requireOrthonormal("Q", q);
        for (int i = 0; i < r.rows(); i++) {
            for (int j = 0; j < i; j++) {
                Require.that("thinQr makes R (" + i + ", " + j + ") zero", r.get(i, j) == 0);
            }
        }
        Matrix residual = a.copy();
        reference.multiply(-1, q, r, 1, residual);
        requireSmall("A - QR", residual, a);
    }

    private void svd(Content content, int n, int m, double[] scales) {
        for (double scale : scales) {
            Random random = seeded("svd", content.name(), n, m);
            int k = Math.min(n, m);
            Matrix a = content.matrix(Layout.any(random), n, m, scale, random);
            double[] before = a.data().clone();
            Matrix u = Layout.any(random).filled(n, k, Double.NaN);
            Matrix v = Layout.any(random).filled(m, k, Double.NaN);
            double[] values = Layout.guarded(new double[k]);
            kernels.thinSvd(a, u, values, v);
            requireOrthonormal("U", u);
            requireOrthonormal("V", v);
            requireDescending("thinSvd", values, k);
            Require.that("thinSvd gives no negative values", k == 0 || values[k - 1] >= 0);
            Matrix residual = a.copy();
            reference.multiplyTransposed(-1, scaledColumns(u, values), v, 1, residual);
            requireSmall("A - U diag(values) Vᵀ", residual, a);
            requireValues(values, referenceSingularValues(a), Bound.largest(a) * (n + m));
            Layout.requireCanaries("SVD", u, v);
            Layout.requireCanaries("singular values", values, k);
            Require.untouched("thinSvd", a.data(), before);
        }
    }

    private void eigen(Content content, int order, double[] scales) {
        for (double scale : scales) {
            Random random = seeded("eigen", content.name(), order);
            Matrix a = content.matrix(Layout.DENSE, order, order, scale / 2, random);
            Matrix symmetric = a.copy();
            reference.axpy(1, a.transposed(), symmetric);
            checkEigen(symmetric, random);
        }
    }

    private void checkEigen(Matrix symmetric, Random random) {
        int order = symmetric.rows();
        Matrix s = Layout.any(random).copyOf(symmetric);
        for (int i = 0; i < order; i++) {
            for (int j = i + 1; j < order; j++) {
                s.set(i, j, 1e300); // the upper triangle is not read, but must be finite
            }
        }
        double[] values = Layout.guarded(new double[order]);
        Matrix vectors = Layout.any(random).filled(order, order, Double.NaN);
        kernels.symmetricEigen(s, values, vectors);
        requireOrthonormal("eigenvectors", vectors);
        requireDescending("symmetricEigen", values, order);
        Matrix residual = symmetric.copy();
        reference.multiplyTransposed(-1, scaledColumns(vectors, values), vectors, 1, residual);
        requireSmall("S - V diag(values) Vᵀ", residual, symmetric);
        Layout.requireCanaries("eigen", s, vectors);
        Layout.requireCanaries("eigenvalues", values, order);
    }

    private void eigenvaluesOfTheSecondDifferenceAreKnown(int order) {
        Matrix s = Matrix.zeros(order, order);
        double[] expected = new double[order];
        for (int i = 0; i < order; i++) {
            s.set(i, i, 2);
            if (i > 0) {
                s.set(i, i - 1, -1);
            }
            expected[i] = 2 - 2 * Math.cos((order - i) * Math.PI / (order + 1));
        }
        double[] values = new double[order];
        kernels.symmetricEigen(s, values, Matrix.zeros(order, order));
        requireValues(values, expected, 4);
    }

    private void leadingSubspacesAreThoseOfTheReference(int n, int m, int rank) {
        Random random = seeded("subspace", n, m);
        Matrix a = Matrix.zeros(n, m);
        Matrix left = Layout.DENSE.gaussian(n, rank, random);
        Matrix right = Layout.DENSE.gaussian(m, rank, random);
        reference.multiplyTransposed(1, left, right, 0, a);
        reference.axpy(1e-3, Layout.DENSE.gaussian(n, m, random), a);
        int k = Math.min(n, m);
        Matrix u = Matrix.zeros(n, k);
        Matrix v = Matrix.zeros(m, k);
        Matrix expectedU = Matrix.zeros(n, k);
        Matrix expectedV = Matrix.zeros(m, k);
        kernels.thinSvd(a, u, new double[k], v);
        reference.thinSvd(a, expectedU, new double[k], expectedV);
        // The gap is of the order of the largest value.
        Bound.requireAtMost("U", distance(u, expectedU, rank), 1e-12);
        Bound.requireAtMost("V", distance(v, expectedV, rank), 1e-12);

        Matrix s = Matrix.zeros(n, n);
        Matrix vectors = Matrix.zeros(n, n);
        reference.multiplyTransposed(1, a, a, 0, s);
        kernels.symmetricEigen(s, new double[n], vectors);
        Bound.requireAtMost("eigenvectors", distance(vectors, expectedU, rank), 1e-11);
    }

    /** Largest entry of the difference of the projectors onto the first {@code rank} columns. */
    private double distance(Matrix x, Matrix y, int rank) {
        Matrix difference = Matrix.zeros(x.rows(), x.rows());
        reference.multiplyTransposed(1, x.columnRange(0, rank), x.columnRange(0, rank), 0, difference);
        reference.multiplyTransposed(-1, y.columnRange(0, rank), y.columnRange(0, rank), 1, difference);
        return Bound.largest(difference);
    }

    private void ranksAreVisible(int n, int m) {
        Random random = seeded("rank", n);
        Matrix a = Content.RANK_TWO.matrix(Layout.DENSE, n, m, 1, random);
        int k = Math.min(n, m);
        double[] values = new double[k];
        kernels.thinSvd(a, Matrix.zeros(n, k), values, Matrix.zeros(m, k));
        Require.that("thinSvd shows the second value", values[1] > 1e-3 * values[0]);
        Bound.requireAtMost("thinSvd, third value", values[2], SLACK * n * Bound.EPS * values[0]);
    }

    private double[] referenceSingularValues(Matrix a) {
        int k = Math.min(a.rows(), a.columns());
        double[] values = new double[k];
        reference.thinSvd(a, Matrix.zeros(a.rows(), k), values, Matrix.zeros(a.columns(), k));
        return values;
    }

    private static void requireValues(double[] actual, double[] expected, double magnitude) {
        for (int i = 0; i < expected.length; i++) {
            Bound.requireAtMost(
                    "error of value " + i,
                    Math.abs(actual[i] - expected[i]),
                    SLACK * expected.length * Bound.EPS * magnitude);
        }
    }

    private static void requireDescending(String what, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            Require.that(what + " gives no NaN as value " + i, !Double.isNaN(values[i]));
        }
        for (int i = 1; i < count; i++) {
            Require.that(what + " gives values in descending order, at " + i, values[i] <= values[i - 1]);
        }
    }

    private void requireOrthonormal(String what, Matrix q) {
        Matrix deviation = Matrix.identity(q.columns());
        reference.transposedMultiply(-1, q, q, 1, deviation);
        Bound.requireAtMost(
                what + "ᵀ" + what + " - I", Bound.largest(deviation), SLACK * (q.rows() + q.columns()) * Bound.EPS);
    }

    private static void requireSmall(String what, Matrix residual, Matrix a) {
        double limit = SLACK * (a.rows() + a.columns()) * Bound.EPS * frobenius(a);
        Bound.requireAtMost(what + " of " + a.shape(), Bound.largest(residual), limit);
    }

    private static double frobenius(Matrix a) {
        double largest = Bound.largest(a);
        double squares = 0;
        for (double entry : a.toArray()) {
            squares += largest == 0 ? 0 : entry / largest * (entry / largest);
        }
        return largest * Math.sqrt(squares);
    }

    private static Matrix scaledColumns(Matrix a, double[] factors) {
        Matrix scaled = a.copy();
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                scaled.set(i, j, a.get(i, j) * factors[j]);
            }
        }
        return scaled;
    }
}

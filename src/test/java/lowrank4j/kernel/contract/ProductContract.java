package lowrank4j.kernel.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.contract.KernelContract.Extent;
import lowrank4j.matrix.Matrix;

/** gram, multiply, multiplyTransposed and transposedMultiply. */
final class ProductContract extends Family {
    /** The three products, C n×m with k terms in a sum. */
    enum Product {
        MULTIPLY("multiply"),
        MULTIPLY_TRANSPOSED("multiplyTransposed"),
        TRANSPOSED_MULTIPLY("transposedMultiply");

        private final String kernel;

        Product(String kernel) {
            this.kernel = kernel;
        }

        @Override
        public String toString() {
            return kernel;
        }

        Matrix left(Layout layout, int n, int k, Random random) {
            return this == TRANSPOSED_MULTIPLY ? layout.gaussian(k, n, random) : layout.gaussian(n, k, random);
        }

        Matrix right(Layout layout, int k, int m, Random random) {
            return this == MULTIPLY_TRANSPOSED ? layout.gaussian(m, k, random) : layout.gaussian(k, m, random);
        }

        void apply(Kernels kernels, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
            switch (this) {
                case MULTIPLY -> kernels.multiply(alpha, a, b, beta, c);
                case MULTIPLY_TRANSPOSED -> kernels.multiplyTransposed(alpha, a, b, beta, c);
                case TRANSPOSED_MULTIPLY -> kernels.transposedMultiply(alpha, a, b, beta, c);
            }
        }
    }

    /** Beyond one block of every blocking, and on both sides of the sizes from which another body takes over: n, k, m. */
    private static final int[][] LARGE = {
        {1000, 10, 10}, {10, 1000, 10}, {10, 10, 1000}, {1000, 3, 1000}, {997, 64, 1}, {1, 997, 64}, {64, 1, 997},
        {2, 3001, 2}, {127, 128, 129}, {130, 257, 96}, {63, 64, 65}, {200, 40, 200}, {300, 300, 7}, {7, 300, 300},
        {300, 50, 56}, {56, 50, 300}, {9, 519, 3}, {9, 1100, 3}, {6, 1100, 2}, {1030, 8, 3}, {2100, 70, 4},
        {100, 12, 2}, {99, 16, 1}, {10, 200, 4}, {99, 133, 1}, {5, 128, 2}, {30, 127, 2}
    };

    private static final int[] QUICK_COLUMNS = {1, 8, 17};

    private static final int[][] QUICK_LARGE = {{1000, 10, 10}, {10, 1000, 10}, {130, 257, 96}, {63, 64, 65}};

    private static final double[][] ALPHA_BETA = {{1, 0}, {1, 1}, {-0.5, 0.25}, {2, -1}, {0, 1}, {0, 0}, {-1, 0}};

    ProductContract(Kernels kernels, Extent extent) {
        super("products", kernels, extent);
        for (Product product : Product.values()) {
            each(product + " of tall matrices, rows", sizes(), rows -> productsOfTallMatrices(product, rows));
            each(
                    product + " of wide matrices, columns",
                    isQuick() ? List.of(9, 33) : sizes(),
                    columns -> productsOfWideMatrices(product, columns));
            each(
                    product + " of factors without gaps, as solvers allocate them, rank",
                    isQuick() ? List.of(2, 8) : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 16),
                    rank -> productsOfFactorsWithoutGaps(product, rank));
            for (int[] shape : isQuick() ? QUICK_LARGE : LARGE) {
                check(
                        product + " of large matrices, " + Arrays.toString(shape),
                        () -> check(product, shape[0], shape[1], shape[2]));
            }
            check(product + " in every layout with every factor", () -> everyLayoutAndFactor(product));
            check(
                    product + ": special values go the way of the formula",
                    () -> specialValuesGoTheWayOfTheFormula(product));
            check(
                    product + ": subnormal numbers are not flushed",
                    () -> productsOfSubnormalNumbersAreNotFlushed(product));
        }
        each("gram fills both triangles, columns", sizes(), this::gramFillsBothTriangles);
    }

    private void productsOfTallMatrices(Product product, int n) {
        for (int k : sizes()) {
            for (int m : isQuick() ? QUICK_COLUMNS : FEW_SIZES) {
                check(product, n, k, m);
            }
        }
    }

    private void productsOfWideMatrices(Product product, int m) {
        for (int n : FEW_SIZES) {
            for (int k : FEW_SIZES) {
                check(product, n, k, m);
            }
        }
    }

    private void productsOfFactorsWithoutGaps(Product product, int rank) {
        for (int n : new int[] {1, 2, 9, 127, 128, 300, 1100}) {
            Random random = seeded(product.name(), "without gaps", n, rank);
            Matrix a = product.left(Layout.DENSE, n, rank, random);
            Matrix b = product.right(Layout.DENSE, rank, rank, random);
            check(product, -0.5, a, b, 0, output(Layout.DENSE, n, rank, 0, random));
            check(product, -0.5, behindOne(a), behindOne(b), 0, output(Layout.DENSE, n, rank, 0, random));
            // All but the last column of such a matrix: a single row is contiguous, whatever its stride.
            Matrix fewer = product.right(Layout.DENSE, rank, rank - 1, random);
            check(product, -0.5, a, fewer, 0, output(new Layout(0, 1), n, rank - 1, 0, random));
        }
    }

    /** The same with a number before it and none behind. */
    private static Matrix behindOne(Matrix dense) {
        double[] data = new double[1 + dense.rows() * dense.columns()];
        Matrix moved = Matrix.wrap(data, 1, dense.rows(), dense.columns(), dense.columns());
        moved.copyFrom(dense);
        return moved;
    }

    private void everyLayoutAndFactor(Product product) {
        for (int[] shape : new int[][] {{5, 9, 7}, {33, 10, 10}, {80, 70, 3}, {9, 150, 3}, {80, 70, 90}}) {
            for (Layout layout : layouts()) {
                for (double[] factors : ALPHA_BETA) {
                    Random random =
                            seeded(product.name(), shape[0], layout.offset(), layout.gap(), factors[0], factors[1]);
                    Matrix a = product.left(layout, shape[0], shape[1], random);
                    Matrix b = product.right(layout, shape[1], shape[2], random);
                    check(
                            product,
                            factors[0],
                            a,
                            b,
                            factors[1],
                            output(layout, shape[0], shape[2], factors[1], random));
                }
            }
        }
    }

    private void check(Product product, int n, int k, int m) {
        Random random = seeded(product.name(), n, k, m);
        double[] factors = ALPHA_BETA[random.nextInt(ALPHA_BETA.length)];
        Matrix a = product.left(Layout.any(random), n, k, random);
        Matrix b = product.right(Layout.any(random), k, m, random);
        check(product, factors[0], a, b, factors[1], output(Layout.any(random), n, m, factors[1], random));
    }

    /** What is not to be read is NaN. */
    private static Matrix output(Layout layout, int n, int m, double beta, Random random) {
        return beta == 0 ? layout.filled(n, m, Double.NaN) : layout.gaussian(n, m, random);
    }

    private void check(Product product, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        String what = product + " " + a.shape() + " by " + b.shape() + ", alpha " + alpha + ", beta " + beta;
        Matrix expected = c.copy();
        Matrix magnitude = absolute(c);
        double[] aBefore = a.data().clone();
        double[] bBefore = b.data().clone();
        product.apply(reference, alpha, a, b, beta, expected);
        product.apply(reference, Math.abs(alpha), absolute(a), absolute(b), Math.abs(beta), magnitude);
        product.apply(kernels, alpha, a, b, beta, c);
        double terms = product == Product.TRANSPOSED_MULTIPLY ? a.rows() : a.columns();
        Bound.require(what, c, expected, magnitude, terms + 3);
        Layout.requireCanaries(what, c);
        Require.untouched(what, a.data(), aBefore);
        Require.untouched(what, b.data(), bBefore);
    }

    private void specialValuesGoTheWayOfTheFormula(Product product) {
        double[] specials = {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 0x1p-1030, 1e300
        };
        for (int[] shape : new int[][] {
            {1, 1, 1}, {9, 8, 7}, {17, 33, 5}, {40, 10, 10}, {90, 9, 3}, {9, 130, 3}, {9, 150, 2}, {90, 80, 70}
        }) {
            for (double special : specials) {
                for (double beta : new double[] {0, 0.5}) {
                    Random random = seeded(product.name(), shape[0], special, beta);
                    Matrix a = product.left(Layout.any(random), shape[0], shape[1], random);
                    Matrix b = product.right(Layout.any(random), shape[1], shape[2], random);
                    Matrix c = output(Layout.any(random), shape[0], shape[2], beta, random);
                    Matrix spoilt = random.nextBoolean() ? a : b;
                    spoilt.set(random.nextInt(spoilt.rows()), random.nextInt(spoilt.columns()), special);
                    check(product, 1.5, a, b, beta, c);
                }
                Random random = seeded(product.name(), shape[0], special);
                Matrix a = product.left(Layout.any(random), shape[0], shape[1], random);
                Matrix b = product.right(Layout.any(random), shape[1], shape[2], random);
                Matrix c = Layout.any(random).gaussian(shape[0], shape[2], random);
                c.set(random.nextInt(c.rows()), random.nextInt(c.columns()), special);
                check(product, 1, a, b, 2, c);
            }
        }
    }

    private void productsOfSubnormalNumbersAreNotFlushed(Product product) {
        for (int[] shape : new int[][] {{9, 8, 7}, {40, 10, 10}, {90, 80, 70}}) {
            Random random = seeded(product.name(), shape[0], "subnormal");
            Matrix a = product.left(Layout.any(random), shape[0], shape[1], random);
            Matrix b = product.right(Layout.any(random), shape[1], shape[2], random);
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    a.set(i, j, a.get(i, j) * 0x1p-1035);
                }
            }
            check(product, 1, a, b, 0, output(Layout.any(random), shape[0], shape[2], 0, random));
        }
    }

    private void gramFillsBothTriangles(int r) {
        for (int n : new int[] {0, 1, 2, 7, 8, 9, 33, 100, 1001}) {
            Random random = seeded("gram", n, r);
            Matrix x = Layout.any(random).gaussian(n, r, random);
            Matrix g = Layout.any(random).filled(r, r, Double.NaN);
            Matrix expected = Matrix.zeros(r, r);
            Matrix magnitude = Matrix.zeros(r, r);
            reference.gram(x, expected);
            reference.gram(absolute(x), magnitude);
            kernels.gram(x, g);
            Bound.require("gram of " + x.shape(), g, expected, magnitude, n + 1);
            Layout.requireCanaries("gram", g);
        }
    }
}

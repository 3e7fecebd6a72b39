package lowrank4j.kernel.vector;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.reference.ReferenceKernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;

/**
 * The bodies of the vector tier against plain loops, at sizes on either side of every vector, tile, panel and block. No test
 * framework is used, so that {@link #main} runs in a JVM started with another width of vectors.
 */
final class BodyChecks {
    private static final double EPS = 0x1p-53;
    private static final double[][] FACTORS = {{1, 0}, {-0.7, 1}, {1.3, -0.4}};

    private final Random random;
    private final Kernels vector;
    private final Kernels plain = new ReferenceKernels();

    BodyChecks(long seed) {
        random = new Random(seed);
        List<String> refusals = new ArrayList<>();
        vector = VectorKernels.open(refusals).orElseThrow(() -> new AssertionError(refusals));
    }

    /** Runs every check with vectors of the width that the system property asks for, and prints that width. */
    public static void main(String[] arguments) {
        BodyChecks checks = new BodyChecks(Long.parseLong(arguments[0]));
        checks.products();
        checks.blocks();
        checks.grams();
        checks.updates();
        checks.signs();
        checks.completion();
        checks.solves();
        checks.decompositions();
        checks.seeded();
        checks.fourier();
        System.out.println("checked at " + Lanes.BITS);
    }

    /** 0, 1, and what lies around the multiples of a vector. */
    static int[] sizes() {
        int lanes = Lanes.COUNT;
        return new int[] {0, 1, lanes - 1, lanes, lanes + 1, 2 * lanes - 1, 2 * lanes, 2 * lanes + 1, 3 * lanes + 2, 37
        };
    }

    /** Bit for bit, at every width. */
    void seeded() {
        for (Ensemble ensemble :
                List.of(new Ensemble.Gaussian(), new Ensemble.Signs(), new Ensemble.Sparse(random.nextDouble()))) {
            SeededRows rows = new SeededRows(ensemble, random.nextLong(), 3, 2100);
            DenseRows expected = DenseRows.allocate(Arena.ofAuto(), 3, 1120, DenseRows.Precision.FLOAT32);
            DenseRows actual = DenseRows.allocate(Arena.ofAuto(), 3, 1120, DenseRows.Precision.FLOAT32);
            plain.seededNumbers(rows, 0, 3, 992, expected);
            vector.seededNumbers(rows, 0, 3, 992, actual);
            long mismatch = actual.segment().mismatch(expected.segment());
            if (mismatch >= 0) {
                throw new AssertionError(ensemble + ": number " + mismatch / 4 + " differs from the formula's");
            }
        }
    }

    void fourier() {
        for (int length = 1; length <= 8192; length *= 2) {
            FourierTransform transform = new FourierTransform(length);
            for (int count : new int[] {length, length / 2, length / 3}) {
                Matrix expected = random(2, length);
                Matrix actual = copy(expected);
                Matrix bound = Matrix.zeros(2, length);
                double terms = 4.0 * Integer.numberOfTrailingZeros(length);
                bound.fill(2 * length);
                plain.fourierForward(transform, count, expected);
                vector.fourierForward(transform, count, actual);
                close("fourierForward of " + length, (int) terms, bound, expected, actual);
                plain.fourierInverse(transform, length, expected);
                vector.fourierInverse(transform, length, actual);
                bound.fill(2.0 * length * length);
                close("fourierInverse of " + length, (int) terms, bound, expected, actual);
            }
        }
        for (int n : sizes()) {
            Matrix x = random(2, n);
            Matrix y = random(2, n);
            Matrix expected = random(2, n);
            Matrix actual = copy(expected);
            Matrix bound = Matrix.zeros(2, n);
            bound.fill(3);
            plain.complexProducts(x, y, expected);
            vector.complexProducts(x, y, actual);
            close("complexProducts of " + n, 3, bound, expected, actual);
            plain.conjugateProducts(x, expected);
            vector.conjugateProducts(x, actual);
            bound.fill(6);
            close("conjugateProducts of " + n, 6, bound, expected, actual);
        }
    }

    void products() {
        for (int n : sizes()) {
            for (int k : sizes()) {
                for (int m : sizes()) {
                    double[] factors = FACTORS[random.nextInt(FACTORS.length)];
                    product(n, k, m, factors[0], factors[1]);
                }
            }
        }
    }

    /** Shapes that take more than one block of depth, of columns, of outer sums. */
    void blocks() {
        for (double[] factors : FACTORS) {
            product(13, Panels.DEPTH + 3, Panels.COLUMNS + 5, factors[0], factors[1]);
            product(OuterProducts.COLUMNS + 7, Panels.DEPTH + 1, OuterProducts.COLUMNS + 2, factors[0], factors[1]);
            product(OuterProducts.BLOCK + 9, 83, 10, factors[0], factors[1]);
            product(10, 83, OuterProducts.BLOCK + 9, factors[0], factors[1]);
            product(OuterProducts.BLOCK + 9, 83, OuterProducts.COLUMNS - Lanes.COUNT, factors[0], factors[1]);
            for (int few = 1; few <= Lanes.COUNT / 2; few++) {
                product(OuterProducts.COLUMNS + 9, 83, few, factors[0], factors[1]);
                product(few, 83, 2 * OuterProducts.COLUMNS + 9, factors[0], factors[1]);
            }
        }
    }

    private void product(int n, int k, int m, double alpha, double beta) {
        Matrix a = random(n, k);
        Matrix b = random(k, m);
        Matrix transposedA = a.transposed();
        Matrix transposedB = b.transposed();
        Matrix old = random(n, m);
        Matrix expected = copy(old);
        plain.multiply(alpha, a, b, beta, expected);
        Matrix bound = absolute(old);
        plain.multiply(Math.abs(alpha), absolute(a), absolute(b), Math.abs(beta), bound);
        if (beta == 0) {
            old.fill(Double.NaN);
        }
        String name = n + "x" + k + " times " + k + "x" + m + ", α = " + alpha + ", β = " + beta;
        Matrix c = copy(old);
        vector.multiply(alpha, a, b, beta, c);
        close("AB " + name, k, bound, expected, c);
        c = copy(old);
        vector.multiplyTransposed(alpha, a, transposedB, beta, c);
        close("ABᵀ " + name, k, bound, expected, c);
        c = copy(old);
        vector.transposedMultiply(alpha, transposedA, b, beta, c);
        close("AᵀB " + name, k, bound, expected, c);
    }

    void grams() {
        for (int n : new int[] {0, 1, 7, 8, 9, 300}) {
            for (int r :
                    new int[] {1, 3, 5, 10, 16, 17, 20, 33, 50, OuterProducts.COLUMNS, OuterProducts.COLUMNS + 1}) {
                Matrix x = random(n, r);
                Matrix expected = random(r, r);
                Matrix g = copy(expected);
                Matrix bound = Matrix.zeros(r, r);
                plain.gram(x, expected);
                plain.gram(absolute(x), bound);
                vector.gram(x, g);
                close("gram of " + x.shape(), n, bound, expected, g);
            }
        }
    }

    void updates() {
        for (int n : new int[] {0, 1, 3}) {
            for (int m : new int[] {0, 1, 2, 3, 5, 8, 9, 31, 32, 33, 67, 131}) {
                Matrix x = random(n, m);
                Matrix y = random(n, m);
                double bound = plain.dot(absolute(x), absolute(y));
                require(Math.abs(vector.dot(x, y) - plain.dot(x, y)) <= (n * m + 4) * EPS * bound, "dot " + x.shape());
                Matrix sum = copy(y);
                Matrix terms = absolute(y);
                plain.axpy(0.3, absolute(x), terms);
                plain.axpy(-0.3, x, y);
                vector.axpy(-0.3, x, sum);
                close("axpy", 1, terms, y, sum);
                plain.scaledCopy(-0.3, x, y);
                vector.scaledCopy(-0.3, x, sum);
                close("scaledCopy", 0, absolute(y), y, sum);
            }
        }
    }

    void signs() {
        for (int width : new int[] {1, 8, 13, 64, 67, 511, 513, 1201}) {
            for (int count : new int[] {1, 8, 16, 23, 51}) {
                SignRows rows = SignRows.random(Arena.ofAuto(), count, width, random.nextLong());
                double[] x = random.doubles(width, -1, 1).toArray();
                double[] z = random.doubles(count, -1, 1).toArray();
                double[] out = random.doubles(count).toArray();
                double[] expected = out.clone();
                plain.signForward(rows, 0, count, x, expected);
                vector.signForward(rows, 0, count, x, out);
                close("signForward " + count + "x" + width, out, expected, 2 * (width + 4) * EPS * width);
                double[] g = random.doubles(width, -1, 1).toArray();
                double[] sum = g.clone();
                plain.signAdjoint(rows, 0, count, z, sum);
                vector.signAdjoint(rows, 0, count, z, g);
                close("signAdjoint " + count + "x" + width, g, sum, 2 * (count + 5) * EPS * (count + 1));
            }
        }
    }

    void completion() {
        for (int rank = 1; rank <= 4 * Lanes.COUNT + 3; rank++) {
            completion(rank);
        }
        completion(70);
        completion(128);
    }

    private void completion(int rank) {
        SparsePattern pattern = pattern(23, 19);
        int count = Math.toIntExact(pattern.count());
        Matrix left = random(23, rank);
        Matrix right = random(19, rank);
        double[] y = random.doubles(count, -1, 1).toArray();
        double[] residual = new double[count];
        double[] expectedResidual = new double[count];
        Matrix gradLeft = random(23, rank);
        Matrix gradRight = random(19, rank);
        Matrix expectedLeft = copy(gradLeft);
        Matrix expectedRight = copy(gradRight);
        double expected =
                plain.completionGradient(pattern, 2, 22, left, right, y, expectedResidual, expectedLeft, expectedRight);
        double loss = vector.completionGradient(pattern, 2, 22, left, right, y, residual, gradLeft, gradRight);
        String name = "completion, rank " + rank;
        require(Math.abs(loss - expected) <= 1e-12 * expected, name + ": loss");
        close(name + ": forward", residual, expectedResidual, 1e-13 * rank);
        close(name + ": left", gradLeft.data(), expectedLeft.data(), 1e-12 * rank);
        close(name + ": right", gradRight.data(), expectedRight.data(), 1e-12 * rank);
        plain.completionForward(pattern, 2, 22, left, right, expectedResidual);
        vector.completionForward(pattern, 2, 22, left, right, residual);
        close(name + ": products", residual, expectedResidual, 1e-13 * rank);
        plain.completionProduct(pattern, 2, 22, y, right, expectedLeft);
        vector.completionProduct(pattern, 2, 22, y, right, gradLeft);
        close(name + ": sums", gradLeft.data(), expectedLeft.data(), 1e-12 * rank);
        Matrix grams = Matrix.zeros(20 * (rank + 1), rank + 1);
        Matrix expectedGrams = copy(grams);
        plain.completionGrams(pattern, 2, 22, right, y, expectedGrams);
        vector.completionGrams(pattern, 2, 22, right, y, grams);
        close(name + ": grams", grams.data(), expectedGrams.data(), 1e-12 * rank);
    }

    private SparsePattern pattern(int rows, int columns) {
        int[] rowStart = new int[rows + 1];
        int[] columnIndex = new int[rows * columns];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (i != 5 && random.nextInt(3) == 0) {
                    columnIndex[count++] = j;
                }
            }
            rowStart[i + 1] = count;
        }
        return new SparsePattern(rows, columns, rowStart, Arrays.copyOf(columnIndex, count));
    }

    void solves() {
        for (int r : new int[] {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 33, 64, 65, 128}) {
            Matrix x = random(r + 5, r);
            Matrix s = random(r, r);
            plain.gram(x, s);
            Matrix factor = copy(s);
            require(vector.cholesky(factor), "cholesky of order " + r + " refused");
            Matrix product = Matrix.zeros(r, r);
            plain.multiply(1, lower(factor, false), lower(factor, true), 0, product);
            close("cholesky of order " + r, product.data(), s.copy().data(), 1e-14 * r * r * plain.dot(x, x));
            for (int n : sizes()) {
                Matrix solution = random(n, r);
                Matrix right = solution.copy();
                vector.choleskySolve(factor, solution);
                Matrix back = Matrix.zeros(n, r);
                plain.multiply(1, solution, s, 0, back);
                Matrix bound = Matrix.zeros(n, r);
                plain.multiply(1, absolute(solution), absolute(s), 0, bound);
                close("choleskySolve, " + right.shape(), back.data(), right.data(), 100 * r * EPS * largest(bound));
            }
        }
    }

    /** Well-conditioned, ill-conditioned and singular; tall and square. */
    void decompositions() {
        for (int k : new int[] {1, 2, 5, 8, 13, 33}) {
            for (int n : new int[] {k, k + 1, 4 * k + 3}) {
                for (double spread : new double[] {1, 1e-7, 4e-8, 2e-8, 1e-13, 0}) {
                    Matrix a = random(n, k);
                    for (int i = 0; i < n; i++) {
                        for (int j = 1; j < k; j += 2) {
                            a.set(i, j, a.get(i, j - 1) + spread * a.get(i, j));
                        }
                    }
                    qr(a);
                    svd(a);
                    svd(a.transposed());
                }
            }
        }
    }

    private void qr(Matrix a) {
        Matrix q = Matrix.zeros(a.rows(), a.columns());
        Matrix r = Matrix.zeros(a.columns(), a.columns());
        vector.thinQr(a, q, r);
        orthonormal("thinQr of " + a.shape(), q);
        Matrix product = Matrix.zeros(a.rows(), a.columns());
        plain.multiply(1, q, r, 0, product);
        close("thinQr of " + a.shape(), product.data(), a.copy().data(), 1e-14 * a.columns() * largest(a) * a.rows());
    }

    private void svd(Matrix a) {
        int k = Math.min(a.rows(), a.columns());
        Matrix u = Matrix.zeros(a.rows(), k);
        Matrix v = Matrix.zeros(a.columns(), k);
        double[] values = new double[k];
        vector.thinSvd(a, u, values, v);
        orthonormal("thinSvd of " + a.shape() + ", U", u);
        orthonormal("thinSvd of " + a.shape() + ", V", v);
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < k; j++) {
                u.set(i, j, u.get(i, j) * values[j]);
            }
        }
        Matrix product = Matrix.zeros(a.rows(), a.columns());
        plain.multiplyTransposed(1, u, v, 0, product);
        close("thinSvd of " + a.shape(), product.data(), a.copy().data(), 1e-13 * k * values[0]);
    }

    private void orthonormal(String name, Matrix q) {
        Matrix gram = Matrix.zeros(q.columns(), q.columns());
        plain.gram(q, gram);
        close(name + ": QᵀQ", gram.data(), Matrix.identity(q.columns()).data(), 100 * q.columns() * EPS);
    }

    /** Normal numbers, at an offset, with NaN between the rows. */
    private Matrix random(int rows, int columns) {
        int stride = columns + random.nextInt(3);
        double[] data = new double[rows * stride + 7];
        Arrays.fill(data, Double.NaN);
        Matrix matrix = Matrix.wrap(data, random.nextInt(4), rows, columns, stride);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, random.nextGaussian());
            }
        }
        return matrix;
    }

    private static Matrix copy(Matrix a) {
        return Matrix.wrap(a.data().clone(), a.offset(), a.rows(), a.columns(), a.stride());
    }

    private static Matrix absolute(Matrix a) {
        Matrix absolute = a.copy();
        for (int k = 0; k < absolute.data().length; k++) {
            absolute.data()[k] = Math.abs(absolute.data()[k]);
        }
        return absolute;
    }

    private static Matrix lower(Matrix a, boolean transposed) {
        Matrix lower = Matrix.zeros(a.rows(), a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                // The transpose is read from the upper triangle, where the kernel must have put it.
                lower.set(transposed ? j : i, transposed ? i : j, transposed ? a.get(j, i) : a.get(i, j));
            }
        }
        return lower;
    }

    private static double largest(Matrix a) {
        return Arrays.stream(absolute(a).data()).max().orElse(0);
    }

    /** Entries within {@code 2(k + 4)·eps} of the sum of magnitudes, and what lies between the rows untouched. */
    private static void close(String name, int k, Matrix bound, Matrix expected, Matrix actual) {
        double[] data = actual.data().clone();
        for (int i = 0; i < actual.rows(); i++) {
            for (int j = 0; j < actual.columns(); j++) {
                double error = Math.abs(actual.get(i, j) - expected.get(i, j));
                require(
                        error <= 2 * (k + 4) * EPS * bound.get(i, j),
                        name + ": entry (" + i + ", " + j + ") is off by " + error);
                data[actual.rowOffset(i) + j] = Double.NaN;
            }
        }
        require(Arrays.stream(data).allMatch(Double::isNaN), name + " writes outside");
    }

    /** Entries within {@code tolerance}, NaN where NaN is expected. */
    private static void close(String name, double[] actual, double[] expected, double tolerance) {
        for (int k = 0; k < expected.length; k++) {
            boolean same = Double.isNaN(expected[k])
                    ? Double.isNaN(actual[k])
                    : Math.abs(actual[k] - expected[k]) <= tolerance;
            require(same, name + ": number " + k + " is " + actual[k] + ", but should be " + expected[k]);
        }
    }

    private static void require(boolean truth, String otherwise) {
        if (!truth) {
            throw new AssertionError(otherwise + ", at " + Lanes.BITS + " bits");
        }
    }
}

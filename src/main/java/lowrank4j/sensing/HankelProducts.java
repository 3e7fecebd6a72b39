package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;

/** The products of {@link HankelSensing} as convolutions and correlations of columns, by Fourier transforms of a length N from n on. */
final class HankelProducts {
    /** Numbers in a line of cache. */
    private static final int LINE = 8;

    private final int n1;
    private final int n2;
    private final int n;
    private final boolean complex;
    private final Engine engine;
    private final FourierTransform fourier;
    /** 1/√w_a, or 1/√(2w_a) of complex matrices. */
    private final double[] scale;

    /** Of the columns of L; of real ones those of {@code l·b + i·r/b}, both in one. */
    private Matrix[] leftSpectra = {};

    /** Of the conjugates of the columns of R. */
    private Matrix[] rightSpectra = {};
    /** b, which makes both parts of a pair of real columns equally long, so that neither drowns in the rounding of the other. */
    private double[] balance = {};
    /** Of a signal. */
    private final Matrix sum;

    HankelProducts(int n1, int n2, boolean complex, Engine engine) {
        this.n1 = n1;
        this.n2 = n2;
        this.n = n1 + n2 - 1;
        this.complex = complex;
        this.engine = engine;
        this.fourier = FourierTransform.ofAtLeast(n);
        this.scale = new double[n];
        Arrays.setAll(scale, a -> 1 / Math.sqrt((complex ? 2.0 : 1.0) * weight(a)));
        this.sum = zeros();
    }

    /** The entries of antidiagonal a. */
    private int weight(int a) {
        return Math.min(Math.min(a + 1, n - a), Math.min(n1, n2));
    }

    /** √w_a, or √(2w_a) of complex matrices. */
    double root(int a) {
        return 1 / scale[a];
    }

    long bytes() {
        long spectra = 1L + leftSpectra.length + rightSpectra.length;
        return 16L * fourier.length() * (1 + spectra) + 8L * n;
    }

    private void prepare(int rank) {
        if (leftSpectra.length != rank) {
            leftSpectra = spectra(rank);
            rightSpectra = spectra(complex ? rank : 0);
            balance = new double[rank];
        }
    }

    /** Of a spectrum, real parts over imaginary ones: a line more than N apart, for powers of two meet in the same lines of a cache. */
    private Matrix zeros() {
        return Matrix.zeros(2, fourier.length() + LINE).columnRange(0, fourier.length());
    }

    private Matrix[] spectra(int count) {
        Matrix[] spectra = new Matrix[count];
        Arrays.setAll(spectra, k -> zeros());
        return spectra;
    }

    /** Takes the columns of factors, or of one of them, from which the other methods start. */
    void transform(Optional<Matrix> left, Optional<Matrix> right) {
        prepare(left.or(() -> right).orElseThrow().columns());
        engine.workers().run(leftSpectra.length, k -> {
            if (complex) {
                left.ifPresent(factor -> transform(factor, k, n1, 1, leftSpectra[k]));
                right.ifPresent(factor -> transform(factor, k, n2, -1, rightSpectra[k]));
            } else {
                pair(left, right, k);
            }
        });
    }

    /** The spectrum of two real columns, of which one may be missing. */
    private void pair(Optional<Matrix> left, Optional<Matrix> right, int column) {
        int count = Math.max(n1, n2);
        Matrix into = leftSpectra[column];
        into.columnRange(0, count).fill(0);
        double ofLeft = left.isEmpty() ? 0 : square(left.get(), column);
        double ofRight = right.isEmpty() ? 0 : square(right.get(), column);
        double b = ofLeft > 0 && ofRight > 0 ? Math.sqrt(Math.sqrt(ofRight / ofLeft)) : 1;
        balance[column] = b;
        left.ifPresent(factor -> load(b, factor, 0, n1, column, into, 0));
        right.ifPresent(factor -> load(1 / b, factor, 0, n2, column, into, 1));
        forward(count, into);
    }

    /** The spectrum of a complex column of so many numbers, or of its conjugate. */
    private void transform(Matrix factor, int column, int size, int sign, Matrix into) {
        load(1, factor, 0, size, column, into, 0);
        load(sign, factor, size, size, column, into, 1);
        forward(size, into);
    }

    /** The squared norm of a column, in four sums that do not wait for each other. */
    private static double square(Matrix factor, int column) {
        double[] data = factor.data();
        int stride = factor.stride();
        int at = factor.offset() + column;
        int j = 0;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (; j <= factor.rows() - 4; j += 4, at += 4 * stride) {
            double x0 = data[at];
            double x1 = data[at + stride];
            double x2 = data[at + 2 * stride];
            double x3 = data[at + 3 * stride];
            s0 += x0 * x0;
            s1 += x1 * x1;
            s2 += x2 * x2;
            s3 += x3 * x3;
        }
        for (; j < factor.rows(); j++, at += stride) {
            s0 += data[at] * data[at];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** {@code into_{part, j} ← scale·factor_{from + j, column}}. */
    private static void load(double scale, Matrix factor, int from, int size, int column, Matrix into, int part) {
        double[] source = factor.data();
        double[] target = into.data();
        int at = factor.rowOffset(from) + column;
        int to = into.rowOffset(part);
        for (int j = 0; j < size; j++, at += factor.stride()) {
            target[to + j] = scale * source[at];
        }
    }

    private void forward(int count, Matrix x) {
        engine.kernels().fourierForward(fourier, count, x);
    }

    private void inverse(int count, Matrix x) {
        engine.kernels().fourierInverse(fourier, count, x);
    }

    /** {@code out ← A(L R*)}: the sum of the columns' convolutions; of a real pair with itself, {@code l*l - r*r + 2i·l*r}. */
    void measure(double[] out) {
        sum.fill(0);
        for (int k = 0; k < leftSpectra.length; k++) {
            engine.kernels().complexProducts(leftSpectra[k], complex ? rightSpectra[k] : leftSpectra[k], sum);
        }
        inverse(n, sum);
        double whole = fourier.length();
        for (int a = 0; a < n; a++) {
            if (complex) {
                out[a] = scale[a] * sum.get(0, a) / whole;
                out[n + a] = scale[a] * sum.get(1, a) / whole;
            } else {
                out[a] = scale[a] * sum.get(1, a) / (2 * whole);
            }
        }
    }

    /**
     * {@code gradLeft ← A*(z) R} and {@code gradRight ← A*(z)ᵀ L} of the columns taken last: their correlations with the signal of z,
     * after which they must be taken anew.
     */
    void correlate(double[] z, Sides sides, Matrix gradLeft, Matrix gradRight) {
        double whole = fourier.length();
        for (int a = 0; a < n; a++) {
            sum.set(0, a, scale[a] * z[a] / whole);
            sum.set(1, a, complex ? scale[a] * z[n + a] / whole : 0);
        }
        forward(n, sum);
        engine.workers().run(leftSpectra.length, k -> {
            if (complex) {
                if (sides.left()) {
                    correlateColumn(rightSpectra[k], n1);
                    store(rightSpectra[k], k, 1, gradLeft);
                }
                if (sides.right()) {
                    correlateColumn(leftSpectra[k], n2);
                    store(leftSpectra[k], k, -1, gradRight);
                }
                return;
            }
            // That of the conjugate of l·b + i·r/b: its real part is that of l·b, its imaginary one the negative of
            // that of r/b.
            correlateColumn(leftSpectra[k], Math.max(n1, n2));
            if (sides.left()) {
                store(-balance[k], leftSpectra[k], 1, 0, n1, k, gradLeft);
            }
            if (sides.right()) {
                store(1 / balance[k], leftSpectra[k], 0, 0, n2, k, gradRight);
            }
        });
    }

    /** {@code Σ c_{j+k} conj(v_k)}, j &lt; count, of the signal in {@link #sum} and a column, in the place of its spectrum. */
    private void correlateColumn(Matrix column, int count) {
        engine.kernels().conjugateProducts(sum, column);
        inverse(count, column);
    }

    private static void store(Matrix column, int k, int sign, Matrix out) {
        int size = out.rows() / 2;
        store(1, column, 0, 0, size, k, out);
        store(sign, column, 1, size, size, k, out);
    }

    /** {@code out_{from + j, column} ← scale·numbers_{part, j}}. */
    private static void store(double scale, Matrix numbers, int part, int from, int size, int column, Matrix out) {
        double[] source = numbers.data();
        double[] target = out.data();
        int at = numbers.rowOffset(part);
        int to = out.rowOffset(from) + column;
        for (int j = 0; j < size; j++, to += out.stride()) {
            target[to] = scale * source[at + j];
        }
    }
}

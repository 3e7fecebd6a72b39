package lowrank4j.sensing;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;

/**
 * The Hankel part of a matrix: {@code A(X)_a = Σ_{j+k=a} X_jk/√w_a}, a from 0 to n - 1 = n1 + n2 - 2, with w_a the length of antidiagonal a. The Aᵢ are orthonormal, and
 * {@code A*A} is the projection onto Hankel matrices {@code X_jk = x_{j+k}}, of which {@code A(X)_a = √w_a·x_a}. One of rank r is made of a signal x that is a sum of r
 * damped exponentials, so few of whose samples determine it (Chen, Chi 2014, IEEE Trans. Inf. Theory 60(10)).
 *
 * <p>A complex X = L R* of n1×n2 is a real one of 2n1×2n2: factors are stacks [Re L; Im L] and [Re R; Im R], and the real matrix L̃ R̃ᵀ stands for
 * {@code [[Re X, -Im X], [Im X, Re X]]}, of twice the rank of X. Its measurements are the real parts times √2, then the imaginary ones.
 *
 * <p>n1×n2 is never formed. A gradient at factors of k columns takes 4k + 2 Fourier transforms of a length N below 2n (Cai, Wang, Wei 2019, SIAM J. Imaging Sci. 12(4)):
 * 20kN·log₂(N) flops; 48kN bytes of scratch memory.
 */
public final class HankelSensing implements MeasurementOperator {
    private final int n1;
    private final int n2;
    private final int n;
    private final boolean complex;
    private final Engine engine;
    private final FourierTransform fourier;
    /** 1/√w_a, or 1/√(2w_a) of complex matrices. */
    private final double[] scale;

    /** Of the columns of L, and of the conjugates of those of R. */
    private Spectrum[] leftSpectra = {};

    private Spectrum[] rightSpectra = {};
    /** What a column is worked on in. */
    private Spectrum[] scratch = {};
    /** Of a signal. */
    private final Spectrum sum;

    private final double[] gap;

    /** Real and imaginary parts of N numbers. */
    private record Spectrum(double[] real, double[] imaginary) {
        static Spectrum zeros(int length) {
            return new Spectrum(new double[length], new double[length]);
        }
    }

    private HankelSensing(int n1, int n2, boolean complex, Engine engine) {
        if (n1 < 1 || n2 < 1 || (long) n1 + n2 > 1 << 29) {
            throw new InvalidArgumentException("a Hankel matrix is " + n1 + "x" + n2
                    + ", but must be at least 1x1, and n1 + n2 at most 536870912");
        }
        this.n1 = n1;
        this.n2 = n2;
        this.n = n1 + n2 - 1;
        this.complex = complex;
        this.engine = engine;
        this.fourier = FourierTransform.ofAtLeast(n);
        this.scale = new double[n];
        Arrays.setAll(scale, a -> 1 / Math.sqrt((complex ? 2.0 : 1.0) * weight(a)));
        this.sum = Spectrum.zeros(fourier.length());
        this.gap = new double[length()];
    }

    /** Of real n1×n2 matrices, from signals of n1 + n2 - 1 numbers. */
    public static HankelSensing real(int n1, int n2, Engine engine) {
        return new HankelSensing(n1, n2, false, engine);
    }

    /** Of complex n1×n2 matrices, from signals of n1 + n2 - 1 complex numbers. */
    public static HankelSensing complex(int n1, int n2, Engine engine) {
        return new HankelSensing(n1, n2, true, engine);
    }

    /** w_a, the entries of antidiagonal a. */
    public int weight(int a) {
        return Math.min(Math.min(a + 1, n - a), Math.min(n1, n2));
    }

    /** Whether matrices are complex. */
    public boolean isComplex() {
        return complex;
    }

    /** Of measurement i, by which the number of the signal is multiplied: √w_a, or √(2w_a) of complex ones. */
    public double root(int i) {
        return 1 / scale[i % n];
    }

    /** n1, or 2n1 of complex matrices. */
    @Override
    public int rows() {
        return complex ? 2 * n1 : n1;
    }

    /** n2, or 2n2 of complex matrices. */
    @Override
    public int columns() {
        return complex ? 2 * n2 : n2;
    }

    @Override
    public long count() {
        return length();
    }

    /** n, or 2n of complex matrices. */
    @Override
    public int length() {
        return complex ? 2 * n : n;
    }

    @Override
    public boolean isSymmetric() {
        return false;
    }

    /** False: what is not Hankel is not seen at all. */
    @Override
    public boolean isNearIsometry() {
        return false;
    }

    @Override
    public double energy() {
        return length() / ((double) rows() * columns());
    }

    @Override
    public void forward(Factors x, double[] out) {
        prepare(x.rank());
        transform(x);
        measure(out);
    }

    @Override
    public double gradient(
            Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
        forward(x, residual);
        double loss = 0;
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= observed[i];
            loss += residual[i] * residual[i];
        }
        products(residual, sides, gradLeft, gradRight);
        return loss;
    }

    /**
     * The gradient of {@code ½Σ weight_a·w_a|x_a - y_a|² + ½‖X - H(x)‖²}, x the signal of X's Hankel part H(x): the second term holds X to Hankel matrices (Cai, Wang,
     * Wei 2018, arXiv 1606.01567, eq. 7, for a weight of one over the share that is observed). It is {@code X + H(c)} with {@code c_a = weight_a(x_a - y_a) - x_a}, times R, and its adjoint
     * times L; of complex matrices X = L R*, not of the real ones of twice the rank.
     *
     * @param weight one a measurement; zero where nothing is observed
     * @param observed {@code y_a/scale}, as A measures
     * @param fit written, A(X)
     * @return twice that objective; its second term is a difference of squares, with an error of about eps·‖X‖²
     */
    public double structuredGradient(
            Factors x, double[] weight, double[] observed, double[] fit, Matrix gradLeft, Matrix gradRight) {
        forward(x, fit);
        double twice = complex ? 2 : 1;
        double loss = 0;
        for (int i = 0; i < fit.length; i++) {
            double residual = weight[i] == 0 ? 0 : fit[i] - observed[i];
            gap[i] = twice * (weight[i] * residual - fit[i]);
            loss += twice * (weight[i] * residual * residual - fit[i] * fit[i]);
        }
        products(gap, Sides.BOTH, gradLeft, gradRight);
        Kernels kernels = engine.kernels();
        Matrix left = whole(x.left());
        Matrix right = whole(x.right());
        Matrix leftGram = Matrix.zeros(left.columns(), left.columns());
        Matrix rightGram = Matrix.zeros(left.columns(), left.columns());
        kernels.gram(left, leftGram);
        kernels.gram(right, rightGram);
        kernels.multiply(1, left, rightGram.columnRange(0, x.rank()), 1, gradLeft);
        kernels.multiply(1, right, leftGram.columnRange(0, x.rank()), 1, gradRight);
        return loss + kernels.dot(leftGram, rightGram) / twice;
    }

    /** The real matrix that acts as a stack [Re V; Im V] of complex columns: [V, iV]; of real ones the columns themselves. */
    public Matrix whole(Matrix columns) {
        if (!complex) {
            return columns;
        }
        int half = columns.rows() / 2;
        int k = columns.columns();
        Matrix whole = Matrix.zeros(columns.rows(), 2 * k);
        whole.columnRange(0, k).copyFrom(columns);
        Matrix turned = whole.columnRange(k, 2 * k);
        engine.kernels().scaledCopy(-1, columns.rowRange(half, 2 * half), turned.rowRange(0, half));
        turned.rowRange(half, 2 * half).copyFrom(columns.rowRange(0, half));
        return whole;
    }

    @Override
    public LinearMap adjoint(double[] z) {
        System.arraycopy(z, 0, gap, 0, gap.length);
        return new LinearMap() {
            @Override
            public int rows() {
                return HankelSensing.this.rows();
            }

            @Override
            public int columns() {
                return HankelSensing.this.columns();
            }

            @Override
            public void times(Matrix v, Matrix out) {
                prepare(v.columns());
                engine.workers().run(v.columns(), k -> transform(v, k, n2, -1, rightSpectra[k]));
                products(gap, Sides.LEFT, out, out);
            }

            @Override
            public void transposedTimes(Matrix u, Matrix out) {
                prepare(u.columns());
                engine.workers().run(u.columns(), k -> transform(u, k, n1, 1, leftSpectra[k]));
                products(gap, Sides.RIGHT, out, out);
            }
        };
    }

    private void prepare(int rank) {
        if (scratch.length != rank) {
            leftSpectra = spectra(rank);
            rightSpectra = spectra(rank);
            scratch = spectra(rank);
        }
    }

    private Spectrum[] spectra(int count) {
        Spectrum[] spectra = new Spectrum[count];
        Arrays.setAll(spectra, k -> Spectrum.zeros(fourier.length()));
        return spectra;
    }

    private void transform(Factors x) {
        engine.workers().run(2 * x.rank(), task -> {
            int k = task / 2;
            if (task % 2 == 0) {
                transform(x.left(), k, n1, 1, leftSpectra[k]);
            } else {
                transform(x.right(), k, n2, -1, rightSpectra[k]);
            }
        });
    }

    /** The spectrum of a column of so many numbers, or of its conjugate. */
    private void transform(Matrix factor, int column, int size, int sign, Spectrum into) {
        Arrays.fill(into.real, size, fourier.length(), 0);
        Arrays.fill(into.imaginary, 0);
        for (int j = 0; j < size; j++) {
            into.real[j] = factor.get(j, column);
            if (complex) {
                into.imaginary[j] = sign * factor.get(size + j, column);
            }
        }
        fourier.forward(into.real, into.imaginary);
    }

    /** {@code out ← A(X)}: the sum of the columns' convolutions. */
    private void measure(double[] out) {
        Arrays.fill(sum.real, 0);
        Arrays.fill(sum.imaginary, 0);
        for (int k = 0; k < scratch.length; k++) {
            Spectrum l = leftSpectra[k];
            Spectrum r = rightSpectra[k];
            for (int f = 0; f < fourier.length(); f++) {
                sum.real[f] += l.real[f] * r.real[f] - l.imaginary[f] * r.imaginary[f];
                sum.imaginary[f] += l.real[f] * r.imaginary[f] + l.imaginary[f] * r.real[f];
            }
        }
        fourier.inverse(sum.real, sum.imaginary);
        for (int a = 0; a < n; a++) {
            out[a] = scale[a] * sum.real[a];
            if (complex) {
                out[n + a] = scale[a] * sum.imaginary[a];
            }
        }
    }

    /** {@code gradLeft ← A*(z) R} and {@code gradRight ← A*(z)ᵀ L} by the spectra of the columns: their correlations with the signal of z. */
    private void products(double[] z, Sides sides, Matrix gradLeft, Matrix gradRight) {
        Arrays.fill(sum.real, n, fourier.length(), 0);
        Arrays.fill(sum.imaginary, 0);
        for (int a = 0; a < n; a++) {
            sum.real[a] = scale[a] * z[a];
            if (complex) {
                sum.imaginary[a] = scale[a] * z[n + a];
            }
        }
        fourier.forward(sum.real, sum.imaginary);
        engine.workers().run(scratch.length, k -> {
            if (sides.left()) {
                correlate(rightSpectra[k], scratch[k], k, n1, 1, gradLeft);
            }
            if (sides.right()) {
                correlate(leftSpectra[k], scratch[k], k, n2, -1, gradRight);
            }
        });
    }

    private void correlate(Spectrum of, Spectrum work, int column, int size, int sign, Matrix out) {
        for (int f = 0; f < fourier.length(); f++) {
            work.real[f] = sum.real[f] * of.real[f] + sum.imaginary[f] * of.imaginary[f];
            work.imaginary[f] = sum.imaginary[f] * of.real[f] - sum.real[f] * of.imaginary[f];
        }
        fourier.inverse(work.real, work.imaginary);
        for (int j = 0; j < size; j++) {
            out.set(j, column, work.real[j]);
            if (complex) {
                out.set(size + j, column, sign * work.imaginary[j]);
            }
        }
    }

    @Override
    public long memoryBytes() {
        return 8L * (2 * n + 3L * fourier.length() + gap.length) + 48L * scratch.length * fourier.length();
    }
}

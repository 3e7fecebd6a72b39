package lowrank4j.sensing;

import java.util.Arrays;
import java.util.Optional;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.FourierTransform;
import lowrank4j.matrix.Matrix;

/** The products of {@link HankelSensing} as convolutions and correlations of columns, by Fourier transforms of a length N from n on. */
final class HankelProducts {
    private final int n1;
    private final int n2;
    private final int n;
    private final boolean complex;
    private final Workers workers;
    private final FourierTransform fourier;
    /** 1/√w_a, or 1/√(2w_a) of complex matrices. */
    private final double[] scale;

    /** Of the columns of L; of real ones those of {@code l·b + i·r/b}, both in one. */
    private Spectrum[] leftSpectra = {};

    /** Of the conjugates of the columns of R. */
    private Spectrum[] rightSpectra = {};
    /** b, which makes both parts of a pair of real columns equally long, so that neither drowns in the rounding of the other. */
    private double[] balance = {};
    /** What a column is worked on in. */
    private Spectrum[] scratch = {};
    /** Of a signal. */
    private final Spectrum sum;

    /** Real and imaginary parts of N numbers. */
    private record Spectrum(double[] real, double[] imaginary) {
        static Spectrum zeros(int length) {
            return new Spectrum(new double[length], new double[length]);
        }
    }

    HankelProducts(int n1, int n2, boolean complex, Workers workers) {
        this.n1 = n1;
        this.n2 = n2;
        this.n = n1 + n2 - 1;
        this.complex = complex;
        this.workers = workers;
        this.fourier = FourierTransform.ofAtLeast(n);
        this.scale = new double[n];
        Arrays.setAll(scale, a -> 1 / Math.sqrt((complex ? 2.0 : 1.0) * weight(a)));
        this.sum = Spectrum.zeros(fourier.length());
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
        long columns = (long) leftSpectra.length + rightSpectra.length + scratch.length;
        return 16L * fourier.length() * (2 + columns) + 8L * n;
    }

    private void prepare(int rank) {
        if (scratch.length != rank) {
            leftSpectra = spectra(rank);
            rightSpectra = spectra(complex ? rank : 0);
            balance = new double[rank];
            scratch = spectra(rank);
        }
    }

    private Spectrum[] spectra(int count) {
        Spectrum[] spectra = new Spectrum[count];
        Arrays.setAll(spectra, k -> Spectrum.zeros(fourier.length()));
        return spectra;
    }

    /** Takes the columns of factors, or of one of them, from which the other methods start. */
    void transform(Optional<Matrix> left, Optional<Matrix> right) {
        prepare(left.or(() -> right).orElseThrow().columns());
        workers.run(scratch.length, k -> {
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
        double ofLeft = left.map(factor -> norm(factor, column)).orElse(0.0);
        double ofRight = right.map(factor -> norm(factor, column)).orElse(0.0);
        balance[column] = ofLeft > 0 && ofRight > 0 ? Math.sqrt(ofRight / ofLeft) : 1;
        Spectrum into = leftSpectra[column];
        copy(left, column, balance[column], into.real);
        copy(right, column, 1 / balance[column], into.imaginary);
        fourier.forward(into.real, into.imaginary);
    }

    private static double norm(Matrix factor, int column) {
        double sum = 0;
        for (int j = 0; j < factor.rows(); j++) {
            sum += factor.get(j, column) * factor.get(j, column);
        }
        return Math.sqrt(sum);
    }

    private static void copy(Optional<Matrix> factor, int column, double scale, double[] into) {
        int size = factor.map(Matrix::rows).orElse(0);
        Arrays.fill(into, size, into.length, 0);
        for (int j = 0; j < size; j++) {
            into[j] = scale * factor.orElseThrow().get(j, column);
        }
    }

    /** The spectrum of a complex column of so many numbers, or of its conjugate. */
    private void transform(Matrix factor, int column, int size, int sign, Spectrum into) {
        Arrays.fill(into.real, size, fourier.length(), 0);
        Arrays.fill(into.imaginary, size, fourier.length(), 0);
        for (int j = 0; j < size; j++) {
            into.real[j] = factor.get(j, column);
            into.imaginary[j] = sign * factor.get(size + j, column);
        }
        fourier.forward(into.real, into.imaginary);
    }

    /** {@code out ← A(L R*)}: the sum of the columns' convolutions; of a real pair with itself, {@code l*l - r*r + 2i·l*r}. */
    void measure(double[] out) {
        Arrays.fill(sum.real, 0);
        Arrays.fill(sum.imaginary, 0);
        for (int k = 0; k < scratch.length; k++) {
            Spectrum l = leftSpectra[k];
            Spectrum r = complex ? rightSpectra[k] : l;
            for (int f = 0; f < fourier.length(); f++) {
                sum.real[f] += l.real[f] * r.real[f] - l.imaginary[f] * r.imaginary[f];
                sum.imaginary[f] += l.real[f] * r.imaginary[f] + l.imaginary[f] * r.real[f];
            }
        }
        fourier.inverse(sum.real, sum.imaginary);
        for (int a = 0; a < n; a++) {
            if (complex) {
                out[a] = scale[a] * sum.real[a];
                out[n + a] = scale[a] * sum.imaginary[a];
            } else {
                out[a] = scale[a] * sum.imaginary[a] / 2;
            }
        }
    }

    /** {@code gradLeft ← A*(z) R} and {@code gradRight ← A*(z)ᵀ L} of the columns taken last: their correlations with the signal of z. */
    void correlate(double[] z, Sides sides, Matrix gradLeft, Matrix gradRight) {
        Arrays.fill(sum.real, n, fourier.length(), 0);
        Arrays.fill(sum.imaginary, 0);
        for (int a = 0; a < n; a++) {
            sum.real[a] = scale[a] * z[a];
            if (complex) {
                sum.imaginary[a] = scale[a] * z[n + a];
            }
        }
        fourier.forward(sum.real, sum.imaginary);
        workers.run(scratch.length, k -> {
            if (complex) {
                if (sides.left()) {
                    correlateColumn(rightSpectra[k], scratch[k]);
                    store(scratch[k], k, 1, gradLeft);
                }
                if (sides.right()) {
                    correlateColumn(leftSpectra[k], scratch[k]);
                    store(scratch[k], k, -1, gradRight);
                }
                return;
            }
            // That of the conjugate of l·b + i·r/b: its real part is that of l·b, its imaginary one the negative of
            // that of r/b.
            correlateColumn(leftSpectra[k], scratch[k]);
            if (sides.left()) {
                store(-balance[k], scratch[k].imaginary, k, gradLeft);
            }
            if (sides.right()) {
                store(1 / balance[k], scratch[k].real, k, gradRight);
            }
        });
    }

    /** {@code Σ c_{j+k} conj(v_k)} of the signal in {@link #sum} and a column. */
    private void correlateColumn(Spectrum of, Spectrum work) {
        for (int f = 0; f < fourier.length(); f++) {
            work.real[f] = sum.real[f] * of.real[f] + sum.imaginary[f] * of.imaginary[f];
            work.imaginary[f] = sum.imaginary[f] * of.real[f] - sum.real[f] * of.imaginary[f];
        }
        fourier.inverse(work.real, work.imaginary);
    }

    private static void store(Spectrum work, int column, int sign, Matrix out) {
        int size = out.rows() / 2;
        for (int j = 0; j < size; j++) {
            out.set(j, column, work.real[j]);
            out.set(size + j, column, sign * work.imaginary[j]);
        }
    }

    private static void store(double scale, double[] numbers, int column, Matrix out) {
        for (int j = 0; j < out.rows(); j++) {
            out.set(j, column, scale * numbers[j]);
        }
    }
}

package lowrank4j.matrix;

import lowrank4j.error.InvalidArgumentException;

/**
 * The discrete Fourier transform of complex vectors whose length is a power of two, {@code X_k = Σ x_j exp(-2πi·jk/N)}, by decimation
 * in time (Cooley, Tukey 1965), in place. Immutable: any number of threads may use one.
 *
 * <p>Cost: 5N·log₂(N) flops; errors of about eps·log₂(N)·‖x‖.
 */
public final class FourierTransform {
    private final int length;
    /** exp(-πi·k/h) at h + k, for k below each power of two h: those that one round of butterflies takes stand together. */
    private final double[] cosine;

    private final double[] sine;

    /** @param length N, a power of two from 1 to 2³⁰ */
    public FourierTransform(int length) {
        if (length < 1 || Integer.bitCount(length) != 1) {
            throw new InvalidArgumentException("length is " + length + ", but must be a power of two");
        }
        this.length = length;
        this.cosine = new double[length];
        this.sine = new double[length];
        for (int half = 1; half < length; half *= 2) {
            for (int k = 0; k < half; k++) {
                double angle = -Math.PI * k / half;
                cosine[half + k] = Math.cos(angle);
                sine[half + k] = Math.sin(angle);
            }
        }
    }

    /** Of the least length that holds so many numbers. */
    public static FourierTransform ofAtLeast(int numbers) {
        if (numbers < 1 || numbers > 1 << 30) {
            throw new InvalidArgumentException(numbers + " numbers are asked for, but must be from 1 to 2^30");
        }
        return new FourierTransform(numbers == 1 ? 1 : Integer.highestOneBit(numbers - 1) << 1);
    }

    /** N. */
    public int length() {
        return length;
    }

    /** {@code x ← X}; both arrays have N numbers. */
    public void forward(double[] real, double[] imaginary) {
        permute(real, imaginary);
        for (int half = 1; half < length; half *= 2) {
            for (int start = 0; start < length; start += 2 * half) {
                butterflies(real, imaginary, start, half);
            }
        }
    }

    /** {@code X ← x}: the inverse of {@link #forward}. */
    public void inverse(double[] real, double[] imaginary) {
        // Swapping the parts of what goes in and of what comes out turns the sign of the exponent.
        forward(imaginary, real);
        for (int k = 0; k < length; k++) {
            real[k] /= length;
            imaginary[k] /= length;
        }
    }

    private void butterflies(double[] real, double[] imaginary, int start, int half) {
        for (int k = 0; k < half; k++) {
            int upper = start + k;
            int lower = upper + half;
            double c = cosine[half + k];
            double s = sine[half + k];
            double re = c * real[lower] - s * imaginary[lower];
            double im = c * imaginary[lower] + s * real[lower];
            real[lower] = real[upper] - re;
            imaginary[lower] = imaginary[upper] - im;
            real[upper] += re;
            imaginary[upper] += im;
        }
    }

    private void permute(double[] real, double[] imaginary) {
        for (int k = 1, reversed = 0; k < length; k++) {
            int bit = length >> 1;
            while ((reversed & bit) != 0) {
                reversed ^= bit;
                bit >>= 1;
            }
            reversed ^= bit;
            if (k < reversed) {
                swap(real, k, reversed);
                swap(imaginary, k, reversed);
            }
        }
    }

    private static void swap(double[] x, int i, int j) {
        double kept = x[i];
        x[i] = x[j];
        x[j] = kept;
    }
}

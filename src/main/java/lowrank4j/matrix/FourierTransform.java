package lowrank4j.matrix;

import lowrank4j.error.InvalidArgumentException;

/**
 * The discrete Fourier transform of complex vectors whose length is a power of two, {@code X_k = Σ x_j exp(-2πi·jk/N)}, in place. It
 * is seen as the remainders of a polynomial: {@code Σ x_j z^j} modulo {@code z^N - 1}, which is {@code (z^(N/2) - 1)(z^(N/2) + 1)}, then
 * modulo the factors of those, and so on to the N linear ones, each {@code z^(2h) - ω²} being {@code (z^h - ω)(z^h + ω)} (Gentleman,
 * Sande 1966; Bernstein 2001, Multidigit multiplication for mathematicians, §4). So the multiplier of a factor is one for its whole
 * stretch of numbers, and the spectrum comes out in bit-reversed order, which products of spectra do not mind. Immutable: any number
 * of threads may use one.
 *
 * <p>Cost: 5N·log₂(N) flops; errors of about eps·log₂(N)·‖x‖.
 */
public final class FourierTransform {
    private final int length;
    private final double[] cosines;
    private final double[] sines;

    /** @param length N, a power of two from 1 to 2³⁰ */
    public FourierTransform(int length) {
        if (length < 1 || Integer.bitCount(length) != 1) {
            throw new InvalidArgumentException("length is " + length + ", but must be a power of two");
        }
        this.length = length;
        this.cosines = new double[length];
        this.sines = new double[length];
        for (int p = 0; p < length; p++) {
            double angle = -2 * Math.PI * Integer.toUnsignedLong(Integer.reverse(p)) / 0x1p32;
            cosines[p] = Math.cos(angle);
            sines[p] = Math.sin(angle);
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

    /** The k of the X_k that stands at a position of the spectrum: the position, its log₂(N) bits reversed. */
    public int frequency(int position) {
        return length == 1 ? 0 : Integer.reverse(position) >>> (1 + Integer.numberOfLeadingZeros(length));
    }

    /**
     * The real parts of the N points exp(-2πi·k/N) in the order of the spectrum, not to be written to. Stretch b of any length L holds
     * remainders modulo {@code z^L - points[b]}, and its halves those modulo {@code z^(L/2) ∓ points[2b]}.
     */
    public double[] cosines() {
        return cosines;
    }

    /** The imaginary parts of the points. */
    public double[] sines() {
        return sines;
    }

    /** {@code x ← X}, in the order of {@link #frequency}, of the first {@code count} numbers of x, 2×N: real parts over imaginary ones. Those after them count as zeros. */
    public void forward(int count, Matrix x) {
        for (int j = count; j < length; j++) {
            x.set(0, j, 0);
            x.set(1, j, 0);
        }
        for (int half = length / 2; half > 0; half /= 2) {
            for (int start = 0; start < length; start += 2 * half) {
                divide(x, start, half);
            }
        }
    }

    /** {@code X ← N·x}: the inverse of {@link #forward} but for a factor of N. */
    public void inverse(Matrix x) {
        for (int half = 1; half < length; half *= 2) {
            for (int start = 0; start < length; start += 2 * half) {
                combine(x, start, half);
            }
        }
    }

    /** {@code (u, v) ← (u + ωv, u - ωv)} for the halves u, v of a stretch. */
    private void divide(Matrix x, int start, int half) {
        double c = cosines[start / half];
        double s = sines[start / half];
        for (int u = start; u < start + half; u++) {
            int v = u + half;
            double real = c * x.get(0, v) - s * x.get(1, v);
            double imaginary = c * x.get(1, v) + s * x.get(0, v);
            x.set(0, v, x.get(0, u) - real);
            x.set(1, v, x.get(1, u) - imaginary);
            x.set(0, u, x.get(0, u) + real);
            x.set(1, u, x.get(1, u) + imaginary);
        }
    }

    /** {@code (u, v) ← (u + v, (u - v)/ω)}: twice what {@link #divide} had. */
    private void combine(Matrix x, int start, int half) {
        double c = cosines[start / half];
        double s = sines[start / half];
        for (int u = start; u < start + half; u++) {
            int v = u + half;
            double real = x.get(0, u) - x.get(0, v);
            double imaginary = x.get(1, u) - x.get(1, v);
            x.set(0, u, x.get(0, u) + x.get(0, v));
            x.set(1, u, x.get(1, u) + x.get(1, v));
            x.set(0, v, c * real + s * imaginary);
            x.set(1, v, c * imaginary - s * real);
        }
    }
}

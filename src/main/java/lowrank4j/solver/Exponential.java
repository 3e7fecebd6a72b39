package lowrank4j.solver;

/**
 * {@code c·exp((2πi·f - d)·t)}, a part of a signal at t = 0, 1, ….
 *
 * @param frequency f, cycles a sample, above -½ and at most ½
 * @param damping d, by which the logarithm falls from sample to sample; negative of what grows
 * @param real Re c
 * @param imaginary Im c
 */
public record Exponential(double frequency, double damping, double real, double imaginary) {
    /** |c|. */
    public double amplitude() {
        return Math.hypot(real, imaginary);
    }

    /** arg c, radians. */
    public double phase() {
        return Math.atan2(imaginary, real);
    }

    /** The real part at t. */
    public double realAt(int t) {
        double angle = 2 * Math.PI * frequency * t;
        return Math.exp(-damping * t) * (real * Math.cos(angle) - imaginary * Math.sin(angle));
    }

    /** The imaginary part at t. */
    public double imaginaryAt(int t) {
        double angle = 2 * Math.PI * frequency * t;
        return Math.exp(-damping * t) * (real * Math.sin(angle) + imaginary * Math.cos(angle));
    }
}

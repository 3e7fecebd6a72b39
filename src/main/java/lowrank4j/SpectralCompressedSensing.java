package lowrank4j;

import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Magnitude;
import lowrank4j.sensing.HankelSensing;
import lowrank4j.solver.Esprit;
import lowrank4j.solver.HankelDescent;

/**
 * Completes a signal that is a sum of a few exponentials, damped or not, from some of its samples, and finds their frequencies, off
 * any grid (spectral compressed sensing, Chen, Chi 2014, IEEE Trans. Inf. Theory 60(10)). Its Hankel matrix, whose rank is the number
 * of exponentials, is recovered by {@link HankelDescent}, and taken apart by {@link Esprit}.
 *
 * <pre>{@code
 * SpectralResult result = SpectralCompressedSensing.real(samples).solve(RecoveryOptions.defaults()); // NaN where there is no sample
 * double frequency = result.exponentials().getFirst().frequency();
 * }</pre>
 *
 * <p>Frequencies must lie apart, by about 1/n, and the samples be spread at random: every second one leaves each frequency and its alias alike. Cost:
 * {@link HankelSensing}, some hundred times.
 */
public final class SpectralCompressedSensing {
    /** Samples, at the least, of which a signal is more than a few exponentials. */
    private static final int LEAST_SAMPLES = 4;

    private final double[] real;
    private final double[] imaginary;
    private final boolean complex;
    private final int[] places;

    private SpectralCompressedSensing(double[] real, double[] imaginary, boolean complex) {
        this.real = real;
        this.imaginary = imaginary;
        this.complex = complex;
        this.places = IntStream.range(0, real.length)
                .filter(t -> !Double.isNaN(real[t]) && !Double.isNaN(imaginary[t]))
                .toArray();
        if (places.length < LEAST_SAMPLES) {
            throw new InvalidArgumentException(places.length + " of " + real.length
                    + " samples are observed, but at least " + LEAST_SAMPLES + " are needed");
        }
        for (int t : places) {
            if (Double.isInfinite(real[t]) || Double.isInfinite(imaginary[t])) {
                throw new InvalidArgumentException(
                        "sample " + t + " is infinite, but must be finite, or NaN where it is missing");
            }
        }
        requireMagnitude(real);
        requireMagnitude(imaginary);
    }

    private void requireMagnitude(double[] part) {
        Magnitude.objection(IntStream.of(places).mapToDouble(t -> part[t]).toArray())
                .ifPresent(objection -> {
                    throw new InvalidArgumentException("samples: " + objection);
                });
    }

    /**
     * A real signal at t = 0, 1, ….
     *
     * @param samples NaN where one is missing, otherwise finite; at least four are observed
     */
    public static SpectralCompressedSensing real(double[] samples) {
        return new SpectralCompressedSensing(samples.clone(), new double[samples.length], false);
    }

    /**
     * A complex signal at t = 0, 1, ….
     *
     * @param real NaN where a sample is missing, otherwise finite; at least four are observed
     * @param imaginary as many; a sample is missing too where this is NaN
     */
    public static SpectralCompressedSensing complex(double[] real, double[] imaginary) {
        if (real.length != imaginary.length) {
            throw new InvalidArgumentException("there are " + real.length + " real parts and " + imaginary.length
                    + " imaginary ones: the counts must be equal");
        }
        return new SpectralCompressedSensing(real.clone(), imaginary.clone(), true);
    }

    /**
     * Completes the signal; misuse throws, and how the iteration ended is a value of the result.
     *
     * @param options with the rank, where it is known, as the number of exponentials (of a real signal two for each pair of opposite
     *     frequencies); the method is its own, so that an algorithm, a start, a step, a damping, a penalty, a held-out part, a loss
     *     and nonnegative factors do not apply
     */
    public SpectralResult solve(RecoveryOptions options) {
        refuse(options.algorithm() != Algorithm.RECOMMENDED, "algorithm", options.algorithm());
        refuse(options.initialisation().isPresent(), "initialisation", "given");
        refuse(options.step().isPresent(), "step", options.step());
        refuse(options.damping().isPresent(), "damping", options.damping());
        refuse(options.penalty().isPresent(), "penalty", options.penalty());
        refuse(options.holdOut() != 0, "holdOut", options.holdOut());
        refuse(options.loss() != Loss.SQUARED, "loss", options.loss());
        refuse(options.nonnegative(), "nonnegative", true);
        options.rank().ifPresent(rank -> {
            if (rank > mostExponentials()) {
                throw new InvalidArgumentException("rank is " + rank + ", but " + places.length + " of "
                        + real.length + (complex ? " complex" : " real") + " samples determine at most "
                        + mostExponentials() + " exponentials");
            }
        });
        try (Engine engine = RecoveryRun.engine(options)) {
            return new SpectralRun(real, imaginary, complex, places, mostExponentials(), options, engine).solve();
        }
    }

    private static void refuse(boolean given, String name, Object value) {
        if (given) {
            throw new InvalidArgumentException(name + " is " + value
                    + ", but does not apply to spectral compressed sensing, which has a method of its own");
        }
    }

    /** As many as have no more parameters than there are numbers, two of each complex one or one of each real one for two. */
    private int mostExponentials() {
        return Math.max(1, Math.min(places.length / 2, (real.length - 1) / 2));
    }
}

package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import lowrank4j.solver.Exponential;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Termination;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of exponentials from some of their samples, told nothing. */
@Tag("tier")
class SpectralCompressedSensingTest {
    private static final RecoveryOptions OPTIONS = RecoveryOptions.defaults().withThreads(2);

    /** The truth, and what is seen of it. */
    private record Signal(
            Exponential[] parts, double[] real, double[] imaginary, double[] seenReal, double[] seenImaginary) {
        /** Frequencies at least 1.5/n apart; of a real signal each with its opposite. */
        static Signal draw(int n, int count, boolean complex, double damping, double noise, double share, long seed) {
            Random random = new Random(seed);
            double[] frequency = new double[count];
            for (int k = 0; k < count; k++) {
                do {
                    frequency[k] = complex ? random.nextDouble() - 0.5 : 0.5 * random.nextDouble();
                } while (nearest(frequency, k) < 1.5 / n);
            }
            Exponential[] parts = new Exponential[complex ? count : 2 * count];
            for (int k = 0; k < count; k++) {
                double amplitude = 1 + 2 * random.nextDouble();
                double phase = 2 * Math.PI * random.nextDouble();
                double falls = damping * random.nextDouble() / n;
                double re = amplitude * Math.cos(phase);
                double im = amplitude * Math.sin(phase);
                parts[k] = new Exponential(frequency[k], falls, re, im);
                if (!complex) {
                    parts[count + k] = new Exponential(-frequency[k], falls, re, -im);
                }
            }
            double[] real = new double[n];
            double[] imaginary = new double[n];
            double[] seenReal = new double[n];
            double[] seenImaginary = new double[n];
            for (int t = 0; t < n; t++) {
                for (Exponential part : parts) {
                    real[t] += part.realAt(t);
                    imaginary[t] += complex ? part.imaginaryAt(t) : 0;
                }
                boolean missing = random.nextDouble() >= share;
                seenReal[t] = missing ? Double.NaN : real[t] + noise * random.nextGaussian();
                seenImaginary[t] = missing ? Double.NaN : imaginary[t] + noise * random.nextGaussian();
            }
            return new Signal(parts, real, imaginary, seenReal, seenImaginary);
        }

        private static double nearest(double[] frequency, int k) {
            double nearest = 1;
            for (int j = 0; j < k; j++) {
                double gap = Math.abs(frequency[j] - frequency[k]);
                nearest = Math.min(nearest, Math.min(gap, 1 - gap));
            }
            return nearest;
        }

        double[] frequencies() {
            return Arrays.stream(parts)
                    .mapToDouble(Exponential::frequency)
                    .sorted()
                    .toArray();
        }

        /** Relative, over all samples. */
        double error(SpectralResult result) {
            double gaps = 0;
            double norm = 0;
            for (int t = 0; t < real.length; t++) {
                gaps += Math.pow(result.real()[t] - real[t], 2) + Math.pow(result.imaginary()[t] - imaginary[t], 2);
                norm += real[t] * real[t] + imaginary[t] * imaginary[t];
            }
            return Math.sqrt(gaps / norm);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127, 5, 0, 0.5, 1",
        "127, 5, 0, 0.5, 2",
        "127, 5, 3, 0.5, 3",
        "126, 8, 1, 0.6, 4",
        "500, 3, 0, 0.1, 5",
        "9, 1, 0, 1, 6"
    })
    void exponentialsAreFoundFromSomeOfTheirSamples(int n, int count, double damping, double share, long seed) {
        Signal signal = Signal.draw(n, count, true, damping, 0, share, seed);
        SpectralResult result = SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary)
                .solve(OPTIONS);
        assertThat(result.termination().isConverged()).isTrue();
        assertThat(result.rank()).isEqualTo(count);
        assertThat(signal.error(result)).isLessThan(1e-8);
        assertThat(sorted(result.exponentials().stream().mapToDouble(Exponential::frequency)))
                .containsExactly(signal.frequencies(), within(1e-9));
        assertThat(sorted(result.exponentials().stream().mapToDouble(Exponential::damping)))
                .containsExactly(sorted(Arrays.stream(signal.parts).mapToDouble(Exponential::damping)), within(1e-8));
        assertThat(sorted(result.exponentials().stream().mapToDouble(Exponential::amplitude)))
                .containsExactly(sorted(Arrays.stream(signal.parts).mapToDouble(Exponential::amplitude)), within(1e-6));
        assertThat(result.relativeResidual()).isLessThan(1e-8);
        // Which is that of the samples, and may be above the tolerance.
        assertThat(result.termination().sentence()).startsWith("The relative residual of the Hankel matrix, ");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void twentyExponentialsAreFoundFromThreeFifthsOfTheSamples(long seed) {
        assertFound(20, Signal.draw(127, 20, true, 0, 0, 0.6, seed));
    }

    /** These signals are first met with an exponential more than they have. */
    @ParameterizedTest
    @ValueSource(longs = {11, 50})
    void exponentialsThatASignalDoesWithoutAreLeftOut(long seed) {
        assertFound(22, Signal.draw(127, 22, true, 0, 0, 0.55, seed));
    }

    private static void assertFound(int count, Signal signal) {
        SpectralResult result = SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary)
                .solve(OPTIONS);
        assertThat(result.rank()).isEqualTo(count);
        assertThat(result.factors().rank()).isEqualTo(count);
        assertThat(signal.error(result)).isLessThan(1e-7);
    }

    @ParameterizedTest
    @CsvSource({"127, 5, 0, 0.6, 1", "127, 3, 2, 0.5, 2", "64, 1, 0, 0.5, 3"})
    void realSignalsHavePairsOfOppositeFrequencies(int n, int count, double damping, double share, long seed) {
        Signal signal = Signal.draw(n, count, false, damping, 0, share, seed);
        SpectralResult result = SpectralCompressedSensing.real(signal.seenReal).solve(OPTIONS);
        assertThat(result.rank()).isEqualTo(2 * count);
        assertThat(signal.error(result)).isLessThan(1e-8);
        assertThat(result.imaginary()).containsOnly(0);
        assertThat(sorted(result.exponentials().stream().mapToDouble(Exponential::frequency)))
                .containsExactly(signal.frequencies(), within(1e-9));
    }

    private static double[] sorted(DoubleStream values) {
        return values.sorted().toArray();
    }

    @ParameterizedTest
    @CsvSource({"true, 5, 0.1, 1", "true, 5, 0.1, 2", "false, 3, 0.1, 3", "true, 2, 1, 4"})
    void noiseLeavesTheirNumber(boolean complex, int count, double noise, long seed) {
        Signal signal = Signal.draw(127, count, complex, 1, noise, 0.6, seed);
        SpectralResult result = (complex
                        ? SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary)
                        : SpectralCompressedSensing.real(signal.seenReal))
                .solve(OPTIONS);
        assertThat(result.termination().rule()).isEqualTo("noise-floor");
        assertThat(result.rank()).isEqualTo(signal.parts.length);
        assertThat(result.noiseEstimate().orElseThrow()).isBetween(0.8 * noise, 1.2 * noise);
        assertThat(signal.error(result)).isLessThan(0.3 * noise);
        assertThat(sorted(result.exponentials().stream().mapToDouble(Exponential::frequency)))
                .containsExactly(signal.frequencies(), within(0.01 * noise));
    }

    @Test
    void noiseAloneIsNoSignal() {
        Signal signal = Signal.draw(100, 1, true, 0, 1, 0.5, 7);
        double[] noise = signal.seenReal.clone();
        double[] other = signal.seenImaginary.clone();
        for (int t = 0; t < noise.length; t++) {
            noise[t] -= signal.real[t];
            other[t] -= signal.imaginary[t];
        }
        SpectralResult result = SpectralCompressedSensing.complex(noise, other).solve(OPTIONS);
        assertThat(result.termination()).isInstanceOf(Termination.NoSignal.class);
        assertThat(result.rank()).isZero();
        assertThat(result.real()).containsOnly(0);
        assertThat(result.noiseEstimate().orElseThrow()).isBetween(0.8, 1.2);
        SpectralResult zero = SpectralCompressedSensing.real(new double[20]).solve(OPTIONS);
        assertThat(zero.termination()).isInstanceOf(Termination.NoSignal.class);
        assertThat(zero.relativeResidual()).isZero();
    }

    @Test
    void aRankThatIsGivenIsKept() {
        Signal signal = Signal.draw(127, 4, true, 0, 0.01, 0.6, 8);
        SpectralCompressedSensing sensing = SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary);
        SpectralResult two = sensing.solve(OPTIONS.withRank(2));
        assertThat(two.rank()).isEqualTo(2);
        assertThat(two.termination().rule()).isEqualTo("settled");
        assertThat(two.relativeResidual()).isGreaterThan(0.1);
        SpectralResult four = sensing.solve(OPTIONS.withRank(4));
        assertThat(signal.error(four)).isLessThan(0.005);
    }

    @Test
    void unitsDoNotMatterAndAnyNumberOfThreadsGivesTheSameBits() {
        Signal signal = Signal.draw(127, 3, true, 1, 0, 0.5, 9);
        SpectralResult one = SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary)
                .solve(OPTIONS.withThreads(1));
        SpectralResult two = SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary)
                .solve(OPTIONS);
        assertThat(two.real()).containsExactly(one.real());
        double[] tinyReal = Arrays.stream(signal.seenReal).map(v -> v * 1e-140).toArray();
        double[] tinyImaginary =
                Arrays.stream(signal.seenImaginary).map(v -> v * 1e-140).toArray();
        SpectralResult tiny =
                SpectralCompressedSensing.complex(tinyReal, tinyImaginary).solve(OPTIONS);
        assertThat(tiny.rank()).isEqualTo(3);
        assertThat(tiny.exponentials().getFirst().amplitude())
                .isCloseTo(1e-140 * one.exponentials().getFirst().amplitude(), within(1e-148));
    }

    @Test
    void aRunEndsWhereItIsTold() {
        Signal signal = Signal.draw(127, 5, true, 0, 0, 0.5, 1);
        SpectralCompressedSensing sensing = SpectralCompressedSensing.complex(signal.seenReal, signal.seenImaginary);
        AtomicInteger seen = new AtomicInteger();
        SpectralResult limited = sensing.solve(OPTIONS.withMaxIterations(15).withListener((event, factors) -> {
            assertThat(event.iteration()).isEqualTo(seen.incrementAndGet());
            assertThat(factors.rank()).isEqualTo(event.rank());
        }));
        assertThat(limited.termination()).isInstanceOf(Termination.IterationLimit.class);
        assertThat(limited.trace()).hasSize(15);
        assertThat(seen).hasValue(15);
        SpectralResult cancelled = sensing.solve(OPTIONS.withCancelled(() -> true));
        assertThat(cancelled.termination()).isInstanceOf(Termination.Cancelled.class);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> SpectralCompressedSensing.real(new double[] {1, 2, Double.NaN, 3}))
                .hasMessageContaining("3 of 4 samples are observed");
        assertThatThrownBy(() -> SpectralCompressedSensing.real(new double[] {1, 2, 3, 4, Double.POSITIVE_INFINITY}))
                .hasMessageContaining("sample 4 is infinite");
        assertThatThrownBy(() -> SpectralCompressedSensing.complex(new double[5], new double[6]))
                .hasMessageContaining("5 real parts and 6");
        assertThatThrownBy(() -> SpectralCompressedSensing.real(new double[] {1, 2, 3, 1e200}))
                .hasMessageContaining("1.0E200");
        SpectralCompressedSensing sensing = SpectralCompressedSensing.real(new double[] {1, 2, 3, 4, 5, 6, 7});
        assertThatThrownBy(() -> sensing.solve(OPTIONS.withRank(4)))
                .hasMessageContaining("rank is 4")
                .hasMessageContaining("at most 3 exponentials");
        assertThatThrownBy(() -> sensing.solve(OPTIONS.withHoldOut(0.1))).hasMessageContaining("holdOut is 0.1");
        assertThatThrownBy(() -> sensing.solve(OPTIONS.withStep(0.1))).hasMessageContaining("step");
        assertThatThrownBy(() -> sensing.solve(OPTIONS.withLoss(Loss.HUBER))).hasMessageContaining("loss");
        assertThatThrownBy(() -> sensing.solve(OPTIONS.withInitialisation(Initialisation.spectral())))
                .hasMessageContaining("initialisation");
    }
}

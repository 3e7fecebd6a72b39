package lowrank4j.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers by their place: what they are to the bit, and that they look independent, of mean 0 and variance 1. */
class SeededRowsTest {
    private static final Ensemble GAUSSIAN = new Ensemble.Gaussian();
    private static final Ensemble SIGNS = new Ensemble.Signs();
    private static final Ensemble THIRD = new Ensemble.Sparse(1 / 3.0);

    /** Standard errors that a statistic may be off: beyond them once in 15,000, and the seeds are fixed. */
    private static final double ERRORS = 4;

    static Stream<Ensemble> ensembles() {
        return Stream.of(GAUSSIAN, SIGNS, THIRD, new Ensemble.Sparse(0.02));
    }

    @Test
    void wordsAreThoseOfTheJdksGenerator() {
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, 1234567}) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int k = 0; k < 100; k++) {
                assertThat(SplitMix64.word(seed, k)).isEqualTo(random.nextLong());
            }
        }
        // As its authors' program in C prints them.
        assertThat(List.of(SplitMix64.word(1234567, 0), SplitMix64.word(1234567, 1), SplitMix64.word(1234567, 2)))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    /** A change of any of these numbers makes measurements that were taken with it useless. */
    @Test
    void numbersNeverChange() {
        assertThat(row(GAUSSIAN, 2026, 3, 40, 0, 17, 39)).containsExactly(NORMALS);
        assertThat(row(SIGNS, 2026, 3, 2000, 0, 1, 2, 3, 31, 32, 1024, 1999)).containsExactly(OF_SIGNS);
        assertThat(row(THIRD, 2026, 3, 40, 0, 1, 2, 3, 4, 5, 38, 39)).containsExactly(OF_SPARSE);
    }

    private static final float[] NORMALS = {-2.7193234f, 0.59064835f, -2.3238604f};
    private static final float[] OF_SIGNS = {-1, -1, 1, -1, -1, -1, -1, -1};
    private static final float[] OF_SPARSE = {1.7320508f, 0, 0, 1.7320508f, 0, 0, 0, 1.7320508f};

    private static float[] row(Ensemble ensemble, long seed, int row, int width, int... indices) {
        SeededRows rows = new SeededRows(ensemble, seed, row + 1, width);
        float[] numbers = new float[indices.length];
        for (int k = 0; k < indices.length; k++) {
            numbers[k] = rows.get(row, indices[k]);
        }
        return numbers;
    }

    /** Words split by hand, for whoever makes the numbers elsewhere. */
    @Test
    void numbersComeFromTheWordsAsDocumented() {
        SplittableRandom words = new SplittableRandom(new SplittableRandom(5).nextLong());
        long[] block = words.longs(16).toArray();
        SeededRows signs = new SeededRows(SIGNS, 5, 1, 1024);
        SeededRows sparse = new SeededRows(THIRD, 5, 1, 32);
        SeededRows normal = new SeededRows(GAUSSIAN, 5, 1, 32);
        for (int half = 0; half < 32; half++) {
            int bits = (int) (block[half / 2] >>> (32 * (half % 2)));
            for (int s = 0; s < 32; s++) {
                assertThat(signs.get(0, 32 * s + half)).isEqualTo(((bits >>> s) & 1) == 0 ? 1 : -1);
            }
            float nonzero = bits < 0 ? -(float) Math.sqrt(3) : (float) Math.sqrt(3);
            assertThat(sparse.get(0, half))
                    .isEqualTo((bits & Integer.MAX_VALUE) < Math.round(0x1p31 / 3) ? nonzero : 0);
        }
        for (int k = 0; k < 16; k++) {
            double u = (((int) (block[k / 2] >>> (32 * (k % 2))) >>> 1) + 0.5f) * 0x1p-31;
            int angle = (int) (block[8 + k / 2] >>> (32 * (k % 2)));
            double theta = Math.PI / 2 * (angle << 1) * 0x1p-31 + (angle < 0 ? Math.PI : 0);
            double radius = Math.sqrt(-2 * Math.log(u));
            assertThat((double) normal.get(0, k)).isCloseTo(radius * Math.cos(theta), within(1e-6 * radius));
            assertThat((double) normal.get(0, 16 + k)).isCloseTo(radius * Math.sin(theta), within(1e-6 * radius));
        }
    }

    /** The smallest and largest words, and a million between. */
    @Test
    void normalNumbersAreTheTrueTransformsOfTheirWords() {
        SplittableRandom random = new SplittableRandom(3);
        int[] extremes = {0, 1, 2, 3, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30, -1 << 30};
        for (int k = 0; k < 1_000_000; k++) {
            int bits = k < extremes.length ? extremes[k] : random.nextInt() >>> random.nextInt(32);
            int angle = k % 100 < extremes.length ? extremes[k % 100] : random.nextInt();
            double radius = Math.sqrt(-2 * Math.log(((bits >>> 1) + 0.5f) * 0x1p-31));
            float made = BoxMuller.radius(bits);
            assertThat((double) made).isCloseTo(radius, within(5e-7 * radius));
            double theta = Math.PI / 2 * (angle << 1) * 0x1p-31 + (angle < 0 ? Math.PI : 0);
            assertThat((double) BoxMuller.cosine(made, angle)).isCloseTo(made * Math.cos(theta), within(3e-7 * made));
            assertThat((double) BoxMuller.sine(made, angle)).isCloseTo(made * Math.sin(theta), within(3e-7 * made));
        }
        assertThat(BoxMuller.radius(0)).isCloseTo((float) Math.sqrt(64 * Math.log(2)), within(1e-5f));
        assertThat(BoxMuller.radius(-1)).isZero();
    }

    @ParameterizedTest
    @MethodSource("ensembles")
    void momentsAreThoseOfTheEnsemble(Ensemble ensemble) {
        SeededRows rows = new SeededRows(ensemble, 11, 500, 1030);
        double[] sum = new double[9];
        int n = 0;
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < rows.width(); j++, n++) {
                double power = 1;
                for (int p = 1; p <= 8; p++) {
                    power *= rows.get(i, j);
                    sum[p] += power;
                }
            }
        }
        for (int p = 1; p <= 4; p++) {
            double spread = Math.sqrt((moment(ensemble, 2 * p) - Math.pow(moment(ensemble, p), 2)) / n);
            assertThat(sum[p] / n)
                    .as("moment %s", p)
                    .isCloseTo(moment(ensemble, p), within(ERRORS * spread + 1e-6 * moment(ensemble, 2 * p)));
        }
    }

    private static double moment(Ensemble ensemble, int p) {
        if (p % 2 == 1) {
            return 0;
        }
        return switch (ensemble) {
            case Ensemble.Gaussian() -> List.of(1, 1, 3, 15, 105).get(p / 2);
            case Ensemble.Signs() -> 1;
            case Ensemble.Sparse sparse -> Math.pow(sparse.density(), 1 - p / 2.0);
        };
    }

    /** Neighbours, the two of a pair, rows, and seeds; the numbers themselves and their squares. */
    @ParameterizedTest
    @MethodSource("ensembles")
    void numbersDoNotDependOnEachOther(Ensemble ensemble) {
        SeededRows rows = new SeededRows(ensemble, 21, 101, 2048);
        SeededRows next = new SeededRows(ensemble, 22, 101, 2048);
        SeededRows far = new SeededRows(ensemble, 21 + SplitMix64.GAMMA, 101, 2048);
        int[] lags = {1, 2, 8, 16, 31, 32, 33, 512, 1024};
        for (int lag : lags) {
            requireUncorrelated("lag " + lag, rows, rows, 0, lag);
        }
        requireUncorrelated("rows", rows, rows, 1, 0);
        requireUncorrelated("seeds", rows, next, 0, 0);
        requireUncorrelated("seeds a step of the generator apart", rows, far, 0, 0);
        requireUncorrelated("seeds and places a step apart", rows, far, 0, 2);
    }

    private static void requireUncorrelated(String what, SeededRows rows, SeededRows others, int down, int along) {
        double sum = 0;
        double squares = 0;
        int n = 0;
        for (int i = 0; i + down < 100; i++) {
            for (int j = 0; j + along < rows.width(); j++, n++) {
                double a = rows.get(i, j);
                double b = others.get(i + down, j + along);
                sum += a * b;
                squares += (a * a - 1) * (b * b - 1);
            }
        }
        double ofSquare = moment(rows.ensemble(), 4) - 1;
        assertThat(Math.abs(sum)).as(what).isLessThan(ERRORS * Math.sqrt(n));
        assertThat(Math.abs(squares)).as(what + ", squares").isLessThanOrEqualTo(ERRORS * ofSquare * Math.sqrt(n));
    }

    /** Kolmogorov's distance of a million normal numbers from their distribution function, and the counts in both tails. */
    @Test
    void normalNumbersFollowTheBellCurve() {
        SeededRows rows = new SeededRows(GAUSSIAN, 31, 1000, 1024);
        int n = 0;
        int[] below = new int[161];
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < rows.width(); j++, n++) {
                int cell = (int) Math.ceil((rows.get(i, j) + 4) * 20);
                below[Math.clamp(cell, 0, 160)]++;
            }
        }
        double cumulated = 0;
        for (int cell = 0; cell < 160; cell++) {
            cumulated += below[cell];
            double expected = normalBelow(cell / 20.0 - 4);
            double error = Math.sqrt(expected * (1 - expected) / n);
            assertThat(cumulated / n).as("below %s", cell / 20.0 - 4).isCloseTo(expected, within(ERRORS * error));
        }
    }

    /** Simpson's rule on the density. */
    private static double normalBelow(double x) {
        int steps = 4000;
        double h = (x + 12) / steps;
        double sum = 0;
        for (int k = 0; k <= steps; k++) {
            double t = -12 + k * h;
            sum += Math.exp(-t * t / 2) * (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2);
        }
        return sum * h / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void refusesWhatIsOutside() {
        SeededRows rows = new SeededRows(SIGNS, 1, 2, 33);
        assertThat(rows.paddedWidth()).isEqualTo(64);
        assertThatThrownBy(() -> rows.get(2, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("number 0 of row 2 is outside 2 rows of 33");
        assertThatThrownBy(() -> rows.get(0, 64)).hasMessageContaining("number 64 of row 0");
        assertThatThrownBy(() -> new SeededRows(SIGNS, 1, -1, 3)).hasMessageContaining("cannot number -1 with width 3");
        for (double density : new double[] {0, 1, -0.5, 1e-7, Double.NaN}) {
            assertThatThrownBy(() -> new Ensemble.Sparse(density))
                    .hasMessage("density is " + density + ", but must be at least 1e-6 and below 1");
        }
    }
}

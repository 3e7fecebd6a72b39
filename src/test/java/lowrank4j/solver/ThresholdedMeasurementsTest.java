package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Sides;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients under a threshold are those of what they return. */
class ThresholdedMeasurementsTest {
    private static final int ROWS = 9;
    private static final int COLUMNS = 7;
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static double[] signs() {
        Random random = new Random(2);
        return random.doubles(ROWS * COLUMNS).map(u -> u < 0.5 ? -1 : 1).toArray();
    }

    private static Factors point() {
        Random random = new Random(1);
        return new Factors(Initialisation.gaussian(ROWS, 2, 1, random), Initialisation.gaussian(COLUMNS, 2, 1, random));
    }

    private static double objective(MeasurementOperator operator, Factors x) {
        return 0.5
                * operator.gradient(
                        x,
                        signs(),
                        new double[operator.length()],
                        Sides.BOTH,
                        Matrix.zeros(ROWS, 2),
                        Matrix.zeros(COLUMNS, 2));
    }

    /** At thresholds where residuals count in full, in part and not at all. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 100})
    void theGradientIsThatOfHalfOfWhatIsReturned(double threshold) {
        MeasurementOperator operator =
                new ThresholdedMeasurements(EveryEntry.rectangular(ROWS, COLUMNS, engine), threshold, 1);
        Factors x = point();
        Matrix left = Matrix.zeros(ROWS, 2);
        Matrix right = Matrix.zeros(COLUMNS, 2);
        // The threshold may come down at the first evaluation, to where it stays.
        objective(operator, x);
        operator.gradient(x, signs(), new double[operator.length()], Sides.BOTH, left, right);
        double small = 1e-6;
        for (Matrix[] side : new Matrix[][] {{x.left(), left}, {x.right(), right}}) {
            for (int e = 0; e < side[0].data().length; e++) {
                double kept = side[0].data()[e];
                side[0].data()[e] = kept + small;
                double above = objective(operator, x);
                side[0].data()[e] = kept - small;
                double below = objective(operator, x);
                side[0].data()[e] = kept;
                assertThat(side[1].data()[e]).isCloseTo((above - below) / (2 * small), within(1e-5));
            }
        }
    }

    @Test
    void theThresholdFallsByADecayDownToTheNoise() {
        ThresholdedMeasurements operator =
                new ThresholdedMeasurements(EveryEntry.rectangular(ROWS, COLUMNS, engine), 100, 0.5);
        Factors x = point();
        objective(operator, x);
        assertThat(operator.threshold()).isEqualTo(50);
        for (int k = 0; k < 40; k++) {
            objective(operator, x);
        }
        double[] fit = new double[operator.length()];
        operator.forward(x, fit);
        for (int i = 0; i < fit.length; i++) {
            fit[i] -= signs()[i];
        }
        assertThat(operator.threshold()).isCloseTo(2 * 1.4826 * Median.ofMagnitudes(fit), within(1e-12));
    }

    @Test
    void aNumberThatIsNoneDoesNotPassForAnOutlier() {
        Factors x = point();
        x.left().set(0, 0, Double.NaN);
        assertThat(objective(new ThresholdedMeasurements(EveryEntry.rectangular(ROWS, COLUMNS, engine), 1, 0.9), x))
                .isNaN();
    }

    @Test
    void mediansAreThoseOfSortedMagnitudes() {
        assertThat(Median.ofMagnitudes(new double[0])).isZero();
        assertThat(Median.ofMagnitudes(new double[] {-3})).isEqualTo(3);
        assertThat(Median.ofMagnitudes(new double[] {5, -1, 2, 2, -9})).isEqualTo(2);
        double[] values = new Random(4).doubles(100_001).map(u -> u - 0.5).toArray();
        assertThat(Median.ofMagnitudes(values)).isCloseTo(0.25, within(0.005));
    }

    @Test
    void thresholdsAndDecaysOutOfRangeAreRefused() {
        EveryEntry entries = EveryEntry.rectangular(2, 2, engine);
        assertThatThrownBy(() -> new ThresholdedMeasurements(entries, 0, 0.9))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("threshold is 0.0");
        assertThatThrownBy(() -> new ThresholdedMeasurements(entries, 1, 1.1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("decay is 1.1");
    }
}

package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.Termination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a result says of too few measurements: whoever is told nothing else must learn it from the result. */
class SensingWarningsTest {
    private static final int ROWS = 20;
    private static final int COLUMNS = 15;

    /** Of a matrix of rank two, with 66 free parameters. */
    private static RecoveryResult recovered(int count, double noise, RecoveryOptions options) {
        Random random = new Random(3);
        double[][] x = new double[ROWS][COLUMNS];
        for (int k = 0; k < 2; k++) {
            double[] left = random.doubles(ROWS, -1, 1).toArray();
            double[] right = random.doubles(COLUMNS, -1, 1).toArray();
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    x[i][j] += left[i] * right[j];
                }
            }
        }
        List<Matrix> measurements = new ArrayList<>();
        double[] observed = new double[count];
        for (int m = 0; m < count; m++) {
            Matrix measurement = Matrix.zeros(ROWS, COLUMNS);
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    measurement.set(i, j, random.nextGaussian());
                    observed[m] += measurement.get(i, j) * x[i][j];
                }
            }
            observed[m] += noise * random.nextGaussian();
            measurements.add(measurement);
        }
        return MatrixSensing.of(measurements, observed).solve(options.withThreads(1));
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "300, 0", "300, 0.05"})
    void enoughMeasurementsAreNotWarnedAbout(int count, double noise) {
        RecoveryResult result = recovered(count, noise, RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(result.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"40, 0", "60, 0", "100, 0.05", "60, 0.05"})
    void fewAre(int count, double noise) {
        RecoveryResult result = recovered(count, noise, RecoveryOptions.defaults());
        assertThat(result.warnings()).anyMatch(warning -> warning.startsWith(count + " measurements are"));
    }

    @Test
    void muchThatIsLeftIsNamed() {
        RecoveryResult result = recovered(300, 4, RecoveryOptions.defaults());
        assertThat(result.termination().isConverged()).isTrue();
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("norm unexplained"));
    }

    @Test
    void aRankThatIsOnlyAllowedNeedsNoMeasurements() {
        RecoveryResult result = recovered(200, 0, RecoveryOptions.defaults().withRank(15));
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void aRankFromOutsideMayBeTooLow() {
        RecoveryResult result = recovered(300, 0, RecoveryOptions.defaults().withRank(1));
        assertThat(result.warnings()).singleElement().asString().contains("the rank, at most 1, is too low");
    }

    @Test
    void whereNothingIsFoundTheRankIsNamedThatCouldHide() {
        RecoveryResult result = recovered(200, 1000, RecoveryOptions.defaults());
        assertThat(result.termination()).isInstanceOf(Termination.NoSignal.class);
        // 200 over the square of √20 + √15, which is 69.6
        assertThat(result.warnings()).anyMatch(warning -> warning.startsWith("A signal of rank 3 or more"));
    }

    @Test
    void aStepThatWouldNotBeTakenIsRefused() {
        RecoveryOptions whole = RecoveryOptions.defaults()
                .withAlgorithm(Algorithm.RIEMANNIAN_GAUSS_NEWTON)
                .withRank(2);
        assertThatThrownBy(() -> recovered(200, 0, whole.withStep(0.3)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("step is 0.3, but algorithm riemannian-gauss-newton has none");
        assertThat(recovered(200, 0, whole).effectiveRank()).isEqualTo(2);
    }

    @Test
    void apgdIsWarnedAboutWhatItCarries() {
        RecoveryOptions apgd =
                RecoveryOptions.defaults().withAlgorithm(Algorithm.APGD).withRank(5);
        assertThat(recovered(290, 0, apgd).warnings()).anyMatch(warning -> warning.contains("2.5(n1 + n2)r = 438"));
        assertThat(recovered(290, 0, apgd.withRank(2)).warnings()).isEmpty();
    }
}

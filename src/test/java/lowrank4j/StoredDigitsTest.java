package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said of the digits that measurements stored as float32 leave. */
@Tag("tier")
class StoredDigitsTest {
    private static final int N = 14;
    private static final int COUNT = 500;

    private final Matrix truth = new Factors(gaussian(1), gaussian(2)).toMatrix();
    private final DenseRows doubles = rows(DenseRows.Precision.FLOAT64);
    private final DenseRows floats = rows(DenseRows.Precision.FLOAT32);

    private static Matrix gaussian(long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(N, 2);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private static DenseRows rows(DenseRows.Precision precision) {
        Random random = new Random(3);
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), COUNT, N * N, precision);
        for (int i = 0; i < COUNT; i++) {
            for (int k = 0; k < N * N; k++) {
                rows.set(i, k, random.nextGaussian());
            }
        }
        return rows;
    }

    private double[] values(DenseRows rows) {
        double[] values = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            for (int k = 0; k < N * N; k++) {
                values[i] += rows.get(i, k) * truth.data()[k];
            }
        }
        return values;
    }

    private static double[] rounded(double[] values) {
        double[] rounded = values.clone();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) rounded[i];
        }
        return rounded;
    }

    private static RecoveryResult solve(DenseRows rows, double[] values) {
        return MatrixSensing.rectangular(rows, N, N, values).solve(RecoveryOptions.defaults());
    }

    private double error(RecoveryResult result) {
        Matrix found = result.factors().toMatrix();
        double gap = 0;
        double norm = 0;
        for (int k = 0; k < N * N; k++) {
            gap += Math.pow(found.data()[k] - truth.data()[k], 2);
            norm += Math.pow(truth.data()[k], 2);
        }
        return Math.sqrt(gap / norm);
    }

    @Test
    void matricesRoundedAfterTheMeasurementLeaveEightDigits() {
        RecoveryResult result = solve(floats, values(doubles));
        assertThat(error(result)).isBetween(1e-9, 1e-8 * 3);
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .contains("rounding the matrices")
                .contains("about 8 digits");
    }

    @Test
    void valuesRoundedLeaveAsMany() {
        RecoveryResult result = solve(doubles, rounded(values(doubles)));
        assertThat(error(result)).isBetween(1e-9, 1e-8 * 3);
        assertThat(result.warnings()).singleElement().asString().contains("rounding the values");
    }

    @Test
    void bothRoundedAreSaidTogether() {
        assertThat(solve(floats, rounded(values(doubles))).warnings())
                .singleElement()
                .asString()
                .contains("rounding matrices and values");
    }

    /** Half of the measurements have noise and say so by their variances: the digits are those that rounding leaves the others. */
    @Test
    void roundingIsToldOfWeightedMeasurementsToo() {
        double[] noisy = values(doubles);
        double[] variances = new double[COUNT];
        Random random = new Random(6);
        for (int i = 0; i < COUNT; i++) {
            variances[i] = i % 2 == 0 ? 4e-13 : 1e-6;
            noisy[i] += i % 2 == 0 ? 0 : 1e-3 * random.nextGaussian();
        }
        assertThat(MatrixSensing.rectangular(floats, N, N, noisy)
                        .withVariances(variances)
                        .solve(RecoveryOptions.defaults())
                        .warnings())
                .anyMatch(warning ->
                        warning.contains("weighted relative residual") && warning.contains("rounding the matrices"));
        double[] ones = new double[COUNT];
        Arrays.fill(ones, 1);
        assertThat(MatrixSensing.rectangular(floats, N, N, values(doubles))
                        .withVariances(ones)
                        .solve(RecoveryOptions.defaults())
                        .warnings())
                .singleElement()
                .asString()
                .contains("about 8 digits");
    }

    @Test
    void whatWasMeasuredWithTheStoredNumbersHasLostNothing() {
        RecoveryResult result = solve(floats, values(floats));
        assertThat(error(result)).isLessThan(1e-9);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void doublesFittedExactlyHaveLostNothing() {
        DenseRows ones = DenseRows.allocate(Arena.ofAuto(), 3, 1, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < 3; i++) {
            ones.set(i, 0, 1);
        }
        RecoveryResult result = MatrixSensing.rectangular(ones, 1, 1, new double[] {0.1, 0.1, 0.1})
                .solve(RecoveryOptions.defaults());
        assertThat(result.relativeResidual()).isZero();
        assertThat(result.warnings()).noneMatch(warning -> warning.contains("float32"));
    }

    @Test
    void noiseAboveRoundingIsNoise() {
        double[] noisy = values(floats);
        Random random = new Random(5);
        for (int i = 0; i < COUNT; i++) {
            noisy[i] += 1e-3 * random.nextGaussian();
        }
        assertThat(solve(floats, noisy).warnings()).isEmpty();
    }

    @Test
    void theResidualThatRoundingLeavesIsItsError() {
        Random random = new Random(6);
        double sum = 0;
        int count = 1 << 20;
        for (int k = 0; k < count; k++) {
            double number = random.nextGaussian();
            sum += Math.pow(((float) number - number) / number, 2);
        }
        assertThat(Math.sqrt(sum / count)).isBetween(0.97 * StoredDigits.ROUNDING, 1.03 * StoredDigits.ROUNDING);
    }
}

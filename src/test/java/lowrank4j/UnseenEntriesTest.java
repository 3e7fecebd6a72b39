package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where no measurement sees some entry, a spike there fits at a higher rank: what is found must be of the rank that suffices. */
@Tag("tier")
class UnseenEntriesTest {
    private static final int ROWS = 25;
    private static final int COLUMNS = 18;

    private final Random random = new Random(5);

    private Matrix gaussian(int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private Factors truth(int rank) {
        return new Factors(gaussian(ROWS, rank), gaussian(COLUMNS, rank));
    }

    private List<Integer> someOf(int entries, int count) {
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, entries).boxed().toList());
        Collections.shuffle(places, random);
        return places.subList(0, count);
    }

    private static double error(Matrix found, Matrix expected) {
        double gap = 0;
        double norm = 0;
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                gap += Math.pow(found.get(i, j) - expected.get(i, j), 2);
                norm += Math.pow(expected.get(i, j), 2);
            }
        }
        return Math.sqrt(gap / norm);
    }

    private static void assertRecovered(List<Matrix> measurements, Factors truth) {
        Matrix x = truth.toMatrix();
        double[] y = measurements.stream()
                .mapToDouble(a -> IntStream.range(0, a.data().length)
                        .mapToDouble(k -> a.data()[k] * x.data()[k])
                        .sum())
                .toArray();
        RecoveryResult result = MatrixSensing.of(measurements, y).solve(RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(truth.rank());
        assertThat(error(result.factors().toMatrix(), x)).isLessThan(1e-8);
    }

    @ParameterizedTest
    @CsvSource({"1, 405", "1, 225", "2, 405", "2, 315", "3, 315"})
    void singleEntriesGivenAsDenseMatrices(int rank, int count) {
        List<Matrix> measurements = new ArrayList<>();
        for (int place : someOf(ROWS * COLUMNS, count)) {
            Matrix entry = Matrix.zeros(ROWS, COLUMNS);
            entry.data()[place] = 1;
            measurements.add(entry);
        }
        assertRecovered(measurements, truth(rank));
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 500", "3, 600"})
    void gaussianMeasurementsWithoutTheDiagonal(int rank, int count) {
        Factors truth = truth(rank);
        List<Matrix> measurements = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Matrix measurement = gaussian(ROWS, COLUMNS);
            for (int i = 0; i < COLUMNS; i++) {
                measurement.set(i, i, 0);
            }
            measurements.add(measurement);
        }
        assertRecovered(measurements, truth);
    }

    /** Down to about twice as many entries as free parameters, a tenth of which decide and are not fitted. */
    @ParameterizedTest
    @CsvSource({"1, 225", "2, 225", "3, 315", "3, 270"})
    void fewEntriesAreCompleted(int rank, int count) {
        Factors truth = truth(rank);
        Matrix x = truth.toMatrix();
        int[] places = someOf(ROWS * COLUMNS, count).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        CompletionResult result = MatrixCompletion.of(
                        ROWS,
                        COLUMNS,
                        IntStream.of(places).map(place -> place / COLUMNS).toArray(),
                        IntStream.of(places).map(place -> place % COLUMNS).toArray(),
                        IntStream.of(places)
                                .mapToDouble(place -> x.data()[place])
                                .toArray())
                .solve(RecoveryOptions.defaults());
        Matrix found = Matrix.zeros(ROWS, COLUMNS);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                found.set(i, j, result.model().predict(i, j));
            }
        }
        assertThat(result.recovery().effectiveRank()).isEqualTo(rank);
        assertThat(error(found, x)).isLessThan(1e-8);
    }
}

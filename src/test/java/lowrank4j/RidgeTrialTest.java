package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Termination;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which model is tried first, and where the path of ridges begins and ends, of entries that are not very many. */
@Tag("tier")
class RidgeTrialTest {
    private static final int ROWS = 300;
    private static final int COLUMNS = 500;

    private final Random random = new Random(11);
    private final double[][] left = gaussian(ROWS);
    private final double[][] right = gaussian(COLUMNS);
    private final List<IterationEvent> events = new ArrayList<>();

    /** More numbers than any test needs. */
    private double[][] gaussian(int rows) {
        double[][] drawn = new double[rows][40];
        for (double[] row : drawn) {
            Arrays.setAll(row, k -> random.nextGaussian());
        }
        return drawn;
    }

    /** Of ratings the offsets say much; where they say nothing, the exact recovery comes first. */
    private double mean = 3.5;

    private double unit = 1;

    private double truth(int i, int j, int rank) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
            sum += left[i][k] * right[j][k];
        }
        return sum / Math.sqrt(rank);
    }

    /** Entries of variance 1 about {@link #mean} before the noise, each observed with this probability. */
    private MatrixCompletion entries(int rank, double share, double noise) {
        int[] row = new int[ROWS * COLUMNS];
        int[] column = new int[row.length];
        double[] value = new double[row.length];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if (random.nextDouble() < share) {
                    row[count] = i;
                    column[count] = j;
                    value[count++] = unit * (mean + truth(i, j, rank) + noise * random.nextGaussian());
                }
            }
        }
        return MatrixCompletion.of(
                ROWS, COLUMNS, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    private CompletionResult solved(MatrixCompletion entries, int threads) {
        return entries.solve(
                RecoveryOptions.defaults().withThreads(threads).withListener((event, factors) -> events.add(event)));
    }

    /** Relative to the root mean square of the truth. */
    private double error(CompletionModel model, int rank) {
        double square = 0;
        double all = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                square += Math.pow(model.predict(i, j) - mean - truth(i, j, rank), 2);
                all += Math.pow(truth(i, j, rank), 2);
            }
        }
        return Math.sqrt(square / all);
    }

    @Test
    void noisyEntriesAreLeftToTheRidgesAndTheBitsAreThoseOfOneThread() {
        MatrixCompletion entries = entries(2, 0.2, 1.5);
        CompletionResult one = solved(entries, 1);
        assertThat(one.recovery().algorithm()).isEqualTo("als");
        assertThat(events).as("iterations without a ridge").noneMatch(event -> event.damping() == 0);
        assertThat(error(one.model(), 2)).isLessThan(0.55);
        // Of forty columns those that carry something are left, and a few that might.
        assertThat(one.model().factors().rank()).isBetween(2, 12);
        CompletionResult three = solved(entries, 3);
        assertThat(three.model().factors().left().toArray())
                .containsExactly(one.model().factors().left().toArray());
        assertThat(three.model().factors().right().toArray())
                .containsExactly(one.model().factors().right().toArray());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-120, 1e120})
    void whatIsEvidentIsSoInAnyUnit(double any) {
        unit = any;
        CompletionResult result = solved(entries(2, 0.2, 1.5), 1);
        assertThat(result.recovery().algorithm()).isEqualTo("als");
        assertThat(result.model().factors().rank()).isBetween(2, 12);
    }

    @Test
    void ofLoudNoiseTheHeaviestRidgesKeepOutMost() {
        // Without the first three ridges of the path the error is 0.80.
        assertThat(error(solved(entries(2, 0.2, 2), 1).model(), 2)).isLessThan(0.74);
    }

    @Test
    void columnsThatWereAskedForAreAllKept() {
        MatrixCompletion entries = entries(2, 0.2, 1.5);
        CompletionResult result =
                entries.solve(RecoveryOptions.defaults().withThreads(1).withRank(15));
        assertThat(result.recovery().algorithm()).isEqualTo("als");
        assertThat(result.model().factors().rank()).isEqualTo(15);
    }

    @Test
    void aChoiceThatIsCutShortGivesWhatItHasComeTo() {
        CompletionResult result = entries(2, 0.2, 1.5)
                .solve(RecoveryOptions.defaults()
                        .withThreads(1)
                        .withListener((event, factors) -> events.add(event))
                        .withCancelled(() -> events.size() >= 16));
        assertThat(result.recovery().termination()).isInstanceOf(Termination.Cancelled.class);
        assertThat(events).hasSize(16);
        assertThat(error(result.model(), 2)).isLessThan(0.8);
    }

    @Test
    void theTimeLimitIsForAllRunsTogether() {
        mean = 0;
        Duration limit = Duration.ofMillis(50);
        CompletionResult result = entries(2, 0.3, 0)
                .solve(RecoveryOptions.defaults()
                        .withThreads(1)
                        .withTimeLimit(limit)
                        .withListener((event, factors) -> {
                            events.add(event);
                            pass(limit);
                        }));
        assertThat(result.recovery().termination()).isEqualTo(new Termination.TimeLimit(0.05));
        // One iterate of the trial, and one of the fit that should follow.
        assertThat(events).hasSizeLessThanOrEqualTo(2);
        assertThat(error(result.model(), 2)).isLessThan(1);
    }

    private static void pass(Duration time) {
        for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); ) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tooFewEntriesWithoutNoiseAreNotTakenForNoisyOnes() {
        mean = 0;
        int rank = 20;
        double share = 1.5 * rank * (ROWS + COLUMNS - rank) / ROWS / COLUMNS;
        CompletionResult result = solved(entries(rank, share, 0), 1);
        assertThat(error(result.model(), rank)).isLessThan(1e-6);
    }
}

package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.Termination;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ratings by the way of very many entries: the ridges come first, chosen by some of the rows. */
@Tag("tier")
class RidgePathTest {
    private static final int ROWS = 700;
    private static final int COLUMNS = 400;
    private static final double NOISE = 0.8;
    private static final int LARGEST_RANK = 20;

    private final Random random = new Random(3);
    private final double[] rowOffset = gaussian(ROWS, 0.4);
    private final double[] columnOffset = gaussian(COLUMNS, 0.4);
    private final double[] left = gaussian(ROWS * LARGEST_RANK, 1);
    private final double[] right = gaussian(COLUMNS * LARGEST_RANK, 0.4);
    private int rank = 3;

    private double[] gaussian(int size, double deviation) {
        double[] drawn = new double[size];
        Arrays.setAll(drawn, k -> deviation * random.nextGaussian());
        return drawn;
    }

    private double truth(int i, int j) {
        double sum = 3.5 + rowOffset[i] + columnOffset[j];
        for (int k = 0; k < rank; k++) {
            sum += left[i * LARGEST_RANK + k] * right[j * LARGEST_RANK + k];
        }
        return sum;
    }

    /** Some of the entries, the first rows having more, each row from its last column to its first. */
    private MatrixCompletion ratings() {
        int[] row = new int[ROWS * COLUMNS];
        int[] column = new int[row.length];
        double[] value = new double[row.length];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = COLUMNS - 1; j >= 0; j--) {
                if (random.nextDouble() < 0.45 - 0.4 * i / ROWS) {
                    row[count] = i;
                    column[count] = j;
                    value[count++] = truth(i, j) + NOISE * random.nextGaussian();
                }
            }
        }
        return MatrixCompletion.of(
                ROWS, COLUMNS, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    /** As data with many more entries are. */
    private static CompletionResult solved(MatrixCompletion ratings, int threads) {
        return solved(ratings, RecoveryOptions.defaults().withThreads(threads));
    }

    private static CompletionResult solved(MatrixCompletion ratings, RecoveryOptions options) {
        try (Engine engine = RecoveryRun.engine(options)) {
            RatingsChoice choice =
                    new RatingsChoice(ratings, HoldOut.RANDOM, Optional.empty(), options, engine, System.nanoTime());
            assertThat(choice.isNoisy()).isTrue();
            return choice.fitted();
        }
    }

    private double error(CompletionModel model) {
        double square = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                square += Math.pow(model.predict(i, j) - truth(i, j), 2);
            }
        }
        return Math.sqrt(square / ROWS / COLUMNS);
    }

    @Test
    void noisyRatingsArePredictedAndTheBitsAreThoseOfOneThread() {
        MatrixCompletion ratings = ratings();
        CompletionResult one = solved(ratings, 1);
        assertThat(one.recovery().algorithm()).isEqualTo("als");
        // Twice the least that any estimate of rank 3 from so many entries can reach, noise·√(3(n1 + n2)/m).
        double least =
                NOISE * Math.sqrt(3.0 * (ROWS + COLUMNS) / ratings.pattern().count());
        assertThat(error(one.model())).isLessThan(2 * least);
        assertThat(one.model().factors().rank()).isBetween(rank, 13);
        CompletionResult three = solved(ratings, 3);
        assertThat(three.model().factors().left().toArray())
                .containsExactly(one.model().factors().left().toArray());
        assertThat(three.model().factors().right().toArray())
                .containsExactly(one.model().factors().right().toArray());
    }

    @Test
    void aChoiceThatIsCutShortIsStillFittedToAllRatings() {
        AtomicInteger events = new AtomicInteger();
        CompletionResult result = solved(
                ratings(),
                RecoveryOptions.defaults()
                        .withThreads(1)
                        .withListener((event, factors) -> events.incrementAndGet())
                        .withCancelled(() -> events.get() >= 9));
        assertThat(result.recovery().termination()).isInstanceOf(Termination.Cancelled.class);
        assertThat(events).hasValue(10);
        // Of the signal's deviation, which the offsets alone leave; the whole choice leaves half of that.
        assertThat(error(result.model())).isLessThan(0.6 * Math.sqrt(rank) * 0.4);
    }

    @Test
    void moreDirectionsThanThePathBeginsWithAreFound() {
        rank = LARGEST_RANK;
        MatrixCompletion ratings = ratings();
        CompletionResult result = solved(ratings, 1);
        assertThat(result.model().factors().rank()).isBetween(LARGEST_RANK, LARGEST_RANK + 1);
        double least = NOISE
                * Math.sqrt(1.0 * rank * (ROWS + COLUMNS) / ratings.pattern().count());
        assertThat(error(result.model())).isLessThan(2 * least);
    }

    @Test
    void theReportedResidualIsThatOfTheModel() {
        MatrixCompletion ratings = ratings();
        CompletionResult result = solved(ratings, 1);
        double loss = 0;
        double norm = 0;
        double[] values = ratings.values();
        SparsePattern pattern = ratings.pattern();
        for (int i = 0; i < ROWS; i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                loss += Math.pow(result.model().predict(i, pattern.columnIndex()[e]) - values[e], 2);
                norm += values[e] * values[e];
            }
        }
        assertThat(result.recovery().relativeResidual()).isCloseTo(Math.sqrt(loss / norm), Offset.offset(1e-10));
    }

    @Test
    void someRowsAreWholeOnesWithAllColumns() {
        MatrixCompletion ratings = ratings();
        MatrixCompletion some = ratings.ofSomeRows(10_000, 1);
        assertThat(some.pattern().columns()).isEqualTo(COLUMNS);
        assertThat(some.pattern().count()).isBetween(7_000L, 13_000L);
        int at = 0;
        for (int i = 0; i < some.pattern().rows(); i++) {
            double[] values = Arrays.copyOfRange(
                    some.sharedValues(),
                    some.pattern().rowStart()[i],
                    some.pattern().rowStart()[i + 1]);
            while (!Arrays.equals(values, rowValues(ratings, at))) {
                at++;
            }
        }
        assertThat(ratings.ofSomeRows(60_000, 1)).isSameAs(ratings);
    }

    private static double[] rowValues(MatrixCompletion of, int row) {
        return Arrays.copyOfRange(
                of.sharedValues(), of.pattern().rowStart()[row], of.pattern().rowStart()[row + 1]);
    }

    @Test
    void ofTransposedEntriesTheTransposedAreTheFirst() {
        MatrixCompletion ratings = ratings();
        SparsePattern.Entries byColumn = ratings.pattern().transposed(ratings.sharedValues());
        SparsePattern.Entries back = byColumn.pattern().transposed(byColumn.values());
        assertThat(back.values()).containsExactly(ratings.values());
        assertThat(back.pattern().columnIndex())
                .containsExactly(ratings.pattern().columnIndex());
        assertThat(byColumn.pattern().rows()).isEqualTo(COLUMNS);
    }

    @Test
    void heavierNoiseOfFewerEntriesAsksForAHeavierRidge() {
        MatrixCompletion ratings = ratings();
        double all = RidgePath.noiseNorm(ratings);
        double some = RidgePath.noiseNorm(ratings.ofSomeRows(10_000, 1));
        assertThat(some).isBetween(1.05 * all, 2 * all);
    }
}

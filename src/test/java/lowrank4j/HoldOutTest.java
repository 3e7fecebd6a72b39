package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is held out, and what is kept. The value of each entry is its time, so that parts can be told apart. */
class HoldOutTest {
    private static final int ROWS = 50;
    private static final int COLUMNS = 40;

    /** Rows of 0, 1, 2, … entries, given in a shuffled order. */
    private static MatrixCompletion staircase() {
        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < Math.min(i, COLUMNS); j++) {
                places.add(new int[] {i, j, places.size()});
            }
        }
        List<Double> times = new ArrayList<>();
        for (int k = 0; k < places.size(); k++) {
            times.add((double) k);
        }
        Random random = new Random(1);
        Collections.shuffle(times, random);
        Collections.shuffle(places, random);
        int[] row = places.stream().mapToInt(place -> place[0]).toArray();
        int[] column = places.stream().mapToInt(place -> place[1]).toArray();
        double[] time =
                places.stream().mapToDouble(place -> times.get(place[2])).toArray();
        int[] reversedRow = reversed(row);
        int[] reversedColumn = reversed(column);
        double[] reversedTime = new double[time.length];
        Arrays.setAll(reversedTime, k -> time[time.length - 1 - k]);
        // Times may come in another order than values: they are brought together by their places.
        return MatrixCompletion.of(ROWS, COLUMNS, row, column, time)
                .withTimes(reversedRow, reversedColumn, reversedTime);
    }

    private static int[] reversed(int[] numbers) {
        int[] reversed = new int[numbers.length];
        Arrays.setAll(reversed, k -> numbers[numbers.length - 1 - k]);
        return reversed;
    }

    @ParameterizedTest
    @EnumSource(HoldOut.class)
    void theShareIsHeldOutAndTheRestIsKept(HoldOut by) {
        MatrixCompletion all = staircase();
        MatrixCompletion.Split split = all.split(by, 0.2, 3);
        double[] both = Arrays.copyOf(
                split.fitted().values(),
                split.fitted().values().length + split.heldOut().values().length);
        System.arraycopy(
                split.heldOut().values(),
                0,
                both,
                split.fitted().values().length,
                split.heldOut().values().length);
        Arrays.sort(both);
        double[] wanted = all.values();
        Arrays.sort(wanted);
        assertThat(both).isEqualTo(wanted);
        assertThat((double) split.heldOut().values().length / both.length).isBetween(0.19, 0.21);
        assertThat(all.split(by, 0.2, 3).heldOut().values())
                .isEqualTo(split.heldOut().values());
    }

    @ParameterizedTest
    @EnumSource(
            value = HoldOut.class,
            names = {"ROW", "ROW_TIME"})
    void everyRowGivesItsShareAndKeepsAnEntry(HoldOut by) {
        MatrixCompletion all = staircase();
        for (double fraction : new double[] {0.2, 0.9}) {
            SparsePattern kept = all.split(by, fraction, 3).fitted().pattern();
            for (int i = 1; i < ROWS; i++) {
                int count = all.pattern().count(i);
                assertThat(kept.count(i)).isGreaterThanOrEqualTo(1);
                assertThat((double) count - kept.count(i)).isBetween(fraction * count - 2, fraction * count + 2);
            }
        }
    }

    @Test
    void theNewestAreHeldOut() {
        MatrixCompletion.Split split = staircase().split(HoldOut.TIME, 0.1, 0);
        double newestKept = Arrays.stream(split.fitted().values()).max().orElseThrow();
        assertThat(Arrays.stream(split.heldOut().values())).allMatch(time -> time > newestKept);
    }

    @Test
    void theNewestOfEachRowAreHeldOut() {
        MatrixCompletion.Split split = staircase().split(HoldOut.ROW_TIME, 0.3, 0);
        for (int i = 0; i < ROWS; i++) {
            double newestKept = Arrays.stream(ofRow(split.fitted(), i)).max().orElse(-1);
            assertThat(Arrays.stream(ofRow(split.heldOut(), i))).allMatch(time -> time > newestKept);
        }
    }

    private static double[] ofRow(MatrixCompletion part, int row) {
        return Arrays.copyOfRange(
                part.values(), part.pattern().rowStart()[row], part.pattern().rowStart()[row + 1]);
    }

    @Test
    void ofEntriesOfOneTimeTheRightNumberIsHeldOut() {
        int[] row = new int[10];
        int[] column = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        double[] time = {5, 5, 5, 1, 5, 5, 5, 9, 5, 5};
        MatrixCompletion.Split split = MatrixCompletion.of(1, 10, row, column, time)
                .withTimes(row, column, time)
                .split(HoldOut.TIME, 0.3, 0);
        assertThat(split.heldOut().values()).containsExactly(9, 5, 5);
        assertThat(split.fitted().pattern().columnIndex()).contains(0, 1, 2, 3);
    }

    @Test
    void whatCannotBeHeldOutIsRefused() {
        MatrixCompletion diagonal =
                MatrixCompletion.of(3, 3, new int[] {0, 1, 2}, new int[] {0, 1, 2}, new double[] {1, 2, 3});
        assertThatThrownBy(() -> diagonal.split(HoldOut.ROW, 0.5, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("no row has an entry to spare");
        assertThatThrownBy(() -> diagonal.split(HoldOut.TIME, 0.5, 0)).hasMessageContaining("times");
        assertThatThrownBy(() -> diagonal.split(HoldOut.RANDOM, 1, 0)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> diagonal.withTimes(new int[] {0, 1}, new int[] {0, 1}, new double[] {1, 2}))
                .hasMessageContaining("each entry needs one");
    }

    @Test
    void aCompletionHoldsOutAsTold() {
        // Entries later than the rest follow another law: only a hold-out by time meets it.
        Random random = new Random(2);
        int[] row = new int[600];
        int[] column = new int[600];
        double[] value = new double[600];
        double[] time = new double[600];
        for (int k = 0; k < row.length; k++) {
            row[k] = k / 20;
            column[k] = k % 20;
            time[k] = random.nextDouble();
            value[k] = (time[k] > 0.9 ? 5 : 0) + 0.1 * random.nextGaussian();
        }
        MatrixCompletion completion =
                MatrixCompletion.of(30, 20, row, column, value).withTimes(row, column, time);
        RecoveryOptions options =
                RecoveryOptions.defaults().withHoldOut(0.08).withThreads(1).withAlgorithm(Algorithm.ALS);
        assertThat(completion
                        .solve(options, HoldOut.TIME)
                        .recovery()
                        .heldOutRootMeanSquare()
                        .orElseThrow())
                .isGreaterThan(4);
        assertThat(completion.solve(options).recovery().heldOutRootMeanSquare().orElseThrow())
                .isLessThan(3);
    }
}

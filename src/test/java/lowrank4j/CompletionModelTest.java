package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows, columns and entries that come after the fit. */
class CompletionModelTest {
    private static final int ROWS = 80;
    private static final int COLUMNS = 50;
    private static final Engine ENGINE = Engine.open(Tiers.select(), 1);
    private static final double[][] PARTS = parts();
    private static final MatrixCompletion ALL = entries(ROWS, 0.5);
    private static final CompletionModel MODEL = ALL.solve(RecoveryOptions.defaults()
                    .withAlgorithm(Algorithm.ALS)
                    .withRank(2)
                    .withThreads(1))
            .model();

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static double[][] parts() {
        Random random = new Random(8);
        double[][] parts = new double[4][ROWS + 20];
        for (double[] part : parts) {
            Arrays.setAll(part, k -> random.nextGaussian());
        }
        return parts;
    }

    private static double truth(int row, int column) {
        return 3 + 0.5 * PARTS[2][row] + 0.5 * PARTS[3][column] + PARTS[0][row] * PARTS[1][column];
    }

    /** Entries of the first rows, with a little noise; the same for each number of rows. */
    private static MatrixCompletion entries(int rows, double share) {
        Random random = new Random(9);
        int[] row = new int[rows * COLUMNS];
        int[] column = new int[row.length];
        double[] value = new double[row.length];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double noise = 0.1 * random.nextGaussian();
                if (random.nextDouble() < share) {
                    row[count] = i;
                    column[count] = j;
                    value[count++] = truth(i, j) + noise;
                }
            }
        }
        return MatrixCompletion.of(
                rows, COLUMNS, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    private static SparsePattern.Entries of(MatrixCompletion all, int from, int to) {
        int start = all.pattern().rowStart()[from];
        int end = all.pattern().rowStart()[to];
        int[] rowStart = Arrays.copyOfRange(all.pattern().rowStart(), from, to + 1);
        for (int k = 0; k < rowStart.length; k++) {
            rowStart[k] -= start;
        }
        return new SparsePattern.Entries(
                new SparsePattern(
                        to - from,
                        COLUMNS,
                        rowStart,
                        Arrays.copyOfRange(all.pattern().columnIndex(), start, end)),
                Arrays.copyOfRange(all.values(), start, end));
    }

    private static double error(CompletionModel model, int fromRow, int toRow) {
        double sum = 0;
        for (int i = fromRow; i < toRow; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                sum += Math.pow(model.predict(i, j) - truth(i, j), 2);
            }
        }
        return Math.sqrt(sum / (toRow - fromRow) / COLUMNS);
    }

    @Test
    void aSingleEntryIsPredictedAsItIs() {
        CompletionModel model = MatrixCompletion.of(2, 3, new int[] {1}, new int[] {2}, new double[] {3})
                .solve(RecoveryOptions.defaults().withThreads(1))
                .model();
        assertThat(model.predict(1, 2)).isEqualTo(3);
    }

    @Test
    void rowsAreAddedAsTheyAreAnsweredAlone() {
        SparsePattern.Entries later = of(entries(ROWS + 20, 0.5), ROWS, ROWS + 20);
        CompletionModel wider = MODEL.withRows(later.pattern(), later.values(), ENGINE.kernels());
        assertThat(wider.factors().rows()).isEqualTo(ROWS + 20);
        assertThat(wider.predict(3, 4)).isEqualTo(MODEL.predict(3, 4));
        assertThat(error(wider, ROWS, ROWS + 20)).isLessThan(1.5 * error(MODEL, 0, ROWS));
        for (int k : new int[] {0, 7, 19}) {
            int from = later.pattern().rowStart()[k];
            int to = later.pattern().rowStart()[k + 1];
            double[] alone = MODEL.predictNewRow(
                    Arrays.copyOfRange(later.pattern().columnIndex(), from, to),
                    Arrays.copyOfRange(later.values(), from, to),
                    ENGINE.kernels());
            for (int j = 0; j < COLUMNS; j++) {
                assertThat(wider.predict(ROWS + k, j)).isCloseTo(alone[j], within(1e-12));
            }
        }
    }

    /** The minimum of a quadratic over x ≥ 0: no gradient where x is above zero, none that points below where it is zero. */
    @Test
    void newRowsOfNonnegativeFactorsMinimiseUnderTheirConstraint() {
        Random random = new Random(3);
        Factors factors = new Factors(Matrix.zeros(1, 4), Matrix.zeros(COLUMNS, 4));
        Arrays.setAll(factors.right().data(), k -> random.nextDouble());
        double[] values = new double[COLUMNS];
        // Without the constraint the second number of the row would be about -1.
        Arrays.setAll(
                values, j -> 2 * factors.right().get(j, 0) - factors.right().get(j, 1) + random.nextDouble());
        int[] columns = IntStream.range(0, COLUMNS).toArray();
        double ridge = 0.3;
        CompletionModel model =
                new CompletionModel(factors, 0, new double[1], new double[COLUMNS], ridge, Range.ALL, true, 0);
        SparsePattern.Entries entries = SparsePattern.sorted(1, COLUMNS, new int[COLUMNS], columns, values);
        CompletionModel wider = model.withRows(entries.pattern(), entries.values(), ENGINE.kernels());
        Matrix row = wider.factors().left().rowRange(1, 2);
        int zeros = 0;
        for (int k = 0; k < 4; k++) {
            double gradient = ridge * Math.pow(COLUMNS, 0.75) * row.get(0, k);
            for (int j = 0; j < COLUMNS; j++) {
                gradient += (wider.predict(1, j) - values[j]) * factors.right().get(j, k);
            }
            zeros += row.get(0, k) == 0 ? 1 : 0;
            assertThat(row.get(0, k) == 0 ? Math.min(0, gradient) : gradient).isCloseTo(0, within(1e-9));
            assertThat(row.get(0, k)).isNotNegative();
        }
        assertThat(zeros).isBetween(1, 3);
        assertThat(wider.nonnegative()).isTrue();
        assertThat(wider.transposed().nonnegative()).isTrue();
        double[] alone = model.predictNewRow(columns, values, ENGINE.kernels());
        assertThat(alone[5]).isCloseTo(wider.predict(1, 5), within(1e-12));
    }

    /** As offsets are fitted: two entries, one above the mean, against the weight of four at it. */
    @Test
    void theOffsetOfANewRowIsDampedAsThoseOfTheFit() {
        CompletionModel offsets = new CompletionModel(
                new Factors(Matrix.zeros(2, 0), Matrix.zeros(3, 0)), 3, new double[2], new double[3], 0, Range.ALL);
        double[] predicted = offsets.predictNewRow(new int[] {0, 2}, new double[] {4, 4}, ENGINE.kernels());
        assertThat(predicted).containsExactly(new double[] {10 / 3.0, 10 / 3.0, 10 / 3.0}, within(1e-15));
    }

    @Test
    void aRowSolvedAnewFromItsOwnEntriesStaysAndMoreEntriesImproveIt() {
        int[] rows = {5, 2};
        MatrixCompletion full = entries(ROWS, 1);
        CompletionModel same = resolved(ALL, rows);
        CompletionModel better = resolved(full, rows);
        assertThat(error(same, 5, 6)).isCloseTo(error(MODEL, 5, 6), within(0.05));
        assertThat(error(better, 5, 6) + error(better, 2, 3)).isLessThan(error(same, 5, 6) + error(same, 2, 3));
        assertThat(better.predict(6, 0)).isEqualTo(MODEL.predict(6, 0));
    }

    private static CompletionModel resolved(MatrixCompletion from, int[] rows) {
        SparsePattern.Entries one = of(from, rows[0], rows[0] + 1);
        SparsePattern.Entries other = of(from, rows[1], rows[1] + 1);
        int[] rowStart = {0, one.values().length, one.values().length + other.values().length};
        int[] columns = Arrays.copyOf(one.pattern().columnIndex(), rowStart[2]);
        System.arraycopy(other.pattern().columnIndex(), 0, columns, rowStart[1], other.values().length);
        double[] values = Arrays.copyOf(one.values(), rowStart[2]);
        System.arraycopy(other.values(), 0, values, rowStart[1], other.values().length);
        return MODEL.withEntries(rows, new SparsePattern(2, COLUMNS, rowStart, columns), values, ENGINE.kernels());
    }

    @Test
    void columnsAreAddedThroughTheTransposedModel() {
        // A column that repeats column 3 of the truth.
        int[] row = new int[ROWS];
        double[] value = new double[ROWS];
        Arrays.setAll(row, i -> i);
        Arrays.setAll(value, i -> truth(i, 3));
        SparsePattern.Entries column = SparsePattern.sorted(1, ROWS, new int[ROWS], row, value);
        CompletionModel wider = MODEL.transposed()
                .withRows(column.pattern(), column.values(), ENGINE.kernels())
                .transposed();
        assertThat(wider.factors().columns()).isEqualTo(COLUMNS + 1);
        for (int i = 0; i < ROWS; i++) {
            assertThat(wider.predict(i, COLUMNS)).isCloseTo(truth(i, 3), within(0.5));
        }
    }

    @Test
    void aRowWithoutEntriesIsPredictedByTheColumns() {
        CompletionModel wider =
                MODEL.withRows(new SparsePattern(1, COLUMNS, new int[2], new int[0]), new double[0], ENGINE.kernels());
        assertThat(wider.predict(ROWS, 7)).isEqualTo(MODEL.mean() + MODEL.columnOffsets()[7]);
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        SparsePattern narrow = new SparsePattern(1, 3, new int[2], new int[0]);
        assertThatThrownBy(() -> MODEL.withRows(narrow, new double[0], ENGINE.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("3 columns");
        SparsePattern empty = new SparsePattern(1, COLUMNS, new int[2], new int[0]);
        assertThatThrownBy(() -> MODEL.withEntries(new int[] {ROWS}, empty, new double[0], ENGINE.kernels()))
                .hasMessageContaining("row " + ROWS);
    }

    @Test
    void theHighestUnseenColumnsOfARowAreTold() {
        int[] rows = {9, 0, 79, 9};
        CompletionModel clamped = new CompletionModel(
                MODEL.factors(), MODEL.mean(), MODEL.rowOffsets(), MODEL.columnOffsets(), 0, new Range(2.9, 3));
        int[][] top = TopPredictions.of(clamped, rows, 6, ALL.pattern(), ENGINE);
        for (int k = 0; k < rows.length; k++) {
            int row = rows[k];
            int[] expected = IntStream.range(0, COLUMNS)
                    .filter(j -> !sees(row, j))
                    .boxed()
                    .sorted(Comparator.comparingDouble(j -> -MODEL.predict(row, j)))
                    .limit(6)
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(top[k]).isEqualTo(expected);
        }
        int unseen = COLUMNS - ALL.pattern().count(9);
        assertThat(TopPredictions.of(MODEL, rows, 99, ALL.pattern(), ENGINE)[0]).hasSize(unseen);
        assertThat(TopPredictions.of(MODEL, rows, 99, TopPredictions.nothingSeen(MODEL), ENGINE)[0])
                .hasSize(COLUMNS);
        assertThatThrownBy(() -> TopPredictions.of(MODEL, rows, 0, ALL.pattern(), ENGINE))
                .hasMessageContaining("count is 0");
    }

    private static boolean sees(int row, int column) {
        SparsePattern pattern = ALL.pattern();
        return Arrays.binarySearch(pattern.columnIndex(), pattern.rowStart()[row], pattern.rowStart()[row + 1], column)
                >= 0;
    }

    @Test
    void aRangeHoldsForKnownRowsAndForNewOnes() {
        CompletionModel narrow = new CompletionModel(
                MODEL.factors(),
                MODEL.mean(),
                MODEL.rowOffsets(),
                MODEL.columnOffsets(),
                MODEL.ridge(),
                new Range(2.9, 3.1));
        double[] all = narrow.predictNewRow(new int[] {1, 2}, new double[] {9, 9}, ENGINE.kernels());
        assertThat(Arrays.stream(all).max().orElseThrow()).isEqualTo(3.1);
        assertThat(narrow.predict(1, 1)).isBetween(2.9, 3.1);
        assertThatThrownBy(() -> new Range(1, 1)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void newRowsOfModelsWithoutRidgeDoNotDependOnTheUnit() {
        int[] columns = {0, 5, 9, 14, 20, 31, 44, 48};
        for (double unit : new double[] {1, 1e-12, 1e-18, 1e12}) {
            Random random = new Random(5);
            Matrix right = Matrix.zeros(COLUMNS, 3);
            Arrays.setAll(right.data(), k -> Math.sqrt(unit) * random.nextGaussian());
            CompletionModel exact = new CompletionModel(
                    new Factors(Matrix.zeros(1, 3), right), 0, new double[1], new double[COLUMNS], 0);
            Matrix row = Matrix.wrap(new double[] {1, -2, 0.5}, 1, 3);
            Arrays.setAll(row.data(), k -> Math.sqrt(unit) * row.get(0, k));
            Factors truth = new Factors(row, right);
            double[] values =
                    Arrays.stream(columns).mapToDouble(j -> truth.entry(0, j)).toArray();
            double[] predicted = exact.predictNewRow(columns, values, ENGINE.kernels());
            for (int j = 0; j < COLUMNS; j++) {
                assertThat(predicted[j] / unit)
                        .as("column %d in units of %s", j, unit)
                        .isCloseTo(truth.entry(0, j) / unit, within(1e-9));
            }
        }
    }

    @Test
    void whatIsNotOfTheModelIsRefusedByName() {
        assertRefused(() -> MODEL.predict(ROWS, 0), "entry (" + ROWS + ", 0)");
        assertRefused(() -> MODEL.predict(0, -1), "entry (0, -1)");
        SparsePattern two = new SparsePattern(1, COLUMNS, new int[] {0, 2}, new int[] {1, 4});
        assertRefused(() -> MODEL.withRows(two, new double[1], ENGINE.kernels()), "1 values");
        assertRefused(() -> MODEL.withRows(two, new double[3], ENGINE.kernels()), "3 values");
        assertRefused(
                () -> MODEL.predictNewRow(new int[] {1, 4}, new double[] {1, Double.NaN}, ENGINE.kernels()),
                "value 1 is NaN");
        SparsePattern rows = new SparsePattern(2, COLUMNS, new int[] {0, 1, 2}, new int[] {1, 4});
        assertRefused(
                () -> MODEL.withEntries(new int[] {7, 7}, rows, new double[2], ENGINE.kernels()), "row 7", "distinct");
        ErrorBars bars = new ErrorBars(ALL, MODEL, ENGINE);
        assertRefused(() -> bars.at(new int[] {ROWS}, new int[1], ENGINE), "entry (" + ROWS + ", 0)");
        assertRefused(() -> bars.at(new int[2], new int[1], ENGINE), "2 rows, 1 columns");
        assertRefused(() -> bars.at(new int[1], new int[1], new double[1], ENGINE), "weight 0 is 0.0");
        assertRefused(() -> bars.at(new int[1], new int[1], new double[] {-2}, ENGINE), "weight 0 is -2.0");
    }

    private static void assertRefused(ThrowingCallable call, String... said) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgumentException.class).hasMessageContainingAll(said);
    }

    @Test
    void aTimeLimitMayBeBeyondAnyClock() {
        RecoveryOptions options = RecoveryOptions.defaults()
                .withAlgorithm(Algorithm.ALS)
                .withRank(1)
                .withThreads(1)
                .withTimeLimit(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(ALL.solve(options).recovery().termination().isConverged()).isTrue();
    }
}

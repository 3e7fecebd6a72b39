package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default completion, told nothing, where descent has too few entries. */
class CompletionLimitTest {
    private static final int ROWS = 90;
    private static final int COLUMNS = 110;

    private record Entries(int[] row, int[] column, double[] value) {
        MatrixCompletion completion() {
            return MatrixCompletion.of(ROWS, COLUMNS, row, column, value);
        }
    }

    /** So many entries of a matrix, at least rank + 1 in each row and column. */
    private static Entries entries(Factors truth, int count, double noise, Random random) {
        boolean[] observed = new boolean[ROWS * COLUMNS];
        int least = truth.rank() + 1;
        for (int k = 0; k < ROWS * least; k++) {
            observed[k / least * COLUMNS + random.nextInt(COLUMNS)] = true;
        }
        for (int k = 0; k < COLUMNS * least; k++) {
            observed[random.nextInt(ROWS) * COLUMNS + k / least] = true;
        }
        int size = 0;
        for (boolean seen : observed) {
            size += seen ? 1 : 0;
        }
        while (size < count) {
            int position = random.nextInt(observed.length);
            size += observed[position] ? 0 : 1;
            observed[position] = true;
        }
        int[] row = new int[size];
        int[] column = new int[size];
        double[] value = new double[size];
        for (int p = 0, k = 0; p < observed.length; p++) {
            if (observed[p]) {
                row[k] = p / COLUMNS;
                column[k] = p % COLUMNS;
                value[k] = truth.entry(row[k], column[k]) + noise * random.nextGaussian();
                k++;
            }
        }
        return new Entries(row, column, value);
    }

    /** Rank 3, entries of size about 1 and singular values evenly spaced. */
    private static Factors truth(double conditionNumber, Random random) {
        int rank = 3;
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            Matrix left = orthonormal(ROWS, rank, random, engine);
            for (int i = 0; i < ROWS; i++) {
                for (int k = 0; k < rank; k++) {
                    double value = 1 - (1 - 1 / conditionNumber) * k / (rank - 1);
                    left.set(i, k, left.get(i, k) * value * Math.sqrt((double) ROWS * COLUMNS));
                }
            }
            return new Factors(left, orthonormal(COLUMNS, rank, random, engine));
        }
    }

    private static Matrix orthonormal(int rows, int columns, Random random, Engine engine) {
        Matrix gaussian = Matrix.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                gaussian.set(i, k, random.nextGaussian());
            }
        }
        Matrix basis = Matrix.zeros(rows, columns);
        engine.kernels().thinQr(gaussian, basis, Matrix.zeros(columns, columns));
        return basis;
    }

    private static double error(Factors found, Factors truth) {
        double gaps = 0;
        double norm = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double gap = found.entry(i, j) - truth.entry(i, j);
                gaps += gap * gap;
                norm += truth.entry(i, j) * truth.entry(i, j);
            }
        }
        return Math.sqrt(gaps / norm);
    }

    private static CompletionResult solve(Entries entries) {
        return entries.completion().solve(RecoveryOptions.defaults().withThreads(1));
    }

    @ParameterizedTest
    @CsvSource({"10, 1", "10, 2", "1000, 1", "1000, 2"})
    void fewEntriesOfAnIllConditionedMatrixAreCompletedExactlyToldNothing(double conditionNumber, long seed) {
        Random random = new Random(seed);
        Factors truth = truth(conditionNumber, random);
        int freedom = 3 * (ROWS + COLUMNS - 3);
        CompletionResult result = solve(entries(truth, (int) Math.ceil(1.8 * freedom), 0, random));
        assertThat(error(result.model().whole(), truth)).isLessThan(1e-8);
        assertThat(result.recovery().termination().isConverged()).isTrue();
        assertThat(result.recovery().effectiveRank()).isEqualTo(3);
        assertThat(result.recovery().reason()).contains("rank 3");
    }

    /** Completed from so many times as many entries of rank 3 with equal singular values as it has free parameters. */
    private static void assertFlatSpectrumIsCompleted(double oversampling, long seed, RecoveryOptions options) {
        Random random = new Random(seed);
        Factors truth = truth(1, random);
        int freedom = 3 * (ROWS + COLUMNS - 3);
        CompletionResult result = entries(truth, (int) Math.ceil(oversampling * freedom), 0, random)
                .completion()
                .solve(options.withThreads(1));
        assertThat(error(result.model().whole(), truth)).isLessThan(1e-8);
        assertThat(result.recovery().effectiveRank()).isEqualTo(3);
        assertThat(result.recovery().reason())
                .contains("recommended: " + result.recovery().algorithm());
    }

    /** Where all singular values are equal descent stands still below the rank, and so does the search that goes on from there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fewEntriesOfAFlatSpectrumAreCompletedExactly(long seed) {
        assertFlatSpectrumIsCompleted(2.2, seed, RecoveryOptions.defaults());
    }

    /** One by one its directions explain nothing; told how many there are, the fit begins with all of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fewerEntriesOfAFlatSpectrumAreCompletedExactlyToldTheRank(long seed) {
        assertFlatSpectrumIsCompleted(1.8, seed, RecoveryOptions.defaults().withRank(3));
    }

    /** Nor need it be told: how many singular values carry the entries is estimated, and the few ranks about that are tried. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void fewerEntriesOfAFlatSpectrumAreCompletedExactlyToldNothing(long seed) {
        assertFlatSpectrumIsCompleted(1.6, seed, RecoveryOptions.defaults());
    }

    /** At rank 4 they fit as exactly, with anything in rows of four entries. */
    @ParameterizedTest
    @ValueSource(longs = {1, 28, 56})
    void ofTheRanksThatFitExactlyTheLeastIsTaken(long seed) {
        assertFlatSpectrumIsCompleted(1.7, seed, RecoveryOptions.defaults());
    }

    /** A row with one entry lets a fit take any size where nothing is seen. */
    @ParameterizedTest
    @CsvSource({"250, 1", "250, 2", "250, 3", "400, 1", "400, 2", "400, 3"})
    void predictionsFromAlmostNothingStayOfTheSizeOfTheEntries(int count, long seed) {
        Factors zero = new Factors(Matrix.zeros(ROWS, 0), Matrix.zeros(COLUMNS, 0));
        CompletionResult result = solve(entries(zero, count, 1, new Random(seed)));
        assertThat(rootMeanSquare(result)).isLessThan(2);
    }

    @Test
    void noiseOnFewEntriesIsNotAmplified() {
        Random random = new Random(4);
        Factors truth = truth(10, random);
        CompletionResult result = solve(entries(truth, 1300, 0.01, random));
        assertThat(error(result.model().whole(), truth)).isLessThan(0.05);
    }

    @Test
    void fewEntriesOfNoiseAreNotFitted() {
        Random random = new Random(5);
        Factors zero = new Factors(Matrix.zeros(ROWS, 3), Matrix.zeros(COLUMNS, 3));
        CompletionResult result = solve(entries(zero, 1100, 1, random));
        assertThat(result.recovery().algorithm()).isNotEqualTo("greedy-gauss-newton");
        assertThat(rootMeanSquare(result)).isLessThan(0.6);
    }

    private static double rootMeanSquare(CompletionResult result) {
        double[] predicted = result.model().whole().toMatrix().toArray();
        return Math.sqrt(Arrays.stream(predicted).map(x -> x * x).average().orElseThrow());
    }
}

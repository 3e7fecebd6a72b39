package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Standard errors of predictions, against what held-out entries show. */
class ErrorBarsTest {
    private static final int ROWS = 150;
    private static final int COLUMNS = 100;

    /** Offsets, patterns of a rank, and noise; rows differ in how many of their entries are known. */
    private static MatrixCompletion ratings(int rank, double noise, long seed) {
        Random random = new Random(seed);
        double[][] left = new double[rank + 1][ROWS];
        double[][] right = new double[rank + 1][COLUMNS];
        for (int k = 0; k <= rank; k++) {
            double scale = k == rank ? 0.5 : 1 / Math.sqrt(k + 1);
            Arrays.setAll(left[k], i -> scale * random.nextGaussian());
            Arrays.setAll(right[k], j -> (scale == 0.5 ? 0.5 : 1) * random.nextGaussian());
        }
        int[] row = new int[ROWS * COLUMNS];
        int[] column = new int[ROWS * COLUMNS];
        double[] value = new double[ROWS * COLUMNS];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if (random.nextDouble() < 0.15 + 0.5 * i / ROWS) {
                    double sum = 3 + left[rank][i] + right[rank][j];
                    for (int k = 0; k < rank; k++) {
                        sum += left[k][i] * right[k][j];
                    }
                    row[count] = i;
                    column[count] = j;
                    value[count++] = sum + noise * random.nextGaussian();
                }
            }
        }
        return MatrixCompletion.of(
                ROWS, COLUMNS, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5, 1", "2, 0.5, 2", "3, 1.0, 3"})
    void aboutNineteenOfTwentyNewEntriesAreWithinTwoBars(int rank, double noise, long seed) {
        MatrixCompletion.Split split = ratings(rank, noise, seed).split(HoldOut.RANDOM, 0.2, seed);
        RecoveryOptions options = RecoveryOptions.defaults()
                .withAlgorithm(Algorithm.ALS)
                .withRank(Math.max(1, rank))
                .withThreads(2);
        CompletionModel model = split.fitted().solve(options).model();
        try (Engine engine = Engine.open(Tiers.select(), 2)) {
            ErrorBars bars = new ErrorBars(split.fitted(), model, engine);
            assertThat(bars.noise()).isCloseTo(noise, within(0.15 * noise));
            int[] row = rows(split.heldOut());
            int[] column = split.heldOut().pattern().columnIndex();
            double[] width = bars.at(row, column, engine);
            double[] value = split.heldOut().values();
            int inside = 0;
            double ofScarce = 0;
            double ofMany = 0;
            for (int k = 0; k < width.length; k++) {
                inside += Math.abs(value[k] - model.predict(row[k], column[k])) <= 2 * width[k] ? 1 : 0;
                ofScarce += row[k] < ROWS / 4 ? width[k] : 0;
                ofMany = Math.max(ofMany, width[k]);
            }
            assertThat((double) inside / width.length).isBetween(0.925, 0.975);
            assertThat(Arrays.stream(width).min().orElseThrow()).isGreaterThan(bars.noise());
            assertThat(ofMany).isLessThan(3 * bars.noise());
            assertThat(ofScarce).isPositive();
        }
    }

    private static int[] rows(MatrixCompletion part) {
        int[] row = new int[part.pattern().columnIndex().length];
        for (int i = 0; i < part.pattern().rows(); i++) {
            Arrays.fill(row, part.pattern().rowStart()[i], part.pattern().rowStart()[i + 1], i);
        }
        return row;
    }

    @Test
    void theBarIsTheTwoQuadraticFormsAndTheNoise() {
        // One row, one column of rank one and no offsets: xᵀ(x² + λ)⁻¹x by hand, both ways.
        CompletionModel model = new CompletionModel(
                new Factors(Matrix.wrap(new double[] {2}, 1, 1), Matrix.wrap(new double[] {3}, 1, 1)),
                0,
                new double[1],
                new double[1],
                0.5);
        MatrixCompletion entries = MatrixCompletion.of(1, 1, new int[1], new int[1], new double[] {6.5});
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            ErrorBars bars = new ErrorBars(entries, model, engine);
            double leverage = 9 / 9.5 + 4 / 4.5;
            assertThat(bars.noise()).isCloseTo(0.5 / Math.sqrt(1 - (leverage - 1)), within(1e-12));
            assertThat(bars.at(new int[1], new int[1], engine)[0])
                    .isCloseTo(bars.noise() * Math.sqrt(1 + leverage), within(1e-12));
        }
    }

    @Test
    void aRowThatIsKnownLessHasAWiderBar() {
        MatrixCompletion all = ratings(2, 0.5, 5);
        CompletionModel model = all.solve(
                        RecoveryOptions.defaults().withAlgorithm(Algorithm.ALS).withRank(2))
                .model();
        try (Engine engine = Engine.open(Tiers.select(), 2)) {
            double[] bars = new ErrorBars(all, model, engine).at(new int[] {0, ROWS - 1}, new int[] {7, 7}, engine);
            assertThat(bars[0]).isGreaterThan(bars[1]);
        }
    }

    @Test
    void aModelWithoutARidgeOrOfAnotherSizeIsRefused() {
        CompletionModel exact = new CompletionModel(
                new Factors(Matrix.zeros(2, 1), Matrix.zeros(2, 1)), 0, new double[2], new double[2], 0);
        MatrixCompletion entries = MatrixCompletion.of(2, 2, new int[1], new int[1], new double[1]);
        MatrixCompletion others = MatrixCompletion.of(3, 2, new int[1], new int[1], new double[1]);
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            assertThatThrownBy(() -> new ErrorBars(entries, exact, engine))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("no ridge");
            assertThatThrownBy(() -> new ErrorBars(others, exact, engine)).hasMessageContaining("3x2");
        }
    }
}

package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that come after a fit under another loss than squares. */
class ModelLossTest {
    private static final int ROWS = 60;
    private static final int COLUMNS = 40;
    private static final int ROW = 3;
    private static final Kernels KERNELS = Tiers.select().kernels();

    /** Rank 2 with offsets and a little noise, 60 % of the entries, one of which is wrong by 1000. */
    private static MatrixCompletion withOutlier() {
        Random random = new Random(9);
        Factors truth = random(random, 1);
        double[] offset = random.doubles(ROWS).toArray();
        int[] row = new int[ROWS * COLUMNS];
        int[] column = new int[row.length];
        double[] value = new double[row.length];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if (random.nextDouble() < 0.6) {
                    row[count] = i;
                    column[count] = j;
                    value[count++] = 2 * offset[i] + truth.entry(i, j) + 0.1 * random.nextGaussian();
                }
            }
        }
        int wrong = Arrays.binarySearch(row, 0, count, ROW);
        value[wrong] += 1000;
        return MatrixCompletion.of(
                ROWS, COLUMNS, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    private static MatrixCompletion signs() {
        Random random = new Random(7);
        Factors truth = random(random, 2);
        int[] row = new int[ROWS * COLUMNS];
        int[] column = new int[row.length];
        double[] value = new double[row.length];
        for (int k = 0; k < row.length; k++) {
            row[k] = k / COLUMNS;
            column[k] = k % COLUMNS;
            value[k] = random.nextDouble() < Loss.probability(truth.entry(row[k], column[k])) ? 1 : -1;
        }
        return MatrixCompletion.of(ROWS, COLUMNS, row, column, value);
    }

    private static Factors random(Random random, double scale) {
        Factors factors = new Factors(Matrix.zeros(ROWS, 2), Matrix.zeros(COLUMNS, 2));
        Arrays.setAll(factors.left().data(), k -> scale * random.nextGaussian());
        Arrays.setAll(factors.right().data(), k -> random.nextGaussian());
        return factors;
    }

    private static int[] columns(MatrixCompletion data) {
        int[] start = data.pattern().rowStart();
        return Arrays.copyOfRange(data.pattern().columnIndex(), start[ROW], start[ROW + 1]);
    }

    private static double[] values(MatrixCompletion data) {
        int[] start = data.pattern().rowStart();
        return Arrays.copyOfRange(data.values(), start[ROW], start[ROW + 1]);
    }

    @ParameterizedTest
    @EnumSource(names = {"HUBER", "ABSOLUTE", "LOGISTIC"})
    void aRowOfTheFitIsPredictedAlikeAsANewOne(Loss loss) {
        MatrixCompletion data = loss == Loss.LOGISTIC ? signs() : withOutlier();
        CompletionModel model = data.solve(
                        RecoveryOptions.defaults().withLoss(loss).withRank(2).withThreads(1))
                .model();
        assertThat(model.loss()).isEqualTo(loss);
        assertThat(model.factors().rank()).isEqualTo(2);
        double[] predicted = model.predictNewRow(columns(data), values(data), KERNELS);
        SparsePattern one = new SparsePattern(1, COLUMNS, new int[] {0, columns(data).length}, columns(data));
        CompletionModel wider = model.withRows(one, values(data), KERNELS);
        CompletionModel same = model.withEntries(new int[] {ROW}, one, values(data), KERNELS);
        assertThat(wider.deviations()).isEqualTo(model.deviations());
        for (int j = 0; j < COLUMNS; j++) {
            // A fit ends its sweeps before they rest: it differs by so much.
            assertThat(predicted[j]).as("column %d", j).isCloseTo(model.predict(ROW, j), within(0.5));
            assertThat(wider.predict(ROWS, j)).isCloseTo(predicted[j], within(1e-12));
            assertThat(same.predict(ROW, j)).isCloseTo(predicted[j], within(1e-12));
        }
    }

    /** Where the loss and the ridge have their least, the slopes of both are in balance. */
    @ParameterizedTest
    @EnumSource(names = {"HUBER", "ABSOLUTE", "LOGISTIC"})
    void newRowsMinimiseTheLossOfTheirModel(Loss loss) {
        MatrixCompletion data = loss == Loss.LOGISTIC ? signs() : withOutlier();
        Factors factors = random(new Random(4), 1);
        double ridge = 0.1;
        double deviation = 0.5;
        CompletionModel model = new CompletionModel(
                factors,
                0,
                new double[ROWS],
                new double[COLUMNS],
                ridge,
                Range.ALL,
                false,
                0,
                loss,
                loss == Loss.LOGISTIC
                        ? Optional.empty()
                        : Optional.of(new CompletionModel.Deviations(deviation, deviation)));
        int[] columns = columns(data);
        double[] values = values(data);
        SparsePattern one = new SparsePattern(1, COLUMNS, new int[] {0, columns.length}, columns);
        CompletionModel wider = model.withRows(one, values, KERNELS);
        for (int k = 0; k < 2; k++) {
            double slope = ridge
                    * Math.pow(columns.length, 0.75)
                    * wider.factors().left().get(ROWS, k);
            for (int e = 0; e < columns.length; e++) {
                double x = wider.predict(ROWS, columns[e]);
                slope += factors.right().get(columns[e], k) * slope(loss, deviation, x, values[e]);
            }
            assertThat(slope).isCloseTo(0, within(1e-6));
        }
    }

    private static double slope(Loss loss, double deviation, double x, double y) {
        double residual = x - y;
        return switch (loss) {
            case HUBER -> Math.clamp(residual, -1.345 * deviation, 1.345 * deviation);
            case ABSOLUTE -> deviation * Math.clamp(residual / (0.01 * deviation), -1, 1);
            default -> -y * Loss.probability(-y * x);
        };
    }

    @Test
    void whatCannotBeSolvedUnderTheLossIsRefused() {
        MatrixCompletion data = withOutlier();
        CompletionModel truncated = data.solve(RecoveryOptions.defaults()
                        .withLoss(Loss.TRUNCATED)
                        .withAlgorithm(Algorithm.SCALED_GD)
                        .withRank(3)
                        .withMaxIterations(50)
                        .withThreads(1))
                .model();
        assertThatThrownBy(() -> truncated.predictNewRow(new int[] {1}, new double[] {1}, KERNELS))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("loss truncated");
        CompletionModel logistic = signs().solve(RecoveryOptions.defaults()
                        .withLoss(Loss.LOGISTIC)
                        .withRank(1)
                        .withThreads(1))
                .model();
        assertThatThrownBy(() -> logistic.predictNewRow(new int[] {1}, new double[] {0.5}, KERNELS))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("0.5");
        CompletionModel untold = new CompletionModel(
                truncated.factors(),
                0,
                new double[ROWS],
                new double[COLUMNS],
                0.1,
                Range.ALL,
                false,
                0,
                Loss.HUBER,
                Optional.empty());
        assertThatThrownBy(() -> untold.predictNewRow(new int[] {1}, new double[] {1}, KERNELS))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("loss huber")
                .hasMessageContaining("deviations");
        try (Engine engine = Engine.open()) {
            assertThatThrownBy(() -> new ErrorBars(signs(), logistic, engine))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("loss logistic");
        }
    }
}

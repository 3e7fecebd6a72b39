package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Completions whose loss does not let outliers pull, and those without negative factors. */
class RobustLossTest {
    private static final int ROWS = 150;
    private static final int COLUMNS = 100;

    /** Entries of offsets and a low-rank part with noise of deviation 0.3; some are off by up to ±20. */
    private record Case(double[][] truth, MatrixCompletion data) {
        static Case of(double outliers) {
            Random random = new Random(8);
            double[][] truth = new double[ROWS][COLUMNS];
            double[][] left = gaussian(ROWS, 4, random);
            double[][] right = gaussian(COLUMNS, 4, random);
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    truth[i][j] = 3 + left[i][2] + right[j][3] + left[i][0] * right[j][0] + left[i][1] * right[j][1];
                }
            }
            int[] places = IntStream.range(0, ROWS * COLUMNS)
                    .filter(e -> random.nextDouble() < 0.4)
                    .toArray();
            double[] values = Arrays.stream(places)
                    .mapToDouble(e -> truth[e / COLUMNS][e % COLUMNS]
                            + 0.3 * random.nextGaussian()
                            + (random.nextDouble() < outliers ? 40 * random.nextDouble() - 20 : 0))
                    .toArray();
            return new Case(
                    truth,
                    MatrixCompletion.of(
                            ROWS,
                            COLUMNS,
                            Arrays.stream(places).map(e -> e / COLUMNS).toArray(),
                            Arrays.stream(places).map(e -> e % COLUMNS).toArray(),
                            values));
        }

        private static double[][] gaussian(int rows, int columns, Random random) {
            return IntStream.range(0, rows)
                    .mapToObj(i -> IntStream.range(0, columns)
                            .mapToDouble(k -> random.nextGaussian())
                            .toArray())
                    .toArray(double[][]::new);
        }

        /** Root mean square over all of X. */
        double error(CompletionModel model) {
            double sum = 0;
            for (int i = 0; i < ROWS; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    sum += Math.pow(model.predict(i, j) - truth[i][j], 2);
                }
            }
            return Math.sqrt(sum / (ROWS * COLUMNS));
        }

        CompletionResult solve(Loss loss) {
            return data.solve(RecoveryOptions.defaults()
                    .withAlgorithm(Algorithm.ALS)
                    .withLoss(loss)
                    .withHoldOut(0.1)
                    .withRank(6));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HUBER", "ABSOLUTE"})
    void outliersCostARobustLossLittleAndSquaresMuch(Loss loss) {
        Case data = Case.of(0.05);
        CompletionResult squares = data.solve(Loss.SQUARED);
        CompletionResult robust = data.solve(loss);
        assertThat(data.error(robust.model())).isLessThan(0.4 * data.error(squares.model()));
        assertThat(robust.recovery().heldOutMedian().getAsDouble())
                .isLessThan(0.6 * squares.recovery().heldOutMedian().getAsDouble());
    }

    @ParameterizedTest
    @CsvSource({"HUBER, 1.1", "ABSOLUTE, 1.6"})
    void withoutOutliersARobustLossCostsLittle(Loss loss, double most) {
        Case data = Case.of(0);
        double squares = data.error(data.solve(Loss.SQUARED).model());
        assertThat(data.error(data.solve(loss).model())).isLessThan(most * squares);
    }

    @Test
    void nonnegativeFactorsHaveNoNegativeEntryAndPredict() {
        Random random = new Random(4);
        Matrix left = Matrix.zeros(80, 3);
        Matrix right = Matrix.zeros(60, 3);
        Arrays.setAll(left.data(), k -> Math.max(0, random.nextGaussian()));
        Arrays.setAll(right.data(), k -> Math.max(0, random.nextGaussian()));
        Factors truth = new Factors(left, right);
        int[] places = IntStream.range(0, 80 * 60)
                .filter(e -> random.nextDouble() < 0.5)
                .toArray();
        CompletionResult result = MatrixCompletion.of(
                        80,
                        60,
                        Arrays.stream(places).map(e -> e / 60).toArray(),
                        Arrays.stream(places).map(e -> e % 60).toArray(),
                        Arrays.stream(places)
                                .mapToDouble(e -> truth.entry(e / 60, e % 60) + 0.01 * random.nextGaussian())
                                .toArray())
                .solve(RecoveryOptions.defaults()
                        .withNonnegative(true)
                        .withRank(3)
                        .withHoldOut(0.1));
        Factors found = result.recovery().factors();
        assertThat(result.model().hasOffsets()).isFalse();
        for (Matrix factor : List.of(found.left(), found.right())) {
            assertThat(Arrays.stream(factor.data()).min().orElseThrow()).isNotNegative();
            assertThat(Arrays.stream(factor.data()).filter(v -> v == 0).count()).isPositive();
        }
        assertThat(result.recovery().heldOutError().getAsDouble()).isLessThan(0.1);
    }

    @Test
    void whatDoesNotApplyIsRefused() {
        MatrixCompletion data = MatrixCompletion.of(2, 2, new int[] {0, 1}, new int[] {0, 1}, new double[] {1, 2});
        RecoveryOptions options = RecoveryOptions.defaults();
        assertThatThrownBy(() -> data.solve(options.withLoss(Loss.HUBER).withAlgorithm(Algorithm.SCALED_GD)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("scaled-gd does not apply to loss huber");
        assertThatThrownBy(() -> data.solve(options.withLoss(Loss.LOGISTIC)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("an entry is 2.0");
        assertThatThrownBy(() -> data.solve(options.withNonnegative(true).withLoss(Loss.TRUNCATED)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("nonnegative");
        assertThatThrownBy(() -> data.solve(options.withNonnegative(true).withAlgorithm(Algorithm.APGD)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("algorithm is apgd");
    }
}

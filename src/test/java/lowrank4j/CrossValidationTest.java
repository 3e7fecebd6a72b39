package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.solver.Initialisation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
    private static final int ROWS = 90;
    private static final int COLUMNS = 60;
    private static final RecoveryOptions OPTIONS = RecoveryOptions.defaults().withThreads(1);

    /** Offsets, two patterns of the given strength, and noise of 0.5. */
    private static MatrixCompletion ratings(double strength, long seed) {
        Random random = new Random(seed);
        double[][] parts = new double[6][ROWS];
        for (double[] part : parts) {
            Arrays.setAll(part, k -> random.nextGaussian());
        }
        int[] row = new int[ROWS * COLUMNS];
        int[] column = new int[ROWS * COLUMNS];
        double[] value = new double[ROWS * COLUMNS];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if (random.nextDouble() < 0.4) {
                    row[count] = i;
                    column[count] = j;
                    value[count++] = 3
                            + 0.3 * parts[4][i]
                            + 0.3 * parts[5][j]
                            + strength * (parts[0][i] * parts[1][j] + parts[2][i] * parts[3][j])
                            + 0.5 * random.nextGaussian();
                }
            }
        }
        return MatrixCompletion.of(
                ROWS, COLUMNS, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count));
    }

    @Test
    void theRankAndTheRidgeOfTheLeastErrorAreChosen() {
        CrossValidation found = CrossValidation.run(ratings(1, 1), 5, OPTIONS, HoldOut.RANDOM);
        CrossValidation.Point least = found.points().stream()
                .min(Comparator.comparingDouble(CrossValidation.Point::error))
                .orElseThrow();
        assertThat(found.chosen()).isEqualTo(least);
        assertThat(found.chosen().rank()).isEqualTo(2);
        assertThat(found.chosen().error()).isBetween(0.5, 0.8);
        assertThat(found.chosen().standardError()).isBetween(0.001, 0.05);
        assertThat(found.chosen().gain()).isGreaterThan(20 * found.chosen().gainStandardError());
        assertThat(found.result().model().factors().rank()).isEqualTo(2);
        assertThat(found.result().recovery().termination().sentence()).contains("Over 5 folds, rank 2");
        assertThat(found.points().stream().map(CrossValidation.Point::rank).distinct())
                .containsExactly(0, 2, 5, 10, 20, 40);
    }

    @Test
    void theErrorOverTheFoldsIsThatOfNewEntries() {
        MatrixCompletion all = ratings(1, 1);
        CrossValidation found = CrossValidation.run(
                all, 10, OPTIONS.withRank(2).withHoldOut(0.2).withAlgorithm(Algorithm.ALS), HoldOut.ROW);
        assertThat(found.result().recovery().heldOutRootMeanSquare().orElseThrow())
                .isBetween(0.8 * found.chosen().error(), 1.25 * found.chosen().error());
    }

    @Test
    void withoutASignalTheOffsetsAreTheAnswer() {
        CrossValidation found = CrossValidation.run(ratings(0, 2), 5, OPTIONS, HoldOut.RANDOM);
        assertThat(found.chosen().rank()).isZero();
        assertThat(found.result().model().factors().rank()).isZero();
        assertThat(found.result().model().hasOffsets()).isTrue();
        assertThat(found.result().recovery().termination().sentence()).startsWith("Offsets only");
    }

    @Test
    void theAnswerIsTheSameForAnyNumberOfThreads() {
        MatrixCompletion all = ratings(0.7, 3);
        CrossValidation one = CrossValidation.run(all, 3, OPTIONS.withRank(5), HoldOut.RANDOM);
        CrossValidation three = CrossValidation.run(all, 3, OPTIONS.withRank(5).withThreads(3), HoldOut.RANDOM);
        assertThat(three.points()).isEqualTo(one.points());
        assertThat(three.result().model().factors().left().toArray())
                .isEqualTo(one.result().model().factors().left().toArray());
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        MatrixCompletion all = ratings(1, 1);
        assertThatThrownBy(() -> CrossValidation.run(all, 1, OPTIONS, HoldOut.RANDOM))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("folds is 1");
        assertThatThrownBy(() ->
                        CrossValidation.run(all, 3, OPTIONS.withAlgorithm(Algorithm.GRADIENT_DESCENT), HoldOut.RANDOM))
                .hasMessageContaining("recommended and als");
        assertThatThrownBy(() -> CrossValidation.run(all, 3, OPTIONS.withRank(61), HoldOut.RANDOM))
                .hasMessageContaining("from 1 to min(n1, n2) = 60");
    }

    /** What the sweeps of als would not look at is refused wherever they run; by other algorithms it is taken. */
    @Test
    void optionsOfGradientMethodsAreRefusedForSweeps() {
        MatrixCompletion ratings = ratings(1, 1);
        RecoveryOptions als = OPTIONS.withAlgorithm(Algorithm.ALS);
        assertRefused(() -> ratings.solve(als.withStep(0.1)), "step is 0.1", "algorithm als");
        assertRefused(() -> ratings.solve(als.withDamping(0.2)), "damping is 0.2", "algorithm als");
        assertRefused(() -> ratings.solve(als.withPenalty(0.3)), "penalty is 0.3", "algorithm als");
        assertRefused(
                () -> ratings.solve(als.withInitialisation(Initialisation.spectral())),
                "initialisation is given",
                "algorithm als");
        assertRefused(() -> ratings.solve(OPTIONS.withLoss(Loss.HUBER).withStep(0.1)), "step is 0.1", "loss huber");
        assertRefused(
                () -> ratings.solve(OPTIONS.withNonnegative(true).withDamping(0.2)),
                "damping is 0.2",
                "nonnegative factors");
        assertRefused(
                () -> CrossValidation.run(ratings, 3, OPTIONS.withPenalty(2), HoldOut.RANDOM),
                "penalty is 2.0",
                "cross-validation");
        assertThat(ratings.solve(OPTIONS.withRank(2).withStep(0.5)).model().predict(0, 0))
                .isFinite();
    }

    private static void assertRefused(ThrowingCallable call, String option, String fit) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(fit);
    }
}

package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.AlternatingLeastSquares;
import lowrank4j.solver.Reweighting;
import org.junit.jupiter.api.Test;

/** Completion from signs: the likelihood is made largest, and its probabilities hold. */
class OneBitCompletionTest {
    private static final int ROWS = 200;
    private static final int COLUMNS = 150;

    /** Log odds of rank 2, of about ±2. */
    private static Factors truth() {
        Random random = new Random(1);
        Matrix left = Matrix.zeros(ROWS, 2);
        Matrix right = Matrix.zeros(COLUMNS, 2);
        Arrays.setAll(left.data(), k -> 1.3 * random.nextGaussian());
        Arrays.setAll(right.data(), k -> 1.3 * random.nextGaussian());
        return new Factors(left, right);
    }

    private static MatrixCompletion signs(Factors truth, double observed) {
        Random random = new Random(2);
        int[] places = IntStream.range(0, ROWS * COLUMNS)
                .filter(e -> random.nextDouble() < observed)
                .toArray();
        return MatrixCompletion.of(
                ROWS,
                COLUMNS,
                IntStream.of(places).map(e -> e / COLUMNS).toArray(),
                IntStream.of(places).map(e -> e % COLUMNS).toArray(),
                IntStream.of(places)
                        .mapToDouble(e ->
                                random.nextDouble() < Loss.probability(truth.entry(e / COLUMNS, e % COLUMNS)) ? 1 : -1)
                        .toArray());
    }

    private static CompletionModel solve(MatrixCompletion signs) {
        return signs.solve(RecoveryOptions.defaults().withLoss(Loss.LOGISTIC).withRank(2))
                .model();
    }

    private static double relativeError(CompletionModel model, Factors truth) {
        double gap = 0;
        double norm = 0;
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                gap += Math.pow(model.predict(i, j) - truth.entry(i, j), 2);
                norm += Math.pow(truth.entry(i, j), 2);
            }
        }
        return Math.sqrt(gap / norm);
    }

    @Test
    void theErrorFallsWithTheSampleAndProbabilitiesHold() {
        Factors truth = truth();
        double few = relativeError(solve(signs(truth, 0.15)), truth);
        CompletionModel model = solve(signs(truth, 0.8));
        double many = relativeError(model, truth);
        assertThat(many).isLessThan(0.45);
        assertThat(many).isLessThan(0.7 * few);
        // Where a probability is predicted, the true one is so on average.
        double[] predicted = new double[10];
        double[] actual = new double[10];
        int[] count = new int[10];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double p = Loss.probability(model.predict(i, j));
                int bin = (int) Math.min(9, 10 * p);
                predicted[bin] += p;
                actual[bin] += Loss.probability(truth.entry(i, j));
                count[bin]++;
            }
        }
        for (int bin = 0; bin < 10; bin++) {
            assertThat(count[bin]).isGreaterThan(200);
            assertThat(predicted[bin] / count[bin]).isCloseTo(actual[bin] / count[bin], within(0.05));
        }
    }

    @Test
    void sweepsEndWhereTheLikelihoodUnderTheRidgeIsLargest() {
        MatrixCompletion signs = signs(truth(), 0.3);
        SparsePattern pattern = signs.pattern();
        double ridge = 0.1;
        try (Engine engine = Engine.open(Tiers.select(), 2)) {
            AlternatingLeastSquares squares = new AlternatingLeastSquares(pattern, signs.values(), 2, 3, engine);
            for (int sweep = 0; sweep < 300; sweep++) {
                squares.sweep(ridge, Optional.of(Reweighting.logistic()));
            }
            Factors x = squares.factors();
            double worst = 0;
            for (int i = 0; i < ROWS; i++) {
                double[] gradient = new double[2];
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    int j = pattern.columnIndex()[e];
                    double y = signs.values()[e];
                    double score = -y * Loss.probability(-y * x.entry(i, j));
                    for (int k = 0; k < 2; k++) {
                        gradient[k] += score * x.right().get(j, k);
                    }
                }
                for (int k = 0; k < 2; k++) {
                    gradient[k] +=
                            ridge * Math.pow(pattern.count(i), 0.75) * x.left().get(i, k);
                    worst = Math.max(worst, Math.abs(gradient[k]));
                }
            }
            assertThat(worst).isLessThan(1e-4);
        }
    }

    @Test
    void aRangeIsRefusedForLogOdds() {
        MatrixCompletion signs = signs(truth(), 0.1).withRange(new Range(-1, 1));
        assertThatThrownBy(() -> solve(signs))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("range is " + signs.range())
                .hasMessageContaining("loss logistic");
    }
}

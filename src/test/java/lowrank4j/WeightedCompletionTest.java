package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Completion of entries with weights: each path honours them or refuses. */
@Tag("tier")
class WeightedCompletionTest {
    private static final RecoveryOptions OPTIONS = RecoveryOptions.defaults();

    private final Random random = new Random(11);

    /**
     * Entries of a matrix of low rank with noise.
     *
     * @param truth by row and column
     */
    private record Problem(double[][] truth, int[] row, int[] column, double[] value, double[] weight) {
        MatrixCompletion plain() {
            return MatrixCompletion.of(truth.length, truth[0].length, row, column, value);
        }

        MatrixCompletion weighted() {
            return plain().withWeights(row, column, weight);
        }

        /** With all weights times a number. */
        MatrixCompletion weighted(double times) {
            return plain().withWeights(
                            row,
                            column,
                            Arrays.stream(weight).map(w -> times * w).toArray());
        }

        /** Root mean square over all entries. */
        double error(CompletionModel model) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                for (int j = 0; j < truth[0].length; j++) {
                    sum += Math.pow(model.predict(i, j) - truth[i][j], 2);
                }
            }
            return Math.sqrt(sum / truth.length / truth[0].length);
        }

        /** {@code Σ w (X - y)²} in units of the mean weight. */
        double loss(Factors x) {
            double mean = Arrays.stream(weight).average().orElseThrow();
            return IntStream.range(0, row.length)
                    .mapToDouble(k -> weight[k] / mean * Math.pow(x.entry(row[k], column[k]) - value[k], 2))
                    .sum();
        }
    }

    /** @param deviations of the noise: each entry has one of them, and its inverse square as its weight */
    private Problem problem(int rows, int columns, int rank, double share, double mean, double... deviations) {
        double[][] left = gaussian(rows, rank);
        double[][] right = gaussian(columns, rank);
        double[][] truth = new double[rows][columns];
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                truth[i][j] = mean;
                for (int k = 0; k < rank; k++) {
                    truth[i][j] += left[i][k] * right[j][k];
                }
                if (random.nextDouble() < share) {
                    places.add(i * columns + j);
                }
            }
        }
        int[] row = places.stream().mapToInt(k -> k / columns).toArray();
        int[] column = places.stream().mapToInt(k -> k % columns).toArray();
        double[] value = new double[row.length];
        double[] weight = new double[row.length];
        for (int k = 0; k < row.length; k++) {
            double deviation = deviations[random.nextInt(deviations.length)];
            value[k] = truth[row[k]][column[k]] + deviation * random.nextGaussian();
            weight[k] = 1 / (deviation * deviation);
        }
        return new Problem(truth, row, column, value, weight);
    }

    private double[][] gaussian(int rows, int columns) {
        double[][] drawn = new double[rows][columns];
        for (double[] row : drawn) {
            Arrays.setAll(row, k -> random.nextGaussian());
        }
        return drawn;
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"SCALED_GD", "GRADIENT_DESCENT", "ALTERNATING_GD", "GAUSS_NEWTON", "RECOMMENDED"})
    void theFitIsAMinimumOfTheWeightedSquares(Algorithm algorithm) {
        Problem problem = problem(40, 30, 2, 0.6, 0, 0.01, 0.03);
        RecoveryResult result = problem.weighted()
                .solve(OPTIONS.withAlgorithm(algorithm)
                        .withRank(2)
                        .withMaxIterations(3000)
                        .withTolerance(1e-12))
                .recovery();
        Factors x = result.factors();
        assertThat(result.objective()).isCloseTo(0.5 * problem.loss(x), within(1e-9 * result.objective()));
        double here = problem.loss(x);
        // The least squares given one side, over the other, gain nothing: each row by itself, then each column.
        double steps = 0;
        for (int i = 0; i < 40; i++) {
            steps += gain(problem, x, i, true);
        }
        for (int j = 0; j < 30; j++) {
            steps += gain(problem, x, j, false);
        }
        assertThat(steps).isNotNegative().isLessThan(1e-3 * here);
        assertThat(problem.loss(problem.plain()
                        .solve(OPTIONS.withAlgorithm(algorithm).withRank(2).withMaxIterations(3000))
                        .recovery()
                        .factors()))
                .isGreaterThan(1.01 * here);
    }

    /** By how much the exact weighted least squares of one row or column of rank 2, by Cramer's rule, would lessen the loss. */
    private static double gain(Problem problem, Factors x, int at, boolean isRow) {
        Matrix moving = isRow ? x.left() : x.right();
        Matrix fixed = isRow ? x.right() : x.left();
        int[] own = isRow ? problem.row() : problem.column();
        int[] other = isRow ? problem.column() : problem.row();
        double mean = Arrays.stream(problem.weight()).average().orElseThrow();
        double a = 0;
        double b = 0;
        double c = 0;
        double f = 0;
        double g = 0;
        for (int k = 0; k < own.length; k++) {
            if (own[k] == at) {
                double u = fixed.get(other[k], 0);
                double v = fixed.get(other[k], 1);
                double w = problem.weight()[k] / mean;
                double gap = problem.value()[k] - u * moving.get(at, 0) - v * moving.get(at, 1);
                a += w * u * u;
                b += w * u * v;
                c += w * v * v;
                f += w * u * gap;
                g += w * v * gap;
            }
        }
        double determinant = a * c - b * b;
        return (c * f * f - 2 * b * f * g + a * g * g) / determinant;
    }

    @Test
    void onlyRatiosOfWeightsCountAndEqualOnesAreNone() {
        Problem problem = problem(30, 20, 2, 0.5, 3, 0.1, 0.5);
        double[] once =
                problem.weighted().solve(OPTIONS).recovery().factors().left().data();
        assertThat(problem.weighted(1024)
                        .solve(OPTIONS)
                        .recovery()
                        .factors()
                        .left()
                        .data())
                .containsExactly(once);
        double[] sevens = new double[problem.row().length];
        Arrays.fill(sevens, 7);
        CompletionResult equal = problem.plain()
                .withWeights(problem.row(), problem.column(), sevens)
                .solve(OPTIONS);
        CompletionResult none = problem.plain().solve(OPTIONS);
        assertThat(equal.recovery().factors().left().data())
                .containsExactly(none.recovery().factors().left().data());
        assertThat(equal.model().unitWeight()).isEqualTo(7);
        assertThat(none.model().unitWeight()).isZero();
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        Problem problem = problem(60, 40, 2, 0.5, 3, 0.2, 2);
        double[] one = problem.weighted()
                .solve(OPTIONS.withThreads(1))
                .recovery()
                .factors()
                .left()
                .data();
        double[] three = problem.weighted()
                .solve(OPTIONS.withThreads(3))
                .recovery()
                .factors()
                .left()
                .data();
        assertThat(three).containsExactly(one);
    }

    @Test
    void noisyEntriesOfLittleWeightDoLessHarm() {
        Problem problem = problem(120, 90, 3, 0.4, 3, 0.2, 4);
        RecoveryOptions als = OPTIONS.withAlgorithm(Algorithm.ALS);
        double weighted = problem.error(problem.weighted().solve(als).model());
        assertThat(weighted)
                .isLessThan(0.5 * problem.error(problem.plain().solve(als).model()));
        assertThat(problem.error(problem.weighted().solve(OPTIONS).model())).isLessThan(1.05 * weighted);
    }

    @Test
    void entriesWithoutNoiseAreCompletedExactlyUnderUnevenWeights() {
        Problem problem = problem(80, 60, 2, 0.4, 0, 1e-14, 3e-14, 1e-13);
        CompletionResult result = problem.weighted().solve(OPTIONS);
        assertThat(result.recovery().termination().isConverged()).isTrue();
        assertThat(problem.error(result.model())).isLessThan(1e-6);
        Problem few = problem(60, 60, 2, 0.145, 0, 1e-14, 3e-14);
        CompletionResult greedy = few.weighted().solve(OPTIONS);
        assertThat(greedy.recovery().algorithm()).isEqualTo("greedy-gauss-newton");
        assertThat(few.error(greedy.model())).isLessThan(1e-6);
    }

    @Test
    void offsetsAreThoseOfRepeatedEntries() {
        // One row, so that all is told by sums: mean, then row and columns in turn, each damped by four entries.
        double[] values = {1, 2, 6};
        double[] weights = {1, 3, 2};
        Offsets offsets = Offsets.fit(
                new SparsePattern(1, 3, new int[] {0, 3}, new int[] {0, 1, 2}), values, new EntryWeights(weights, 1));
        double mean = (1 + 3 * 2 + 2 * 6) / 6.0;
        assertThat(offsets.mean()).isCloseTo(mean, within(1e-12));
        for (int j = 0; j < 3; j++) {
            double left = values[j] - mean - offsets.row()[0];
            assertThat(offsets.column()[j]).isCloseTo(weights[j] * left / (weights[j] + 4), within(1e-12));
        }
        double sum = IntStream.range(0, 3)
                .mapToDouble(j -> weights[j] * (values[j] - mean - offsets.column()[j]))
                .sum();
        assertThat(offsets.row()[0]).isCloseTo(sum / (6 + 4), within(1e-3));
    }

    @Test
    void theWayOfVeryManyEntriesHonoursWeights() {
        Problem problem = problem(300, 200, 3, 0.4, 3, 0.5, 3);
        MatrixCompletion data = problem.weighted();
        try (Engine engine = RecoveryRun.engine(OPTIONS)) {
            RatingsChoice choice =
                    new RatingsChoice(data, HoldOut.RANDOM, Optional.empty(), OPTIONS, engine, System.nanoTime());
            CompletionResult result = choice.fitted();
            Factors whole = result.model().whole();
            assertThat(result.recovery().objective())
                    .isCloseTo(
                            0.5 * problem.loss(whole),
                            within(1e-8 * result.recovery().objective()));
            assertThat(result.recovery().noiseEstimate())
                    .isCloseTo(
                            Math.sqrt(problem.loss(whole) / problem.row().length),
                            within(1e-6 * result.recovery().noiseEstimate()));
            RatingsChoice plain = new RatingsChoice(
                    problem.plain(), HoldOut.RANDOM, Optional.empty(), OPTIONS, engine, System.nanoTime());
            assertThat(problem.error(result.model()))
                    .isLessThan(0.6 * problem.error(plain.fitted().model()));
        }
    }

    @Test
    void theRidgeThatNoiseAsksForIsThatOfRepeatedEntries() {
        // Twice each entry of weight 2: counts double, and so do the entries, of which there are as many at each place.
        SparsePattern pattern = new SparsePattern(2, 2, new int[] {0, 2, 3}, new int[] {0, 1, 0});
        MatrixCompletion data = MatrixCompletion.of(2, 2, new int[] {0, 0, 1}, new int[] {0, 1, 0}, new double[3])
                .withWeights(new int[] {0, 0, 1}, new int[] {0, 1, 0}, new double[] {2, 1, 3});
        assertThat(data.pattern().columnIndex()).containsExactly(pattern.columnIndex());
        double[] w = {1, 0.5, 1.5};
        double[] row = {1.5, 1.5};
        double[] column = {2.5, 0.5};
        double byRow = 0;
        double byColumn = 0;
        int[] i = {0, 0, 1};
        int[] j = {0, 1, 0};
        for (int e = 0; e < 3; e++) {
            double part = w[e] * Math.pow(row[i[e]] * column[j[e]], -0.75);
            byRow += row[i[e]] * part;
            byColumn += column[j[e]] * part;
        }
        assertThat(RidgePath.noiseNorm(data)).isCloseTo(Math.sqrt(byRow / 3) + Math.sqrt(byColumn / 3), within(1e-12));
    }

    @Test
    void heldOutErrorsAndFoldsAreWeighted() {
        Problem problem = problem(60, 50, 2, 0.5, 0, 0.1, 30);
        RecoveryOptions held =
                OPTIONS.withAlgorithm(Algorithm.SCALED_GD).withRank(2).withHoldOut(0.2);
        MatrixCompletion.Split split = problem.weighted().split(HoldOut.RANDOM, 0.2, held.seed());
        CompletionResult result = problem.weighted().solve(held);
        double[] weights = split.heldOut().weights();
        double sum = 0;
        double all = 0;
        SparsePattern pattern = split.heldOut().pattern();
        for (int i = 0; i < 60; i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                double gap = split.heldOut().values()[e]
                        - result.recovery().factors().entry(i, pattern.columnIndex()[e]);
                sum += weights[e] * gap * gap;
                all += weights[e];
            }
        }
        assertThat(result.recovery().heldOutRootMeanSquare().orElseThrow())
                .isCloseTo(Math.sqrt(sum / all), within(1e-9));
        CrossValidation folds = CrossValidation.run(problem.weighted(), 4, OPTIONS, HoldOut.RANDOM);
        assertThat(folds.chosen().rank()).isPositive();
        assertThat(folds.chosen().error()).isLessThan(1);
        // Entries of next to no weight are as good as absent.
        int[] good = IntStream.range(0, problem.row().length)
                .filter(k -> problem.weight()[k] > 1)
                .toArray();
        MatrixCompletion best = MatrixCompletion.of(
                60,
                50,
                Arrays.stream(good).map(k -> problem.row()[k]).toArray(),
                Arrays.stream(good).map(k -> problem.column()[k]).toArray(),
                Arrays.stream(good).mapToDouble(k -> problem.value()[k]).toArray());
        double error = problem.error(
                CrossValidation.run(best, 4, OPTIONS, HoldOut.RANDOM).result().model());
        assertThat(problem.error(folds.result().model())).isLessThan(1.25 * error);
    }

    @Test
    void whatCannotBeHonouredIsRefused() {
        Problem problem = problem(20, 15, 1, 0.5, 0, 0.1, 1);
        MatrixCompletion weighted = problem.weighted();
        for (Loss loss : List.of(Loss.HUBER, Loss.ABSOLUTE, Loss.TRUNCATED, Loss.LOGISTIC)) {
            assertThatThrownBy(() -> weighted.solve(OPTIONS.withLoss(loss)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("weights do not apply to loss " + loss);
        }
        assertThatThrownBy(() -> weighted.solve(OPTIONS.withAlgorithm(Algorithm.NUCLEAR_NORM)))
                .hasMessageContaining("weights do not apply to algorithm nuclear-norm");
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-17}) {
            double[] weights = problem.weight().clone();
            weights[3] = wrong;
            assertThatThrownBy(() -> problem.plain().withWeights(problem.row(), problem.column(), weights))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("weight")
                    .hasMessageContaining(Double.toString(wrong));
        }
        int[] elsewhere = problem.column().clone();
        elsewhere[0] = (elsewhere[0] + 1) % 15;
        assertThatThrownBy(() -> problem.plain().withWeights(problem.row(), elsewhere, problem.weight()))
                .isInstanceOf(InvalidArgumentException.class);
    }
}

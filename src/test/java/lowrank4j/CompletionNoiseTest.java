package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CompletionNoiseTest {
    @Test
    void nothingElseIsTriedWhereTheRecoveryLeavesNoiseAlone() {
        int n = 150;
        double noise = 0.05;
        Random random = new Random(8);
        double[][] left = gaussians(3, n, random);
        double[][] right = gaussians(3, n, random);
        int[] row = new int[n * n];
        int[] column = new int[n * n];
        double[] value = new double[n * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (random.nextDouble() < 0.5) {
                    row[count] = i;
                    column[count] = j;
                    for (int k = 0; k < 3; k++) {
                        value[count] += left[k][i] * right[k][j];
                    }
                    value[count++] += noise * random.nextGaussian();
                }
            }
        }
        AtomicInteger iterates = new AtomicInteger();
        RecoveryResult result = MatrixCompletion.of(
                        n, n, Arrays.copyOf(row, count), Arrays.copyOf(column, count), Arrays.copyOf(value, count))
                .solve(RecoveryOptions.defaults()
                        .withThreads(1)
                        .withListener((event, factors) -> iterates.incrementAndGet()))
                .recovery();
        assertThat(result.effectiveRank()).isEqualTo(3);
        assertThat(result.noiseEstimate()).isBetween(0.95 * noise, 1.05 * noise);
        // The trace of the trial and of the fit of all entries: listeners hear of other trials too.
        assertThat(iterates.get()).isEqualTo(result.trace().size());
    }

    /**
     * A recovery without offsets finds the mean as a matrix of rank 1, is left with noise, and yet predicts worse. Of eight draws chance lets
     * a ridge gain more than a standard error in one.
     */
    @Test
    void offsetsAloneAreTheAnswerWhereThereIsNoLowRankSignal() {
        long found = LongStream.range(0, 8)
                .filter(seed -> offsetsInNoise(new Random(seed)).effectiveRank() == 0)
                .count();
        assertThat(found).isGreaterThanOrEqualTo(6);
    }

    private static RecoveryResult offsetsInNoise(Random random) {
        int rows = 200;
        int columns = 150;
        double[] offset =
                random.doubles(rows + columns).map(u -> 1.7 * (u - 0.5)).toArray();
        int[] places = random.ints(2L * rows * columns / 3, 0, rows * columns)
                .distinct()
                .toArray();
        return MatrixCompletion.of(
                        rows,
                        columns,
                        Arrays.stream(places).map(at -> at / columns).toArray(),
                        Arrays.stream(places).map(at -> at % columns).toArray(),
                        Arrays.stream(places)
                                .mapToDouble(at -> 3
                                        + offset[at / columns]
                                        + offset[rows + at % columns]
                                        + 0.8 * random.nextGaussian())
                                .toArray())
                .solve(RecoveryOptions.defaults().withThreads(1))
                .recovery();
    }

    @Test
    void aSpectrumThatFallsSlowlyIsNotCutShort() {
        int n = 200;
        Random random = new Random(9);
        double[][] left = gaussians(n, n, random);
        double[][] right = gaussians(n, n, random);
        double[][] x = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    x[i][j] += left[k][i] * right[k][j] / (k + 1);
                }
            }
        }
        int[] places = random.ints((long) n * n, 0, n * n).distinct().toArray(); // 63 % of them
        CompletionModel model = MatrixCompletion.of(
                        n,
                        n,
                        Arrays.stream(places).map(at -> at / n).toArray(),
                        Arrays.stream(places).map(at -> at % n).toArray(),
                        Arrays.stream(places)
                                .mapToDouble(at -> x[at / n][at % n])
                                .toArray())
                .solve(RecoveryOptions.defaults())
                .model();
        boolean[] seen = new boolean[n * n];
        Arrays.stream(places).forEach(at -> seen[at] = true);
        double error = 0;
        double norm = 0;
        for (int at = 0; at < n * n; at++) {
            if (!seen[at]) {
                error += Math.pow(model.predict(at / n, at % n) - x[at / n][at % n], 2);
                norm += Math.pow(x[at / n][at % n], 2);
            }
        }
        // Two directions, which stand out at once, leave half.
        assertThat(Math.sqrt(error / norm)).isLessThan(0.33);
    }

    private static double[][] gaussians(int rank, int n, Random random) {
        double[][] columns = new double[rank][n];
        for (double[] one : columns) {
            Arrays.setAll(one, k -> random.nextGaussian());
        }
        return columns;
    }

    @Test
    void theNoiseOfARidgedFitIsThatOfTheEntries() {
        int rows = 120;
        int columns = 90;
        double noise = 0.5;
        Random random = new Random(7);
        double[][] factors = new double[4][Math.max(rows, columns)];
        for (double[] factor : factors) {
            Arrays.setAll(factor, k -> random.nextGaussian());
        }
        int[] row = new int[rows * columns];
        int[] column = new int[row.length];
        double[] value = new double[row.length];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (random.nextDouble() < 0.4) {
                    row[count] = i;
                    column[count] = j;
                    value[count++] = 3
                            + factors[0][i] * factors[1][j]
                            + 0.6 * factors[2][i] * factors[3][j]
                            + noise * random.nextGaussian();
                }
            }
        }
        // Forty columns under a ridge could explain every entry, but hardly any of them is used.
        RecoveryResult result = MatrixCompletion.of(
                        rows,
                        columns,
                        Arrays.copyOf(row, count),
                        Arrays.copyOf(column, count),
                        Arrays.copyOf(value, count))
                .solve(RecoveryOptions.defaults().withAlgorithm(Algorithm.ALS).withThreads(1))
                .recovery();
        assertThat(result.noiseEstimate()).isBetween(0.8 * noise, 1.3 * noise);
        assertThat(result.noiseEdge()).isEmpty();
    }
}

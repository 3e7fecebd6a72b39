package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompletionNoiseTest {
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

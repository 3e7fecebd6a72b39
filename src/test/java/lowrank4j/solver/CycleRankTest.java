package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CycleRankTest {
    private final Random random = new Random(3);

    /** A share of the entries of L Rᵀ, L and R Gaussian and the columns weighted, and noise. */
    private double estimate(int rows, int columns, double[] weights, double share, double noise) {
        double[][] left = gaussian(rows, weights.length);
        double[][] right = gaussian(columns, weights.length);
        int[] places = IntStream.range(0, rows * columns)
                .filter(at -> random.nextDouble() < share)
                .toArray();
        double[] values = Arrays.stream(places)
                .mapToDouble(at -> IntStream.range(0, weights.length)
                                .mapToDouble(k -> weights[k] * left[at / columns][k] * right[at % columns][k])
                                .sum()
                        + noise * random.nextGaussian())
                .toArray();
        SparsePattern.Entries entries = SparsePattern.sorted(
                rows,
                columns,
                Arrays.stream(places).map(at -> at / columns).toArray(),
                Arrays.stream(places).map(at -> at % columns).toArray(),
                values);
        return CycleRank.of(entries.pattern(), entries.values());
    }

    private double[][] gaussian(int rows, int columns) {
        double[][] drawn = new double[rows][columns];
        for (double[] row : drawn) {
            Arrays.setAll(row, k -> random.nextGaussian());
        }
        return drawn;
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    @ParameterizedTest
    @CsvSource({"1, 400, 300", "5, 400, 300", "10, 400, 300", "10, 900, 150"})
    void equalSingularValuesAreCounted(int rank, int rows, int columns) {
        assertThat(estimate(rows, columns, ones(rank), 0.1, 0)).isCloseTo(rank, within(0.15 * rank));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-140, 1e140})
    void itIsTheSameInAnyUnit(double unit) {
        double[] units = new double[5];
        Arrays.fill(units, unit);
        assertThat(estimate(400, 300, units, 0.1, 0)).isCloseTo(5, within(0.75));
    }

    @Test
    void zerosHaveNone() {
        assertThat(estimate(40, 30, new double[0], 0.5, 0)).isInfinite();
    }

    /** (4 + 1 + 1)² / (16 + 1 + 1) of squares. */
    @Test
    void aLargeOneCountsForMoreThanOthers() {
        assertThat(estimate(400, 300, new double[] {2, 1, 1}, 0.1, 0)).isCloseTo(2, within(0.3));
    }

    /** Signal of variance 4 in noise of variance 1: four times (1 + 1/4)². */
    @Test
    void noiseOnlySwellsTheSquares() {
        assertThat(estimate(400, 300, ones(4), 0.2, 1)).isCloseTo(4 * 1.25 * 1.25, within(1.0));
    }

    @Test
    void noiseAloneHasNone() {
        assertThat(estimate(400, 300, new double[0], 0.1, 1)).isGreaterThan(100);
    }

    @Test
    void withoutACycleNothingIsKnown() {
        SparsePattern diagonal = new SparsePattern(3, 3, new int[] {0, 1, 2, 3}, new int[] {0, 1, 2});
        assertThat(CycleRank.of(diagonal, new double[] {1, 2, 3})).isInfinite();
    }
}

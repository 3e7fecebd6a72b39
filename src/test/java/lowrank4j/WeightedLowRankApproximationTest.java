package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import lowrank4j.WeightedLowRankApproximation.Weighted;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.Initialisation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Approximation under weights by one decomposition. */
class WeightedLowRankApproximationTest {
    private static final int N1 = 30;
    private static final int N2 = 20;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Matrix gaussian(int rows, int columns, int seed) {
        return Initialisation.gaussian(rows, columns, 1, new Random(seed));
    }

    /** Positive, of this rank. */
    private static Matrix weights(int rank) {
        Matrix left = gaussian(N1, rank, 5);
        Matrix right = gaussian(N2, rank, 6);
        for (double[] data : new double[][] {left.data(), right.data()}) {
            for (int k = 0; k < data.length; k++) {
                data[k] = Math.exp(data[k]);
            }
        }
        return new Factors(left, right).toMatrix();
    }

    private static double error(Matrix x, Matrix weights, Factors estimate) {
        double gap = 0;
        double norm = 0;
        for (int i = 0; i < N1; i++) {
            for (int j = 0; j < N2; j++) {
                gap += Math.pow(weights.get(i, j) * (x.get(i, j) - estimate.entry(i, j)), 2);
                norm += Math.pow(weights.get(i, j) * x.get(i, j), 2);
            }
        }
        return Math.sqrt(gap / norm);
    }

    @Test
    void equalWeightsGiveTheTruncatedDecomposition() {
        Matrix x = gaussian(N1, N2, 1);
        Matrix ones = Matrix.zeros(N1, N2);
        ones.fill(3);
        Weighted found = WeightedLowRankApproximation.ofRank(x, ones, 4, engine);
        LowRankApproximation.Approximation best = LowRankApproximation.ofRank(x, 4, engine);
        assertThat(found.relativeError()).isCloseTo(best.relativeError(), within(1e-12));
        assertThat(found.distortion()).isCloseTo(1, within(1e-12));
        assertThat(found.factors().toMatrix().toArray())
                .containsExactly(best.factors().toMatrix().toArray(), within(1e-10));
    }

    @Test
    void noMatrixOfTheRankIsCloserWhereTheWeightsAreOfTheRankGiven() {
        Matrix x = gaussian(N1, N2, 1);
        Matrix weights = weights(2);
        Weighted found = WeightedLowRankApproximation.ofRank(x, weights, 3, 2, engine);
        assertThat(found.distortion()).isCloseTo(1, within(1e-9));
        assertThat(found.numerator().rank()).isEqualTo(6);
        Factors truncated = LowRankApproximation.ofRank(x, 3, engine).factors();
        Factors ofRankOneWeights =
                WeightedLowRankApproximation.ofRank(x, weights, 3, engine).factors();
        assertThat(found.relativeError())
                .isLessThan(error(x, weights, truncated))
                .isLessThan(error(x, weights, ofRankOneWeights));
    }

    @Test
    void weightsOfRankOneAreSolvedExactly() {
        Matrix truth = new Factors(gaussian(N1, 2, 1), gaussian(N2, 2, 2)).toMatrix();
        Weighted found = WeightedLowRankApproximation.ofRank(truth, weights(1), 2, engine);
        assertThat(found.relativeError()).isLessThan(1e-12);
        assertThat(found.factors().rank()).isEqualTo(2);
        assertThat(found.factors().toMatrix().toArray()).containsExactly(truth.toArray(), within(1e-10));
        assertThat(found.entry(3, 4)).isCloseTo(truth.get(3, 4), within(1e-10));
    }

    @Test
    void theErrorIsUnderTheWeightsGivenAndWithinTheDistortion() {
        Matrix x = gaussian(N1, N2, 1);
        Matrix weights = weights(3);
        Weighted found = WeightedLowRankApproximation.ofRank(x, weights, 3, engine);
        assertThat(found.relativeError()).isCloseTo(error(x, weights, found.factors()), within(1e-12));
        assertThat(found.distortion()).isGreaterThan(1);
        Weighted better = WeightedLowRankApproximation.ofRank(x, weights, 3, 3, engine);
        assertThat(found.relativeError()).isLessThan(found.distortion() * better.relativeError());
    }

    @Test
    void weightsThatCannotBeDividedByAreRefused() {
        Matrix x = gaussian(N1, N2, 1);
        Matrix weights = weights(1);
        weights.set(2, 3, 0);
        assertThatThrownBy(() -> WeightedLowRankApproximation.ofRank(x, weights, 2, engine))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("the weight at (2, 3) is 0.0");
        // So rough that its best approximation of rank 5 dips below zero.
        Matrix spiked = gaussian(N1, N2, 7);
        for (int k = 0; k < spiked.data().length; k++) {
            spiked.data()[k] = Math.exp(2 * spiked.data()[k]);
        }
        assertThatThrownBy(() -> WeightedLowRankApproximation.ofRank(x, spiked, 2, 5, engine))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("take another weightRank");
        assertThat(WeightedLowRankApproximation.ofRank(x, spiked, 2, engine).relativeError())
                .isFinite();
        assertThatThrownBy(() -> WeightedLowRankApproximation.ofRank(x, x.transposed(), 2, engine))
                .hasMessageContaining("20x30");
        assertThatThrownBy(() -> WeightedLowRankApproximation.ofRank(x, weights(1), 2, 21, engine))
                .hasMessageContaining("weightRank 21");
        assertThatThrownBy(() -> WeightedLowRankApproximation.ofRank(x, weights(2), 2, 2, engine)
                        .factors())
                .hasMessageContaining("of rank 2");
    }
}

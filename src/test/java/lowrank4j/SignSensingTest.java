package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.matrix.SignRows;
import lowrank4j.sensing.SignSensing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery from measurement matrices of +1 and -1, told nothing. */
@Tag("tier")
class SignSensingTest {
    private static final int N = 24;

    private static Matrix gaussian(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private static double[] measured(SignRows rows, double[] x) {
        double[] observed = new double[rows.count()];
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < rows.width(); j++) {
                observed[i] += rows.get(i, j) * x[j];
            }
        }
        return observed;
    }

    private static double distance(RecoveryResult result, Matrix truth) {
        Matrix found = result.factors().toMatrix();
        double difference = 0;
        double norm = 0;
        for (int k = 0; k < truth.data().length; k++) {
            double d = found.data()[k] - truth.data()[k];
            difference += d * d;
            norm += truth.data()[k] * truth.data()[k];
        }
        return Math.sqrt(difference / norm);
    }

    @Test
    void findsAMatrix() {
        Matrix truth = new Factors(gaussian(N, 2, 1), gaussian(N - 5, 2, 2)).toMatrix();
        SignRows rows = SignRows.random(Arena.ofAuto(), 500, N * (N - 5), 3);
        RecoveryResult result = MatrixSensing.by(
                        engine -> SignSensing.rectangular(rows, N, N - 5, engine), measured(rows, truth.data()))
                .solve(RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(distance(result, truth)).isLessThan(1e-7);
    }

    @Test
    void findsASemidefiniteMatrix() {
        Matrix truth = Factors.symmetric(gaussian(N, 2, 4)).toMatrix();
        double[] packed = new double[PackedSymmetric.size(N)];
        PackedSymmetric.packDoubled(truth, packed);
        SignRows rows = SignRows.random(Arena.ofAuto(), 400, packed.length, 5);
        RecoveryResult result = MatrixSensing.by(
                        engine -> SignSensing.symmetric(rows, N, engine), measured(rows, packed))
                .solve(RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(distance(result, truth)).isLessThan(1e-7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void hasTheSameBitsForAnyNumberOfThreads(int threads) {
        SignRows rows = SignRows.random(Arena.ofAuto(), 700, N * N, 6);
        double[] observed = measured(
                rows,
                new Factors(gaussian(N, 1, 7), gaussian(N, 1, 8)).toMatrix().data());
        RecoveryOptions two = RecoveryOptions.defaults().withThreads(2);
        assertThat(solved(rows, observed, two.withThreads(threads)).data())
                .containsExactly(solved(rows, observed, two).data());
    }

    private static Matrix solved(SignRows rows, double[] observed, RecoveryOptions options) {
        return MatrixSensing.by(engine -> SignSensing.rectangular(rows, N, N, engine), observed)
                .solve(options)
                .factors()
                .toMatrix();
    }
}

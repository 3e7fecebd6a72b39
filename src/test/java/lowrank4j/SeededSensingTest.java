package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.SeededSensing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recovery, told nothing, from measurements by matrices that are nowhere stored. */
@Tag("tier")
class SeededSensingTest {
    static Stream<Ensemble> ensembles() {
        return Stream.of(new Ensemble.Gaussian(), new Ensemble.Signs(), new Ensemble.Sparse(0.1));
    }

    private static Matrix gaussian(int n, int rank, long seed) {
        Random random = new Random(seed);
        double[] entries = random.doubles((long) n * rank, -1, 1).toArray();
        return Matrix.wrap(entries, n, rank);
    }

    private static double[] measured(Function<Engine, MeasurementOperator> operator, Factors x, int count) {
        try (Engine engine = Engine.open(Tiers.select(), 2)) {
            double[] y = new double[count];
            operator.apply(engine).forward(x, y);
            return y;
        }
    }

    private static double error(Factors found, Factors truth) {
        double gap = 0;
        double norm = 0;
        for (int i = 0; i < truth.rows(); i++) {
            for (int j = 0; j < truth.columns(); j++) {
                gap += Math.pow(found.entry(i, j) - truth.entry(i, j), 2);
                norm += Math.pow(truth.entry(i, j), 2);
            }
        }
        return Math.sqrt(gap / norm);
    }

    @ParameterizedTest
    @MethodSource("ensembles")
    void aMatrixOfLowRankIsRecovered(Ensemble ensemble) {
        Factors truth = new Factors(gaussian(25, 3, 1), gaussian(18, 3, 2));
        Function<Engine, MeasurementOperator> operator =
                engine -> SeededSensing.rectangular(ensemble, 5, 500, 25, 18, engine);
        RecoveryResult result =
                MatrixSensing.by(operator, measured(operator, truth, 500)).solve(RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(3);
        assertThat(error(result.factors(), truth)).isLessThan(1e-8);
    }

    @ParameterizedTest
    @MethodSource("ensembles")
    void aPositiveSemidefiniteMatrixIsRecovered(Ensemble ensemble) {
        Factors truth = Factors.symmetric(gaussian(25, 2, 3));
        Function<Engine, MeasurementOperator> operator =
                engine -> SeededSensing.symmetric(ensemble, 6, 300, 25, engine);
        RecoveryResult result =
                MatrixSensing.by(operator, measured(operator, truth, 300)).solve(RecoveryOptions.defaults());
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(error(result.factors(), truth)).isLessThan(1e-8);
    }

    /** Rows longer than a tile, and fewer; held-out rows between the fitted ones. */
    @Test
    void theSameBitsForAnyNumberOfThreads() {
        for (int n : new int[] {20, 170}) {
            Function<Engine, MeasurementOperator> operator =
                    engine -> SeededSensing.rectangular(new Ensemble.Gaussian(), 7, 200, n, n, engine);
            double[] y = measured(operator, new Factors(gaussian(n, 1, 1), gaussian(n, 1, 2)), 200);
            RecoveryOptions options = RecoveryOptions.defaults()
                    .withHoldOut(0.2)
                    .withMaxIterations(5)
                    .withSeed(1);
            RecoveryResult one = MatrixSensing.by(operator, y).solve(options.withThreads(1));
            RecoveryResult three = MatrixSensing.by(operator, y).solve(options.withThreads(3));
            assertThat(three.factors().left().toArray())
                    .isEqualTo(one.factors().left().toArray());
        }
    }

    /** ‖A(X)‖² is about m times the energy of a measurement for every X, on the diagonal or off it. */
    @ParameterizedTest
    @MethodSource("ensembles")
    void symmetricMatricesSeeEveryDirectionEquallyWell(Ensemble ensemble) {
        int m = 4000;
        Matrix onDiagonal = Matrix.zeros(9, 1);
        onDiagonal.set(4, 0, 1);
        Matrix spread = Matrix.zeros(9, 1);
        spread.fill(1 / 3.0);
        try (Engine engine = Engine.open(Tiers.select(), 2)) {
            MeasurementOperator operator = SeededSensing.symmetric(ensemble, 8, m, 9, engine);
            assertThat(operator.energy() / m).isBetween(1.9, 2.1);
            for (Matrix u : new Matrix[] {onDiagonal, spread}) {
                double[] y = new double[m];
                operator.forward(Factors.symmetric(u), y);
                double sum = 0;
                for (double value : y) {
                    sum += value * value;
                }
                assertThat(sum / operator.energy()).isBetween(0.75, 1.25);
            }
        }
    }

    @Test
    void nothingIsStored() {
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            MeasurementOperator few = SeededSensing.rectangular(new Ensemble.Signs(), 1, 2000, 30, 30, engine);
            MeasurementOperator many = SeededSensing.rectangular(new Ensemble.Signs(), 1, 2_000_000, 30, 30, engine);
            assertThat(many.memoryBytes()).isEqualTo(few.memoryBytes()).isLessThan(1 << 20);
            assertThatThrownBy(() -> SeededSensing.symmetric(new Ensemble.Signs(), 1, 3, 100_000, engine))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("3 measurements of symmetric 100000x100000 matrices are not possible");
            assertThatThrownBy(() -> SeededSensing.rectangular(new Ensemble.Signs(), 1, 0, 3, 3, engine))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("0 measurements of 3x3");
        }
    }
}

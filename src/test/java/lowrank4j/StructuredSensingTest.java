package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Operators;
import lowrank4j.sensing.RankOneSensing;
import lowrank4j.sensing.SparseSensing;
import lowrank4j.solver.Termination;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recoveries from measurements with structure, told nothing but the measurements and what they measured. */
@Tag("tier")
class StructuredSensingTest {
    private static final RecoveryOptions DEFAULTS = RecoveryOptions.defaults();

    private static Matrix gaussian(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    private static double[] measured(Function<Engine, ? extends MeasurementOperator> operator, Factors truth) {
        try (Engine engine = Engine.open()) {
            MeasurementOperator made = operator.apply(engine);
            double[] y = new double[made.length()];
            made.forward(truth, y);
            return y;
        }
    }

    private static double error(RecoveryResult result, Factors truth) {
        Matrix found = result.factors().toMatrix();
        Matrix expected = truth.toMatrix();
        double gap = 0;
        double norm = 0;
        for (int k = 0; k < found.data().length; k++) {
            gap += Math.pow(found.data()[k] - expected.data()[k], 2);
            norm += Math.pow(expected.data()[k], 2);
        }
        return Math.sqrt(gap / norm);
    }

    private static void assertRecovered(
            Function<Engine, ? extends MeasurementOperator> operator, Factors truth, RecoveryOptions options) {
        RecoveryResult result =
                MatrixSensing.by(operator, measured(operator, truth)).solve(options);
        assertThat(result.termination()).isInstanceOf(Termination.Converged.class);
        assertThat(result.effectiveRank()).isEqualTo(truth.rank());
        assertThat(error(result, truth)).isLessThan(1e-8);
        assertThat(result.relativeResidual()).isLessThan(1e-9);
        assertThat(result.factors().isSymmetric()).isEqualTo(truth.isSymmetric());
    }

    @ParameterizedTest
    @CsvSource({"60, 2, 960", "60, 2, 480", "20, 3, 360"})
    void quadraticMeasurementsRecoverACovariance(int n, int rank, int count) {
        Matrix vectors = gaussian(count, n, 1);
        Factors truth = Factors.symmetric(gaussian(n, rank, 2));
        assertRecovered(engine -> RankOneSensing.quadratic(vectors, engine), truth, DEFAULTS);
    }

    /** The trace grows with the rank, and hides the rest: 95 iterations with it as it is, 48 with it evened out. */
    @Test
    void evenedTracesTakeFewIterations() {
        Matrix vectors = gaussian(6000, 100, 1);
        Function<Engine, MeasurementOperator> operator = engine -> RankOneSensing.quadratic(vectors, engine);
        Function<Engine, MeasurementOperator> untold = engine -> {
            MeasurementOperator made = operator.apply(engine);
            return Operators.symmetric(
                    100, 6000, made::forward, (z, v, out) -> made.adjoint(z).times(v, out));
        };
        Factors truth = Factors.symmetric(gaussian(100, 10, 2));
        double[] y = measured(operator, truth);
        RecoveryResult evened = MatrixSensing.by(operator, y).solve(DEFAULTS);
        RecoveryResult asItIs = MatrixSensing.by(untold, y).solve(DEFAULTS);
        assertThat(error(evened, truth)).isLessThan(1e-8);
        assertThat(error(asItIs, truth)).isLessThan(1e-8);
        assertThat(evened.trace().size()).isLessThan(2 * asItIs.trace().size() / 3);
    }

    /** As near as the penalty lets it: short of X by about twice its weight, 1e-3 of σ₁, a singular value. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void theFlattestFactorsOfQuadraticMeasurementsAreThoseOfACovariance(double holdOut) {
        Matrix vectors = gaussian(400, 20, 1);
        Function<Engine, MeasurementOperator> operator = engine -> RankOneSensing.quadratic(vectors, engine);
        Factors truth = Factors.symmetric(gaussian(20, 2, 2));
        RecoveryResult result = MatrixSensing.by(operator, measured(operator, truth))
                .solve(DEFAULTS.withAlgorithm(Algorithm.FLAT_MINIMUM_GD).withHoldOut(holdOut));
        assertThat(error(result, truth)).isLessThan(1e-2);
    }

    @Test
    void theVectorsMayHaveOneLength() {
        Matrix vectors = gaussian(960, 60, 1);
        for (int i = 0; i < 960; i++) {
            double squared = 0;
            for (int j = 0; j < 60; j++) {
                squared += Math.pow(vectors.get(i, j), 2);
            }
            for (int j = 0; j < 60; j++) {
                vectors.set(i, j, vectors.get(i, j) / Math.sqrt(squared));
            }
        }
        Factors truth = Factors.symmetric(gaussian(60, 2, 2));
        assertRecovered(engine -> RankOneSensing.quadratic(vectors, engine), truth, DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void phasesAreRetrieved(long seed) {
        Matrix vectors = gaussian(600, 100, seed);
        Factors truth = Factors.symmetric(gaussian(100, 1, seed + 10));
        assertRecovered(engine -> RankOneSensing.quadratic(vectors, engine), truth, DEFAULTS.withRank(1));
    }

    @Test
    void rankOneMeasurementsRecoverAnyMatrix() {
        Matrix left = gaussian(900, 40, 1);
        Matrix right = gaussian(900, 30, 2);
        Factors truth = new Factors(gaussian(40, 2, 3), gaussian(30, 2, 4));
        assertRecovered(engine -> RankOneSensing.rectangular(left, right, engine), truth, DEFAULTS);
    }

    /** Few entries each: with 6,000 over all 600 positions the union is full, with 700 it is not. */
    @ParameterizedTest
    @CsvSource({"600, 10", "350, 2"})
    void sparseMeasurementsRecoverAMatrix(int count, int each) {
        Function<Engine, MeasurementOperator> operator = sparse(30, 20, count, each);
        Factors truth = new Factors(gaussian(30, 1, 3), gaussian(20, 1, 4));
        assertRecovered(operator, truth, DEFAULTS);
    }

    private static Function<Engine, MeasurementOperator> sparse(int n1, int n2, int count, int each) {
        Random random = new Random(6);
        int[] measurement = new int[count * each];
        for (int k = 0; k < measurement.length; k++) {
            measurement[k] = k / each;
        }
        int[] row = random.ints(measurement.length, 0, n1).toArray();
        int[] column = random.ints(measurement.length, 0, n2).toArray();
        double[] value = random.doubles(measurement.length, -1, 1).toArray();
        return engine -> SparseSensing.rectangular(n1, n2, count, measurement, row, column, value, engine);
    }

    @Test
    void anOperatorOfOnesOwnRecoversAMatrix() {
        Matrix left = gaussian(600, 20, 1);
        Matrix right = gaussian(600, 15, 2);
        Function<Engine, MeasurementOperator> own = engine -> {
            MeasurementOperator held = RankOneSensing.rectangular(left, right, engine);
            return Operators.of(
                    20,
                    15,
                    600,
                    held::forward,
                    (z, v, out) -> held.adjoint(z).times(v, out),
                    (z, u, out) -> held.adjoint(z).transposedTimes(u, out));
        };
        assertRecovered(own, new Factors(gaussian(20, 2, 3), gaussian(15, 2, 4)), DEFAULTS);
    }

    @Test
    void quadraticMeasurementsStackedOnSparseOnesRecoverACovariance() {
        Matrix vectors = gaussian(400, 20, 1);
        int[] index = new Random(8).ints(200, 0, 20).toArray();
        int[] each = new int[200];
        for (int k = 0; k < 200; k++) {
            each[k] = k;
        }
        double[] ones = new Random(9).doubles(200, 1, 2).toArray();
        Function<Engine, MeasurementOperator> both = engine -> Operators.stack(
                List.of(
                        RankOneSensing.quadratic(vectors, engine),
                        SparseSensing.symmetric(20, 200, each, index, index.clone(), ones, engine)),
                engine.kernels());
        assertRecovered(both, Factors.symmetric(gaussian(20, 2, 3)), DEFAULTS);
    }

    @Test
    void heldOutQuadraticMeasurementsWatchTheError() {
        Matrix vectors = gaussian(600, 30, 1);
        Function<Engine, MeasurementOperator> operator = engine -> RankOneSensing.quadratic(vectors, engine);
        Factors truth = Factors.symmetric(gaussian(30, 2, 2));
        RecoveryResult result =
                MatrixSensing.by(operator, measured(operator, truth)).solve(DEFAULTS.withHoldOut(0.2));
        assertThat(error(result, truth)).isLessThan(1e-8);
        assertThat(result.heldOutError().orElseThrow()).isLessThan(1e-8);
    }

    @Test
    void pureNoiseHasNoSignal() {
        Matrix vectors = gaussian(900, 30, 1);
        double[] noise = gaussian(900, 1, 2).data();
        RecoveryResult result = MatrixSensing.by(engine -> RankOneSensing.quadratic(vectors, engine), noise)
                .solve(DEFAULTS);
        assertThat(result.effectiveRank()).isZero();
        assertThat(result.termination()).isInstanceOf(Termination.NoSignal.class);
    }

    /** A tenth of the measurements has fifty times the noise: known, it costs next to nothing. */
    @Test
    void knownVariancesAreMadeUseOf() {
        Matrix vectors = gaussian(900, 30, 1);
        Function<Engine, MeasurementOperator> operator = engine -> RankOneSensing.quadratic(vectors, engine);
        Factors truth = Factors.symmetric(gaussian(30, 2, 2));
        double[] y = measured(operator, truth);
        double[] variances = new double[900];
        Random random = new Random(3);
        double gaps = 0;
        double norm = 0;
        for (int i = 0; i < 900; i++) {
            double deviation = i % 10 == 0 ? 50 : 1;
            variances[i] = deviation * deviation;
            double noise = deviation * random.nextGaussian();
            y[i] += noise;
            gaps += noise * noise;
            norm += y[i] * y[i];
        }
        RecoveryResult plain = MatrixSensing.by(operator, y).solve(DEFAULTS.withRank(2));
        RecoveryResult weighted =
                MatrixSensing.by(operator, y).withVariances(variances).solve(DEFAULTS.withRank(2));
        assertThat(error(weighted, truth)).isLessThan(0.2 * error(plain, truth));
        assertThat(weighted.noiseEstimate()).isBetween(0.9, 1.1);
        // In the units of y: what is left is the noise that was put in.
        assertThat(weighted.relativeResidual()).isBetween(0.95 * Math.sqrt(gaps / norm), 1.05 * Math.sqrt(gaps / norm));
        assertThat(MatrixSensing.by(operator, y)
                        .weighted(inverse(variances))
                        .solve(DEFAULTS.withRank(2))
                        .factors()
                        .left()
                        .data())
                .containsExactly(weighted.factors().left().data());
    }

    private static double[] inverse(double[] x) {
        double[] inverse = x.clone();
        for (int i = 0; i < x.length; i++) {
            inverse[i] = 1 / x[i];
        }
        return inverse;
    }

    @Test
    void weightsThatAreNoWeightsAreRefused() {
        Matrix vectors = gaussian(9, 3, 1);
        MatrixSensing sensing = MatrixSensing.by(engine -> RankOneSensing.quadratic(vectors, engine), new double[9]);
        assertThatThrownBy(() -> sensing.weighted(new double[8]).solve(DEFAULTS))
                .hasMessageContaining("8 weights for 9");
        assertThatThrownBy(() -> sensing.weighted(new double[9]).solve(DEFAULTS))
                .hasMessageContaining("weight 0 is 0.0");
        assertThatThrownBy(() -> sensing.withVariances(new double[] {1, -2}))
                .hasMessageContaining("variance 1 is -2.0");
    }

    @Test
    void aVarianceWithoutAnInverseIsRefusedByItsName() {
        MatrixSensing one = MatrixSensing.of(List.of(Matrix.zeros(1, 1)), new double[1]);
        assertThatThrownBy(() -> one.withVariances(new double[] {1e-320}))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("variance 0 is 1.0E-320");
    }
}

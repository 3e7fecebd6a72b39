package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.sensing.PauliSensing;
import lowrank4j.sensing.PauliStrings;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Termination;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States of a few qubits from part of all Pauli strings, told nothing. */
@Tag("tier")
class HermitianSensingTest {
    private static final RecoveryOptions OPTIONS = RecoveryOptions.defaults().withThreads(2);

    @ParameterizedTest
    @CsvSource({"4, 1, 0.5", "5, 2, 0.5", "5, 3, 0.7"})
    void aStateIsRecoveredWithItsRank(int qubits, int rank, double share) {
        HermitianFactors truth = state(qubits, rank, 1);
        PauliStrings strings = some(qubits, share);
        HermitianResult result =
                HermitianSensing.pauli(strings, means(strings, truth, 0)).solve(OPTIONS);
        assertThat(result.recovery().termination().isConverged()).isTrue();
        assertThat(result.effectiveRank()).isEqualTo(rank);
        assertThat(result.factors().rank()).isEqualTo(rank);
        assertThat(result.factors().realMatrix().data())
                .containsExactly(truth.realMatrix().data(), within(1e-8));
        assertThat(result.factors().imaginaryMatrix().data())
                .containsExactly(truth.imaginaryMatrix().data(), within(1e-8));
        assertThat(result.fittedTrace()).isCloseTo(1, within(1e-8));
        assertThat(result.eigenvalues().stream().mapToDouble(v -> v).sum()).isCloseTo(1, within(1e-8));
    }

    @Test
    void noiseLeavesTheRankAndATraceOfOneWhereAskedFor() {
        HermitianFactors truth = state(6, 1, 2);
        PauliStrings strings = some(6, 0.3);
        HermitianSensing sensing = HermitianSensing.pauli(strings, means(strings, truth, 0.03));
        HermitianResult free = sensing.solve(OPTIONS);
        HermitianResult scaled = sensing.withTraceOne().solve(OPTIONS);
        assertThat(free.effectiveRank()).isEqualTo(1);
        assertThat(free.factors().trace())
                .isCloseTo(free.fittedTrace(), within(1e-12))
                .isNotCloseTo(1, within(1e-5));
        assertThat(scaled.factors().trace()).isCloseTo(1, within(1e-12));
        assertThat(scaled.fittedTrace()).isEqualTo(free.fittedTrace());
        assertThat(scaled.factors().fidelity(truth)).isBetween(0.98, 1.0);
    }

    /** From u and i·u beside each other descent keeps both: a perfect fit of two real columns, of rank one. */
    @Test
    void aDirectionInTwoRealColumnsIsFinishedAsOne() {
        HermitianFactors truth = state(4, 1, 3);
        PauliStrings strings = some(4, 0.6);
        Matrix start = Matrix.zeros(32, 2);
        start.columnRange(0, 1).copyFrom(truth.stacked());
        for (int i = 0; i < 16; i++) {
            start.set(i, 1, -truth.imaginary().get(i, 0));
            start.set(16 + i, 1, truth.real().get(i, 0));
        }
        HermitianResult result = HermitianSensing.pauli(strings, means(strings, truth, 0))
                .solve(OPTIONS.withInitialisation(Initialisation.warm(Factors.symmetric(start))));
        assertThat(result.effectiveRank()).isEqualTo(1);
        assertThat(result.factors().rank()).isEqualTo(1);
        assertThat(result.factors().fidelity(truth)).isCloseTo(1, within(1e-12));
        assertThat(result.recovery().trace().getFirst().rank()).isEqualTo(2);
        AtomicInteger next = new AtomicInteger();
        result.recovery()
                .trace()
                .forEach(event ->
                        assertThat(event.iteration()).isGreaterThanOrEqualTo(next.getAndSet(event.iteration())));
    }

    @ParameterizedTest
    @CsvSource({"scaled-gd", "gradient-descent", "precgd", "riemannian-gauss-newton"})
    void methodsRunOnTheRealStack(String algorithm) {
        HermitianFactors truth = state(4, 2, 4);
        PauliStrings strings = some(4, 0.9);
        HermitianResult result = HermitianSensing.pauli(strings, means(strings, truth, 0))
                .solve(OPTIONS.withAlgorithm(Algorithm.named(algorithm))
                        .withRank(2)
                        .withTolerance(1e-7)
                        .withInitialisation(Initialisation.spectral()));
        assertThat(result.recovery().termination().isConverged())
                .as(result.recovery().termination().sentence())
                .isTrue();
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(result.factors().realMatrix().data())
                .containsExactly(truth.realMatrix().data(), within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"20, 1, 160", "20, 2, 400"})
    void phasesAreRetrievedFromIntensities(int n, int rank, int count) {
        Random random = new Random(6);
        Matrix real = gaussian(count, n, random);
        Matrix imaginary = gaussian(count, n, random);
        HermitianFactors truth = new HermitianFactors(gaussian(n, rank, random), gaussian(n, rank, random));
        double[] intensities = new double[count];
        for (int i = 0; i < count; i++) {
            HermitianFactors vector = new HermitianFactors(
                    real.rowRange(i, i + 1).transposed(),
                    imaginary.rowRange(i, i + 1).transposed());
            intensities[i] = truth.fidelity(vector) * truth.trace() * vector.trace();
        }
        HermitianResult result =
                HermitianSensing.intensities(real, imaginary, intensities).solve(OPTIONS);
        assertThat(result.effectiveRank()).isEqualTo(rank);
        double scale = 1e-7 * truth.trace();
        assertThat(result.factors().realMatrix().data())
                .containsExactly(truth.realMatrix().data(), within(scale));
        assertThat(result.factors().imaginaryMatrix().data())
                .containsExactly(truth.imaginaryMatrix().data(), within(scale));
    }

    /** Draws at which descent came to a standstill with a direction in two real columns, and fits went on from there. */
    @ParameterizedTest
    @ValueSource(longs = {6, 21})
    void aDirectionInTwoColumnsIsNotKeptWhereDescentStandsStill(long seed) {
        Random random = new Random(seed);
        int count = 240;
        Matrix real = gaussian(count, 12, random);
        Matrix imaginary = gaussian(count, 12, random);
        HermitianFactors truth = new HermitianFactors(gaussian(12, 2, random), gaussian(12, 2, random));
        double[] intensities = new double[count];
        for (int i = 0; i < count; i++) {
            HermitianFactors vector = new HermitianFactors(
                    real.rowRange(i, i + 1).transposed(),
                    imaginary.rowRange(i, i + 1).transposed());
            intensities[i] = truth.fidelity(vector) * truth.trace() * vector.trace();
        }
        HermitianResult result =
                HermitianSensing.intensities(real, imaginary, intensities).solve(OPTIONS);
        assertThat(result.effectiveRank()).isEqualTo(2);
        assertThat(result.recovery().relativeResidual()).isLessThan(1e-9);
    }

    @Test
    void stringsThatCannotTellAStateGetAWarning() {
        HermitianFactors truth = state(3, 1, 3);
        PauliStrings diagonal = PauliStrings.of(List.of("ZII", "IZI", "IIZ", "ZZI", "IZZ", "ZIZ", "ZZZ", "III"));
        assertThat(diagonal.commute()).isTrue();
        HermitianResult result =
                HermitianSensing.pauli(diagonal, means(diagonal, truth, 0)).solve(OPTIONS);
        assertThat(result.recovery().warnings()).anyMatch(warning -> warning.contains("commute with each other"));
        PauliStrings repeated = PauliStrings.of(Stream.generate(() -> List.of("XYZ", "ZII", "IXI", "YYI"))
                .limit(10)
                .flatMap(List::stream)
                .toList());
        assertThat(repeated.commute()).isFalse();
        assertThat(repeated.distinct()).isEqualTo(4);
        result = HermitianSensing.pauli(repeated, means(repeated, truth, 0)).solve(OPTIONS.withRank(1));
        assertThat(result.recovery().warnings()).anyMatch(warning -> warning.contains("4 are different"));
        PauliStrings enough = some(3, 0.9);
        result = HermitianSensing.pauli(enough, means(enough, truth, 0)).solve(OPTIONS);
        assertThat(result.recovery().warnings()).noneMatch(warning -> warning.contains("Pauli"));
    }

    private static Matrix gaussian(int rows, int columns, Random random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int k = 0; k < matrix.data().length; k++) {
            matrix.data()[k] = random.nextGaussian();
        }
        return matrix;
    }

    @Test
    void pureNoiseIsNoState() {
        PauliStrings strings = some(6, 0.2);
        Random random = new Random(5);
        double[] noise = new double[strings.count()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = 0.03 * random.nextGaussian();
        }
        HermitianResult result =
                HermitianSensing.pauli(strings, noise).withTraceOne().solve(OPTIONS);
        assertThat(result.recovery().termination()).isInstanceOf(Termination.NoSignal.class);
        assertThat(result.recovery().warnings()).anyMatch(warning -> warning.startsWith("A signal of rank 2 or more"));
        assertThat(result.effectiveRank()).isZero();
        assertThat(result.fittedTrace()).isZero();
    }

    @Test
    void fidelityAndPurityAreThoseOfTheFormula() {
        HermitianFactors zero = new HermitianFactors(Matrix.of(new double[][] {{2}, {0}}), Matrix.zeros(2, 1));
        HermitianFactors plusI =
                new HermitianFactors(Matrix.of(new double[][] {{1}, {0}}), Matrix.of(new double[][] {{0}, {1}}));
        HermitianFactors mixed = new HermitianFactors(Matrix.identity(2), Matrix.zeros(2, 2));
        assertThat(zero.fidelity(zero)).isCloseTo(1, within(1e-15));
        assertThat(zero.fidelity(plusI)).isCloseTo(0.5, within(1e-15));
        assertThat(plusI.fidelity(plusI)).isCloseTo(1, within(1e-15));
        assertThat(mixed.fidelity(plusI)).isCloseTo(0.5, within(1e-15));
        assertThat(plusI.purity()).isCloseTo(1, within(1e-15));
        assertThat(mixed.purity()).isCloseTo(0.5, within(1e-15));
        assertThat(mixed.withTraceOne().trace()).isCloseTo(1, within(1e-15));
        assertThat(plusI.imaginaryMatrix().get(1, 0)).isEqualTo(1);
        assertThat(plusI.imaginaryMatrix().get(0, 1)).isEqualTo(-1);
        assertThatThrownBy(() -> zero.fidelity(mixed)).hasMessageContaining("2x1");
        assertThatThrownBy(new HermitianFactors(Matrix.zeros(2, 1), Matrix.zeros(2, 1))::withTraceOne)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("trace is 0.0");
    }

    @Test
    void misuseIsNamed() {
        PauliStrings strings = some(3, 0.5);
        assertThatThrownBy(() -> HermitianSensing.pauli(strings, new double[3]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("there are 32 Pauli strings, but 3 observed values: the counts must be equal");
        SparsePattern pattern = new SparsePattern(2, 2, new int[] {0, 1, 1}, new int[] {0});
        assertThatThrownBy(() -> HermitianSensing.intensities(Matrix.zeros(4, 2), Matrix.zeros(4, 2), new double[3]))
                .hasMessage("there are 4 vectors, but 3 observed values: the counts must be equal");
        assertThatThrownBy(() -> HermitianSensing.by(engine -> new ObservedEntries(pattern, engine), new double[1])
                        .solve(OPTIONS))
                .hasMessageContaining("MatrixSensing is for real ones");
        assertThatThrownBy(() -> HermitianSensing.pauli(strings, means(strings, state(3, 1, 1), 0))
                        .solve(OPTIONS.withRank(9)))
                .hasMessageContaining("from 1 to min(n1, n2) = 8");
    }

    private static PauliStrings some(int qubits, double share) {
        return PauliStrings.random(qubits, (int) (share * (1 << (2 * qubits))), new Random(11));
    }

    private static HermitianFactors state(int qubits, int rank, long seed) {
        return HermitianFactors.ofStacked(gaussian(2 << qubits, rank, new Random(seed)))
                .withTraceOne();
    }

    private static double[] means(PauliStrings strings, HermitianFactors state, double noise) {
        double[] means = new double[strings.count()];
        try (Engine engine = Engine.open()) {
            new PauliSensing(strings, engine).forward(Factors.symmetric(state.stacked()), means);
        }
        Random random = new Random(12);
        for (int i = 0; i < means.length; i++) {
            means[i] += noise * random.nextGaussian();
        }
        return means;
    }
}

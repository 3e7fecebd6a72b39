package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Problems;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X comes out of X + S exactly, told neither the rank nor where nor how large S is. */
class RobustPcaTest {
    private static final int ROWS = 200;
    private static final int COLUMNS = 150;
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** A matrix of low rank, and what was seen of it: NaN where missing. */
    private record Case(Matrix x, Matrix seen, boolean[] wrong) {
        /**
         * Outliers uniform in ±size times the mean magnitude of X, or in 0 … size where they have one sign.
         *
         * @param observed part that is not missing
         */
        static Case of(double kappa, double outliers, double size, boolean oneSign, double observed, double noise) {
            Matrix x = Problems.truth(ROWS, COLUMNS, 3, kappa, false, 5, engine).toMatrix();
            double mean = Arrays.stream(x.data()).map(Math::abs).average().orElseThrow();
            Random random = new Random(6);
            Matrix seen = x.copy();
            boolean[] wrong = new boolean[x.data().length];
            for (int e = 0; e < wrong.length; e++) {
                wrong[e] = random.nextDouble() < outliers;
                double outlier = (oneSign ? random.nextDouble() : 2 * random.nextDouble() - 1) * size * mean;
                seen.data()[e] += (wrong[e] ? outlier : 0) + noise * mean * random.nextGaussian();
                if (random.nextDouble() >= observed) {
                    seen.data()[e] = Double.NaN;
                    wrong[e] = false;
                }
            }
            return new Case(x, seen, wrong);
        }

        double mean() {
            return Arrays.stream(x.data()).map(Math::abs).average().orElseThrow();
        }

        double norm() {
            return Math.sqrt(Arrays.stream(x.data()).map(v -> v * v).sum());
        }

        /** Each outlier above the tolerance is found, with its value, and nothing else. */
        void requireSparse(SparsePart sparse, double tolerance) {
            Matrix found = Matrix.zeros(ROWS, COLUMNS);
            for (int k = 0; k < sparse.count(); k++) {
                found.set(sparse.row()[k], sparse.column()[k], sparse.value()[k]);
            }
            double worst = 0;
            for (int e = 0; e < wrong.length; e++) {
                double outlier = wrong[e] ? seen.data()[e] - x.data()[e] : 0;
                worst = Math.max(worst, Math.abs(found.data()[e] - outlier));
            }
            assertThat(worst).isLessThan(tolerance * mean());
            assertThat(sparse.count()).isLessThanOrEqualTo((int)
                    IntStream.range(0, wrong.length).filter(e -> wrong[e]).count());
        }

        double error(CompletionResult result) {
            Matrix estimate = result.recovery().factors().toMatrix();
            double gap = 0;
            for (int e = 0; e < x.data().length; e++) {
                gap += Math.pow(estimate.data()[e] - x.data()[e], 2);
            }
            return Math.sqrt(gap) / norm();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, 0.1,  1, false, 1",
        "10, 0.1, 50, true,  1",
        " 1, 0.2,  5, false, 1",
        "20, 0.2,  5, true,  1",
        "10, 0.05, 5, false, 0.4",
        "10, 0.05, 50, true, 0.4",
        "10, 0,    1, false, 1",
    })
    void theRankIsFoundAndTheMatrixExactlyAndWhatIsWrong(
            double kappa, double outliers, double size, boolean oneSign, double observed) {
        Case data = Case.of(kappa, outliers, size, oneSign, observed, 0);
        CompletionResult result = RobustPca.of(data.seen()).solve(RecoveryOptions.defaults());
        assertThat(result.recovery().effectiveRank()).isEqualTo(3);
        assertThat(data.error(result)).isLessThan(1e-8);
        assertThat(result.recovery().termination().rule()).isEqualTo("residual-tolerance");
        // Which is another number than the relative residual of the result.
        assertThat(result.recovery().termination().sentence()).startsWith("The residual under the threshold is ");
        assertThat(result.recovery().warnings()).isEmpty();
        data.requireSparse(result.sparse(), 1e-6);
    }

    @Test
    void noiseBesidesOutliersIsNotTakenForThem() {
        Case data = Case.of(5, 0.1, 20, false, 1, 0.05);
        CompletionResult result = RobustPca.of(data.seen()).solve(RecoveryOptions.defaults());
        RecoveryResult recovery = result.recovery();
        assertThat(recovery.effectiveRank()).isEqualTo(3);
        assertThat(recovery.termination().rule()).isEqualTo("noise-floor");
        // The least error of a fit to as much noise on every entry is its deviation times the root of the free
        // parameters.
        double least = 0.05 * data.mean() * Math.sqrt(3.0 * (ROWS + COLUMNS - 3)) / data.norm();
        assertThat(data.error(result)).isLessThan(1.3 * least);
        assertThat(recovery.noiseEstimate()).isBetween(0.9 * 0.05 * data.mean(), 1.05 * 0.05 * data.mean());
        assertThat(result.sparse().count()).isBetween(2700, 3100);
    }

    @Test
    void noiseAloneHasNoLowRankPart() {
        Matrix noise = Matrix.zeros(60, 50);
        Random random = new Random(3);
        Arrays.setAll(noise.data(), e -> random.nextGaussian() * (e % 17 == 0 ? 30 : 1));
        RecoveryResult recovery =
                RobustPca.of(noise).solve(RecoveryOptions.defaults()).recovery();
        assertThat(recovery.effectiveRank()).isZero();
        assertThat(recovery.termination().rule()).isEqualTo("no-signal");
    }

    @Test
    void zerosAreTheirOwnAnswer() {
        CompletionResult result = RobustPca.of(Matrix.zeros(5, 4)).solve(RecoveryOptions.defaults());
        assertThat(result.recovery().effectiveRank()).isZero();
        assertThat(result.sparse().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SCALED_GD, 150", "GRADIENT_DESCENT, 2000"})
    void aNamedAlgorithmRunsAtItsRank(Algorithm algorithm, int iterations) {
        Case data = Case.of(3, 0.1, 5, false, 1, 0);
        CompletionResult result = RobustPca.of(data.seen())
                .solve(RecoveryOptions.defaults()
                        .withAlgorithm(algorithm)
                        .withRank(3)
                        .withMaxIterations(iterations));
        assertThat(data.error(result)).isLessThan(1e-6);
        assertThat(result.recovery().algorithm()).isEqualTo("thresholded " + algorithm);
    }

    @Test
    void theRankAskedForIsNotExceeded() {
        Case data = Case.of(1, 0.1, 5, false, 1, 0);
        RecoveryResult recovery = RobustPca.of(data.seen())
                .solve(RecoveryOptions.defaults().withRank(2))
                .recovery();
        assertThat(recovery.factors().rank()).isEqualTo(2);
    }

    @Test
    void cancellingLimitsAndProgressCountOverAllStages() {
        Case data = Case.of(10, 0.1, 5, false, 1, 0);
        List<Integer> told = new ArrayList<>();
        RecoveryResult recovery = RobustPca.of(data.seen())
                .solve(RecoveryOptions.defaults()
                        .withMaxIterations(60)
                        .withListener((event, factors) -> told.add(event.iteration())))
                .recovery();
        assertThat(recovery.termination().rule()).isEqualTo("iteration-limit");
        assertThat(told).isEqualTo(IntStream.rangeClosed(0, 60).boxed().toList());
        assertThat(recovery.trace()).hasSize(61);
        RecoveryResult cancelled = RobustPca.of(data.seen())
                .solve(RecoveryOptions.defaults().withCancelled(() -> true))
                .recovery();
        assertThat(cancelled.termination().rule()).isEqualTo("cancelled");
    }

    @Test
    void whatDoesNotApplyIsRefused() {
        RobustPca pca = RobustPca.of(Matrix.identity(4));
        RecoveryOptions options = RecoveryOptions.defaults();
        assertThatThrownBy(() -> pca.solve(options.withAlgorithm(Algorithm.GAUSS_NEWTON)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("gauss-newton does not apply to loss truncated");
        assertThatThrownBy(() -> pca.solve(options.withDamping(1)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("damping");
        assertThatThrownBy(() -> pca.solve(options.withStep(0.3)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("step is 0.3");
        assertThatThrownBy(() -> pca.solve(options.withAlgorithm(Algorithm.SCALED_GD)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rank is not given");
        assertThatThrownBy(() -> pca.solve(options.withInitialisation(Initialisation.spectral())))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("initialisation");
        assertThatThrownBy(() -> MatrixSensing.of(List.of(Matrix.identity(2)), new double[] {1})
                        .solve(options.withLoss(Loss.TRUNCATED)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("completion of entries");
    }
}

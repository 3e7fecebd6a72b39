package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Completion under a nuclear norm reaches the optimum of the convex problem. */
class NuclearNormCompletionTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Problems.Known entries(double share, double noise) {
        return Problems.entries(Problems.truth(40, 30, 3, 3, false, 1, engine), share, noise, 2, engine);
    }

    private static NuclearNormCompletion completion(Problem problem, OptionalDouble penalty, int limit, int sweeps) {
        SparsePattern pattern = ((ObservedEntries) problem.operator()).pattern();
        return new NuclearNormCompletion(pattern, problem.observed(), penalty, limit, sweeps, 3, engine);
    }

    private static NuclearNormCompletion solved(Problem problem, OptionalDouble penalty, int sweeps, int iterations) {
        NuclearNormCompletion completion = completion(problem, penalty, 30, sweeps);
        for (int k = 0; k < iterations; k++) {
            completion.step();
        }
        return completion;
    }

    /** {@code P_Ω(M - X)} as a dense matrix. */
    private static Matrix residual(Problem problem, Factors x) {
        SparsePattern pattern = ((ObservedEntries) problem.operator()).pattern();
        double[] fit = new double[problem.observed().length];
        problem.operator().forward(x, fit);
        Matrix dense = Matrix.zeros(pattern.rows(), pattern.columns());
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                dense.set(i, pattern.columnIndex()[e], problem.observed()[e] - fit[e]);
            }
        }
        return dense;
    }

    private static double[] singularValues(Matrix x) {
        int k = Math.min(x.rows(), x.columns());
        double[] values = new double[k];
        engine.kernels().thinSvd(x, Matrix.zeros(x.rows(), k), values, Matrix.zeros(x.columns(), k));
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3})
    void theEndMeetsTheConditionsOfOptimality(double penalty) {
        // The residual is λ(U Vᵀ + W), with W orthogonal to X and of spectral norm at most 1.
        Problem problem = entries(0.5, 0.1).problem();
        NuclearNormCompletion completion = solved(problem, OptionalDouble.of(penalty), 2, 60);
        Factors x = completion.factors();
        assertThat(x.rank()).isBetween(1, 20);
        Matrix residual = residual(problem, x);
        double[] values = singularValues(residual);
        assertThat(values[0]).isCloseTo(penalty, within(1e-6 * penalty));
        assertThat(values[x.rank() - 1]).isCloseTo(penalty, within(1e-6 * penalty));
        Matrix image = Matrix.zeros(x.rows(), x.rank());
        engine.kernels().multiply(1, residual, x.right(), 0, image);
        engine.kernels().axpy(-penalty, x.left(), image);
        assertThat(Math.sqrt(engine.kernels().dot(image, image))).isLessThan(1e-6 * penalty);
        assertThat(completion.relativeGap()).isBetween(0.0, 1e-6);
    }

    @Test
    void theObjectiveFallsToThatOfTheProximalGradientMethod() {
        Problem problem = entries(0.5, 0.1).problem();
        OptionalDouble penalty = OptionalDouble.of(0.2);
        NuclearNormCompletion completion = completion(problem, penalty, 30, 2);
        double before = completion.objective();
        for (int k = 0; k < 40; k++) {
            completion.step();
            assertThat(completion.objective()).isLessThanOrEqualTo(before * (1 + 1e-14));
            before = completion.objective();
        }
        double proximal = solved(problem, penalty, 0, 600).objective();
        assertThat(completion.objective()).isCloseTo(proximal, within(1e-10 * proximal));
        // Balanced factors: the objective is the convex one.
        double nuclear = Arrays.stream(new FactorSpectrum(completion.factors(), engine.kernels()).values())
                .sum();
        assertThat(completion.objective()).isCloseTo(0.5 * completion.loss() + 0.2 * nuclear, within(1e-12 * proximal));
    }

    /** Rank 5 with an entry's deviation of 0.56, in noise of 0.6; λ half the noise's norm. */
    private static NuclearNormCompletion noisy(int rows, int columns, int count) {
        Random random = new Random(5);
        double[] left = gaussian(rows * 5, random);
        double[] right = gaussian(columns * 5, random);
        Set<Integer> places = new TreeSet<>();
        while (places.size() < count) {
            places.add(random.nextInt(rows * columns));
        }
        int[] row = places.stream().mapToInt(place -> place / columns).toArray();
        int[] column = places.stream().mapToInt(place -> place % columns).toArray();
        double[] values = new double[count];
        for (int e = 0; e < count; e++) {
            for (int k = 0; k < 5; k++) {
                values[e] += 0.25 * left[row[e] * 5 + k] * right[column[e] * 5 + k];
            }
            values[e] += 0.6 * random.nextGaussian();
        }
        double norm = 0.6 * (Math.sqrt((double) count / rows) + Math.sqrt((double) count / columns));
        SparsePattern.Entries entries = SparsePattern.sorted(rows, columns, row, column, values);
        return new NuclearNormCompletion(
                entries.pattern(),
                entries.values(),
                OptionalDouble.of(0.5 * norm),
                Math.min(rows, columns),
                2,
                3,
                engine);
    }

    private static double[] gaussian(int count, Random random) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, k -> random.nextGaussian());
        return numbers;
    }

    @Test
    void valuesCloseToThePenaltyAreFoundFromLiftToLift() {
        // Noise has many values close to λ. From random directions alone each lift parts none: the gap stands still at
        // 1.5e-3.
        NuclearNormCompletion completion = noisy(200, 300, 12_000);
        for (int k = 0; k < 60; k++) {
            completion.step();
        }
        assertThat(completion.relativeGap()).isBetween(0.0, 1e-5);
    }

    @Test
    void theFirstIterationIsTheProximalStep() {
        // X ← SVT_λ(P_Ω(M)) from X = 0; with as many columns as the block the lift is exact.
        Problem problem = Problems.entries(Problems.truth(20, 8, 3, 2, false, 1, engine), 0.6, 0.1, 2, engine)
                .problem();
        SparsePattern pattern = ((ObservedEntries) problem.operator()).pattern();
        NuclearNormCompletion completion =
                new NuclearNormCompletion(pattern, problem.observed(), OptionalDouble.of(0.2), 8, 2, 3, engine);
        completion.step();
        double[] all = singularValues(residual(problem, new Factors(Matrix.zeros(20, 0), Matrix.zeros(8, 0))));
        double[] expected = Arrays.stream(all)
                .filter(value -> value > 0.2)
                .map(value -> value - 0.2)
                .toArray();
        double[] found = new FactorSpectrum(completion.factors(), engine.kernels()).values();
        assertThat(found).hasSize(expected.length);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).isCloseTo(expected[k], within(1e-10));
        }
    }

    @Test
    void aPenaltyAboveTheSpectralNormLeavesZero() {
        Problem problem = entries(0.5, 0.1).problem();
        double norm = singularValues(residual(problem, new Factors(Matrix.zeros(40, 0), Matrix.zeros(30, 0))))[0];
        assertThat(solved(problem, OptionalDouble.of(1.001 * norm), 2, 5)
                        .factors()
                        .rank())
                .isZero();
        assertThat(solved(problem, OptionalDouble.of(0.99 * norm), 2, 5)
                        .factors()
                        .rank())
                .isEqualTo(1);
    }

    @Test
    void theAutomaticPenaltyFollowsTheNoise() {
        // A tenth of the entries' size is noise: the error is about its share by dimension, and λ the noise's own norm.
        Problems.Known known = entries(0.7, 0.1);
        NuclearNormCompletion completion = solved(known.problem(), OptionalDouble.empty(), 2, 60);
        double deviation =
                0.1 * Math.sqrt(known.problem().squaredNorm() / known.problem().observed().length);
        double norm = deviation * Math.sqrt(0.7) * (Math.sqrt(40) + Math.sqrt(30));
        assertThat(completion.penalty()).isBetween(0.8 * norm, 1.5 * norm);
        assertThat(known.error(completion.factors())).isLessThan(0.2);
        NuclearNormCompletion exact = solved(entries(0.7, 0).problem(), OptionalDouble.empty(), 2, 120);
        assertThat(entries(0.7, 0).error(exact.factors())).isLessThan(1e-4);
    }

    @Test
    void theRankStaysWithinItsLimitAndTheBitsTheSame() {
        Problem problem = entries(0.5, 0.1).problem();
        NuclearNormCompletion completion = completion(problem, OptionalDouble.of(0.01), 4, 2);
        for (int k = 0; k < 10; k++) {
            completion.step();
            assertThat(completion.factors().rank()).isBetween(1, 4);
        }
        try (Engine single = Engine.open(Tiers.select(), 1)) {
            SparsePattern pattern = ((ObservedEntries) problem.operator()).pattern();
            NuclearNormCompletion alone =
                    new NuclearNormCompletion(pattern, problem.observed(), OptionalDouble.of(0.01), 4, 2, 3, single);
            for (int k = 0; k < 10; k++) {
                alone.step();
            }
            assertThat(alone.factors().left().data())
                    .containsExactly(completion.factors().left().data());
        }
    }

    @Test
    void misuseNamesArgumentAndValue() {
        Problem problem = entries(0.5, 0).problem();
        assertThatThrownBy(() -> completion(problem, OptionalDouble.of(-1), 3, 2))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("penalty is -1.0");
        assertThatThrownBy(() -> completion(problem, OptionalDouble.empty(), 31, 2))
                .hasMessageContaining("rank is 31");
        assertThatThrownBy(() -> completion(problem, OptionalDouble.empty(), 3, -1))
                .hasMessageContaining("sweeps are -1");
    }
}

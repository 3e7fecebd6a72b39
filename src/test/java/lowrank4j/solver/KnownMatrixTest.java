package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published behaviour of methods whose theory is for a matrix known in full. */
class KnownMatrixTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Problems.Known known(double kappa, boolean symmetric) {
        return Problems.everyEntry(
                Problems.truth(100, symmetric ? 100 : 80, 5, kappa, symmetric, 31, engine), 0, 0, engine);
    }

    /** Iterations to this relative residual, which on a matrix known in full is the error. */
    private static int iterationsTo(double error, List<IterationEvent> trace) {
        return trace.stream()
                .filter(event -> event.relativeResidual() <= error)
                .findFirst()
                .orElseThrow()
                .iteration();
    }

    private static List<IterationEvent> trace(
            Problems.Known known, Method method, Initialisation start, int rank, OptionalDouble step, int limit) {
        return MethodsTest.run(known.problem(), method, start, rank, false, step, limit)
                .trace();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 20, 80})
    void alternatingDescentDoesNotFeelTheRankCarried(int rank) {
        // Ward, Kolda 2023: about 175 to 190 iterations at κ = 10 for every rank.
        Method method = new AlternatingGradientDescent();
        List<IterationEvent> trace =
                trace(known(10, false), method, method.defaultInitialisation(), rank, OptionalDouble.empty(), 400);
        assertThat(iterationsTo(1e-8, trace)).isBetween(140, 240);
    }

    @Test
    void alternatingDescentFromASmallStartStallsOverParametrised() {
        List<IterationEvent> trace = trace(
                known(10, false),
                new AlternatingGradientDescent(),
                Initialisation.gaussian(1e-3),
                20,
                OptionalDouble.empty(),
                400);
        assertThat(trace.getLast().relativeResidual()).isGreaterThan(1e-6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.9})
    void momentumTakesAQuarterOfTheIterations(double momentum) {
        // Xu, Wang, Zhao, Ward, Tao 2024: about κ instead of κ² iterations.
        Problems.Known known = known(10, false);
        Initialisation start = Initialisation.sketch(50);
        OptionalDouble beta = momentum < 0 ? OptionalDouble.empty() : OptionalDouble.of(momentum);
        List<IterationEvent> plain = trace(known, new GradientDescent(), start, 20, OptionalDouble.empty(), 1500);
        List<IterationEvent> accelerated =
                trace(known, new NesterovGradientDescent(beta), start, 20, OptionalDouble.empty(), 600);
        assertThat(4 * iterationsTo(1e-4, accelerated)).isLessThan(iterationsTo(1e-4, plain));
        assertThat(iterationsTo(1e-8, accelerated)).isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e4})
    void alternatingScaledStepsOfOneFromASketchArriveAtOnce(double kappa) {
        List<IterationEvent> trace = trace(
                known(kappa, false),
                new AlternatingPreconditionedGradientDescent(),
                Initialisation.sketch(1),
                8,
                OptionalDouble.of(1),
                4);
        assertThat(iterationsTo(1e-10, trace)).isLessThanOrEqualTo(2);
    }

    @Test
    void scaledStepsFromASketchConvergeQuadratically() {
        // Li, Zhang, Mokhtari, He 2024: 8 iterations at κ = 10, and 38 from a small start.
        Problems.Known known = known(10, true);
        Method method = new ScaledGradientDescent();
        List<IterationEvent> trace = trace(known, method, Initialisation.sketch(4), 5, OptionalDouble.of(0.5), 40);
        assertThat(iterationsTo(1e-10, trace)).isLessThanOrEqualTo(11);
        double[] errors = trace.stream()
                .mapToDouble(IterationEvent::relativeResidual)
                .filter(error -> error < 0.02)
                .toArray();
        assertThat(errors[1]).isLessThan(30 * errors[0] * errors[0]);
        int small = iterationsTo(
                1e-10, trace(known, method, Initialisation.gaussian(1e-3), 5, OptionalDouble.of(0.5), 100));
        assertThat(small).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({"1, 28, 42", "3, 80, 115", "10, 250, 370"})
    void simultaneousDescentConvergesAndStaysBalanced(double kappa, int least, int most) {
        // Ye, Du 2021: about 36, 97 and 314 iterations to an objective of 1e-12.
        Problems.Known known = Problems.everyEntry(Problems.truth(60, 50, 5, kappa, false, 3, engine), 0, 0, engine);
        Factors start = Initialisation.yeDu().start(known.problem(), 5, new Random(7));
        Recovery.Outcome outcome = MethodsTest.run(
                known.problem(),
                new GradientDescent(),
                Initialisation.warm(start),
                5,
                false,
                OptionalDouble.of(0.5),
                most);
        double objective = outcome.trace().get(most).objective();
        assertThat(objective).isLessThan(1e-12);
        assertThat(outcome.trace().get(least).objective()).isGreaterThan(1e-12);
        assertThat(imbalance(outcome.factors())).isBetween(0.5 * imbalance(start), 1.5 * imbalance(start));
    }

    private static double imbalance(Factors factors) {
        Matrix left = Matrix.zeros(factors.rank(), factors.rank());
        Matrix right = Matrix.zeros(factors.rank(), factors.rank());
        engine.kernels().gram(factors.left(), left);
        engine.kernels().gram(factors.right(), right);
        engine.kernels().axpy(-1, left, right);
        return Math.sqrt(engine.kernels().dot(right, right));
    }

    @Test
    void overParametrisedSymmetricDescentIsSublinearAndOneRebalanceCuresIt() {
        // Xiong, Ding, Du 2024: an objective of order T⁻²; with two factors of unlike scale and one rebalance linear.
        Factors symmetric = Problems.truth(50, 50, 3, 2, true, 5, engine);
        List<IterationEvent> slow = trace(
                Problems.everyEntry(symmetric, 0, 0, engine),
                new GradientDescent(),
                Initialisation.gaussian(0.5),
                5,
                OptionalDouble.of(0.1),
                4000);
        double ratio = slow.get(2000).objective() / slow.get(4000).objective();
        assertThat(ratio).isBetween(2.5, 5.5);
        Problems.Known known = Problems.everyEntry(
                new Factors(symmetric.left(), symmetric.left().copy()), 0, 0, engine);
        for (double alpha : new double[] {0.1, 0.01}) {
            Initialisation start = Initialisation.entries(alpha, alpha / 3);
            Method method = new RebalancedGradientDescent();
            assertThat(trace(known, method, start, 5, OptionalDouble.of(0.2), 500)
                            .getLast()
                            .relativeResidual())
                    .isLessThan(1e-10);
        }
        List<IterationEvent> without = trace(
                known, new GradientDescent(), Initialisation.entries(0.01, 0.01 / 3), 5, OptionalDouble.of(0.2), 500);
        assertThat(without.getLast().relativeResidual()).isGreaterThan(1e-5);
    }

    @Test
    void aRebalanceChangesNoProductAndComesOnce() {
        Problem problem = known(3, false).problem();
        Iterate iterate = new Iterate(problem, Initialisation.entries(0.5, 0.1).start(problem, 4, new Random(2)));
        Matrix before = iterate.factors().toMatrix();
        assertThat(iterate.equaliseOnce(OptionalDouble.of(0.7))).isTrue();
        assertThat(iterate.equaliseOnce(OptionalDouble.of(0.7))).isFalse();
        engine.kernels().axpy(-1, iterate.factors().toMatrix(), before);
        assertThat(engine.kernels().dot(before, before)).isLessThan(1e-24);
        Matrix gram = Matrix.zeros(4, 4);
        engine.kernels().gram(iterate.factors().left(), gram);
        assertThat(gram.get(0, 0)).isCloseTo(0.49, within(1e-12));
        assertThat(gram.get(3, 1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void overParametrisedDescentStoppedEarlyHoldsTheBestApproximation() {
        // Jiang, Chen, Ding 2023: X of full rank, factors of more columns than wanted, and the components come one
        // after another.
        Factors signal = Problems.truth(40, 30, 3, 2, false, 8, engine);
        Problems.Known known = Problems.everyEntry(signal, 0.2, 9, engine);
        double[] values = new double[30];
        Matrix x = Matrix.wrap(known.problem().observed(), 40, 30);
        engine.kernels().thinSvd(x, Matrix.zeros(40, 30), values, Matrix.zeros(30, 30));
        double tail = 0;
        for (int k = 3; k < 30; k++) {
            tail += values[k] * values[k];
        }
        double best = Math.sqrt(tail / known.problem().squaredNorm());
        Recovery.Outcome outcome = earlyStopped(known, OptionalInt.empty());
        assertThat(outcome.termination().rule()).isEqualTo("early-stopping");
        assertThat(outcome.trace().getLast().relativeResidual()).isCloseTo(best, within(1e-3 * best));
        double[] found = new FactorSpectrum(outcome.factors(), engine.kernels()).values();
        assertThat(found[3]).isLessThan(1e-2 * found[2]);
        // The window after the third component is the widest, and is found; others are asked for.
        double[] fewer =
                new FactorSpectrum(earlyStopped(known, OptionalInt.of(2)).factors(), engine.kernels()).values();
        assertThat(fewer[1]).isGreaterThan(0.9 * values[1]);
        assertThat(fewer[2]).isLessThan(0.5 * values[2]);
        assertThatThrownBy(() -> earlyStopped(known, OptionalInt.of(11)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("components wanted are 11");
        assertThatThrownBy(() -> StoppingRule.beforeNextComponent(1, 1, 1e-6, 0.3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("next 1.0");
    }

    private static Recovery.Outcome earlyStopped(Problems.Known known, OptionalInt components) {
        return new Recovery(
                        known.problem(),
                        new Recovery.Plan(
                                new EarlyStoppedGradientDescent(components),
                                Initialisation.gaussian(1e-6),
                                10,
                                false,
                                OptionalDouble.of(0.3),
                                StoppingRule.iterations(1000),
                                Optional.empty(),
                                1,
                                IterationListener.none(),
                                () -> false))
                .run();
    }

    @Test
    void startsHaveTheScaleOfTheirPapers() {
        Problem problem = known(10, false).problem();
        assertThat(deviation(Initialisation.gaussian(1e-3), problem)).isBetween(0.9e-4, 1.1e-4);
        assertThat(deviation(Initialisation.gaussianByRank(1e-3), problem)).isBetween(4.7e-4, 5.3e-4);
        assertThatThrownBy(() -> Initialisation.gaussianByRank(0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("alpha is 0.0");
    }

    private static double deviation(Initialisation initialisation, Problem problem) {
        double[] left = initialisation.start(problem, 4, new Random(5)).left().data();
        return Math.sqrt(Arrays.stream(left).map(x -> x * x).average().orElseThrow());
    }

    @Test
    void methodsOfTwoFactorsRefuseASymmetricUnknown() {
        assertThatThrownBy(() -> trace(
                        known(2, true),
                        new AlternatingGradientDescent(),
                        Initialisation.spectral(),
                        2,
                        OptionalDouble.empty(),
                        1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("alternating-gd");
        assertThatThrownBy(() -> new NesterovGradientDescent(OptionalDouble.of(1)))
                .hasMessageContaining("momentum is 1.0");
    }
}

package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method does what its paper says, on problems small enough for every tier. */
@Tag("tier")
class MethodsTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Recovery.Outcome run(
            Problem problem,
            Method method,
            Initialisation start,
            int rank,
            boolean search,
            OptionalDouble step,
            int iterations) {
        return new Recovery(
                        problem,
                        new Recovery.Plan(
                                method,
                                start,
                                rank,
                                search,
                                step,
                                StoppingRule.residual(1e-10).or(StoppingRule.iterations(iterations)),
                                Optional.empty(),
                                7,
                                IterationListener.none(),
                                () -> false))
                .run();
    }

    static Stream<Method> methods() {
        return Stream.of(
                new GradientDescent(),
                new ScaledGradientDescent(),
                new DampedScaledGradientDescent(OptionalDouble.empty()),
                new PreconditionedGradientDescent(),
                new NoisyPreconditionedGradientDescent(OptionalDouble.empty()),
                new AlternatingPreconditionedGradientDescent(),
                new AlternatingGradientDescent(),
                new AndersonDescent(new ScaledGradientDescent()),
                new NesterovGradientDescent(OptionalDouble.empty()),
                new RebalancedGradientDescent(),
                new GroupLassoPruning(OptionalDouble.empty()),
                new GaussNewton(),
                new AlternatingLeastSquaresSensing());
    }

    static Stream<Arguments> exactRank() {
        return methods()
                .flatMap(method -> Stream.of(
                                Arguments.of(method, false, false),
                                Arguments.of(method, true, false),
                                Arguments.of(method, false, true))
                        .filter(run -> method.objection((boolean) run.get()[1]).isEmpty()));
    }

    @ParameterizedTest(name = "{0} symmetric={1} entries={2}")
    @MethodSource("exactRank")
    void recoversExactlyAtTheExactRank(Method method, boolean symmetric, boolean entries) {
        Factors truth = Problems.truth(24, symmetric ? 24 : 20, 2, 2, symmetric, 1, engine);
        Problems.Known known = entries
                ? Problems.entries(truth, 0.7, 0, 2, engine)
                : Problems.gaussian(truth, symmetric ? 350 : 600, 0, 2, engine);
        Recovery.Outcome outcome =
                run(known.problem(), method, method.defaultInitialisation(), 2, false, OptionalDouble.empty(), 1500);
        assertThat(outcome.termination()).isInstanceOf(Termination.Converged.class);
        assertThat(known.error(outcome.factors())).isLessThan(1e-9);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theBitsDoNotDependOnTheThreads(Method method) {
        double[] first = {};
        for (int threads : new int[] {1, 3}) {
            try (Engine other = Engine.open(Tiers.select(), threads)) {
                Factors truth = Problems.truth(24, 20, 2, 3, false, 1, engine);
                double[] found = run(
                                Problems.gaussian(truth, 600, 0.01, 2, other).problem(),
                                method,
                                method.defaultInitialisation(),
                                3,
                                false,
                                OptionalDouble.empty(),
                                12)
                        .factors()
                        .toMatrix()
                        .data();
                assertThat(found).isNotEqualTo(new double[found.length]);
                if (threads > 1) {
                    assertThat(found).containsExactly(first);
                }
                first = found;
            }
        }
    }

    @Test
    void scaledGradientDescentDoesNotFeelTheConditionNumber() {
        int[] iterations = new int[2];
        double[] kappas = {1, 30};
        for (int k = 0; k < 2; k++) {
            Factors truth = Problems.truth(30, 25, 3, kappas[k], false, 3, engine);
            Problems.Known known = Problems.gaussian(truth, 1600, 0, 4, engine);
            iterations[k] = run(
                            known.problem(),
                            new ScaledGradientDescent(),
                            Initialisation.spectral(),
                            3,
                            false,
                            OptionalDouble.of(0.5),
                            400)
                    .trace()
                    .size();
        }
        assertThat((double) iterations[1] / iterations[0]).isBetween(0.7, 1.3);
    }

    @Test
    void gradientDescentFromSmallRandomStartFindsLowRankOverParametrised() {
        // Stöger, Soltanolkotabi: with r > r* the error falls to a floor that shrinks with alpha.
        Factors truth = Problems.truth(20, 20, 2, 1, true, 5, engine);
        Problems.Known known = Problems.gaussian(truth, 420, 0, 6, engine);
        double[] errors = new double[2];
        double[] alphas = {1e-1, 1e-4};
        for (int k = 0; k < 2; k++) {
            Recovery.Outcome outcome = run(
                    known.problem(),
                    new GradientDescent(),
                    Initialisation.smallRandom(alphas[k]),
                    20,
                    false,
                    OptionalDouble.of(0.25),
                    150);
            errors[k] = known.error(outcome.factors());
        }
        assertThat(errors[1]).isLessThan(1e-3);
        assertThat(errors[0]).isGreaterThan(10 * errors[1]);
    }

    @Test
    void alternatingMethodNeedsNoDampingOverParametrised() {
        Factors truth = Problems.truth(25, 20, 2, 10, false, 8, engine);
        Problems.Known known = Problems.gaussian(truth, 1200, 0, 9, engine);
        Recovery.Outcome outcome = run(
                known.problem(),
                new AlternatingPreconditionedGradientDescent(),
                Initialisation.gaussian(1),
                4,
                false,
                OptionalDouble.empty(),
                600);
        assertThat(outcome.termination().rule()).isEqualTo("residual-tolerance");
        assertThat(known.error(outcome.factors())).isLessThan(1e-8);
    }

    @Test
    void objectivesOfTheTraceNeverRiseBeyondTheGuard() {
        Factors truth = Problems.truth(20, 20, 2, 5, false, 8, engine);
        Problems.Known known = Problems.gaussian(truth, 200, 0, 9, engine);
        List<IterationEvent> trace = run(
                        known.problem(),
                        new AlternatingPreconditionedGradientDescent(),
                        Initialisation.spectral(),
                        4,
                        false,
                        OptionalDouble.of(1.9),
                        60)
                .trace();
        double least = Double.POSITIVE_INFINITY;
        int leaps = 0;
        for (int k = 1; k < trace.size(); k++) {
            double before = trace.get(k - 1).objective();
            least = Math.min(least, before);
            double now = trace.get(k).objective();
            assertThat(now).isLessThanOrEqualTo(3 * least);
            leaps += now > 1.01 * before ? 1 : 0;
        }
        // The step is far too long, and is found out after a few leaps.
        assertThat(leaps).isBetween(1, 6);
        assertThat(trace.getLast().objective()).isLessThan(trace.getFirst().objective());
    }
}

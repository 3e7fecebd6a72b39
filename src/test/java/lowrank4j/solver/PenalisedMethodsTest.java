package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Sides;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descents on an objective with a penalty on the factors. */
class PenalisedMethodsTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Factors random(int n1, int n2, int rank, boolean symmetric) {
        Random random = new Random(5);
        Matrix left = Initialisation.gaussian(n1, rank, 1, random);
        return symmetric ? Factors.symmetric(left) : new Factors(left, Initialisation.gaussian(n2, rank, 1, random));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theGradientOfAPenaltyIsThatOfItsValue(boolean symmetric) {
        Factors truth = Problems.truth(6, symmetric ? 6 : 5, 2, 2, symmetric, 7, engine);
        assertGradient(new GroupLasso(0.3, 0.7), symmetric);
        assertGradient(
                new ScaledTrace(Problems.gaussian(truth, 40, 0, 8, engine).problem(), 0.3), symmetric);
        assertGradient(new ScaledTrace(Problems.everyEntry(truth, 0, 8, engine).problem(), 0.3), symmetric);
        if (!symmetric) {
            assertGradient(
                    new ScaledTrace(Problems.entries(truth, 0.5, 0, 8, engine).problem(), 0.3), false);
        }
    }

    private static void assertGradient(Penalty penalty, boolean symmetric) {
        Factors factors = random(6, 5, 3, symmetric);
        Matrix gradLeft = Matrix.zeros(6, 3);
        Matrix gradRight = Matrix.zeros(5, 3);
        penalty.addGradient(factors, 2, Sides.BOTH, gradLeft, gradRight);
        double h = 1e-6;
        for (Matrix factor : List.of(factors.left(), factors.right())) {
            Matrix gradient = factor == factors.left() ? gradLeft : gradRight;
            double at = factor.get(1, 2);
            factor.set(1, 2, at + h);
            double above = penalty.value(factors);
            factor.set(1, 2, at - h);
            double below = penalty.value(factors);
            factor.set(1, 2, at);
            assertThat(gradient.get(1, 2)).isCloseTo(2 * (above - below) / (2 * h), within(1e-8));
        }
    }

    @Test
    void anIterationIsThePublishedOne() {
        // U ← U - η(G U + λ U diag((‖u‖² + 2β²)/(‖u‖² + β²)^(3/2))).
        Problem problem = Problems.gaussian(Problems.truth(10, 10, 2, 2, true, 7, engine), 90, 0, 8, engine)
                .problem();
        Factors factors = random(10, 10, 4, true);
        GroupLassoPruning method = new GroupLassoPruning(OptionalDouble.of(0.2));
        Iterate iterate = new Iterate(problem, factors.copy());
        iterate.penalise(method.penalty(problem));
        iterate.evaluate(Sides.BOTH);
        double objective = iterate.objective();
        method.update(iterate, 0.1, 0);

        double energy = problem.operator().energy();
        Matrix gradient = Matrix.zeros(10, 4);
        double loss = problem.operator()
                .gradient(factors, problem.observed(), new double[90], Sides.BOTH, gradient, Matrix.zeros(10, 4));
        double beta = Math.cbrt(0.1) / 4;
        double penalty = 0;
        for (int c = 0; c < 4; c++) {
            double square = 0;
            for (int i = 0; i < 10; i++) {
                square += factors.left().get(i, c) * factors.left().get(i, c);
            }
            penalty += 0.2 * square / Math.sqrt(square + beta * beta);
            double slope = 0.2 * (square + 2 * beta * beta) / Math.pow(square + beta * beta, 1.5);
            for (int i = 0; i < 10; i++) {
                double u = factors.left().get(i, c);
                assertThat(iterate.factors().left().get(i, c))
                        .isCloseTo(u - 0.1 * (gradient.get(i, c) / energy + slope * u), within(1e-12));
            }
        }
        assertThat(objective).isCloseTo(0.25 * loss + energy * penalty, within(1e-9 * objective));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theGroupLassoPrunesToTheRankAndFineTuningIsExact(boolean symmetric) {
        Factors truth = Problems.truth(24, symmetric ? 24 : 20, 3, 3, symmetric, 1, engine);
        Problems.Known known = Problems.gaussian(truth, symmetric ? 300 : 900, 0, 2, engine);
        Method method = new GroupLassoPruning(OptionalDouble.empty());
        Recovery.Outcome outcome = MethodsTest.run(
                known.problem(), method, method.defaultInitialisation(), 8, false, OptionalDouble.empty(), 3000);
        assertThat(outcome.termination().isConverged()).isTrue();
        assertThat(outcome.factors().rank()).isEqualTo(3);
        assertThat(outcome.trace().getFirst().rank()).isEqualTo(8);
        assertThat(known.error(outcome.factors())).isLessThan(1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-149, 1e-110, 1e110, 1e149})
    void theGroupLassoPrunesAtEveryScale(double scale) {
        Problem unscaled = Problems.gaussian(Problems.truth(24, 20, 3, 3, false, 1, engine), 900, 0, 2, engine)
                .problem();
        double[] observed =
                Arrays.stream(unscaled.observed()).map(v -> scale * v).toArray();
        Problem problem = new Problem(unscaled.operator(), observed, engine);
        Method method = new GroupLassoPruning(OptionalDouble.empty());
        Recovery.Outcome outcome = MethodsTest.run(
                problem, method, method.defaultInitialisation(), 8, false, OptionalDouble.empty(), 3000);
        assertThat(outcome.termination()).isInstanceOf(Termination.Converged.class);
        assertThat(outcome.factors().rank()).isEqualTo(3);
    }

    @Test
    void fromARandomStartOnlyTheGroupLassoSparesColumns() {
        Problems.Known known = Problems.everyEntry(Problems.truth(30, 30, 2, 1.2, true, 1, engine), 0, 0, engine);
        GroupLassoPruning method = new GroupLassoPruning(OptionalDouble.of(0.01));
        Initialisation start = Initialisation.gaussian(0.01);
        OptionalDouble step = OptionalDouble.of(0.5);
        assertThat(MethodsTest.run(known.problem(), method, start, 20, false, step, 5000)
                        .factors()
                        .rank())
                .isEqualTo(2);
        Factors without = MethodsTest.run(known.problem(), new GradientDescent(), start, 20, false, step, 500)
                .factors();
        for (double square : GroupLasso.squaredLengths(without)) {
            assertThat(square).isGreaterThan(0.003);
        }
    }

    @Test
    void aPenaltyAboveTheMatrixPrunesNothing() {
        Problems.Known known = Problems.everyEntry(Problems.truth(12, 10, 2, 2, false, 1, engine), 0, 0, engine);
        Method method = new GroupLassoPruning(OptionalDouble.of(5));
        Recovery.Outcome outcome = MethodsTest.run(
                known.problem(), method, Initialisation.gaussian(1), 4, false, OptionalDouble.empty(), 200);
        assertThat(outcome.termination().isConverged()).isFalse();
        assertThat(outcome.factors().rank()).isEqualTo(4);
        assertThat(outcome.factors().isFinite()).isTrue();
        assertThatThrownBy(() -> new GroupLassoPruning(OptionalDouble.of(0)))
                .hasMessageContaining("weight of the group lasso is 0.0");
    }

    @Test
    void theScaledTraceIsThatOfThePaper() {
        // (1/(m n2)) Σ‖Aᵢᵀ L‖² + (1/(m n1)) Σ‖Aᵢ R‖² with entries of variance 1, the energy being m.
        Factors truth = Problems.truth(5, 4, 2, 2, false, 7, engine);
        Problem problem = Problems.gaussian(truth, 30, 0, 8, engine).problem();
        Factors factors = random(5, 4, 2, false);
        double sum = 0;
        double[] unit = new double[30];
        for (int i = 0; i < 30; i++) {
            unit[i] = 1;
            Matrix left = Matrix.zeros(4, 2);
            Matrix right = Matrix.zeros(5, 2);
            problem.operator().adjoint(unit).transposedTimes(factors.left(), left);
            problem.operator().adjoint(unit).times(factors.right(), right);
            sum += engine.kernels().dot(left, left) / 4 + engine.kernels().dot(right, right) / 5;
            unit[i] = 0;
        }
        assertThat(new ScaledTrace(problem, 1).at(factors))
                .isCloseTo(sum / problem.operator().energy(), within(1e-10 * sum));
    }

    @Test
    void theFlattestFactorsAreThoseOfTheMatrix() {
        // From a start that is not small plain descent fits something else.
        Problems.Known known = Problems.gaussian(Problems.truth(15, 12, 1, 1, false, 1, engine), 110, 0, 2, engine);
        Initialisation start = Initialisation.gaussian(1);
        OptionalDouble step = OptionalDouble.of(0.2);
        Recovery.Outcome plain = MethodsTest.run(known.problem(), new GradientDescent(), start, 8, false, step, 4000);
        assertThat(plain.trace().getLast().relativeResidual()).isLessThan(1e-3);
        assertThat(known.error(plain.factors())).isGreaterThan(0.1);
        Recovery.Outcome flat = MethodsTest.run(
                known.problem(), new FlatMinimumDescent(OptionalDouble.of(0.01)), start, 8, false, step, 20_000);
        assertThat(flat.termination().rule()).isEqualTo("settled");
        assertThat(known.error(flat.factors())).isLessThan(0.05);
        ScaledTrace trace = new ScaledTrace(known.problem(), 1);
        assertThat(trace.at(flat.factors())).isLessThan(0.9 * trace.at(plain.factors()));
    }
}

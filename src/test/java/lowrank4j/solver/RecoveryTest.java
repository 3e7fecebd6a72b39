package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.Split;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a run is started, watched and ended, and how the rank is found. */
class RecoveryTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Recovery.Plan plan(
            Method method, int rank, boolean search, StoppingRule stop, BooleanSupplier cancelled) {
        return new Recovery.Plan(
                method,
                Initialisation.spectral(),
                rank,
                search,
                OptionalDouble.empty(),
                stop,
                Optional.empty(),
                1,
                IterationListener.none(),
                cancelled);
    }

    private static Recovery.Outcome search(Problem problem, boolean symmetric) {
        Method method = symmetric
                ? new DampedScaledGradientDescent(OptionalDouble.empty())
                : new AlternatingPreconditionedGradientDescent();
        StoppingRule stop = StoppingRule.residual(1e-10).or(StoppingRule.iterations(600));
        return new Recovery(problem, plan(method, problem.maxRank(), true, stop, () -> false)).run();
    }

    @ParameterizedTest
    @CsvSource({
        // n1, n2, rank, κ, measurements, noise, symmetric
        "40, 30, 3, 10, 1500, 0, false",
        "40, 30, 1, 1, 400, 0, false",
        "30, 30, 5, 100, 1500, 0, false",
        "36, 36, 3, 20, 1000, 0, true",
        "36, 36, 2, 1, 700, 0, true",
        "40, 30, 2, 3, 1500, 0.01, false",
        "36, 36, 2, 3, 1000, 0.01, true",
        // What is measured does not stand out of the back-projection, but the fit is too good for noise.
        "1, 1, 1, 1, 5, 0, false",
        "1, 6, 1, 1, 30, 0, false",
        "6, 1, 1, 1, 30, 0.001, false",
        "12, 12, 1, 1, 50, 0, false",
    })
    void findsTheRankToldNothing(int n1, int n2, int rank, double kappa, int count, double noise, boolean symmetric) {
        Problems.Known known =
                Problems.gaussian(Problems.truth(n1, n2, rank, kappa, symmetric, 11, engine), count, noise, 12, engine);
        Recovery.Outcome outcome = search(known.problem(), symmetric);
        assertThat(outcome.factors().rank()).isEqualTo(rank);
        assertThat(outcome.termination().isConverged()).isTrue();
        double floor = noise * Math.sqrt((double) known.problem().freedom(rank) / count);
        assertThat(known.error(outcome.factors())).isLessThan(Math.max(1e-8, 2 * floor));
    }

    // 1.5 times as many measurements as free parameters: too few for descent, which stands still below the rank.
    @ParameterizedTest
    @CsvSource({
        "40, 30, 5, 10, 488, 0, false",
        "40, 30, 2, 1e4, 204, 0, false",
        "40, 30, 5, 10, 488, 0.01, false",
        "40, 40, 5, 10, 285, 0, true",
        "40, 40, 2, 1e4, 119, 0, true",
        "40, 40, 5, 3, 285, 0.01, true",
    })
    void growsTheRankByGaussNewtonWhereMeasurementsAreFew(
            int n1, int n2, int rank, double kappa, int count, double noise, boolean symmetric) {
        Problems.Known known =
                Problems.gaussian(Problems.truth(n1, n2, rank, kappa, symmetric, 31, engine), count, noise, 32, engine);
        Recovery.Outcome outcome = search(known.problem(), symmetric);
        assertThat(outcome.factors().rank()).isEqualTo(rank);
        assertThat(outcome.termination().rule()).isEqualTo(noise == 0 ? "residual-tolerance" : "noise-floor");
        assertThat(outcome.termination().sentence()).contains("Descent", "Gauss-Newton");
        long freedom = known.problem().freedom(rank);
        double oracle = noise * Math.sqrt((double) freedom / (count - freedom - 1));
        assertThat(known.error(outcome.factors())).isLessThan(Math.max(1e-8, 2 * oracle));
    }

    @ParameterizedTest
    @CsvSource({"60, 50, 2, 3, 0.5, 0", "80, 60, 3, 10, 0.5, 0", "80, 60, 3, 2, 0.5, 0.01"})
    void growsTheRankFromEntries(int n1, int n2, int rank, double kappa, double fraction, double noise) {
        Problems.Known known =
                Problems.entries(Problems.truth(n1, n2, rank, kappa, false, 21, engine), fraction, noise, 22, engine);
        Recovery.Outcome outcome = new Recovery(
                        known.problem(),
                        plan(
                                new ScaledGradientDescent(),
                                known.problem().maxRank(),
                                true,
                                StoppingRule.residual(1e-10).or(StoppingRule.iterations(500)),
                                () -> false))
                .run();
        assertThat(outcome.factors().rank()).isEqualTo(rank);
        double floor = noise
                * Math.sqrt((double) known.problem().freedom(rank)
                        / known.problem().operator().count());
        assertThat(known.error(outcome.factors())).isLessThan(Math.max(1e-8, 2 * floor));
    }

    @ParameterizedTest
    @CsvSource({"1, 51", "20, 52", "20, 53", "20, 54"})
    void completesInAsManyIterationsForEveryConditionNumber(double kappa, long seed) {
        Problems.Known known =
                Problems.entries(Problems.truth(500, 500, 5, kappa, false, seed, engine), 0.2, 0, seed, engine);
        Recovery.Outcome outcome = MethodsTest.run(
                known.problem(),
                new ScaledGradientDescent(),
                Initialisation.spectral(),
                5,
                false,
                OptionalDouble.of(0.5),
                300);
        assertThat(outcome.trace().size()).isBetween(70, 120);
        assertThat(known.error(outcome.factors())).isLessThan(1e-9);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
    void answersPureNoiseWithNoSignal(boolean symmetric, long seed) {
        Problem shape = Problems.gaussian(
                        Problems.truth(30, symmetric ? 30 : 25, 1, 1, symmetric, seed, engine), 700, 0, seed, engine)
                .problem();
        double[] noise = new double[700];
        Random random = new Random(seed);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextGaussian();
        }
        Recovery.Outcome outcome = search(new Problem(shape.operator(), noise, engine), symmetric);
        assertThat(outcome.termination()).isInstanceOf(Termination.NoSignal.class);
        assertThat(outcome.factors().rank()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads() {
        Factors truth = Problems.truth(30, 25, 2, 3, false, 1, engine);
        List<double[]> found = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (Engine other = Engine.open(Tiers.select(), threads)) {
                found.add(search(Problems.gaussian(truth, 1100, 0, 2, other).problem(), false)
                        .factors()
                        .toMatrix()
                        .data());
            }
        }
        assertThat(found.get(1)).containsExactly(found.get(0));
        assertThat(found.get(2)).containsExactly(found.get(0));
    }

    @Test
    void aStepThatIsFarTooLongEndsFiniteAndSaysSo() {
        Problems.Known known = Problems.gaussian(Problems.truth(20, 20, 2, 2, false, 1, engine), 700, 0, 2, engine);
        Recovery.Plan plan = new Recovery.Plan(
                new GradientDescent(),
                Initialisation.gaussian(1),
                2,
                false,
                OptionalDouble.of(1e9),
                StoppingRule.iterations(100),
                Optional.empty(),
                1,
                IterationListener.none(),
                () -> false);
        Recovery.Outcome outcome = new Recovery(known.problem(), plan).run();
        assertThat(outcome.termination()).isInstanceOf(Termination.Diverged.class);
        assertThat(outcome.factors().isFinite()).isTrue();
        assertThat(outcome.termination().sentence()).contains("step");
    }

    @ParameterizedTest
    @CsvSource({"dense, true", "symmetric, true", "entries, true", "dense, false", "symmetric, false"})
    void aWarmStartFromTheResultOfPureNoiseIsTheSpectralOne(String kind, boolean search) {
        boolean symmetric = kind.equals("symmetric");
        Factors truth = Problems.truth(30, symmetric ? 30 : 25, 2, 2, symmetric, 1, engine);
        Problem of = kind.equals("entries")
                ? Problems.entries(truth, 0.6, 0, 2, engine).problem()
                : Problems.gaussian(truth, 600, 0, 2, engine).problem();
        double[] noise = new Random(3).doubles(of.observed().length, -1, 1).toArray();
        Problem problem = new Problem(of.operator(), noise, engine);
        Factors nothing = search(problem, symmetric).factors();
        assertThat(nothing.rank()).isZero();
        Method method = new AndersonDescent(new DampedScaledGradientDescent(OptionalDouble.empty()));
        int rank = search ? problem.maxRank() : 2;
        Recovery.Outcome warm = MethodsTest.run(
                problem, method, Initialisation.warm(nothing), rank, search, OptionalDouble.empty(), 60);
        Recovery.Outcome spectral =
                MethodsTest.run(problem, method, Initialisation.spectral(), rank, search, OptionalDouble.empty(), 60);
        assertThat(warm.termination()).isEqualTo(spectral.termination());
        assertThat(warm.factors().left().toArray())
                .containsExactly(spectral.factors().left().toArray());
    }

    @Test
    void aStartWhoseObjectiveOverflowsIsNotTakenForAGoodIterate() {
        Problems.Known known = Problems.gaussian(Problems.truth(20, 20, 2, 2, false, 1, engine), 700, 0, 2, engine);
        Matrix huge = Matrix.zeros(20, 2);
        huge.set(3, 1, 1e100);
        Recovery.Plan plan = new Recovery.Plan(
                new ScaledGradientDescent(),
                Initialisation.warm(new Factors(huge, huge.copy())),
                2,
                false,
                OptionalDouble.empty(),
                StoppingRule.iterations(30),
                Optional.empty(),
                1,
                IterationListener.none(),
                () -> false);
        Recovery.Outcome outcome = new Recovery(known.problem(), plan).run();
        assertThat(outcome.termination()).isInstanceOf(Termination.Diverged.class);
        assertThat(outcome.trace()).isEmpty();
    }

    @Test
    void cancellingGivesTheLastGoodIterate() {
        Problems.Known known = Problems.gaussian(Problems.truth(20, 20, 2, 2, false, 1, engine), 700, 0, 2, engine);
        int[] seen = {0};
        Recovery recovery = new Recovery(
                known.problem(),
                plan(new ScaledGradientDescent(), 2, false, StoppingRule.iterations(50), () -> ++seen[0] > 5));
        Recovery.Outcome outcome = recovery.run();
        assertThat(outcome.termination()).isInstanceOf(Termination.Cancelled.class);
        assertThat(outcome.trace()).hasSizeBetween(4, 7);
        assertThat(known.error(outcome.factors())).isLessThan(0.9);
    }

    @Test
    void limitsEndARun() {
        Problems.Known known = Problems.gaussian(Problems.truth(20, 20, 2, 2, false, 1, engine), 700, 0, 2, engine);
        Recovery.Outcome limited = new Recovery(
                        known.problem(),
                        plan(new ScaledGradientDescent(), 2, false, StoppingRule.iterations(3), () -> false))
                .run();
        assertThat(limited.termination()).isEqualTo(new Termination.IterationLimit(3));
        Recovery.Outcome timed = new Recovery(
                        known.problem(),
                        plan(
                                new ScaledGradientDescent(),
                                2,
                                false,
                                StoppingRule.time(Duration.ZERO).or(StoppingRule.iterations(30)),
                                () -> false))
                .run();
        assertThat(timed.termination()).isInstanceOf(Termination.TimeLimit.class);
    }

    @Test
    void heldOutMeasurementsChooseTheIterate() {
        // Far too high a rank for noisy measurements over-fits; the held-out error shows it.
        Problems.Known known = Problems.gaussian(Problems.truth(20, 18, 1, 1, false, 3, engine), 340, 0.5, 4, engine);
        Split split = known.problem().operator().split(0.2, 5);
        double[] y = known.problem().observed();
        HeldOut heldOut = new HeldOut(split.heldOut(), split.heldOut().masked(y));
        Recovery.Outcome outcome = new Recovery(
                        new Problem(split.fitted(), split.fitted().masked(y), engine),
                        new Recovery.Plan(
                                new ScaledGradientDescent(),
                                Initialisation.spectral(),
                                6,
                                false,
                                OptionalDouble.empty(),
                                StoppingRule.heldOut(15).or(StoppingRule.iterations(300)),
                                Optional.of(heldOut),
                                1,
                                IterationListener.none(),
                                () -> false))
                .run();
        assertThat(outcome.termination().rule()).isEqualTo("held-out");
        double least = outcome.trace().stream()
                .mapToDouble(event -> event.heldOutError().orElseThrow())
                .min()
                .orElseThrow();
        assertThat(heldOut.error(outcome.factors())).isEqualTo(least);
        assertThat(least).isLessThan(outcome.trace().getLast().heldOutError().orElseThrow());
    }

    @Test
    void misuseNamesArgumentAndValue() {
        Problems.Known known = Problems.gaussian(Problems.truth(6, 5, 1, 1, false, 1, engine), 60, 0, 2, engine);
        assertThatThrownBy(() -> new Recovery(
                        known.problem(),
                        plan(new ScaledGradientDescent(), 6, false, StoppingRule.iterations(1), () -> false)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rank is 6")
                .hasMessageContaining("5");
        double[] y = known.problem().observed().clone();
        y[3] = Double.NaN;
        assertThatThrownBy(() -> new Problem(known.problem().operator(), y, engine))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("observed value 3 is NaN");
        assertThatThrownBy(() -> new Problem(known.problem().operator(), new double[4], engine))
                .hasMessageContaining("4")
                .hasMessageContaining("60");
    }
}

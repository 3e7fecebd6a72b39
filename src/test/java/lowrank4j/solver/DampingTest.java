package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the damped methods choose λ, and what that does to their convergence over-parametrised. */
class DampingTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Problems.Known problem(double kappa, double noise) {
        return Problems.gaussian(Problems.truth(40, 40, 2, kappa, true, 21, engine), 1600, noise, 22, engine);
    }

    private static List<IterationEvent> trace(Problems.Known known, Method method, int rank, int iterations) {
        return MethodsTest.run(
                        known.problem(),
                        method,
                        Initialisation.spectral(),
                        rank,
                        false,
                        OptionalDouble.of(0.5),
                        iterations)
                .trace();
    }

    @Test
    void precgdIsDampedByTheRootOfTheObjective() {
        Problems.Known known = problem(2, 0);
        double energy = known.problem().operator().energy();
        for (IterationEvent event : trace(known, new PreconditionedGradientDescent(2, 0), 4, 30)) {
            assertThat(event.damping()).isCloseTo(2 * Math.sqrt(event.objective() / energy), within(1e-15));
        }
    }

    @Test
    void whatNoiseAddsToTheObjectiveIsTakenOff() {
        Problems.Known known = problem(2, 0.1);
        double y = known.problem().squaredNorm();
        double deviation = 0.1 * Math.sqrt(y / 1.01 / 1600);
        double withNoise = trace(known, new PreconditionedGradientDescent(), 4, 80)
                .getLast()
                .damping();
        double without = trace(known, new PreconditionedGradientDescent(1, deviation), 4, 80)
                .getLast()
                .damping();
        assertThat(without).isLessThan(0.5 * withNoise);
    }

    @Test
    void noisyPrecgdFallsGeometricallyFromTheFirstDamping() {
        Problems.Known known = problem(2, 0);
        List<IterationEvent> trace =
                trace(known, new NoisyPreconditionedGradientDescent(OptionalDouble.of(3), 0.75), 4, 12);
        for (int k = 0; k < trace.size(); k++) {
            assertThat(trace.get(k).damping()).isCloseTo(3 * Math.pow(0.75, k), within(1e-12));
        }
        double first = trace(known, new NoisyPreconditionedGradientDescent(OptionalDouble.empty()), 4, 1)
                .getFirst()
                .damping();
        assertThat(first)
                .isEqualTo(trace(known, new PreconditionedGradientDescent(), 4, 1)
                        .getFirst()
                        .damping());
    }

    @Test
    void precgdConvergesOverParametrisedAndSlowsWithTheRank() {
        // Xu, Shen, Chi, Ma, figure 3: linear for every rank, later and later.
        Problems.Known known = problem(4, 0);
        int before = 0;
        for (int rank : new int[] {2, 5, 10}) {
            List<IterationEvent> trace = trace(known, new PreconditionedGradientDescent(), rank, 1000);
            assertThat(trace.getLast().relativeResidual()).isLessThan(1e-10);
            assertThat(trace.size()).isGreaterThan(before * 5 / 4);
            before = trace.size();
        }
    }

    @Test
    void noisyPrecgdReachesTheStatisticalError() {
        Problems.Known known = problem(3, 0.01);
        Recovery.Outcome outcome = MethodsTest.run(
                known.problem(),
                new NoisyPreconditionedGradientDescent(OptionalDouble.empty()),
                Initialisation.spectral(),
                4,
                false,
                OptionalDouble.empty(),
                150);
        assertThat(known.error(outcome.factors())).isLessThan(2.2 * 0.01 * Math.sqrt(40 * 2 / 1600.0));
    }

    @Test
    void misuseNamesArgumentAndValue() {
        assertThatThrownBy(() -> new PreconditionedGradientDescent(0, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("damping multiplier is 0.0");
        assertThatThrownBy(() -> new PreconditionedGradientDescent(1, Double.NaN))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new NoisyPreconditionedGradientDescent(OptionalDouble.empty(), 1))
                .hasMessageContaining("damping factor is 1.0");
        assertThatThrownBy(() -> new DampedScaledGradientDescent(OptionalDouble.of(-1)))
                .hasMessageContaining("damping is -1.0");
    }
}

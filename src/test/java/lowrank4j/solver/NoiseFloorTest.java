package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tier")
class NoiseFloorTest {
    private static final int RANK = 4;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Problems.Known known(double fraction, double noise) {
        return Problems.entries(Problems.truth(120, 90, RANK, 3, false, 41, engine), fraction, noise, 42, engine);
    }

    private static boolean isReached(Problems.Known known, int rank) {
        Factors leading = known.truth().columnsAt(IntStream.range(0, rank).toArray());
        return NoiseFloor.isReached(known.problem(), leading, 1);
    }

    @Test
    void isReachedWhereNoiseAloneIsLeft() {
        assertThat(isReached(known(0.6, 0.05), RANK)).isTrue();
    }

    @Test
    void isNotReachedWhileADirectionIsMissing() {
        assertThat(isReached(known(0.6, 0.05), RANK - 1)).isFalse();
    }

    @Test
    void isNotToldFromMeasurementsTooFewForAnotherRank() {
        Problems.Known known = known(0.3, 0.05);
        assertThat(known.problem().operator().count())
                .isBetween(
                        2 * known.problem().freedom(RANK), 4 * known.problem().freedom(RANK + 1));
        assertThat(isReached(known, RANK)).isFalse();
    }

    @Test
    void whatIsMissingOfManyEntriesIsAddedBeforeDescentStandsStill() {
        Problems.Known known = Problems.entries(Problems.truth(200, 160, 6, 30, false, 43, engine), 0.7, 0, 44, engine);
        Recovery.Outcome outcome = new Recovery(
                        known.problem(),
                        new Recovery.Plan(
                                new AndersonDescent(new ScaledGradientDescent()),
                                Initialisation.spectral(),
                                known.problem().maxRank(),
                                true,
                                OptionalDouble.empty(),
                                StoppingRule.residual(1e-8).or(StoppingRule.iterations(200)),
                                Optional.empty(),
                                1,
                                IterationListener.none(),
                                () -> false))
                .run();
        assertThat(outcome.factors().rank()).isEqualTo(6);
        assertThat(known.error(outcome.factors())).isLessThan(1e-7);
        assertThat(outcome.trace().getLast().iteration()).isLessThan(45);
    }
}

package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.sensing.Sides;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What acceleration gains, and that it loses nothing where it is mistaken. */
@Tag("tier")
class AndersonDescentTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Problems.Known known(String kind, double kappa) {
        boolean symmetric = kind.equals("symmetric");
        Factors truth = Problems.truth(40, symmetric ? 40 : 36, 3, kappa, symmetric, 11, engine);
        return kind.equals("entries")
                ? Problems.entries(truth, 0.7, 0, 12, engine)
                : Problems.gaussian(truth, symmetric ? 600 : 1100, 0, 12, engine);
    }

    private static Recovery.Outcome recovered(Problems.Known known, Method method) {
        Recovery.Outcome outcome = MethodsTest.run(
                known.problem(), method, Initialisation.spectral(), 3, false, OptionalDouble.empty(), 600);
        assertThat(outcome.termination()).isInstanceOf(Termination.Converged.class);
        assertThat(known.error(outcome.factors())).isLessThan(1e-9);
        return outcome;
    }

    @ParameterizedTest
    @CsvSource({"dense, 4", "dense, 100", "symmetric, 4", "symmetric, 100", "entries, 4"})
    void takesLessThanHalfTheIterations(String kind, double kappa) {
        Problems.Known known = known(kind, kappa);
        Recovery.Outcome plain = recovered(known, new ScaledGradientDescent());
        Recovery.Outcome accelerated = recovered(known, new AndersonDescent(new ScaledGradientDescent()));
        assertThat(2 * accelerated.trace().size()).isLessThan(plain.trace().size());
    }

    /** Begun at the first step it goes to the nearest stationary point, which has two directions, and stays there. */
    @Test
    void noDirectionIsLostThatDescentFinds() {
        recovered(known("symmetric", 4), new AndersonDescent(new ScaledGradientDescent()));
    }

    @Test
    void anAcceleratedStepIsTakenBackWhollyAndAPlainOneHalfWay() {
        Problem problem = known("dense", 4).problem();
        Iterate iterate = new Iterate(problem, Initialisation.spectral().start(problem, 3, new Random(1)));
        for (int k = 0; k < 20; k++) {
            plainStep(iterate);
            iterate.accelerate(0.5);
        }
        assertThat(iterate.retreat()).isTrue();
        assertThat(data(iterate)).containsExactly(iterate.kept().left().toArray());
        plainStep(iterate);
        double[] from = iterate.kept().left().toArray();
        double[] to = data(iterate);
        assertThat(iterate.retreat()).isFalse();
        assertThat(data(iterate)[0]).isBetween(Math.min(from[0], to[0]), Math.max(from[0], to[0]));
        assertThat(data(iterate)).isNotEqualTo(from).isNotEqualTo(to);
    }

    @Test
    void onlyADescentOfBothFactorsAtOnceIsAccelerated() {
        assertThatThrownBy(() -> new AndersonDescent(new AlternatingPreconditionedGradientDescent()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("apgd");
    }

    private static void plainStep(Iterate iterate) {
        iterate.evaluate(Sides.BOTH);
        iterate.keep();
        iterate.precondition(Sides.BOTH, 0);
        iterate.advance(Sides.BOTH, 0.5);
    }

    private static double[] data(Iterate iterate) {
        return iterate.factors().left().toArray();
    }
}

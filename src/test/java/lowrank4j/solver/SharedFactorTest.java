package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that share one factor. */
class SharedFactorTest {
    private static final int D = 20;

    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Matrix ofRank(int rank) {
        Random random = new Random(3);
        return new Factors(Initialisation.gaussian(30, rank, 1, random), Initialisation.gaussian(D, rank, 1, random))
                .toMatrix();
    }

    private static LinearMap client(Matrix s, int from, int to) {
        return EveryEntry.rectangular(to - from, s.columns(), engine)
                .adjoint(s.rowRange(from, to).toArray());
    }

    private static List<LinearMap> clients(Matrix s) {
        return List.of(client(s, 0, 7), client(s, 7, 20), client(s, 20, 30));
    }

    @Test
    void theFactorIsThatOfAllRowsTogether() {
        Matrix s = ofRank(8);
        SharedFactor shared = SharedFactor.of(clients(s), 3, 1, 1, 5, engine.kernels());
        // SᵀS·SᵀΦ, with the Φ of the clients one below the other.
        Random random = new Random(5);
        Matrix phi = Initialisation.gaussian(30, 3, 1, random);
        Matrix first = Matrix.zeros(D, 3);
        engine.kernels().transposedMultiply(1, s, phi, 0, first);
        Matrix image = Matrix.zeros(30, 3);
        engine.kernels().multiply(1, s, first, 0, image);
        Matrix second = Matrix.zeros(D, 3);
        engine.kernels().transposedMultiply(1, s, image, 0, second);
        double norm = Math.sqrt(engine.kernels().dot(second, second));
        double[] expected = second.toArray();
        for (int k = 0; k < expected.length; k++) {
            expected[k] /= norm;
        }
        assertThat(shared.v().toArray()).containsExactly(expected, within(1e-12));
        assertThat(SharedFactor.of(shared.v(), engine.kernels()).conditionNumber())
                .isEqualTo(shared.conditionNumber());
    }

    @Test
    void ofSeveralDrawsTheBestConditionedIsKept() {
        List<LinearMap> clients = clients(ofRank(8));
        double one = SharedFactor.of(clients, 3, 0, 1, 5, engine.kernels()).conditionNumber();
        double ten = SharedFactor.of(clients, 3, 0, 10, 5, engine.kernels()).conditionNumber();
        assertThat(ten).isLessThan(one).isGreaterThanOrEqualTo(1);
    }

    @Test
    void everyClientRecoversItsRowsOnItsOwn() {
        Matrix s = ofRank(3);
        SharedFactor shared = SharedFactor.of(clients(s), 3, 0, 20, 5, engine.kernels());
        double condition = shared.conditionNumber();
        for (OptionalDouble momentum : List.of(
                OptionalDouble.empty(), OptionalDouble.of(0), OptionalDouble.of((condition - 1) / (condition + 1)))) {
            ClientDescent descent = new ClientDescent(client(s, 7, 20), shared, momentum, engine.kernels());
            assertThat(descent.relativeGradient()).isEqualTo(1);
            int steps = 0;
            while (descent.relativeGradient() > 1e-13 && steps < 20_000) {
                descent.step();
                steps++;
            }
            assertThat(steps).isLessThan(20_000);
            assertThat(new Factors(descent.factor(), shared.v()).toMatrix().toArray())
                    .containsExactly(s.rowRange(7, 20).toArray(), within(1e-8));
        }
    }

    @Test
    void theFirstStepIsThePapersAndLaterOnesCarryMomentum() {
        Matrix s = ofRank(3);
        SharedFactor shared = SharedFactor.of(clients(s), 3, 0, 1, 5, engine.kernels());
        ClientDescent descent = new ClientDescent(client(s, 0, 7), shared, OptionalDouble.of(0.5), engine.kernels());
        Matrix target = Matrix.zeros(7, 3);
        client(s, 0, 7).times(shared.v(), target);
        double step = 1 / (shared.largest() * shared.largest());
        descent.step();
        // U₁ = ηSV, then half of the move again.
        assertThat(descent.factor().get(2, 1)).isCloseTo(1.5 * step * target.get(2, 1), within(1e-12));
    }

    @Test
    void misuseNamesWhatDoesNotFit() {
        Matrix s = ofRank(2);
        assertThatThrownBy(() -> SharedFactor.of(List.of(), 1, 0, 1, 1, engine.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("no clients");
        assertThatThrownBy(() -> SharedFactor.of(clients(s), 21, 0, 1, 1, engine.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rank is 21");
        assertThatThrownBy(() -> SharedFactor.of(clients(s), 3, 0, 4, 1, engine.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rank below 3");
        assertThatThrownBy(() -> SharedFactor.of(clients(Matrix.zeros(30, D)), 1, 0, 1, 1, engine.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("norm of the clients' products is 0.0");
        SharedFactor shared = SharedFactor.of(clients(s), 2, 0, 1, 1, engine.kernels());
        LinearMap narrow = EveryEntry.rectangular(2, 3, engine).adjoint(new double[6]);
        assertThatThrownBy(() -> new ClientDescent(narrow, shared, OptionalDouble.empty(), engine.kernels()))
                .hasMessageContaining("2x3");
        assertThatThrownBy(() -> new ClientDescent(client(s, 0, 3), shared, OptionalDouble.of(1), engine.kernels()))
                .hasMessageContaining("momentum is 1.0");
    }
}

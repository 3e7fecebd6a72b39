package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.sensing.LinearMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eigenpairs one after another. */
class DeflatedDescentTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open(Tiers.select(), 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    /** Eigenvalues 6, 2 and -3, of (1,1,1), (1,-1,0) and (1,1,-2). */
    private static LinearMap map() {
        return EveryEntry.symmetric(3, engine).adjoint(new double[] {2.5, 0.5, 3, 0.5, 2.5, 3, 3, 3, 0});
    }

    private static int converge(DeflatedDescent descent) {
        int steps = 0;
        while (descent.relativeGradient() > 1e-12 && steps < 1000) {
            descent.step();
            steps++;
        }
        return steps;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1e6})
    void theLargestEigenvaluesAreFoundInTheirOrderFromAnyStart(double scale) {
        DeflatedDescent descent = new DeflatedDescent(map(), 2, 0.5, scale, 3, engine.kernels());
        assertThat(descent.relativeGradient()).isInfinite();
        // (1 + 2/6)/2 a step, once 20 halvings have brought the norm down.
        assertThat(converge(descent)).isLessThan(120);
        assertThat(descent.value()).isCloseTo(6, within(1e-9));
        descent.deflate();
        converge(descent);
        descent.deflate();
        Matrix found = descent.found();
        for (int i = 0; i < 3; i++) {
            assertThat(Math.abs(found.get(i, 0))).isCloseTo(Math.sqrt(2), within(1e-9));
            assertThat(Math.abs(found.get(i, 1))).isCloseTo(i < 2 ? 1 : 0, within(1e-9));
        }
    }

    @Test
    void aStepIsThePapers() {
        DeflatedDescent descent = new DeflatedDescent(map(), 1, 0.25, 1, 3, engine.kernels());
        double[] x = descent.iterate().toArray();
        double squared = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
        descent.step();
        double product = 2.5 * x[0] + 0.5 * x[1] + 3 * x[2];
        assertThat(descent.iterate().get(0, 0))
                .isCloseTo(x[0] + 0.25 / squared * (product - squared * x[0]), within(1e-12));
    }

    @Test
    void misuseNamesTheValue() {
        assertThatThrownBy(() -> new DeflatedDescent(map(), 4, 0.5, 1, 3, engine.kernels()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("rank is 4");
        assertThatThrownBy(() -> new DeflatedDescent(map(), 1, 1, 1, 3, engine.kernels()))
                .hasMessageContaining("step is 1.0");
        DeflatedDescent descent = new DeflatedDescent(map(), 1, 0.5, 1, 3, engine.kernels());
        descent.deflate();
        assertThatThrownBy(descent::deflate).hasMessageContaining("all 1 eigenpairs");
    }
}

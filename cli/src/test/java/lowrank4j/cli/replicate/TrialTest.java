package lowrank4j.cli.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialTest {
    private final Engine engine = Engine.open(Tiers.select(Tier.REFERENCE), 1);
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    private Trial trial(boolean cancelled) {
        return new Trial(1, true, engine, () -> cancelled, said::add);
    }

    private Measured measured(Arena arena) {
        return Measured.of(
                Truth.symmetric(12, 2, 2, new Random(3), engine.kernels()),
                GaussianSensing.symmetric(12, 400, 7, engine, arena),
                engine);
    }

    private static Run descent(int limit) {
        return Run.of("descent", new GradientDescent(), Initialisation.gaussian(1e-3), 2, 0.5, limit);
    }

    @Test
    void theErrorOfEachIterateIsKept() {
        try (Arena arena = Arena.ofShared()) {
            Trajectory trajectory =
                    trial(false).follow(measured(arena), descent(400).to(1e-6));
            assertThat(trajectory.error()[0]).isCloseTo(1, within(1e-4));
            assertThat(trajectory.last()).isBetween(0.0, 1e-6);
            assertThat(trajectory.iterationsTo(1e-6)).isEqualTo(trajectory.error().length - 1);
            assertThat(trajectory.iterationsTo(2)).isZero();
            assertThat(trajectory.iterationsTo(1e-9)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(trajectory.least()).isEqualTo(trajectory.last());
            assertThat(said).containsExactly("descent");
        }
    }

    @Test
    void whoWantsNoMoreIsHeard() {
        try (Arena arena = Arena.ofShared()) {
            Measured measured = measured(arena);
            assertThatThrownBy(() -> trial(true).follow(measured, descent(400))).isInstanceOf(Trial.BrokenOff.class);
        }
    }

    @Test
    void theTruthHasTheAskedForSpectrum() {
        Truth truth = Truth.symmetric(15, 3, 4, new Random(2), engine.kernels());
        double[] values = new double[3];
        engine.kernels().thinSvd(truth.factors().left(), Matrix.zeros(15, 3), values, Matrix.zeros(3, 3));
        assertThat(values).containsExactly(new double[] {1, 0.625, 0.25}, within(1e-12));
        Factors zero = Factors.symmetric(Matrix.zeros(15, 1));
        assertThat(truth.error(zero)).isCloseTo(1, within(1e-14));
        assertThat(truth.error(truth.factors())).isZero();
    }

    @Test
    void gaussianMeasurementsAreNormalised() {
        int n = 10;
        int m = 3000;
        try (Arena arena = Arena.ofShared()) {
            DenseSensing operator = GaussianSensing.symmetric(n, m, 5, engine, arena);
            assertThat(operator.energy()).isCloseTo(1, within(0.02));
            Matrix unit = Matrix.zeros(n, 1);
            unit.set(3, 0, 1);
            double[] diagonal = new double[m];
            operator.forward(Factors.symmetric(unit), diagonal);
            double squares = Arrays.stream(diagonal).map(value -> value * value).sum();
            assertThat(squares).as("N(0, 1/m) on the diagonal").isCloseTo(1, within(0.1));
        }
    }

    /** Streams that were shifted copies of each other would repeat the numbers of one row in the next. */
    @Test
    void noRowRepeatsAnother() {
        double[] numbers = IntStream.range(0, 40)
                .mapToObj(row -> GaussianSensing.random(5, row))
                .flatMapToDouble(random -> IntStream.range(0, 50).mapToDouble(k -> random.nextGaussian()))
                .toArray();
        assertThat(Arrays.stream(numbers).distinct().count()).isEqualTo(numbers.length);
    }

    @Test
    void picturesShowMediansWhereEveryTrialHasAPoint() {
        List<Point> points = List.of(
                new Point("a", "s", 1, 0, 4),
                new Point("a", "s", 2, 0, 1),
                new Point("a", "s", 3, 0, 2),
                new Point("a", "s", 1, 1, 7),
                new Point("b", "s", 1, 0, 9));
        Line line = Picture.medians("a", points).values().iterator().next();
        assertThat(line.x()).containsExactly(0);
        assertThat(line.y()).containsExactly(2);
    }
}

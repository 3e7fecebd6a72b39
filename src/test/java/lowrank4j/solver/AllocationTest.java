package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.DelegatingOperator;
import lowrank4j.sensing.LinearMap;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.sensing.Sides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An iteration allocates nothing of the size of a factor or of the measurements, but views and an entry of the trace. In plain Java, where
 * kernels allocate nothing but for decompositions: vectors are objects until they are compiled.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RANK = 4;

    /** Bytes of an event of the trace, of lambdas and of views. */
    private static final long OF_ITERATION = 4096;

    /** Bytes of views and lambdas in a call of the operator: the blocks are at most 16. */
    private static final long OF_CALL = 2048;

    static Stream<Arguments> methods() {
        return Stream.concat(
                        MethodsTest.methods(),
                        Stream.of(
                                new GaussNewton(GaussNewton.Variant.SETTING),
                                new GaussNewton(GaussNewton.Variant.UPDATING)))
                .flatMap(method -> Stream.of("entries", "dense", "symmetric")
                        .filter(kind ->
                                method.objection(kind.equals("symmetric")).isEmpty())
                        .map(kind -> Arguments.of(method, kind)));
    }

    /** One factor is of 19 kB, and the measurements of 240 kB; of the dense problems 6.4 kB or 1.6 kB, and 3.2 kB. */
    private static Problems.Known known(String kind, Engine engine) {
        return switch (kind) {
            case "entries" -> Problems.entries(Problems.truth(600, 500, 3, 2, false, 1, engine), 0.1, 0.1, 2, engine);
            case "dense" -> Problems.gaussian(Problems.truth(200, 10, 3, 2, false, 1, engine), 400, 0.1, 2, engine);
            default -> Problems.gaussian(Problems.truth(50, 50, 3, 2, true, 1, engine), 400, 0.1, 2, engine);
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("methods")
    void anIterationAllocatesNoFactors(Method method, String kind) {
        try (Engine engine = Engine.open(Tiers.select(Tier.REFERENCE), 1)) {
            Problem problem = known(kind, engine).problem();
            Counting counting = new Counting(problem.operator());
            Recovery recovery = new Recovery(
                    new Problem(counting, problem.observed(), engine),
                    new Recovery.Plan(
                            method,
                            Initialisation.gaussian(1),
                            RANK,
                            false,
                            OptionalDouble.of(0.1),
                            StoppingRule.iterations(100),
                            Optional.empty(),
                            1,
                            IterationListener.none(),
                            () -> false));
            for (int k = 0; k < 3; k++) {
                assertThat(recovery.step()).isTrue();
            }
            counting.calls = 0;
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 5; k++) {
                recovery.step();
            }
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(counting.calls).isGreaterThanOrEqualTo(5);
            assertThat(bytes)
                    .isLessThan(5 * (OF_ITERATION + decompositions(method, problem)) + counting.calls * OF_CALL);
        }
    }

    /** What the kernels allocate for the decompositions of an iteration. */
    private static long decompositions(Method method, Problem problem) {
        boolean balances = method instanceof GaussNewton newton && newton.variant() == GaussNewton.Variant.SETTING;
        if (!balances && !(method instanceof AlternatingLeastSquaresSensing)) {
            return 0;
        }
        Matrix left = Initialisation.gaussian(problem.rows(), RANK, 1, new Random(1));
        Matrix right = Initialisation.gaussian(problem.columns(), RANK, 1, new Random(2));
        Matrix core = Matrix.zeros(RANK, RANK);
        Matrix other = Matrix.zeros(RANK, RANK);
        double[] values = new double[RANK];
        Matrix square = Initialisation.gaussian(RANK, RANK, 1, new Random(3));
        long before = THREADS.getCurrentThreadAllocatedBytes();
        problem.engine().kernels().thinQr(left, left, core);
        problem.engine().kernels().thinQr(right, right, core);
        if (balances) {
            problem.engine().kernels().thinSvd(square, core, values, other);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aSweepOfAlternatingLeastSquaresAllocatesNoFactors() {
        try (Engine engine = Engine.open(Tiers.select(Tier.REFERENCE), 1)) {
            Factors truth = Problems.truth(600, 500, 3, 2, false, 1, engine);
            Problems.Known known = Problems.entries(truth, 0.1, 0.1, 2, engine);
            AlternatingLeastSquares squares = new AlternatingLeastSquares(
                    ((ObservedEntries) known.problem().operator()).pattern(),
                    known.problem().observed(),
                    RANK,
                    1,
                    engine);
            squares.sweep(0.1);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            squares.sweep(0.1);
            // Views of each row's system, its entries and its unknowns, in either tier's loop over many.
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1100 * 600);
        }
    }

    /** An operator that counts its calls. */
    private static final class Counting extends DelegatingOperator {
        private long calls;

        Counting(MeasurementOperator operator) {
            super(operator);
        }

        @Override
        public void forward(Factors x, double[] out) {
            calls++;
            super.forward(x, out);
        }

        @Override
        public double gradient(
                Factors x, double[] observed, double[] residual, Sides sides, Matrix gradLeft, Matrix gradRight) {
            calls++;
            return super.gradient(x, observed, residual, sides, gradLeft, gradRight);
        }

        @Override
        public LinearMap adjoint(double[] z) {
            calls++;
            return super.adjoint(z);
        }
    }
}

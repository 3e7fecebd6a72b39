package lowrank4j.bench;

import java.util.SplittableRandom;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SeededRows;
import lowrank4j.sensing.Adjoint;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.sensing.SeededSensing;
import lowrank4j.sensing.Sides;
import org.openjdk.jmh.annotations.Param;

/**
 * Random numbers made from their places, beside those of NumPy's generator; and one gradient of sensing with matrices made of them,
 * which makes the numbers of long rows twice.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class SeededBenchmark extends FamilyBenchmark {
    /** Numbers made by a call, as many as NumPy's part makes. */
    private static final int NUMBERS = 12 * 2048;

    private static final int RANK = 5;

    /** What a call does. */
    public enum Work {
        NUMBERS,
        GRADIENT
    }

    @Param
    private Work work;

    @Param({"VECTOR", "REFERENCE"})
    private Contender by;

    @Param({"1", "2"})
    private int threads;

    @Param({"gaussian", "signs", "sparse"})
    private String ensemble;

    /** Order of X. */
    @Param({"100", "300", "1000"})
    private int n;

    /** Millions of numbers in all measurement matrices. */
    @Param("50")
    private int millions;

    @Override
    Call prepared() {
        return switch (work) {
            case NUMBERS -> numbers();
            case GRADIENT -> gradient();
        };
    }

    private Ensemble made() {
        return switch (ensemble) {
            case "gaussian" -> new Ensemble.Gaussian();
            case "signs" -> new Ensemble.Signs();
            case "sparse" -> new Ensemble.Sparse(1 / 3.0);
            default ->
                throw new IllegalArgumentException(
                        "ensemble is " + ensemble + ", but must be gaussian, signs or sparse");
        };
    }

    /** A tile as the operator has it. */
    private Call numbers() {
        Kernels kernels = Machinery.kernels(by);
        DenseRows tile = DenseRows.allocate(arena, 12, NUMBERS / 12, Precision.FLOAT32);
        SeededRows rows = new SeededRows(made(), 1, 12, NUMBERS / 12);
        kernels.seededNumbers(rows, 0, 12, 0, tile);
        for (int j = 0; j < tile.width(); j++) {
            if (tile.get(7, j) != rows.get(7, j)) {
                throw new IllegalStateException(
                        "number " + j + " is " + tile.get(7, j) + ", but must be " + rows.get(7, j));
            }
        }
        return () -> {
            kernels.seededNumbers(rows, 0, 12, 0, tile);
            return tile.get(0, 0);
        };
    }

    private Call gradient() {
        Engine engine = Machinery.engine(by, threads);
        int count = Math.max(1, (int) (millions * 1_000_000L / n / n));
        DenseSensing operator = SeededSensing.rectangular(made(), 1, count, n, n, engine);
        Adjoint.check(operator);
        SplittableRandom random = Numbers.random();
        Factors x = new Factors(factor(random), factor(random));
        double[] y = random.doubles(count, -1, 1).toArray();
        double[] residual = new double[count];
        Matrix left = Matrix.zeros(n, RANK);
        Matrix right = Matrix.zeros(n, RANK);
        return () -> operator.gradient(x, y, residual, Sides.BOTH, left, right);
    }

    private Matrix factor(SplittableRandom random) {
        return Matrix.wrap(random.doubles((long) n * RANK, -1, 1).toArray(), n, RANK);
    }
}

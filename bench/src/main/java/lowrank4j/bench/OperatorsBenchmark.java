package lowrank4j.bench;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.matrix.SeededRows;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.Adjoint;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.sensing.HankelSensing;
import lowrank4j.sensing.IntensityMeasurements;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.sensing.PauliSensing;
import lowrank4j.sensing.PauliStrings;
import lowrank4j.sensing.RankOneSensing;
import lowrank4j.sensing.SeededSensing;
import lowrank4j.sensing.Sides;
import lowrank4j.sensing.SignSensing;
import lowrank4j.sensing.SparseSensing;
import org.openjdk.jmh.annotations.Param;

/** One gradient of each operator, and the making of random numbers that bounds those whose numbers are stored nowhere. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class OperatorsBenchmark extends FamilyBenchmark {
    private static final int RANK = 5;

    private static final int PAULI_RANK = 2;

    private static final int HANKEL_ORDER = 2048;

    private static final int ENTRIES_OF_A_ROW = 100;

    private static final int ENTRIES_OF_A_MATRIX = 20;

    @Param
    private OperatorKind kind;

    @Param({"VECTOR", "ROOF"})
    private Contender by;

    private final SplittableRandom random = Numbers.random();

    @Override
    Call prepared() {
        return switch (by) {
            case VECTOR -> gradient();
            case ROOF -> numbers();
            default -> throw absent(by);
        };
    }

    private Call gradient() {
        MeasurementOperator operator = operator(Machinery.engine(by, 1));
        Adjoint.check(operator);
        int rank = kind == OperatorKind.PAULI ? PAULI_RANK : RANK;
        Matrix factor = factor(operator.rows(), rank);
        Factors x = operator.isSymmetric()
                ? Factors.symmetric(factor)
                : new Factors(factor, factor(operator.columns(), rank));
        double[] y = random.doubles(operator.length(), -1, 1).toArray();
        double[] residual = new double[operator.length()];
        Matrix left = Matrix.zeros(operator.rows(), rank);
        Matrix right = Matrix.zeros(operator.columns(), rank);
        operator.gradient(x, y, residual, Sides.BOTH, left, right);
        KeptMemory.bytes = operator.memoryBytes();
        return () -> operator.gradient(x, y, residual, Sides.BOTH, left, right);
    }

    private Matrix factor(int rows, int columns) {
        return Matrix.wrap(random.doubles((long) rows * columns, -1, 1).toArray(), rows, columns);
    }

    private MeasurementOperator operator(Engine engine) {
        int m = kind.count();
        return switch (kind) {
            case DENSE -> DenseSensing.rectangular(dense(m, 10_000, Precision.FLOAT64), 100, 100, engine);
            case DENSE_FLOAT -> DenseSensing.rectangular(dense(m, 10_000, Precision.FLOAT32), 100, 100, engine);
            case PACKED -> DenseSensing.symmetric(dense(m, PackedSymmetric.size(100), Precision.FLOAT64), 100, engine);
            case SIGNS -> SignSensing.rectangular(SignRows.random(arena, m, 10_000, 1), 100, 100, engine);
            case SEEDED_GAUSSIAN, SEEDED_SIGNS, SEEDED_SPARSE ->
                SeededSensing.rectangular(ensemble(), 1, m, 100, 100, engine);
            case RANK_ONE -> RankOneSensing.rectangular(factor(m, 100), factor(m, 100), engine);
            case QUADRATIC -> RankOneSensing.quadratic(factor(m, 100), engine);
            case INTENSITIES -> new IntensityMeasurements(factor(m, 100), factor(m, 100), engine);
            case SPARSE -> sparse(m, 1000, engine);
            case PAULI -> new PauliSensing(PauliStrings.random(10, m, new Random(1)), engine);
            case ENTRIES -> entries(m, engine);
            case HANKEL -> HankelSensing.real(HANKEL_ORDER, HANKEL_ORDER, engine);
            case HANKEL_COMPLEX -> HankelSensing.complex(HANKEL_ORDER, HANKEL_ORDER, engine);
        };
    }

    private Ensemble ensemble() {
        return switch (kind) {
            case SEEDED_GAUSSIAN -> new Ensemble.Gaussian();
            case SEEDED_SIGNS -> new Ensemble.Signs();
            case SEEDED_SPARSE -> new Ensemble.Sparse(1 / 3.0);
            default -> throw new IllegalArgumentException(kind + " has no random numbers of its own");
        };
    }

    private DenseRows dense(int count, int width, Precision precision) {
        DenseRows rows = DenseRows.allocate(arena, count, width, precision);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                rows.set(i, j, random.nextDouble(-1, 1));
            }
        }
        return rows;
    }

    private MeasurementOperator sparse(int m, int n, Engine engine) {
        int entries = ENTRIES_OF_A_MATRIX * m;
        int[] measurement = new int[entries];
        Arrays.setAll(measurement, k -> k / ENTRIES_OF_A_MATRIX);
        return SparseSensing.rectangular(
                n,
                n,
                m,
                measurement,
                random.ints(entries, 0, n).toArray(),
                random.ints(entries, 0, n).toArray(),
                random.doubles(entries, -1, 1).toArray(),
                engine);
    }

    /** As many in each row, one in each part of it. */
    private MeasurementOperator entries(int m, Engine engine) {
        int n = m / ENTRIES_OF_A_ROW;
        int[] start = new int[n + 1];
        Arrays.setAll(start, i -> ENTRIES_OF_A_ROW * i);
        int part = n / ENTRIES_OF_A_ROW;
        int[] columns = new int[m];
        Arrays.setAll(columns, e -> part * (e % ENTRIES_OF_A_ROW) + random.nextInt(part));
        return new ObservedEntries(new SparsePattern(n, n, start, columns), engine);
    }

    /** As many numbers as the measurements have, in tiles as the operator makes them. */
    private Call numbers() {
        Kernels kernels = Machinery.kernels(Contender.VECTOR);
        int height = 12;
        SeededRows rows = new SeededRows(ensemble(), 1, kind.count(), 10_000);
        DenseRows tile = DenseRows.allocate(arena, height, (int) rows.paddedWidth(), Precision.FLOAT32);
        return () -> {
            for (int i = 0; i < kind.count(); i += height) {
                kernels.seededNumbers(rows, i, Math.min(kind.count(), i + height), 0, tile);
            }
            return tile.get(0, 0);
        };
    }
}

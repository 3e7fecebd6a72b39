package lowrank4j;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.Split;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Problem;

/**
 * Recovers a matrix of low rank from linear measurements {@code yᵢ = <Aᵢ, X>} and noise.
 *
 * <pre>{@code
 * RecoveryResult result = MatrixSensing.of(matrices, y).solve(RecoveryOptions.defaults());
 * Matrix x = result.factors().toMatrix();
 * }</pre>
 *
 * <p>Gaussian measurements recover rank r, told nothing, from about 1.5 times as many as its r(n1 + n2 - r) free parameters, and fast from
 * 3 times; fewer are refused by no one, but warned about. {@code lowrank4j replicate success-map} shows where.
 */
public final class MatrixSensing {
    private final Function<Engine, ? extends MeasurementOperator> operator;
    private final double[] observed;

    private MatrixSensing(Function<Engine, ? extends MeasurementOperator> operator, double[] observed) {
        this.operator = operator;
        this.observed = observed.clone();
    }

    /**
     * Measurement matrices on the heap, which are copied.
     *
     * @param measurements at least one, all n1×n2
     * @param observed one finite number for each
     */
    public static MatrixSensing of(List<Matrix> measurements, double[] observed) {
        if (measurements.isEmpty()) {
            throw new InvalidArgumentException("there are no measurements: at least 1 is needed");
        }
        Matrix first = measurements.getFirst();
        int width = Math.multiplyExact(first.rows(), first.columns());
        DenseRows rows = DenseRows.allocate(Arena.ofAuto(), measurements.size(), width, DenseRows.Precision.FLOAT64);
        for (int i = 0; i < measurements.size(); i++) {
            Matrix measurement = measurements.get(i);
            if (measurement.rows() != first.rows() || measurement.columns() != first.columns()) {
                throw new InvalidArgumentException("measurement " + i + " is " + measurement.shape()
                        + ", but measurement 0 is " + first.shape() + ": all must have one shape");
            }
            double[] entries = measurement.toArray();
            for (int j = 0; j < width; j++) {
                rows.set(i, j, entries[j]);
            }
        }
        return rectangular(rows, first.rows(), first.columns(), observed);
    }

    /**
     * Stored measurement matrices of n1×n2, one a row of width n1·n2; not copied.
     *
     * @param observed one finite number a row
     */
    public static MatrixSensing rectangular(DenseRows rows, int n1, int n2, double[] observed) {
        requireCount(rows, observed);
        return new MatrixSensing(engine -> DenseSensing.rectangular(rows, n1, n2, engine), observed);
    }

    /**
     * Stored symmetric measurement matrices of order n, upper triangles row by row in rows of width n(n+1)/2; not copied. The
     * unknown is positive semidefinite, {@code X = U Uᵀ}.
     *
     * @param observed one finite number a row
     */
    public static MatrixSensing symmetric(DenseRows rows, int n, double[] observed) {
        requireCount(rows, observed);
        return new MatrixSensing(engine -> DenseSensing.symmetric(rows, n, engine), observed);
    }

    /**
     * Measurements by any operator; one that is symmetric has the positive semidefinite unknown {@code X = U Uᵀ}.
     *
     * @param operator makes the operator on the engine of a run, once a run
     * @param observed one finite number a measurement, in the operator's order
     */
    public static MatrixSensing by(Function<Engine, ? extends MeasurementOperator> operator, double[] observed) {
        return new MatrixSensing(operator, observed);
    }

    private static void requireCount(DenseRows rows, double[] observed) {
        if (rows.count() != observed.length) {
            throw new InvalidArgumentException("there are " + rows.count() + " measurement matrices, but "
                    + observed.length + " observed values: the counts must be equal");
        }
    }

    /** Recovers X; misuse throws, and how the iteration ended is a value of the result. */
    public RecoveryResult solve(RecoveryOptions options) {
        long start = System.nanoTime();
        try (Engine engine = RecoveryRun.engine(options)) {
            MeasurementOperator whole = operator.apply(engine);
            if (options.holdOut() == 0) {
                return RecoveryRun.run(new Problem(whole, observed, engine), Optional.empty(), options, start);
            }
            Split split = whole.split(options.holdOut(), options.seed());
            double[] fitted = split.fitted().masked(observed);
            double[] held = split.heldOut().masked(observed);
            return RecoveryRun.run(
                    new Problem(split.fitted(), fitted, engine),
                    Optional.of(new HeldOut(split.heldOut(), held)),
                    options,
                    start);
        }
    }
}

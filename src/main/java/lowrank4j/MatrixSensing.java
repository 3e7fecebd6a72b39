package lowrank4j;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.DenseSensing;
import lowrank4j.sensing.Equations;
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
 * <p>Measurements with structure never form their matrices; those of a positive semidefinite {@code X = U Uᵀ}:
 *
 * <pre>{@code
 * MatrixSensing.by(engine -> RankOneSensing.rectangular(a, b, engine), y);           // yᵢ = aᵢᵀ X bᵢ
 * MatrixSensing.by(engine -> RankOneSensing.quadratic(a, engine), y);                // yᵢ = aᵢᵀ U Uᵀ aᵢ: phase retrieval, covariance sketching
 * MatrixSensing.by(engine -> SparseSensing.rectangular(n1, n2, m, i, row, column, value, engine), y).withVariances(v);
 * MatrixSensing.by(engine -> Operators.of(n1, n2, m, forward, times, transposedTimes), y);  // your own
 * }</pre>
 *
 * <p>Gaussian measurements recover rank r, told nothing, from about 1.5 times as many as its r(n1 + n2 - r) free parameters, and fast from
 * 3 times; fewer are refused by no one, but warned about. {@code lowrank4j replicate success-map} shows where.
 */
public final class MatrixSensing {
    private final Function<Engine, ? extends MeasurementOperator> operator;
    private final double[] observed;
    private final Optional<double[]> weights;
    private final Optional<StoredDigits> digits;

    private MatrixSensing(
            Function<Engine, ? extends MeasurementOperator> operator,
            double[] observed,
            Optional<double[]> weights,
            Optional<StoredDigits> digits) {
        this.operator = operator;
        this.observed = observed.clone();
        this.weights = weights.map(double[]::clone);
        this.digits = digits;
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
        return new MatrixSensing(
                engine -> DenseSensing.rectangular(rows, n1, n2, engine),
                observed,
                Optional.empty(),
                Optional.of(StoredDigits.of(rows, observed)));
    }

    /**
     * Stored symmetric measurement matrices of order n, upper triangles row by row in rows of width n(n+1)/2; not copied. The
     * unknown is positive semidefinite, {@code X = U Uᵀ}.
     *
     * @param observed one finite number a row
     */
    public static MatrixSensing symmetric(DenseRows rows, int n, double[] observed) {
        requireCount(rows, observed);
        return new MatrixSensing(
                engine -> DenseSensing.symmetric(rows, n, engine),
                observed,
                Optional.empty(),
                Optional.of(StoredDigits.of(rows, observed)));
    }

    /**
     * Measurements by any operator; one that is symmetric has the positive semidefinite unknown {@code X = U Uᵀ}.
     *
     * @param operator makes the operator on the engine of a run, once a run
     * @param observed one finite number a measurement, in the operator's order
     */
    public static MatrixSensing by(Function<Engine, ? extends MeasurementOperator> operator, double[] observed) {
        return new MatrixSensing(operator, observed, Optional.empty(), Optional.empty());
    }

    /**
     * The same measurements with weights: the fit minimises {@code Σ wᵢ(A(X)ᵢ - yᵢ)²}. The objective, the trace, held-out errors and the noise
     * estimate of a result are those of the weighted measurements {@code √wᵢ·yᵢ} (of weights that are 1/variance the noise estimate
     * is about 1); its relative residual is of the measurements themselves.
     *
     * @param perMeasurement above 0 and finite, one a measurement
     */
    public MatrixSensing weighted(double[] perMeasurement) {
        return new MatrixSensing(operator, observed, Optional.of(perMeasurement), digits);
    }

    /**
     * The same measurements with noise of known variances: {@link #weighted} by their inverses.
     *
     * @param perMeasurement above 0 and finite, one a measurement
     */
    public MatrixSensing withVariances(double[] perMeasurement) {
        for (int i = 0; i < perMeasurement.length; i++) {
            double variance = perMeasurement[i];
            if (!(variance > 0) || variance == Double.POSITIVE_INFINITY || 1 / variance == Double.POSITIVE_INFINITY) {
                throw new InvalidArgumentException(
                        "variance " + i + " is " + variance + ", but must be above 0 and finite, as must its inverse");
            }
        }
        return weighted(Arrays.stream(perMeasurement).map(v -> 1 / v).toArray());
    }

    private static void requireCount(DenseRows rows, double[] observed) {
        if (rows.count() != observed.length) {
            throw new InvalidArgumentException("there are " + rows.count() + " measurement matrices, but "
                    + observed.length + " observed values: the counts must be equal");
        }
    }

    /** Recovers X; misuse throws, and how the iteration ended is a value of the result. */
    public RecoveryResult solve(RecoveryOptions options) {
        return solve(options, System.nanoTime());
    }

    /** @param start System.nanoTime() at the start of what this belongs to */
    RecoveryResult solve(RecoveryOptions options, long start) {
        try (Engine engine = RecoveryRun.engine(options)) {
            Equations whole = weighted(new Equations(operator.apply(engine), observed));
            if (options.holdOut() == 0) {
                return run(whole, Optional.empty(), engine, options, start);
            }
            Split split = whole.operator().split(options.holdOut(), options.seed());
            double[] held = split.heldOut().masked(whole.observed());
            return run(
                    new Equations(split.fitted(), split.fitted().masked(whole.observed())),
                    Optional.of(new HeldOut(split.heldOut(), held)),
                    engine,
                    options,
                    start);
        }
    }

    private Equations weighted(Equations equations) {
        return weights.map(equations::weighted).orElse(equations);
    }

    private RecoveryResult run(
            Equations equations, Optional<HeldOut> heldOut, Engine engine, RecoveryOptions options, long start) {
        Optional<Equations> evened = equations.evened(engine.kernels());
        Equations solved = evened.orElse(equations);
        RecoveryResult result =
                RecoveryRun.run(new Problem(solved.operator(), solved.observed(), engine), heldOut, options, start);
        // Of what the fit has weighed: a measurement that hardly counts says nothing of the digits.
        double weighed = weights.isEmpty() && evened.isEmpty()
                ? result.relativeResidual()
                : relativeResidual(equations, result.factors(), Optional.empty());
        if (weights.isPresent() || evened.isPresent()) {
            result = result.withRelativeResidual(
                    weights.isEmpty() ? weighed : relativeResidual(equations, result.factors(), weights));
        }
        Problem problem = new Problem(equations.operator(), equations.observed(), engine);
        int rank = result.effectiveRank();
        Optional<String> warning =
                digits.flatMap(stored -> stored.warning(problem, rank, weighed, weights.isPresent()));
        return warning.isEmpty()
                ? result
                : result.withWarnings(Stream.concat(result.warnings().stream(), warning.stream())
                        .toList());
    }

    /** @param undone weights of the equations that are not to count; none for all that count */
    private static double relativeResidual(Equations equations, Factors factors, Optional<double[]> undone) {
        double[] fitted = new double[equations.observed().length];
        equations.operator().forward(factors, fitted);
        double gaps = 0;
        double norm = 0;
        for (int i = 0; i < fitted.length; i++) {
            double weight = undone.isEmpty() ? 1 : undone.get()[i];
            double gap = fitted[i] - equations.observed()[i];
            gaps += gap * gap / weight;
            norm += equations.observed()[i] * equations.observed()[i] / weight;
        }
        return norm == 0 ? 0 : Math.sqrt(gaps / norm);
    }
}

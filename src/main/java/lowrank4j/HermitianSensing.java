package lowrank4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.IntensityMeasurements;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.PauliSensing;
import lowrank4j.sensing.PauliStrings;
import lowrank4j.solver.HermitianSpectrum;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationEvent;

/**
 * Recovers a Hermitian positive semidefinite X = U U* of low rank from linear measurements and noise; a quantum state from expectation
 * values, for one.
 *
 * <pre>{@code
 * HermitianResult result = HermitianSensing.pauli(PauliStrings.of(labels), means).withTraceOne().solve(RecoveryOptions.defaults());
 * double fidelity = result.factors().fidelity(ideal);
 * }</pre>
 *
 * <p>Every method runs on the real stack [Re U; Im U] as on a symmetric unknown of order 2n ({@link HermitianFactors}). The rank of
 * the result is that over the complex numbers: where a search ended with more real columns, it is finished at that rank.
 */
public final class HermitianSensing {
    private final Function<Engine, ? extends MeasurementOperator> operator;
    private final double[] observed;
    private final boolean traceOne;
    /** What is to be said of a result of some rank. */
    private final IntFunction<List<String>> doubts;

    private HermitianSensing(
            Function<Engine, ? extends MeasurementOperator> operator,
            double[] observed,
            boolean traceOne,
            IntFunction<List<String>> doubts) {
        this.operator = operator;
        this.observed = observed;
        this.traceOne = traceOne;
        this.doubts = doubts;
    }

    /**
     * Expectation values of Pauli strings, {@code yᵢ = tr(Pᵢ X)}.
     *
     * @param strings at least one
     * @param observed one finite number each, for a state from -1 to 1: the mean of its shots
     */
    public static HermitianSensing pauli(PauliStrings strings, double[] observed) {
        if (strings.count() != observed.length) {
            throw new InvalidArgumentException("there are " + strings.count() + " Pauli strings, but " + observed.length
                    + " observed values: the counts must be equal");
        }
        return new HermitianSensing(
                engine -> new PauliSensing(strings, engine), observed.clone(), false, rank -> doubts(strings, rank));
    }

    private static List<String> doubts(PauliStrings strings, int found) {
        int rank = Math.max(1, found);
        long freedom = (long) rank * ((2L << strings.qubits()) - rank);
        if (strings.commute()) {
            return List.of(
                    "The Pauli strings commute with each other: they see the probabilities in one basis, and no phase"
                            + " between its states; other states fit as well, but where positivity leaves no other.");
        }
        int distinct = strings.distinct();
        return distinct < freedom && distinct < strings.count()
                ? List.of("Of the " + strings.count() + " Pauli strings " + distinct
                        + " are different, fewer than the " + freedom + " free parameters of a state of rank " + rank
                        + ": the result is not determined by them.")
                : List.of();
    }

    /**
     * Intensities, {@code yᵢ = aᵢ* X aᵢ}: of X = uu* the {@code |<aᵢ, u>|²} of phase retrieval, u up to a phase. Their mean, which
     * tells of the trace alone, is taken off: relative residuals are of what is left. Complex Gaussian aᵢ recover a vector u from
     * about 6n intensities on.
     *
     * @param real Re aᵢ in the rows, m×n
     * @param imaginary Im aᵢ in the rows, m×n
     * @param observed one finite number a row
     */
    public static HermitianSensing intensities(Matrix real, Matrix imaginary, double[] observed) {
        if (real.rows() != observed.length) {
            throw new InvalidArgumentException("there are " + real.rows() + " vectors, but " + observed.length
                    + " observed values: the counts must be equal");
        }
        return by(
                engine -> new IntensityMeasurements(real, imaginary, engine), IntensityMeasurements.centred(observed));
    }

    /**
     * Measurements by any operator on the real stack.
     *
     * @param operator makes the operator on the engine of a run, once a run; it must be {@linkplain MeasurementOperator#isHermitian Hermitian}
     * @param observed one finite number a measurement, in the operator's order
     */
    public static HermitianSensing by(Function<Engine, ? extends MeasurementOperator> operator, double[] observed) {
        return new HermitianSensing(operator, observed.clone(), false, rank -> List.of());
    }

    /**
     * The same, with the result scaled to trace 1 after the fit, unless it is zero. The fit itself is free: how far its trace is from
     * 1 tells of noise and of errors of scale.
     */
    public HermitianSensing withTraceOne() {
        return new HermitianSensing(operator, observed, true, doubts);
    }

    /**
     * Recovers X; misuse throws, and how the iteration ended is a value of the result.
     *
     * @throws InvalidArgumentException if options do not apply
     */
    public HermitianResult solve(RecoveryOptions options) {
        long start = System.nanoTime();
        RecoveryResult first = run(options, start);
        boolean searched = options.algorithm() == Algorithm.RECOMMENDED
                || (options.rank().isEmpty() && !options.algorithm().isOverParametrised());
        int rank = first.effectiveRank();
        if (!searched
                || !first.termination().isConverged()
                || rank == 0
                || rank == first.factors().rank()) {
            return result(first, options);
        }
        Factors leading =
                Factors.symmetric(spectrum(first, options).leading(rank).stacked());
        RecoveryResult last = run(options.withRank(rank).withInitialisation(Initialisation.warm(leading)), start);
        return result(last.withTrace(joined(first.trace(), last.trace())), options);
    }

    private RecoveryResult run(RecoveryOptions options, long start) {
        return MatrixSensing.by(this::checked, observed).solve(options, start);
    }

    private MeasurementOperator checked(Engine engine) {
        MeasurementOperator made = operator.apply(engine);
        if (!made.isHermitian()) {
            throw new InvalidArgumentException("the operator measures a real " + made.rows() + "x" + made.columns()
                    + " matrix, but a Hermitian one is asked for: MatrixSensing is for real ones");
        }
        return made;
    }

    private HermitianResult result(RecoveryResult recovery, RecoveryOptions options) {
        HermitianSpectrum spectrum = spectrum(recovery, options);
        HermitianFactors factors = spectrum.leading(recovery.factors().rank());
        double trace = factors.trace();
        boolean scaled = traceOne && trace > 0;
        double scale = scaled ? 1 / trace : 1;
        List<Double> values = Arrays.stream(spectrum.values())
                .map(value -> scale * value)
                .boxed()
                .toList();
        List<String> warnings = new ArrayList<>(recovery.warnings());
        warnings.addAll(doubts.apply(recovery.effectiveRank()));
        return new HermitianResult(
                scaled ? factors.withTraceOne() : factors,
                recovery.effectiveRank(),
                values,
                trace,
                recovery.withWarnings(List.copyOf(warnings)));
    }

    private static HermitianSpectrum spectrum(RecoveryResult recovery, RecoveryOptions options) {
        try (Engine engine = RecoveryRun.engine(options)) {
            return new HermitianSpectrum(
                    HermitianFactors.ofStacked(recovery.factors().left()), engine.kernels());
        }
    }

    private static List<IterationEvent> joined(List<IterationEvent> first, List<IterationEvent> last) {
        List<IterationEvent> both = new ArrayList<>(first);
        IterationEvent end = first.getLast();
        for (IterationEvent event : last) {
            both.add(new IterationEvent(
                    end.iteration() + 1 + event.iteration(),
                    end.seconds() + event.seconds(),
                    event.objective(),
                    event.relativeResidual(),
                    event.heldOutError(),
                    event.rank(),
                    event.step(),
                    event.damping()));
        }
        return List.copyOf(both);
    }
}

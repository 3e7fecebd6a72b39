package lowrank4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.solver.FactorSpectrum;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.HermitianSpectrum;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Method;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.StoppingRule;

/** From a problem and options to a result: chooses what was left open, runs, and sums up. */
final class RecoveryRun {
    /** Iterations without a new minimum of the held-out error after which a run ends. */
    private static final int HELD_OUT_PATIENCE = 20;

    /** A method whose rank is fixed gives up after this many iterations with next to no progress. */
    private static final int STALL_WINDOW = 200;

    private static final double STALL_FRACTION = 1e-3;

    /** Singular values count as significant above so many noise edges: spurious ones were seen up to about 2.5. */
    private static final double SIGNIFICANT_EDGES = 2.5;

    /** Singular values below this fraction of the first are rounding. */
    private static final double ROUNDING = 1e-9;

    private RecoveryRun() {}

    static Engine engine(RecoveryOptions options) {
        return Engine.open(options.tier().map(Tiers::select).orElseGet(Tiers::select), options.threads());
    }

    static RecoveryResult run(Problem problem, Optional<HeldOut> heldOut, RecoveryOptions options, long startNanos) {
        return run(problem, heldOut, options, startNanos, StoppingRule.stall(STALL_WINDOW, STALL_FRACTION));
    }

    /** @param standstill how a run whose rank is fixed ends where there is next to no progress */
    static RecoveryResult run(
            Problem problem,
            Optional<HeldOut> heldOut,
            RecoveryOptions options,
            long startNanos,
            StoppingRule standstill) {
        options.rank().ifPresent(rank -> requireRank(rank, problem.maxRank()));
        if (options.penalty().isPresent() && !options.algorithm().isPenalised()) {
            throw new InvalidArgumentException(
                    "penalty is for algorithms group-lasso, flat-minimum-gd and nuclear-norm; " + options.algorithm()
                            + " has none");
        }
        if (options.step().isPresent() && !options.algorithm().takesStep()) {
            throw new InvalidArgumentException("step is " + options.step().getAsDouble() + ", but algorithm "
                    + options.algorithm() + " has none to choose: leave it empty");
        }
        if (options.loss() != Loss.SQUARED) {
            throw new InvalidArgumentException("loss " + options.loss() + " is for the completion of entries");
        }
        if (options.nonnegative()) {
            throw new InvalidArgumentException("nonnegative factors are for the completion of entries");
        }
        boolean recommended = options.algorithm() == Algorithm.RECOMMENDED;
        Optional<Recommendation> recommendation =
                recommended ? Optional.of(Recommendation.of(problem, options.damping())) : Optional.empty();
        Method method = recommendation
                .map(Recommendation::method)
                .orElseGet(() -> options.algorithm().method(options.damping(), options.penalty()));
        if (options.algorithm().needsRank() && options.rank().isEmpty()) {
            throw new InvalidArgumentException("rank is not given, but algorithm " + options.algorithm()
                    + " needs it: it would fit anything at too high a rank");
        }
        // A named algorithm runs as published, at the rank that was asked for; the search belongs to an open rank.
        boolean search =
                recommended || (options.rank().isEmpty() && !options.algorithm().isOverParametrised());
        int rank = options.rank().orElse(search ? problem.maxRank() : problem.startingRank());
        StoppingRule stop = StoppingRule.residual(options.tolerance());
        if (heldOut.isPresent()) {
            stop = stop.or(StoppingRule.heldOut(HELD_OUT_PATIENCE));
        }
        if (!search) {
            stop = stop.or(standstill);
        }
        stop = stop.or(StoppingRule.iterations(options.maxIterations())).or(trace -> options.ending(startNanos));
        Initialisation start = options.initialisation()
                .orElse(recommended ? Initialisation.spectral() : method.defaultInitialisation());
        long prepared = System.nanoTime();
        Recovery recovery = new Recovery(
                problem,
                new Recovery.Plan(
                        method,
                        start,
                        rank,
                        search,
                        options.step(),
                        stop,
                        heldOut,
                        options.seed(),
                        options.listener(),
                        options.cancelled()));
        Recovery.Outcome outcome = recovery.run();
        long iterated = System.nanoTime();
        RecoveryResult result = sumUp(
                problem,
                heldOut,
                options,
                new Choice(method.name(), "asked for"),
                outcome,
                Significant.of(problem, outcome.factors(), OptionalDouble.empty()),
                new Times(startNanos, prepared, iterated));
        return recommendation
                .map(chosen -> result.withReason(chosen.sentence(problem, result.effectiveRank())))
                .orElse(result);
    }

    /** The method that ran, and why. */
    record Choice(String method, String reason) {}

    /**
     * What the effective rank is counted on.
     *
     * @param values the singular values of the low-rank part, descending, as many as its factors have columns
     * @param fraction of the first singular value below which one does not count; empty to count against the noise edge
     */
    record Significant(double[] values, OptionalDouble fraction) {
        static Significant of(Problem problem, Factors factors, OptionalDouble fraction) {
            return new Significant(spectrum(problem, factors), fraction);
        }
    }

    /** System.nanoTime() at the start, after the preparation, and after the iteration. */
    record Times(long started, long prepared, long iterated) {}

    static void requireRank(int rank, int maxRank) {
        if (rank > maxRank) {
            throw new InvalidArgumentException("rank is " + rank + ", but must be from 1 to min(n1, n2) = " + maxRank);
        }
    }

    static RecoveryResult sumUp(
            Problem problem,
            Optional<HeldOut> heldOut,
            RecoveryOptions options,
            Choice choice,
            Recovery.Outcome outcome,
            Significant significant,
            Times times) {
        double[] fitted = new double[problem.operator().length()];
        double loss = 0;
        problem.operator().forward(outcome.factors(), fitted);
        for (int i = 0; i < fitted.length; i++) {
            double gap = problem.observed()[i] - options.loss().mean(fitted[i]);
            loss += gap * gap;
        }
        return sumUp(problem, heldOut, options, choice, outcome, loss, significant, times);
    }

    /** @param loss ‖A(X) - y‖² of the outcome */
    static RecoveryResult sumUp(
            Problem problem,
            Optional<HeldOut> heldOut,
            RecoveryOptions options,
            Choice choice,
            Recovery.Outcome outcome,
            double loss,
            Significant significant,
            Times times) {
        Factors factors = outcome.factors();
        double norm = Math.sqrt(problem.squaredNorm());
        double relativeResidual = norm == 0 ? 0 : Math.sqrt(loss) / norm;
        double[] values = significant.values();
        double first = values.length == 0 ? 0 : values[0];
        OptionalDouble fraction = significant.fraction();
        // A ridge leaves columns that carry nothing, and these have used up no measurements.
        int carrying = fraction.isEmpty()
                ? factors.rank()
                : count(values, fraction.getAsDouble() * first) + factors.rank() - values.length;
        double edge = problem.noiseEdge(loss, carrying);
        int effectiveRank = count(
                values,
                fraction.isPresent()
                        ? fraction.getAsDouble() * first
                        : Math.max(SIGNIFICANT_EDGES * edge, ROUNDING * first));
        // Under a ridge more parameters than measurements may carry something: the deviation of the residual is all
        // that is known.
        double spare = fraction.isPresent()
                ? problem.operator().count()
                : Math.max(1, problem.operator().count() - problem.freedom(carrying));
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put("prepare", (times.prepared() - times.started()) * 1e-9);
        phases.put("iterate", (times.iterated() - times.prepared()) * 1e-9);
        phases.put("finish", (System.nanoTime() - times.iterated()) * 1e-9);
        Map<String, Double> kernels = new LinkedHashMap<>();
        problem.engine().clock().seconds().forEach((kind, seconds) -> kernels.put(kind.label(), seconds));
        OptionalDouble heldOutError = heldOut.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(heldOut.get().error(factors));
        List<IterationEvent> trace = outcome.trace();
        return new RecoveryResult(
                factors,
                effectiveRank,
                Arrays.stream(values).boxed().toList(),
                outcome.termination(),
                trace,
                problem.objective(loss),
                relativeResidual,
                heldOutError,
                heldOut.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(heldOut.get().rootMeanSquare(factors)),
                heldOut.map(held -> held.median(factors)).orElseGet(OptionalDouble::empty),
                Math.sqrt(loss / spare),
                fraction.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(edge),
                choice.method(),
                choice.reason(),
                outcome.step(),
                trace.isEmpty() ? 0 : trace.getLast().damping(),
                options.seed(),
                options.threads(),
                problem.engine().report(),
                phases,
                kernels,
                Warnings.of(problem, effectiveRank, fraction.isPresent(), relativeResidual, options, outcome));
    }

    /** The singular values of X, descending. */
    private static double[] spectrum(Problem problem, Factors factors) {
        return problem.operator().isHermitian()
                ? new HermitianSpectrum(
                                HermitianFactors.ofStacked(factors.left()),
                                problem.engine().kernels())
                        .values()
                : new FactorSpectrum(factors, problem.engine().kernels()).values();
    }

    private static int count(double[] values, double threshold) {
        return (int) Arrays.stream(values).filter(value -> value > threshold).count();
    }
}

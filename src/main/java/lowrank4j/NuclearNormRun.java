package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.NuclearNormCompletion;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.StoppingRule;
import lowrank4j.solver.Termination;

/** From entries and options to the result of {@link NuclearNormCompletion}. */
final class NuclearNormRun {
    /** Iterations over which the objective must have settled. */
    private static final int SETTLED_WINDOW = 2;

    /** Singular values below this fraction of the first do not count: the penalty leaves exact zeros, and rounding. */
    private static final double ROUNDING = 1e-9;

    private final Optional<HeldOut> heldOut;
    private final RecoveryOptions options;
    private final long start;
    private final Problem problem;
    private final NuclearNormCompletion completion;
    private final double norm;
    private final List<IterationEvent> trace = new ArrayList<>();

    NuclearNormRun(
            MatrixCompletion data, Optional<HeldOut> heldOut, RecoveryOptions options, Engine engine, long start) {
        if (options.initialisation().isPresent()
                || options.step().isPresent()
                || options.damping().isPresent()) {
            throw new InvalidArgumentException(
                    "algorithm nuclear-norm starts from X = 0 and has no step and no damping to choose");
        }
        this.heldOut = heldOut;
        this.options = options;
        this.start = start;
        this.problem = data.problem(engine);
        this.completion = new NuclearNormCompletion(
                data.pattern(),
                data.sharedValues(),
                options.penalty(),
                options.rank().orElse(problem.maxRank()),
                NuclearNormCompletion.SWEEPS,
                options.seed(),
                engine);
        this.norm = Math.sqrt(problem.squaredNorm());
    }

    RecoveryResult solve() {
        long prepared = System.nanoTime();
        StoppingRule stop = StoppingRule.settled(SETTLED_WINDOW, options.tolerance())
                .or(StoppingRule.iterations(options.maxIterations()))
                .or(trace -> options.ending(start));
        Optional<Termination> end = record(stop);
        while (end.isEmpty()) {
            completion.step();
            end = record(stop);
        }
        long iterated = System.nanoTime();
        return RecoveryRun.sumUp(
                problem,
                heldOut,
                options,
                new RecoveryRun.Choice(options.algorithm().toString(), "asked for"),
                new Recovery.Outcome(completion.factors().copy(), certified(end.get()), List.copyOf(trace), 1, 0),
                RecoveryRun.Significant.of(problem, completion.factors(), OptionalDouble.of(ROUNDING)),
                new RecoveryRun.Times(start, prepared, iterated));
    }

    private Optional<Termination> record(StoppingRule stop) {
        IterationEvent event = new IterationEvent(
                trace.size(),
                (System.nanoTime() - start) * 1e-9,
                completion.objective(),
                norm == 0 ? 0 : Math.sqrt(completion.loss()) / norm,
                heldOut.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(heldOut.get().error(completion.factors())),
                completion.factors().rank(),
                1,
                completion.penalty());
        trace.add(event);
        options.listener().iterated(event, completion.factors());
        if (options.cancelled().getAsBoolean()) {
            return Optional.of(new Termination.Cancelled());
        }
        if (event.iteration() > 0 && event.rank() == 0) {
            return Optional.of(new Termination.NoSignal(String.format(
                    Locale.ROOT,
                    "The penalty %.3g is not below the spectral norm of the entries: X = 0 is the optimum.",
                    completion.penalty())));
        }
        return stop.check(trace);
    }

    private Termination certified(Termination end) {
        return end instanceof Termination.Converged converged
                ? new Termination.Converged(
                        converged.rule(),
                        String.format(
                                Locale.ROOT,
                                "%s At penalty %.4g it is above the least possible by %.2g of itself at most (duality gap).",
                                converged.sentence(),
                                completion.penalty(),
                                completion.relativeGap()))
                : end;
    }
}

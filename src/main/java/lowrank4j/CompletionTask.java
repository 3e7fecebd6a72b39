package lowrank4j;

import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.kernel.Engine;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Method;
import lowrank4j.solver.Problem;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.StoppingRule;

/**
 * What the models of a completion are tried on.
 *
 * @param data what may be fitted: all, but for what the caller holds out
 * @param callersHeldOut what the caller wants to watch
 * @param by how entries that decide between models are held out
 * @param start System.nanoTime() at the start
 */
record CompletionTask(
        MatrixCompletion data,
        Optional<HeldOut> callersHeldOut,
        HoldOut by,
        RecoveryOptions options,
        Engine engine,
        long start) {
    /** Share of the entries that decides between the models. */
    private static final double DECIDING_SHARE = 0.1;

    /** With the caller's share held out. */
    static CompletionTask of(MatrixCompletion all, HoldOut by, RecoveryOptions options, Engine engine, long start) {
        if (options.holdOut() == 0) {
            return new CompletionTask(all, Optional.empty(), by, options, engine, start);
        }
        MatrixCompletion.Split split = all.split(by, options.holdOut(), options.seed());
        return new CompletionTask(
                split.fitted(),
                Optional.of(split.heldOut().heldOut(options.loss(), engine)),
                by,
                options,
                engine,
                start);
    }

    /** What decides is held out of what may be fitted, so that the caller's held-out error stays honest. */
    MatrixCompletion.Split deciding() {
        return data.split(by, DECIDING_SHARE, options.seed() + 1);
    }

    /** Iterates at a rank that stays, until the relative residual is {@code tolerance} or after so many iterations. */
    Recovery.Outcome iterate(
            Problem problem,
            Initialisation initialisation,
            Method method,
            int rank,
            double tolerance,
            int iterations,
            Optional<HeldOut> watched) {
        return new Recovery(
                        problem,
                        new Recovery.Plan(
                                method,
                                initialisation,
                                rank,
                                false,
                                OptionalDouble.empty(),
                                StoppingRule.residual(tolerance)
                                        .or(StoppingRule.iterations(Math.min(iterations, options.maxIterations()))),
                                watched,
                                options.seed(),
                                options.listener(),
                                this::isOver))
                .run();
    }

    boolean isOver() {
        return options.isOver(start);
    }
}

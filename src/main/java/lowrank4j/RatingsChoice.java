package lowrank4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import lowrank4j.kernel.Engine;
import lowrank4j.solver.GramSpectrum;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.Termination;

/**
 * Offsets and a low-rank part under a ridge, for many entries: some of the rows choose ridge and rank by entries held out of them, and the
 * fit of all entries goes on from there.
 */
final class RatingsChoice {
    /**
     * From so many entries on the ridges come first, and the exact recovery is tried only if they leave it a chance. With fewer, the whole
     * path predicts better: 0.884 for 0.889 on the newest tenth of MovieLens' 100,000 ratings.
     */
    static final int LEAST_ENTRIES = 2_000_000;

    /** Share of the entries that decides between the ridges. */
    private static final double DECIDING_SHARE = 0.1;

    /** Entries that decide, about, where there are many: those of some of the rows. */
    private static final int DECIDING_ENTRIES = 800_000;

    /** Ridges without a new least held-out error after which the path ends. */
    private static final int PATIENCE = 2;

    /** Rise of the held-out error, relative, at which it ends at once: of noisy entries it goes on rising. */
    private static final double CLEAR_LOSS = 5e-3;

    /**
     * Fall of that error, relative, that more columns must bring at their first ridge for the path to go on: they brought 4e-3 on
     * MovieLens' 100,000 ratings, then 1e-3, and 1e-3 where six directions were to be seen and thirteen were there.
     */
    private static final double LEAST_GAIN = 2e-3;

    /** Columns of the factors under a ridge, at the most; the ridge decides how many of them carry anything. */
    private static final int RIDGE_RANK = 40;

    /** Part of the offsets' held-out error that is left at the best ridge where noise is most of what the entries hold. */
    private static final double MOSTLY_NOISE = 0.5;

    private final MatrixCompletion data;
    private final Optional<HeldOut> callersHeldOut;
    private final RecoveryOptions options;
    private final Engine engine;
    private final long start;
    private final List<IterationEvent> trace = new ArrayList<>();
    private final Point point;

    /**
     * Chooses.
     *
     * @param by how the entries that decide are held out
     */
    RatingsChoice(
            MatrixCompletion data,
            HoldOut by,
            Optional<HeldOut> callersHeldOut,
            RecoveryOptions options,
            Engine engine,
            long start) {
        this.data = data;
        this.callersHeldOut = callersHeldOut;
        this.options = options;
        this.engine = engine;
        this.start = start;
        this.point = best(by);
    }

    /**
     * A point of the path.
     *
     * @param ridges so many, none meaning the offsets alone
     * @param ridge the last one, in units of {@link RidgePath#noiseNorm}
     */
    private record Point(int ridges, double ridge, RidgePath.Prediction prediction) {}

    /** Whether noise is most of what the entries hold, so that a recovery without a ridge can predict no better. */
    boolean isNoisy() {
        return point.ridges() > 0
                && point.ridges() < RidgePath.RIDGES.length
                && error() > MOSTLY_NOISE * point.prediction().offsetsError();
    }

    /** Root mean square error of the entries that decided. */
    double error() {
        return point.prediction().error();
    }

    private RidgePath path(MatrixCompletion part) {
        trace.clear();
        int limit = Math.min(part.pattern().rows(), part.pattern().columns());
        return new RidgePath(part, Math.min(options.rank().orElse(RIDGE_RANK), limit), options, engine, start, trace);
    }

    private Point best(HoldOut by) {
        MatrixCompletion.Split split =
                data.ofSomeRows(DECIDING_ENTRIES, options.seed() + 2).split(by, DECIDING_SHARE, options.seed() + 1);
        RidgePath path = path(split.fitted());
        Point best = new Point(0, 0, path.predict(split.heldOut()));
        boolean grown = false; // just now
        for (int k = 1; k <= RidgePath.RIDGES.length && !options.isOver(start); k++) {
            path.advance();
            RidgePath.Prediction prediction = path.predict(split.heldOut());
            double gain = 1 - prediction.error() / best.prediction().error();
            if (gain > 0) {
                best = new Point(k, path.ridge() / path.noiseNorm(), prediction);
            }
            if (grown && gain < LEAST_GAIN) {
                break;
            }
            grown = false;
            if (best.ridges() > 0 && (k - best.ridges() >= PATIENCE || gain < -CLEAR_LOSS)) {
                if (!path.canGrow()) {
                    break;
                }
                // Of real ratings many columns that say little each say something together.
                grown = true;
                k = best.ridges() - 1;
                path.grow(best.prediction().right(), k);
            }
        }
        return best;
    }

    /** The fit of all entries. */
    CompletionResult fitted() {
        RidgePath path = path(data);
        if (point.ridges() > 0) {
            path.fit(point.prediction().right(), point.ridge() * path.noiseNorm(), callersHeldOut);
        }
        CompletionModel model = path.model();
        Termination termination =
                options.ending(start).orElseGet(() -> new Termination.Converged("held-out", sentence(model)));
        RecoveryResult recovery = RecoveryRun.sumUp(
                data.problem(engine),
                callersHeldOut,
                options,
                new RecoveryRun.Choice(
                        "als", "held-out entries were predicted best by offsets with a low-rank part under a ridge"),
                new Recovery.Outcome(path.whole(), termination, List.copyOf(trace), 0, 0),
                path.loss(),
                new RecoveryRun.Significant(
                        new GramSpectrum(model.factors(), engine.kernels()).values(),
                        OptionalDouble.of(RidgePath.PUT_OUT)),
                new RecoveryRun.Times(start, start, System.nanoTime()));
        return new CompletionResult(recovery, model);
    }

    private String sentence(CompletionModel model) {
        return point.ridges() == 0
                ? String.format(
                        Locale.ROOT,
                        "Offsets only: no low-rank part predicted held-out entries better than their root mean square error of %.3g.",
                        error())
                : String.format(
                        Locale.ROOT,
                        "The root mean square error of held-out entries was least, %.3g, at ridge %.3g.",
                        error(),
                        model.ridge());
    }
}

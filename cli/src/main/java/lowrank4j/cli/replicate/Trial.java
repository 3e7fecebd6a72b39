package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.StoppingRule;
import lowrank4j.solver.Termination;

/** One run of a figure with one seed: what it computes with, and what it finds. */
public final class Trial {
    private final long seed;
    private final boolean quick;
    private final Engine engine;
    private final BooleanSupplier cancelled;
    private final Consumer<String> progress;
    private final Map<String, Double> measures = new LinkedHashMap<>();
    private final List<Point> points = new ArrayList<>();
    private int halvings;

    Trial(long seed, boolean quick, Engine engine, BooleanSupplier cancelled, Consumer<String> progress) {
        this.seed = seed;
        this.quick = quick;
        this.engine = engine;
        this.cancelled = cancelled;
        this.progress = progress;
    }

    /** The user wants no more of it. */
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOff() {
            super("broken off", null, false, false);
        }
    }

    long seed() {
        return seed;
    }

    /** Whether smaller sizes are wanted. */
    boolean isQuick() {
        return quick;
    }

    /** The published size, or the quick one. */
    int size(int published, int smaller) {
        return quick ? smaller : published;
    }

    Engine engine() {
        return engine;
    }

    Kernels kernels() {
        return engine.kernels();
    }

    /** Random numbers of this trial; each stream is independent of the others. */
    Random random(int stream) {
        return new Random(1_000_003L * seed + stream);
    }

    /** Says what is done next, and ends here if the user wants no more. */
    void say(String what) {
        endIfCancelled();
        progress.accept(what);
    }

    /** Ends here if the user wants no more; may be asked by several threads at once. */
    void endIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new BrokenOff();
        }
    }

    /** Runs a recovery, and keeps the error of each iterate. */
    Trajectory follow(Measured measured, Run run) {
        say(run.series());
        List<Double> errors = new ArrayList<>();
        LongAdder watched = new LongAdder();
        StoppingRule near = trace -> errors.getLast() <= run.target()
                ? Optional.of(new Termination.Converged("error", "The error is as small as was asked for."))
                : Optional.empty();
        Recovery.Outcome outcome = new Recovery(
                        measured.problem(),
                        new Recovery.Plan(
                                run.method(),
                                run.start(),
                                run.rank(),
                                false,
                                OptionalDouble.of(run.step()),
                                near.or(run.stop()),
                                Optional.empty(),
                                seed,
                                (event, factors) -> {
                                    long since = System.nanoTime();
                                    errors.add(measured.truth().error(factors));
                                    run.watcher().iterated(event, factors);
                                    watched.add(System.nanoTime() - since);
                                },
                                cancelled))
                .run();
        if (outcome.termination() instanceof Termination.Cancelled) {
            throw new BrokenOff();
        }
        halvings += outcome.retreats();
        return new Trajectory(errors.stream().mapToDouble(error -> error).toArray(), watched.sum() * 1e-9, outcome);
    }

    /** A quantity that has a band. */
    void measure(String quantity, double value) {
        if (measures.put(quantity, value) != null) {
            throw new IllegalStateException("'" + quantity + "' is measured twice in one trial");
        }
    }

    /** A point of the picture. */
    void point(Axes axes, String series, double x, double y) {
        points.add(new Point(axes.name(), series, seed, x, y));
    }

    /** A curve of the picture over 0, 1, 2 ... */
    void curve(Axes axes, String series, double[] y) {
        for (int t = 0; t < y.length; t++) {
            point(axes, series, t, y[t]);
        }
    }

    Map<String, Double> measures() {
        return measures;
    }

    List<Point> points() {
        return points;
    }

    /** How often the guard of a recovery halved a step that the paper has fixed. */
    int halvings() {
        return halvings;
    }
}

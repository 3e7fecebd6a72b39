package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.IterationEvent;
import lowrank4j.solver.IterationListener;

/**
 * Keeps the factors of a run in an {@code .npz} archive, so that another run can go on from them: {@code left} n1×r, {@code right}
 * n2×r, {@code iteration} and {@code seed} as 64-bit integers, {@code holdout} the fraction held out.
 */
final class Checkpoint implements IterationListener {
    private static final double SECONDS_BETWEEN = 5;

    /** A file that takes long to write is written more rarely: this many times as long passes in between. */
    private static final double LEAST_SHARE = 20;

    private static final List<String> NAMES = List.of("left", "right", "iteration", "seed", "holdout");

    /**
     * What was kept.
     *
     * @param factors the last good ones
     * @param iteration how far the run was, counted from the first of the runs that went on from each other
     * @param seed of the run
     * @param holdOut fraction held out
     */
    record Kept(Factors factors, long iteration, long seed, double holdOut) {}

    private final Path file;
    private final long before;
    private final long seed;
    private final double holdOut;
    private long nextNanos;

    /**
     * Begins to keep.
     *
     * @param file replaced in one step each time
     * @param before iterations of the runs that this one goes on from
     */
    Checkpoint(Path file, long before, long seed, double holdOut) {
        this.file = file;
        this.before = before;
        this.seed = seed;
        this.holdOut = holdOut;
        this.nextNanos = System.nanoTime() + nanos(SECONDS_BETWEEN);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    @Override
    public void iterated(IterationEvent event, Factors factors) {
        long start = System.nanoTime();
        if (start - nextNanos >= 0) {
            try {
                write(factors, event.iteration());
            } catch (EnvironmentException ignored) {
                // No reason to end the run: it is tried again later and at the end, where a failure is told.
            }
            long took = System.nanoTime() - start;
            nextNanos = start + Math.max(nanos(SECONDS_BETWEEN), Math.round(LEAST_SHARE * took));
        }
    }

    /** Writes the factors as they are at an iteration of this run. */
    void write(Factors factors, long iteration) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("left", FactorFiles.array(factors.left()));
        arrays.put("right", FactorFiles.array(factors.right()));
        arrays.put("iteration", NpyArray.of(new long[] {before + iteration}));
        arrays.put("seed", NpyArray.of(new long[] {seed}));
        arrays.put("holdout", NpyArray.of(new double[] {holdOut}));
        Npz.write(file, arrays);
    }

    /** Reads what was kept. */
    static Kept read(Path file) {
        if (!Files.exists(file)) {
            throw new BadDataException("--resume: there is no checkpoint " + file
                    + "; without --resume the run starts from the beginning");
        }
        try (Arena arena = Arena.ofConfined()) {
            Map<String, NpyArray> arrays = Npz.read(file, arena);
            if (!arrays.keySet().containsAll(NAMES)) {
                throw new BadDataException(file + ": is no checkpoint: it has the arrays " + arrays.keySet() + ", but "
                        + NAMES + " are expected");
            }
            Matrix left = FactorFiles.matrix(at(arrays, "left"), file + ": left");
            Matrix right = FactorFiles.matrix(at(arrays, "right"), file + ": right");
            return new Kept(
                    FactorFiles.factors(left, right, file.toString()),
                    only(at(arrays, "iteration").toLongs(), file),
                    only(at(arrays, "seed").toLongs(), file),
                    at(arrays, "holdout").toDoubles()[0]);
        }
    }

    private static NpyArray at(Map<String, NpyArray> arrays, String name) {
        NpyArray array = arrays.get(name);
        if (array == null || array.size() == 0) {
            throw new BadDataException("the checkpoint has no values in " + name);
        }
        return array;
    }

    private static long only(long[] values, Path file) {
        if (values.length != 1) {
            throw new BadDataException(file + ": iteration and seed must be single numbers");
        }
        return values[0];
    }
}

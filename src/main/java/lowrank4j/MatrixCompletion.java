package lowrank4j;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.Problem;

/**
 * Completes a matrix of low rank from some of its entries; missing is missing, zero is a value.
 *
 * <p>The recommended way lets held-out entries decide: an exact low-rank recovery where the data are of low rank up to small noise,
 * or else offsets for rows and columns with a low-rank part under a ridge, or the offsets alone. The gradient methods by name fit
 * {@code L Rᵀ} to the entries as they are, without offsets.
 *
 * <p>n1×n2 is never formed: memory is about 20 bytes an entry and 8(n1+n2)r bytes for each of a handful of factors.
 */
public final class MatrixCompletion {
    private final SparsePattern pattern;
    private final double[] values;

    private MatrixCompletion(SparsePattern.Entries entries) {
        this.pattern = entries.pattern();
        this.values = entries.values();
    }

    /**
     * The entries (row[k], column[k]) = value[k] of a rows×columns matrix, in any order.
     *
     * @param row each in 0 … rows - 1
     * @param column each in 0 … columns - 1; no pair (row, column) twice
     * @param value each finite
     */
    public static MatrixCompletion of(int rows, int columns, int[] row, int[] column, double[] value) {
        if (rows < 1 || columns < 1) {
            throw new InvalidArgumentException("the matrix is " + rows + "x" + columns + ", but must be at least 1x1");
        }
        if (value.length == 0) {
            throw new InvalidArgumentException("there are no observed entries: at least 1 is needed");
        }
        for (int k = 0; k < value.length; k++) {
            if (!Double.isFinite(value[k])) {
                throw new InvalidArgumentException("entry " + k + " is " + value[k] + ", but must be finite");
            }
        }
        return new MatrixCompletion(SparsePattern.sorted(rows, columns, row, column, value));
    }

    /** The observed entries, by position in {@link #pattern()}; a copy. */
    public double[] values() {
        return values.clone();
    }

    /** Which entries are observed. */
    public SparsePattern pattern() {
        return pattern;
    }

    /** Completes the matrix; misuse throws, and how the iteration ended is a value of the result. */
    public CompletionResult solve(RecoveryOptions options) {
        long start = System.nanoTime();
        options.rank().ifPresent(rank -> RecoveryRun.requireRank(rank, Math.min(pattern.rows(), pattern.columns())));
        try (Engine engine = RecoveryRun.engine(options)) {
            return switch (options.algorithm()) {
                case RECOMMENDED -> new CompletionChoice(this, options, engine, start).solve();
                case ALS -> new CompletionChoice(this, options, engine, start).ridge();
                default -> asNamed(options, engine, start);
            };
        }
    }

    private CompletionResult asNamed(RecoveryOptions options, Engine engine, long start) {
        if (options.holdOut() == 0) {
            return plain(fit(Optional.empty(), options, engine, start));
        }
        Split split = split(options.holdOut(), options.seed());
        return plain(split.fitted().fit(Optional.of(split.heldOut().heldOut(engine)), options, engine, start));
    }

    private RecoveryResult fit(Optional<HeldOut> heldOut, RecoveryOptions options, Engine engine, long start) {
        return options.algorithm() == Algorithm.NUCLEAR_NORM
                ? new NuclearNormRun(this, heldOut, options, engine, start).solve()
                : RecoveryRun.run(problem(engine), heldOut, options, start);
    }

    /** A result without offsets. */
    CompletionResult plain(RecoveryResult recovery) {
        Factors factors = recovery.factors();
        return new CompletionResult(
                recovery,
                new CompletionModel(factors, 0, new double[factors.rows()], new double[factors.columns()], 0));
    }

    Problem problem(Engine engine) {
        return new Problem(new ObservedEntries(pattern, engine), values, engine);
    }

    HeldOut heldOut(Engine engine) {
        return new HeldOut(new ObservedEntries(pattern, engine), values);
    }

    /** What is fitted and what is held out, of one matrix. */
    record Split(MatrixCompletion fitted, MatrixCompletion heldOut) {}

    /** Holds out about this fraction at random, at least one entry on either side. */
    Split split(double fraction, long seed) {
        if (values.length < 2) {
            throw new InvalidArgumentException(
                    "cannot hold out a part of " + values.length + " entry: at least 2 are needed");
        }
        int held = Math.clamp(Math.round(fraction * values.length), 1, values.length - 1);
        Random random = new Random(seed);
        boolean[] isHeld = new boolean[values.length];
        // Selection sampling (Knuth 3.4.2 S): exactly `held` of the entries, each as likely.
        for (int k = 0, left = held; k < values.length; k++) {
            if (random.nextInt(values.length - k) < left) {
                isHeld[k] = true;
                left--;
            }
        }
        return new Split(part(isHeld, false), part(isHeld, true));
    }

    private MatrixCompletion part(boolean[] isHeld, boolean wanted) {
        int[] rowStart = new int[pattern.rows() + 1];
        int[] columnIndex = new int[values.length];
        double[] partValues = new double[values.length];
        int size = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                if (isHeld[e] == wanted) {
                    columnIndex[size] = pattern.columnIndex()[e];
                    partValues[size++] = values[e];
                }
            }
            rowStart[i + 1] = size;
        }
        return new MatrixCompletion(new SparsePattern.Entries(
                new SparsePattern(pattern.rows(), pattern.columns(), rowStart, Arrays.copyOf(columnIndex, size)),
                Arrays.copyOf(partValues, size)));
    }

    /** The values themselves, shared. */
    double[] sharedValues() {
        return values;
    }
}

package lowrank4j;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.AlternatingLeastSquares;
import lowrank4j.solver.GramSpectrum;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.IterationEvent;

/**
 * Offsets and a low-rank part beside them, fitted by sweeps at ever lighter ridges, each from where the last ended; the rank begins
 * small, and the path is taken up again with more columns at its best ridge for as long as these predict better.
 */
final class RidgePath {
    /** Ridges that are tried, heaviest first, in units of the deviation that the offsets leave: at the first, noise is all but put out. */
    static final double[] RIDGES = {0.6, 0.45, 0.33, 0.25, 0.18, 0.12, 0.06, 0.03, 0.01};

    /** Sweeps at each ridge. More let noise into columns that carry nothing yet: predictions grow worse where the objective still falls. */
    private static final int SWEEPS = 3;

    /** Sweeps of a fit that starts from columns known to predict, at the most. */
    private static final int FINAL_SWEEPS = 10;

    /** Relative fall of the loss in a sweep below which such a fit ends: a tenth of it would take 7 more sweeps and 0.001 off the error. */
    private static final double SETTLED = 5e-3;

    /** Rise of the held-out error, relative, up to which a column more is kept: held-out entries hardly tell, and real ratings need the many. */
    private static final double INDIFFERENT = 1e-3;

    /** Columns to begin with, and by how many they grow: with offsets and values beside them these fill whole vectors. */
    private static final int FIRST_RANK = 13;

    private static final int GROWTH = 16;

    /** Columns beside those that predict, for what more entries may show. */
    private static final int IDLE = 1;

    /** Singular values below this fraction of the first are those that the ridge has put out. */
    static final double PUT_OUT = 1e-2;

    private final MatrixCompletion data;
    private final RecoveryOptions options;
    private final Engine engine;
    private final long start;
    private final List<IterationEvent> trace;
    private final int largestRank;
    private final Offsets offsets;
    private final double norm;
    private final double noiseNorm;
    private final AlternatingLeastSquares squares;
    private final Random random;
    private double loss;
    private int ridges;
    private double unit;
    private double ridge;

    /**
     * Fits the offsets.
     *
     * @param largestRank of the low-rank part, 1 … min(n1, n2)
     * @param trace receives an event a sweep
     */
    RidgePath(
            MatrixCompletion data,
            int largestRank,
            RecoveryOptions options,
            Engine engine,
            long startNanos,
            List<IterationEvent> trace) {
        this.data = data;
        this.options = options;
        this.engine = engine;
        this.start = startNanos;
        this.trace = trace;
        this.largestRank = largestRank;
        this.random = new Random(options.seed());
        EntryWeights weights = data.entryWeights();
        SparsePattern.Entries byRow = new SparsePattern.Entries(data.pattern(), data.sharedValues());
        Offsets[] fitted = new Offsets[1];
        SparsePattern.Entries[] byColumn = new SparsePattern.Entries[1];
        double[] sums = new double[3];
        // None needs another, and each is for one thread.
        engine.workers().run(3, task -> {
            switch (task) {
                case 0 -> {
                    fitted[0] = Offsets.fit(byRow.pattern(), byRow.values(), weights);
                    sums[0] = fitted[0].loss(byRow.pattern(), byRow.values(), weights);
                }
                case 1 -> byColumn[0] = byRow.pattern().transposed(byRow.values());
                default -> {
                    sums[1] = weights.squaredNorm(byRow.values());
                    sums[2] = noiseNorm(data);
                }
            }
        });
        this.offsets = fitted[0];
        this.loss = sums[0];
        this.norm = Math.sqrt(sums[1]);
        this.noiseNorm = sums[2];
        Factors start = withRandom(Matrix.zeros(data.pattern().columns(), 0), 0);
        this.squares = new AlternatingLeastSquares(byRow, byColumn[0], start, 2, engine).weighted(weights.relative());
    }

    /** Deviation of what the fit leaves. */
    private double deviation() {
        return Math.sqrt(loss / data.entryWeights().sum(data.sharedValues().length));
    }

    /** Factors of the whole X: these columns on the right, random ones up to a rank, and the offsets; nothing yet on the left. */
    private Factors withRandom(Matrix right, int rank) {
        Matrix wholeLeft = Matrix.zeros(data.pattern().rows(), rank + 2);
        Matrix wholeRight = Matrix.zeros(data.pattern().columns(), rank + 2);
        double scale = AlternatingLeastSquares.startingDeviation(deviation(), Math.max(1, rank));
        for (int j = 0; j < wholeRight.rows(); j++) {
            for (int k = right.columns(); k < rank; k++) {
                wholeRight.set(j, k, scale * random.nextGaussian());
            }
            wholeRight.set(j, rank, 1);
            wholeRight.set(j, rank + 1, offsets.column()[j]);
        }
        wholeRight.columnRange(0, right.columns()).copyFrom(right);
        for (int i = 0; i < wholeLeft.rows(); i++) {
            wholeLeft.set(i, rank, offsets.mean() + offsets.row()[i]);
            wholeLeft.set(i, rank + 1, 1);
        }
        return new Factors(wholeLeft, wholeRight);
    }

    int rank() {
        return squares.factors().rank() - 2;
    }

    double ridge() {
        return ridge;
    }

    /** What {@link #noiseNorm(MatrixCompletion)} is of its entries. */
    double noiseNorm() {
        return noiseNorm;
    }

    /** Factors of the whole X, which the next sweep changes. */
    Factors whole() {
        return squares.factors();
    }

    /** Factors without the offsets, which the next sweep changes. */
    Factors lowRank() {
        return new Factors(
                whole().left().columnRange(0, rank()), whole().right().columnRange(0, rank()));
    }

    /** ‖P(X) - y‖², after the last sweep. */
    double loss() {
        return loss;
    }

    /** Sweeps at the next ridge. */
    void advance() {
        if (rank() == 0) {
            unit = Math.max(deviation(), Double.MIN_NORMAL);
            squares.replace(withRandom(lowRank().right(), Math.min(FIRST_RANK, largestRank)));
        }
        ridge = unit * RIDGES[ridges++];
        for (int sweep = 0; sweep < SWEEPS && !options.isOver(start); sweep++) {
            sweep(Optional.empty());
        }
    }

    /** Whether there may be more columns. */
    boolean canGrow() {
        return rank() < largestRank;
    }

    /**
     * Goes on from a right factor with more columns beside it.
     *
     * @param behind so many ridges lie behind: the one after these comes next
     */
    void grow(Matrix right, int behind) {
        squares.replace(withRandom(right, Math.min(rank() + GROWTH, largestRank)));
        ridges = behind;
    }

    /**
     * How well the leading singular triples of the low-rank part predict, and their right factor.
     *
     * @param columns so many of them are of use; the others are noise
     * @param error root mean square error of all: that of the best few prefers ridges too light for the others
     * @param offsetsError that of the offsets alone
     * @param right the right factor of these and of a few more
     */
    record Prediction(int columns, double error, double offsetsError, Matrix right) {}

    /** Cost: 2r flops a held-out entry, beside the singular value decomposition. */
    Prediction predict(MatrixCompletion heldOut) {
        Factors leading = new GramSpectrum(lowRank(), engine.kernels()).balanced();
        SparsePattern pattern = heldOut.pattern();
        double[] square = new double[rank() + 1];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                double left = heldOut.sharedValues()[e] - offsets.at(i, j);
                double weight = heldOut.entryWeights().at(e);
                square[0] += weight * left * left;
                for (int k = 0; k < rank(); k++) {
                    left -= leading.left().get(i, k) * leading.right().get(j, k);
                    square[k + 1] += weight * left * left;
                }
            }
        }
        int best = 0;
        for (int k = 1; k < square.length; k++) {
            best = square[k] < square[best] ? k : best;
        }
        int used = best;
        for (int k = best + 1; k < square.length; k++) {
            used = Math.sqrt(square[k] / square[best]) < 1 + INDIFFERENT ? k : used;
        }
        double count = heldOut.entryWeights().sum(heldOut.sharedValues().length);
        return new Prediction(
                used,
                Math.sqrt(square[rank()] / count),
                Math.sqrt(square[0] / count),
                leading.right().columnRange(0, Math.min(used + IDLE, rank())).copy());
    }

    /** Sweeps at one ridge, from a right factor, until the loss has settled; one of them in any case, for without it nothing is left. */
    void fit(Matrix right, double at, Optional<HeldOut> heldOut) {
        ridge = at;
        squares.replace(withRandom(right, right.columns()));
        double before = Double.POSITIVE_INFINITY;
        for (int k = 0; k < FINAL_SWEEPS && before - loss > SETTLED * loss; k++) {
            before = loss;
            sweep(heldOut);
            if (options.isOver(start)) {
                break;
            }
        }
    }

    private void sweep(Optional<HeldOut> heldOut) {
        loss = squares.sweep(ridge);
        IterationEvent event = new IterationEvent(
                trace.size(),
                (System.nanoTime() - start) * 1e-9,
                0.5 * loss,
                norm == 0 ? 0 : Math.sqrt(loss) / norm,
                heldOut.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(heldOut.get().error(whole())),
                rank(),
                1,
                ridge);
        trace.add(event);
        options.listener().iterated(event, lowRank());
    }

    /**
     * The norm that noise of deviation 1 has under the weights of the ridge, about: of the matrix whose entries e = (i, j) have the
     * variance {@code (nᵢ nⱼ)^-¾}, the mean of its rows' sums and of its columns'. A ridge below it lets noise into the factors, so
     * the best ridges for more and for fewer entries are about in its proportion. An entry of weight 2 is as two of them.
     */
    static double noiseNorm(MatrixCompletion data) {
        SparsePattern pattern = data.pattern();
        EntryWeights own = data.entryWeights();
        double[] byColumn = new double[pattern.columns()];
        for (int e = 0; e < pattern.columnIndex().length; e++) {
            byColumn[pattern.columnIndex()[e]] += own.at(e);
        }
        double rows = 0;
        double[] sum = new double[pattern.columns()];
        double[] weight = new double[pattern.columns()];
        for (int j = 0; j < weight.length; j++) {
            weight[j] = byColumn[j] == 0 ? 0 : Math.pow(byColumn[j], -0.75);
        }
        for (int i = 0; i < pattern.rows(); i++) {
            double count = 0;
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                count += own.at(e);
            }
            double power = Math.pow(count, -0.75);
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                rows += own.at(e) * count * power * weight[j];
                sum[j] += own.at(e) * power;
            }
        }
        double columns = 0;
        for (int j = 0; j < weight.length; j++) {
            columns += byColumn[j] * weight[j] * sum[j];
        }
        double all = own.sum(pattern.columnIndex().length);
        return Math.sqrt(rows / all) + Math.sqrt(columns / all);
    }

    CompletionModel model() {
        Factors copy = lowRank().copy();
        return new CompletionModel(
                copy,
                offsets.mean(),
                offsets.row(),
                offsets.column(),
                ridge,
                data.range(),
                false,
                data.entryWeights().unit());
    }
}

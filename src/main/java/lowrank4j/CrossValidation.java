package lowrank4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.solver.HeldOut;
import lowrank4j.solver.IterationListener;

/**
 * Rank and ridge of a completion chosen by k-fold cross-validation (Stone 1974; Hastie, Tibshirani, Friedman 2009, 7.10): the entries
 * are dealt at random to k folds, each fold is predicted from the others at every rank and ridge, and what predicts best on average
 * is fitted to all entries. Where nothing predicts better than the offsets alone by more than two standard errors of the
 * difference, the offsets alone are the answer.
 *
 * <p>Folds and ranks run in parallel, each on one thread, so the answer has the same bits for any number of threads. Cost: about
 * k times that of a completion for each rank; memory: a copy of the entries and of the factors for each thread.
 *
 * @param folds k
 * @param points what was tried: the offsets alone first, then by rank and from the heaviest ridge
 * @param chosen one of the points
 * @param result the fit of the chosen point to all entries, but for what the caller holds out
 */
public record CrossValidation(int folds, List<Point> points, Point chosen, CompletionResult result) {
    /** Ranks that are tried where none is given, as far as the matrix has them. */
    private static final int[] RANKS = {2, 5, 10, 20, 40};

    /** Standard errors by which the best must gain on the offsets: the best of many gains one by chance alone. */
    private static final double EVIDENT = 2;

    /**
     * Something tried.
     *
     * @param rank columns of the low-rank part; 0 for the offsets alone
     * @param ridge in units of the deviation that the offsets leave; 0 for the offsets alone
     * @param error root mean square of the error on a fold held out, mean over the folds
     * @param standardError of that mean: the deviation over the folds by √k
     * @param gain by which the offsets alone err more, mean over the folds
     * @param gainStandardError of that mean, the folds compared one by one
     */
    public record Point(
            int rank, double ridge, double error, double standardError, double gain, double gainStandardError) {}

    public CrossValidation {
        points = List.copyOf(points);
    }

    /**
     * Chooses and fits.
     *
     * @param folds k, from 2 to the number of entries
     * @param options a rank there is the largest that is tried; the algorithm must be {@code recommended} or {@code als}; a start, a
     *     step, a damping and a penalty are refused, and the greatest number of iterations and the tolerance do not count
     * @param by how the share that the options hold out is chosen; the folds are of the rest
     */
    public static CrossValidation run(MatrixCompletion all, int folds, RecoveryOptions options, HoldOut by) {
        if (options.algorithm() != Algorithm.RECOMMENDED && options.algorithm() != Algorithm.ALS) {
            throw new InvalidArgumentException("cross-validation is for algorithms recommended and als, not "
                    + options.algorithm() + ": it chooses a rank and a ridge");
        }
        if (options.loss() != Loss.SQUARED || options.nonnegative()) {
            throw new InvalidArgumentException("cross-validation is of least squares, not of loss " + options.loss()
                    + (options.nonnegative() ? " with nonnegative factors" : ""));
        }
        options.refuseForSweeps("cross-validation");
        long start = System.nanoTime();
        int limit = Math.min(all.pattern().rows(), all.pattern().columns());
        options.rank().ifPresent(rank -> RecoveryRun.requireRank(rank, limit));
        try (Engine engine = RecoveryRun.engine(options)) {
            MatrixCompletion data =
                    CompletionTask.of(all, by, options, engine, start).data();
            int[] ranks = ranks(options.rank().orElse(Math.min(limit, RANKS[RANKS.length - 1])));
            List<MatrixCompletion.Split> splits = splits(data, folds, options.seed() + 1);
            RecoveryOptions silent = options.withListener(IterationListener.none())
                    .withThreads(1)
                    .withHoldOut(0);
            double[][] errors = new double[ranks.length * folds][];
            engine.workers().run(errors.length, task -> {
                MatrixCompletion.Split split = splits.get(task % folds);
                try (Engine own = RecoveryRun.engine(silent)) {
                    HeldOut heldOut = split.heldOut().heldOut(own);
                    RecoveryOptions atRank = silent.withRank(ranks[task / folds]);
                    errors[task] = new RidgeTrial(CompletionTask.of(split.fitted(), by, atRank, own, start))
                            .errorsAlongPath(heldOut);
                }
            });
            List<Point> points = points(ranks, folds, errors);
            Point chosen = chosen(points);
            RecoveryOptions fitting = chosen.rank() == 0 ? options : options.withRank(chosen.rank());
            CompletionResult result = new RidgeTrial(CompletionTask.of(all, by, fitting, engine, start))
                    .fitted(chosen.ridge(), sentence(chosen, folds));
            return new CrossValidation(folds, points, chosen, result);
        }
    }

    private static int[] ranks(int largest) {
        return IntStream.concat(Arrays.stream(RANKS).filter(rank -> rank < largest), IntStream.of(largest))
                .toArray();
    }

    /** The folds, each held out in turn; they differ in size by one entry at the most. */
    private static List<MatrixCompletion.Split> splits(MatrixCompletion data, int folds, long seed) {
        int count = data.sharedValues().length;
        if (folds < 2 || folds > count) {
            throw new InvalidArgumentException(
                    "folds is " + folds + ", but must be from 2 to the number of entries, " + count);
        }
        int[] dealt = IntStream.range(0, count).map(k -> k % folds).toArray();
        Random random = new Random(seed);
        for (int k = count - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int kept = dealt[k];
            dealt[k] = dealt[other];
            dealt[other] = kept;
        }
        List<MatrixCompletion.Split> splits = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            boolean[] held = new boolean[count];
            for (int k = 0; k < count; k++) {
                held[k] = dealt[k] == fold;
            }
            splits.add(data.split(held));
        }
        return splits;
    }

    /** A row for each point that every fold has reached: a run that is cancelled leaves some out. */
    private static List<Point> points(int[] ranks, int folds, double[][] errors) {
        double[] offsets = new double[folds];
        for (int fold = 0; fold < folds; fold++) {
            offsets[fold] = errors[fold][0];
        }
        List<Point> points = new ArrayList<>();
        points.add(point(0, 0, offsets, offsets));
        for (int r = 0; r < ranks.length; r++) {
            for (int step = 1; step <= LossPath.RIDGES.length; step++) {
                double[] ofFolds = new double[folds];
                for (int fold = 0; fold < folds; fold++) {
                    double[] path = errors[r * folds + fold];
                    ofFolds[fold] = step < path.length ? path[step] : Double.NaN;
                }
                if (Arrays.stream(ofFolds).allMatch(Double::isFinite)) {
                    points.add(point(ranks[r], LossPath.RIDGES[step - 1], ofFolds, offsets));
                }
            }
        }
        return points;
    }

    private static Point point(int rank, double ridge, double[] errors, double[] offsets) {
        double[] gains = new double[errors.length];
        Arrays.setAll(gains, fold -> offsets[fold] - errors[fold]);
        return new Point(rank, ridge, mean(errors), standardError(errors), mean(gains), standardError(gains));
    }

    private static double mean(double[] numbers) {
        return Arrays.stream(numbers).average().orElse(Double.NaN);
    }

    private static double standardError(double[] numbers) {
        double mean = mean(numbers);
        double sum = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(sum / (numbers.length - 1) / numbers.length);
    }

    private static Point chosen(List<Point> points) {
        Point best = points.getFirst();
        for (Point point : points) {
            if (point.error() < best.error()) {
                best = point;
            }
        }
        return best.gain() > EVIDENT * best.gainStandardError() ? best : points.getFirst();
    }

    private static String sentence(Point chosen, int folds) {
        return chosen.rank() == 0
                ? String.format(
                        Locale.ROOT,
                        "Offsets only: over %d folds, no rank and ridge erred less than their %.4g by more than two"
                                + " standard errors of the difference.",
                        folds,
                        chosen.error())
                : String.format(
                        Locale.ROOT,
                        "Over %d folds, rank %d and ridge %.3g times the deviation erred least: %.4g, standard error %.2g;"
                                + " the offsets alone err %.3g more.",
                        folds,
                        chosen.rank(),
                        chosen.ridge(),
                        chosen.error(),
                        chosen.standardError(),
                        chosen.gain());
    }
}

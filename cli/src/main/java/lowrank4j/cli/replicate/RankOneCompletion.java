package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.IntStream;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Problem;

/**
 * Gradient descent on the observed entries of a symmetric matrix of rank one, from a small random start and without a regulariser or a
 * projection, is near it after a number of iterations in proportion to log n, and never spiky on the way.
 *
 * <p>The paper's size is n = 5000 with a tenth of the entries; its noise is printed as "0.1 n", which is taken for 0.1/n, a tenth of a typical
 * entry.
 */
record RankOneCompletion() implements Figure {
    private static final Axes ERRORS = Axes.errors("the largest n, a tenth of the entries");
    private static final Axes SIZES =
            new Axes("iterations", "log n", "iterations to a relative error of 0.1", Kind.LINEAR);
    private static final double SHARE = 0.1;
    private static final double STEP = 0.2;
    private static final double NEAR = 0.1;
    private static final double FINE = 1e-6;
    private static final double NOISE = 0.1;
    private static final int LIMIT = 400;
    private static final int NOISY_LIMIT = 150;
    private static final String GROWTH = "iterations to 0.1 over log(1/|uᵀx₀|)/log(1 + η), median of the sizes";
    private static final String MOST = "iterations to 0.1 over log n, largest of the sizes";
    private static final String SPIKY = "largest |x| on the way, in units of ‖x‖√(log n/n)";
    private static final String FLOOR = "error with noise, in units of σ√(n/p)";
    private static final String REACHED = "iterations to 1e-6, the largest n";
    private static final String LARGE = "iterations to 0.1 from a start of norm 0.1 over those from n^-½";

    @Override
    public String name() {
        return "rank-one-completion";
    }

    @Override
    public String paper() {
        return "Kim, Chung 2023, NeurIPS (arXiv 2212.09396)";
    }

    @Override
    public String claim() {
        return "Rank-one completion by gradient descent from a small random start is near the matrix after O(log n) iterations, without any"
                + " regularisation, and stays incoherent on the way.";
    }

    private static int[] sizes(boolean quick) {
        return quick ? new int[] {250, 500, 1000, 2000} : new int[] {600, 1250, 2500, 5000};
    }

    @Override
    public String setUp(boolean quick) {
        return "M = uuᵀ, ‖u‖ = 1 Gaussian, n = " + Arrays.toString(sizes(quick))
                + ", p = 0.1 (both sides of the diagonal), step 0.2, start"
                + " N(0, β²/n) with β = n^-½ (and 0.1), without noise and with N(0, (0.1/n)²)";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between(GROWTH, 0.8, 1.6),
                Band.atMost(MOST, 12),
                Band.atMost(SPIKY, 4),
                Band.atMost(REACHED, 200),
                Band.atMost(LARGE, 0.95),
                Band.atMost(FLOOR, 3));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS, SIZES);
    }

    @Override
    public void run(Trial trial) {
        int[] sizes = sizes(trial.isQuick());
        double[] logarithms = Arrays.stream(sizes).mapToDouble(Math::log).toArray();
        List<Double> growth = new ArrayList<>();
        double most = 0;
        DoubleAccumulator spiky = new DoubleAccumulator(Math::max, 0);
        for (int k = 0; k < sizes.length; k++) {
            int n = sizes[k];
            trial.say("drawing entries, n = " + n);
            SparsePattern pattern = pairs(n, trial.random(2));
            Measured measured = measured(trial, pattern);
            AtomicReference<Double> overlap = new AtomicReference<>(0.0);
            Matrix u = measured.truth().factors().left();
            Run run = run("n = " + n + ", without noise", 1 / Math.sqrt(n), LIMIT)
                    .to(FINE)
                    .watchedBy((event, factors) -> {
                        spiky.accumulate(spikiness(factors.left()));
                        if (event.iteration() == 0) {
                            overlap.set(Math.abs(trial.kernels().dot(u, factors.left())));
                        }
                    });
            Trajectory trajectory = trial.follow(measured, run);
            double iterations = trajectory.iterationsTo(NEAR);
            growth.add(iterations * Math.log1p(STEP) / -Math.log(overlap.get()));
            most = Math.max(most, iterations / logarithms[k]);
            trial.point(SIZES, "β = n^-½", logarithms[k], iterations);
            if (k == sizes.length - 1) {
                largest(trial, measured, pattern, trajectory);
            }
        }
        trial.measure(GROWTH, Statistics.median(growth));
        trial.measure(MOST, most);
        trial.measure(SPIKY, spiky.get());
    }

    private static void largest(Trial trial, Measured measured, SparsePattern pattern, Trajectory small) {
        int n = pattern.rows();
        trial.curve(ERRORS, "β = n^-½", small.error());
        trial.measure(REACHED, small.iterationsTo(FINE));
        Trajectory large =
                trial.follow(measured, run("n = " + n + ", β = 0.1", 0.1, LIMIT).to(FINE));
        trial.curve(ERRORS, "β = 0.1", large.error());
        trial.measure(LARGE, large.iterationsTo(NEAR) / small.iterationsTo(NEAR));
        double deviation = NOISE / n;
        Measured noisy = noisy(measured, pattern, deviation, trial.random(3));
        Trajectory floor = trial.follow(noisy, run("n = " + n + ", with noise", 1 / Math.sqrt(n), NOISY_LIMIT));
        trial.curve(ERRORS, "β = n^-½, with noise", floor.error());
        trial.measure(FLOOR, floor.last() / (deviation * Math.sqrt(n / SHARE)));
    }

    /** Independent noise on each pair of entries, the same on both sides of the diagonal. */
    private static Measured noisy(Measured measured, SparsePattern pattern, double deviation, Random random) {
        double[] observed = measured.problem().observed().clone();
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                if (j >= i) {
                    observed[e] += deviation * random.nextGaussian();
                    observed[position(pattern, j, i)] = observed[e];
                }
            }
        }
        return new Measured(
                measured.truth(),
                new Problem(
                        measured.problem().operator(),
                        observed,
                        measured.problem().engine()));
    }

    private static int position(SparsePattern pattern, int row, int column) {
        return Arrays.binarySearch(pattern.columnIndex(), pattern.rowStart()[row], pattern.rowStart()[row + 1], column);
    }

    /** Each pair of entries, or entry on the diagonal, with a chance of {@link #SHARE}. */
    private static SparsePattern pairs(int n, Random random) {
        BitSet[] observed = IntStream.range(0, n).mapToObj(i -> new BitSet(n)).toArray(BitSet[]::new);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                if (random.nextDouble() < SHARE) {
                    observed[i].set(j);
                    observed[j].set(i);
                }
            }
        }
        int[] rowStart = new int[n + 1];
        for (int i = 0; i < n; i++) {
            rowStart[i + 1] = rowStart[i] + observed[i].cardinality();
        }
        int[] columns = Arrays.stream(observed).flatMapToInt(BitSet::stream).toArray();
        return new SparsePattern(n, n, rowStart, columns);
    }

    private static Run run(String series, double scale, int limit) {
        return Run.of(series, new GradientDescent(), Initialisation.gaussian(scale), 1, STEP, limit);
    }

    /** The largest entry of x in units of ‖x‖√(log n/n): about √2 for a Gaussian x. */
    private static double spikiness(Matrix x) {
        double largest = 0;
        double square = 0;
        for (double entry : x.data()) {
            largest = Math.max(largest, Math.abs(entry));
            square += entry * entry;
        }
        int n = x.rows();
        return largest / Math.sqrt(square * Math.log(n) / n);
    }

    private static Measured measured(Trial trial, SparsePattern pattern) {
        Matrix u = Truth.orthonormal(Truth.gaussian(pattern.rows(), 1, trial.random(1)), trial.kernels());
        return Measured.of(
                Truth.of(Factors.symmetric(u), trial.kernels()),
                ObservedEntries.symmetric(pattern, trial.engine()),
                trial.engine());
    }
}

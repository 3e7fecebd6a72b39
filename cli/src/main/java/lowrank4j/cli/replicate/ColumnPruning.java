package lowrank4j.cli.replicate;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.GroupLassoPruning;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Method;

/**
 * With a group lasso gradient descent leaves as many columns as the rank, which can be pruned and fine-tuned; without it nearly all are of
 * like length.
 */
record ColumnPruning() implements Figure {
    private static final Axes LENGTHS =
            new Axes("lengths", "column, from the longest", "length of the column ‖U e‖", Kind.LOG);
    private static final Axes ERRORS = Axes.errors("error, first trial");
    private static final double[] VALUES = {1, 0.9, 0.8, 0.7};
    private static final int RANK = VALUES.length;
    private static final double WEIGHT = 0.01;
    private static final double STEP = 0.5;
    private static final double SCALE = 0.01;
    private static final double TARGET = 1e-10;
    private static final double LEAST_DRAWN = 1e-6;
    private static final int LIMIT = 3000;

    /** A column counts beside the longest from this part of its length. */
    private static final double COUNTS = 0.1;

    private static final String WITH = "columns above a tenth of the longest, with the group lasso";
    private static final String WITHOUT = "share of the columns above a tenth of the longest, without it";
    private static final String PRUNED = "columns after the pruning";
    private static final String LATEST = "iterations to the pruning";
    private static final String TUNING = "iterations of the fine-tuning to an error of 1e-10";

    @Override
    public String name() {
        return "group-lasso";
    }

    @Override
    public String paper() {
        return "Rajaraman, Devvrit, Mokhtari, Ramchandran 2023, NeurIPS (arXiv 2303.11453), figure 1";
    }

    @Override
    public String claim() {
        return "With a group lasso on the columns descent leaves as many of them as the rank, and fine-tuning them converges linearly;"
                + " without it the columns are of like length, and none can be pruned.";
    }

    private static int n(boolean quick) {
        return quick ? 100 : 500;
    }

    @Override
    public String setUp(boolean quick) {
        return "symmetric, d = k = " + n(quick)
                + ", r* = 4, known in full, eigenvalues 1, 0.9, 0.8, 0.7, start αG with α = 0.01, step 0.5,"
                + " λ = 0.01";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.between(WITH, RANK, RANK),
                Band.atLeast(WITHOUT, 0.9),
                Band.between(PRUNED, RANK, RANK),
                Band.atMost(LATEST, 2500),
                Band.atMost(TUNING, 200));
    }

    @Override
    public List<Axes> axes() {
        return List.of(LENGTHS, ERRORS);
    }

    @Override
    public void run(Trial trial) {
        int n = n(trial.isQuick());
        Matrix root = Truth.orthonormal(Truth.gaussian(n, RANK, trial.random(1)), trial.kernels());
        Truth.scaleColumns(root, Arrays.stream(VALUES).map(Math::sqrt).toArray());
        Measured measured = Measured.of(
                Truth.of(Factors.symmetric(root), trial.kernels()),
                EveryEntry.symmetric(n, trial.engine()),
                trial.engine());
        Lengths with =
                follow(trial, measured, "with the group lasso", new GroupLassoPruning(OptionalDouble.of(WEIGHT)));
        Lengths without = follow(trial, measured, "without", new GradientDescent());
        trial.measure(WITH, with.counting());
        trial.measure(WITHOUT, without.counting() / n);
        trial.measure(PRUNED, with.trajectory().outcome().factors().rank());
        double pruned = with.trajectory().outcome().trace().stream()
                .filter(event -> event.rank() < n)
                .mapToDouble(event -> event.iteration())
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        trial.measure(LATEST, pruned);
        trial.measure(TUNING, with.trajectory().iterationsTo(TARGET) - pruned);
    }

    /**
     * How a run went.
     *
     * @param trajectory error by iteration
     * @param ordered lengths of the columns before any were pruned, the longest first
     */
    private record Lengths(Trajectory trajectory, double[] ordered) {
        double counting() {
            return (double) Arrays.stream(ordered)
                    .filter(length -> length > COUNTS * ordered[0])
                    .count();
        }
    }

    private static Lengths follow(Trial trial, Measured measured, String series, Method method) {
        int n = n(trial.isQuick());
        double[] last = new double[n];
        Run run = Run.of(series, method, Initialisation.gaussian(SCALE), n, STEP, LIMIT)
                .to(TARGET)
                .watchedBy((event, factors) -> {
                    if (factors.rank() == n) {
                        System.arraycopy(lengths(factors.left()), 0, last, 0, n);
                    }
                });
        Trajectory trajectory = trial.follow(measured, run);
        // Trials prune at other times, and medians over them would show no fine-tuning.
        if (trial.seed() == 1) {
            trial.curve(ERRORS, series, trajectory.error());
        }
        for (int k = 0; k < n; k++) {
            trial.point(LENGTHS, series, k + 1, Math.max(LEAST_DRAWN, last[k]));
        }
        return new Lengths(trajectory, last);
    }

    /** Of the columns, the longest first. */
    private static double[] lengths(Matrix factor) {
        double[] squares = new double[factor.columns()];
        for (int i = 0; i < factor.rows(); i++) {
            for (int k = 0; k < squares.length; k++) {
                squares[k] += factor.get(i, k) * factor.get(i, k);
            }
        }
        double[] ascending = Arrays.stream(squares).map(Math::sqrt).sorted().toArray();
        double[] descending = new double[ascending.length];
        for (int k = 0; k < descending.length; k++) {
            descending[k] = ascending[ascending.length - 1 - k];
        }
        return descending;
    }
}

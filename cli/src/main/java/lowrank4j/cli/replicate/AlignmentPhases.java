package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.Problem;

/**
 * Gradient descent from small initialisation first turns towards the leading eigenspace of {@code A*(y)} (spectral learning), long
 * before its error falls; and it turns faster the more columns it has.
 */
record AlignmentPhases() implements Figure {
    private static final Axes PHASES = new Axes("phases", "iteration", "sine of the angle; relative error", Kind.LOG);
    private static final Axes ALIGNMENT =
            new Axes("alignment by rank", "iteration", "sine of the angle to the spectral start", Kind.LOG);
    private static final double ALPHA = 1e-6;
    private static final int EARLY = 25;
    private static final int ITERATIONS = 130;
    private static final int ALIGNMENT_ITERATIONS = 80;
    private static final double ALIGNED = 0.1;

    @Override
    public String name() {
        return "gd-phases";
    }

    @Override
    public String paper() {
        return SmallStart.PAPER;
    }

    @Override
    public String claim() {
        return "Three phases: alignment with the spectral start while the error stays at 1, growth, linear refinement;"
                + " alignment is faster the larger r.";
    }

    @Override
    public String setUp(boolean quick) {
        SmallStart start = SmallStart.of(quick);
        return start.sentence() + ", α = 1e-6, r = " + start.n() + ", " + middleRank(start) + ", " + start.trueRank();
    }

    private static int middleRank(SmallStart start) {
        return 4 * start.trueRank();
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("sine to the spectral start at iteration 25", 0.05),
                Band.atLeast("relative error at iteration 25", 0.99),
                Band.between("sine to the truth at iteration 25, over the spectral start's", 0.95, 1.05),
                Band.atMost("iterations to error 1e-3", 115),
                Band.atLeast("iterations to align, r = 4 r* over r = n", 1.1),
                Band.atLeast("iterations to align, r = r* over r = 4 r*", 1.1));
    }

    @Override
    public List<Axes> axes() {
        return List.of(PHASES, ALIGNMENT);
    }

    @Override
    public void run(Trial trial) {
        SmallStart start = SmallStart.of(trial.isQuick());
        Kernels kernels = trial.kernels();
        try (Arena arena = Arena.ofShared()) {
            Measured measured = start.measure(trial, arena);
            Matrix truth = Truth.orthonormal(measured.truth().factors().left(), kernels);
            Matrix spectral = leadingEigenspace(measured.problem(), start.trueRank());
            List<Double> toTruth = new ArrayList<>();
            List<List<Double>> toSpectral = new ArrayList<>();
            List<Trajectory> trajectories = new ArrayList<>();
            for (int rank : new int[] {start.n(), middleRank(start), start.trueRank()}) {
                List<Double> sines = new ArrayList<>();
                boolean whole = rank == start.n();
                Run run = start.run(ALPHA, rank, whole ? ITERATIONS : ALIGNMENT_ITERATIONS)
                        .watchedBy((event, factors) -> {
                            Matrix present = leadingColumnSpace(factors.left(), start.trueRank(), kernels);
                            sines.add(sine(present, spectral, kernels));
                            if (whole) {
                                toTruth.add(sine(present, truth, kernels));
                            }
                        });
                trajectories.add(trial.follow(measured, run));
                toSpectral.add(sines);
                trial.curve(ALIGNMENT, "r = " + rank, array(sines));
            }
            Trajectory first = trajectories.getFirst();
            trial.curve(PHASES, "angle to the spectral start", array(toSpectral.getFirst()));
            trial.curve(PHASES, "angle to the truth", array(toTruth));
            trial.curve(PHASES, "relative error", first.error());
            double[] aligned = toSpectral.stream()
                    .mapToDouble(AlignmentPhases::iterationsToAlign)
                    .toArray();
            trial.measure(
                    "sine to the spectral start at iteration 25",
                    toSpectral.getFirst().get(EARLY));
            trial.measure("relative error at iteration 25", first.error()[EARLY]);
            trial.measure(
                    "sine to the truth at iteration 25, over the spectral start's",
                    toTruth.get(EARLY) / sine(spectral, truth, kernels));
            trial.measure("iterations to error 1e-3", first.iterationsTo(1e-3));
            trial.measure("iterations to align, r = 4 r* over r = n", aligned[1] / aligned[0]);
            trial.measure("iterations to align, r = r* over r = 4 r*", aligned[2] / aligned[1]);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }

    private static double iterationsToAlign(List<Double> sines) {
        return IntStream.range(0, sines.size())
                .filter(t -> sines.get(t) <= ALIGNED)
                .findFirst()
                .orElse(ALIGNMENT_ITERATIONS);
    }

    /** The eigenvectors of {@code A*(y)} that belong to the largest eigenvalues, from the whole matrix. */
    private static Matrix leadingEigenspace(Problem problem, int rank) {
        int n = problem.rows();
        Matrix back = Matrix.zeros(n, n);
        problem.operator().adjoint(problem.observed()).times(Matrix.identity(n), back);
        Matrix vectors = Matrix.zeros(n, n);
        problem.engine().kernels().symmetricEigen(back, new double[n], vectors);
        return vectors.columnRange(0, rank).copy();
    }

    /** The left singular vectors of the largest singular values. */
    private static Matrix leadingColumnSpace(Matrix u, int rank, Kernels kernels) {
        int k = Math.min(u.rows(), u.columns());
        Matrix left = Matrix.zeros(u.rows(), k);
        kernels.thinSvd(u, left, new double[k], Matrix.zeros(u.columns(), k));
        return left.columnRange(0, rank).copy();
    }

    /** The sine of the largest principal angle between two column spaces of one dimension, ‖P - QQᵀP‖. */
    private static double sine(Matrix p, Matrix q, Kernels kernels) {
        int r = p.columns();
        Matrix inner = Matrix.zeros(r, r);
        kernels.transposedMultiply(1, q, p, 0, inner);
        Matrix gap = p.copy();
        kernels.multiply(-1, q, inner, 1, gap);
        double[] values = new double[r];
        kernels.thinSvd(gap, Matrix.zeros(p.rows(), r), values, Matrix.zeros(r, r));
        return Math.min(1, values[0]);
    }
}

package lowrank4j.cli.replicate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.cli.report.Numbers;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Problem;

/**
 * Gradient descent finds the best approximation of rank r of a matrix of full rank, from a small start and from a moderate one, at the
 * local rate 1 - ηΔ that the eigengap Δ sets; asymmetric through the symmetric dilation {@code [0 Σ; Σᵀ 0]}.
 */
record BestApproximation() implements Figure {
    private static final Axes ERRORS = Axes.errors("distance from the best approximation");
    private static final int RANK = 5;
    private static final double STEP = 0.1;
    private static final double TAIL = 0.5;
    private static final double TARGET = 1e-10;
    private static final double SMALL = 1e-3;
    private static final double MODERATE = 1;
    private static final int LIMIT = 1500;

    @Override
    public String name() {
        return "gd-global";
    }

    @Override
    public String paper() {
        return "Chen, Chen, Elmasri, Sun 2023 (arXiv 2305.19206)";
    }

    @Override
    public String claim() {
        return "Gradient descent reaches the best approximation of rank r from any start, at a linear rate of 1 − ηΔ.";
    }

    private static int n(boolean quick) {
        return quick ? 80 : 200;
    }

    @Override
    public String setUp(boolean quick) {
        return n(quick) + " x " + n(quick)
                + " of full rank, r = 5, leading eigenvalues 2 ... 1 or all 1, the others 0.5 ... 0, step 0.1,"
                + " start αG with α = 1e-3 and 1";
    }

    /** What is approximated. */
    private enum Kind {
        DISTINCT("distinct eigenvalues"),
        EQUAL("equal eigenvalues"),
        DILATION("asymmetric");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    private static String iterations(Kind kind, double scale) {
        return kind.title + ", α = " + Numbers.brief(scale) + ": iterations to 1e-10";
    }

    private static String rate(Kind kind) {
        return kind.title + ": local rate, in units of −log(1 − ηΔ)";
    }

    @Override
    public List<Band> bands() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> List.of(
                        Band.atMost(iterations(kind, SMALL), 900),
                        Band.atMost(iterations(kind, MODERATE), 900),
                        Band.between(rate(kind), 0.95, 1.05))
                        .stream())
                .toList();
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        int n = n(trial.isQuick());
        for (Kind kind : Kind.values()) {
            Measured measured = kind == Kind.DILATION ? dilation(n / 2, trial) : symmetric(n, kind, trial);
            for (double scale : new double[] {SMALL, MODERATE}) {
                Run run = Run.of(
                                kind.title + ", α = " + Numbers.brief(scale),
                                new GradientDescent(),
                                Initialisation.gaussian(scale),
                                RANK,
                                STEP,
                                LIMIT)
                        .to(TARGET);
                Trajectory trajectory = trial.follow(measured, run);
                trial.curve(ERRORS, run.series(), trajectory.error());
                trial.measure(iterations(kind, scale), trajectory.iterationsTo(TARGET));
                if (scale == SMALL) {
                    trial.measure(rate(kind), localRate(trajectory) / -Math.log(1 - STEP * (1 - TAIL)));
                }
            }
        }
    }

    /** Decrease of the logarithm of the error an iteration, from 1e-5 to the end. */
    private static double localRate(Trajectory trajectory) {
        double from = trajectory.iterationsTo(1e-5);
        double to = trajectory.iterationsTo(TARGET);
        if (Double.isInfinite(to)) {
            return Double.NaN;
        }
        return Math.log(trajectory.error()[(int) from] / trajectory.error()[(int) to]) / (to - from);
    }

    /** r leading values, then those from {@link #TAIL} to 0. */
    private static double[] values(int n, boolean distinct) {
        return IntStream.range(0, n)
                .mapToDouble(k -> k < RANK ? (distinct ? 2 - (double) k / (RANK - 1) : 1) : tail(k, n))
                .toArray();
    }

    private static double tail(int k, int n) {
        return TAIL * (n - 1 - k) / (n - 1 - RANK);
    }

    private static Measured symmetric(int n, Kind kind, Trial trial) {
        Kernels kernels = trial.kernels();
        Matrix root = Truth.orthonormal(Truth.gaussian(n, n, trial.random(1)), kernels);
        Truth.scaleColumns(
                root,
                Arrays.stream(values(n, kind == Kind.DISTINCT)).map(Math::sqrt).toArray());
        Matrix whole = Factors.symmetric(root).toMatrix();
        return measured(whole, Factors.symmetric(root.columnRange(0, RANK).copy()), trial);
    }

    /** The eigenpairs of the dilation are ±σ with (u; ±v)/√2. */
    private static Measured dilation(int n, Trial trial) {
        Kernels kernels = trial.kernels();
        Random random = trial.random(1);
        Matrix u = Truth.orthonormal(Truth.gaussian(n, n, random), kernels);
        Matrix v = Truth.orthonormal(Truth.gaussian(n, n, random), kernels);
        double[] values = values(n, true);
        Matrix leading = Matrix.zeros(2 * n, RANK);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < RANK; k++) {
                leading.set(i, k, Math.sqrt(values[k] / 2) * u.get(i, k));
                leading.set(n + i, k, Math.sqrt(values[k] / 2) * v.get(i, k));
            }
        }
        Truth.scaleColumns(u, values);
        Matrix block = new Factors(u, v).toMatrix();
        Matrix whole = Matrix.zeros(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                whole.set(i, n + j, block.get(i, j));
                whole.set(n + j, i, block.get(i, j));
            }
        }
        return measured(whole, Factors.symmetric(leading), trial);
    }

    private static Measured measured(Matrix whole, Factors best, Trial trial) {
        EveryEntry operator = EveryEntry.symmetric(whole.rows(), trial.engine());
        return new Measured(Truth.of(best, trial.kernels()), new Problem(operator, whole.toArray(), trial.engine()));
    }
}

package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;

/**
 * Gradient descent on both factors of a matrix known in full, without a regulariser: it converges from a small random start, the
 * factors stay balanced, and the objects of the paper's proof behave as it says. The paper has no experiments; its step is 1e5 to 1e8
 * times smaller than the one here.
 */
record AsymmetricDescent() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final Axes SIGNAL =
            new Axes("κ = 10: signal and complements", "iteration", "σ_d(A), ‖J‖, ‖K‖", Kind.LOG);
    private static final int ROWS = 60;
    private static final int COLUMNS = 50;
    private static final int RANK = 5;
    private static final double STEP = 0.5;
    private static final double OBJECTIVE = 1e-12;
    private static final int LIMIT = 2000;

    /**
     * A condition number with the iterations that it takes.
     *
     * @param usual iterations that were measured with another program
     */
    private record Case(int conditionNumber, int usual) {
        String series() {
            return "κ = " + conditionNumber;
        }

        String iterations() {
            return series() + ": iterations to f < 1e-12";
        }

        /** Entries of the start: σ_d/(√(d·σ₁)(m + n)). */
        double deviation() {
            return 1.0 / conditionNumber / (Math.sqrt(RANK) * (ROWS + COLUMNS));
        }
    }

    private static final List<Case> CASES = List.of(new Case(1, 36), new Case(3, 97), new Case(10, 314));

    @Override
    public String name() {
        return "ye-du";
    }

    @Override
    public String paper() {
        return "Ye, Du 2021, NeurIPS (arXiv 2106.14289)";
    }

    @Override
    public String claim() {
        return "Plain gradient descent on both factors converges, at a rate that σ_d sets, and keeps them balanced.";
    }

    @Override
    public String setUp(boolean quick) {
        return "60 x 50 known in full, rank d = 5, κ = 1, 3, 10, start N(0, ε²) with ε = σ_d/(√(d σ₁)(m + n)), step 0.5/σ₁";
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (Case one : CASES) {
            bands.add(Band.between(one.iterations(), 0.85 * one.usual(), 1.15 * one.usual()));
        }
        bands.add(Band.atMost("largest drift of ‖LᵀL − RᵀR‖, relative", 0.5));
        bands.add(Band.atLeast("least change of σ_d(A) in an iteration, as a factor", 0.9));
        bands.add(Band.atMost("largest change of ‖J‖ and ‖K‖ in an iteration, as a factor", 1));
        return bands;
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS, SIGNAL);
    }

    @Override
    public void run(Trial trial) {
        Kernels kernels = trial.kernels();
        double drift = 0;
        double growth = Double.POSITIVE_INFINITY;
        double complements = 0;
        for (Case one : CASES) {
            Truth truth = Truth.rectangular(ROWS, COLUMNS, RANK, one.conditionNumber(), trial.random(1), kernels);
            Measured measured =
                    Measured.of(truth, EveryEntry.rectangular(ROWS, COLUMNS, trial.engine()), trial.engine());
            Matrix u = Truth.orthonormal(truth.factors().left(), kernels);
            Matrix v = alignedRight(truth, u, kernels);
            List<double[]> parts = new ArrayList<>();
            List<Double> imbalance = new ArrayList<>();
            double target = Math.sqrt(2 * OBJECTIVE) / truth.norm();
            Trajectory trajectory = trial.follow(
                    measured,
                    Run.of(
                                    one.series(),
                                    new GradientDescent(),
                                    Initialisation.entries(one.deviation(), one.deviation()),
                                    RANK,
                                    STEP,
                                    LIMIT)
                            .to(target)
                            .watchedBy((event, factors) -> {
                                parts.add(parts(factors, u, v, kernels));
                                imbalance.add(imbalance(factors, kernels));
                            }));
            trial.curve(ERRORS, one.series(), trajectory.error());
            trial.measure(one.iterations(), trajectory.iterationsTo(target));
            drift = Math.max(drift, Math.abs(imbalance.getLast() / imbalance.getFirst() - 1));
            growth = Math.min(growth, change(parts, 0).min().orElseThrow());
            complements = Math.max(
                    complements,
                    Math.max(
                            change(parts, 1).max().orElseThrow(),
                            change(parts, 2).max().orElseThrow()));
            if (one.equals(CASES.getLast())) {
                trial.curve(SIGNAL, "σ_d(A)", column(parts, 0));
                trial.curve(SIGNAL, "‖J‖", column(parts, 1));
                trial.curve(SIGNAL, "‖K‖", column(parts, 2));
            }
        }
        trial.measure("largest drift of ‖LᵀL − RᵀR‖, relative", drift);
        trial.measure("least change of σ_d(A) in an iteration, as a factor", growth);
        trial.measure("largest change of ‖J‖ and ‖K‖ in an iteration, as a factor", complements);
    }

    private static double[] column(List<double[]> parts, int k) {
        return parts.stream().mapToDouble(part -> part[k]).toArray();
    }

    private static DoubleStream change(List<double[]> parts, int k) {
        return IntStream.range(1, parts.size()).mapToDouble(t -> parts.get(t)[k] / parts.get(t - 1)[k]);
    }

    /** The right singular vectors that belong to these left ones, {@code XᵀU} made orthonormal. */
    private static Matrix alignedRight(Truth truth, Matrix u, Kernels kernels) {
        Matrix inner = Matrix.zeros(RANK, RANK);
        kernels.transposedMultiply(1, truth.factors().left(), u, 0, inner);
        Matrix v = Matrix.zeros(COLUMNS, RANK);
        kernels.multiply(1, truth.factors().right(), inner, 0, v);
        for (int k = 0; k < RANK; k++) {
            double norm = Math.sqrt(kernels.dot(v.columnRange(k, k + 1), v.columnRange(k, k + 1)));
            for (int i = 0; i < COLUMNS; i++) {
                v.set(i, k, v.get(i, k) / norm);
            }
        }
        return v;
    }

    /** σ_d of A = (UᵀL + VᵀR)/2, and the norms of what of L and R is outside the columns of U and V. */
    private static double[] parts(Factors factors, Matrix u, Matrix v, Kernels kernels) {
        Matrix a = Matrix.zeros(RANK, RANK);
        double left = complement(factors.left(), u, a, kernels);
        double right = complement(factors.right(), v, a, kernels);
        double[] values = new double[RANK];
        kernels.thinSvd(a, Matrix.zeros(RANK, RANK), values, Matrix.zeros(RANK, RANK));
        return new double[] {values[RANK - 1], left, right};
    }

    private static double complement(Matrix factor, Matrix basis, Matrix a, Kernels kernels) {
        Matrix inner = Matrix.zeros(RANK, RANK);
        kernels.transposedMultiply(1, basis, factor, 0, inner);
        kernels.axpy(0.5, inner, a);
        Matrix rest = factor.copy();
        kernels.multiply(-1, basis, inner, 1, rest);
        return Math.sqrt(kernels.dot(rest, rest));
    }

    private static double imbalance(Factors factors, Kernels kernels) {
        Matrix left = Matrix.zeros(RANK, RANK);
        Matrix right = Matrix.zeros(RANK, RANK);
        kernels.gram(factors.left(), left);
        kernels.gram(factors.right(), right);
        kernels.axpy(-1, right, left);
        return Math.sqrt(kernels.dot(left, left));
    }
}

package lowrank4j.cli.replicate;

import java.util.Arrays;
import java.util.List;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.AlternatingPreconditionedGradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.ScaledGradientDescent;

/** From Nyström's sketch scaled steps converge quadratically, and alternating ones of step 1 arrive at once. */
record SketchStart() implements Figure {
    private static final Axes ERRORS = Axes.errors("symmetric: error over iterations");
    private static final int N = 100;
    private static final int RANK = 5;
    private static final double STEP = 0.5;
    private static final double TARGET = 1e-12;

    /** Errors from which a quadratic decrease shows, and above rounding. */
    private static final double QUADRATIC_FROM = 0.1;

    private static final double QUADRATIC_TO = 1e-13;
    private static final int LIMIT = 100;

    @Override
    public String name() {
        return "nystrom";
    }

    @Override
    public String paper() {
        return "Li, Zhang, Mokhtari, He 2024, ICLR 2025 (arXiv 2410.18965)";
    }

    @Override
    public String claim() {
        return "From the sketch XΩ the error of ScaledGD squares at each iteration; alternating steps of 1 need one or two.";
    }

    @Override
    public String setUp(boolean quick) {
        return "100 x 100 known in full, rank 5; symmetric: κ = 10, step 0.5, against a start of entries N(0, 1e-6/n); asymmetric: κ ="
                + " 10 and 1e4, step 1";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("symmetric: iterations to 1e-12", 12),
                Band.between("symmetric: power of the error in the next one", 1.7, 2.3),
                Band.atLeast("symmetric, small start: iterations to 1e-12", 30),
                Band.atMost("asymmetric, κ = 10: iterations to 1e-12", 2),
                Band.atMost("asymmetric, κ = 1e4: iterations to 1e-12", 2));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        Measured symmetric = Measured.of(
                Truth.symmetric(N, RANK, Math.sqrt(10), trial.random(1), trial.kernels()),
                EveryEntry.symmetric(N, trial.engine()),
                trial.engine());
        Trajectory sketched = follow(trial, symmetric, "from the sketch", Initialisation.sketch(4));
        Trajectory small = follow(trial, symmetric, "from a small start", Initialisation.gaussian(1e-3));
        double[] errors = Arrays.stream(sketched.error())
                .filter(error -> error < QUADRATIC_FROM && error > QUADRATIC_TO)
                .toArray();
        trial.measure("symmetric: iterations to 1e-12", sketched.iterationsTo(TARGET));
        trial.measure(
                "symmetric: power of the error in the next one",
                Statistics.power(
                        Arrays.copyOf(errors, errors.length - 1), Arrays.copyOfRange(errors, 1, errors.length)));
        trial.measure("symmetric, small start: iterations to 1e-12", small.iterationsTo(TARGET));
        trial.measure("asymmetric, κ = 10: iterations to 1e-12", alternating(trial, 10));
        trial.measure("asymmetric, κ = 1e4: iterations to 1e-12", alternating(trial, 1e4));
    }

    private static Trajectory follow(Trial trial, Measured measured, String series, Initialisation start) {
        Trajectory trajectory = trial.follow(
                measured,
                Run.of(series, new ScaledGradientDescent(), start, RANK, STEP, LIMIT)
                        .to(1e-14));
        trial.curve(ERRORS, series, trajectory.error());
        return trajectory;
    }

    private static double alternating(Trial trial, double conditionNumber) {
        Measured measured = Measured.of(
                Truth.rectangular(N, N, RANK, conditionNumber, trial.random(2), trial.kernels()),
                EveryEntry.rectangular(N, N, trial.engine()),
                trial.engine());
        Run run = Run.of(
                "asymmetric",
                new AlternatingPreconditionedGradientDescent(),
                Initialisation.sketch(1),
                RANK,
                1,
                LIMIT / 10);
        return trial.follow(measured, run.to(TARGET)).iterationsTo(TARGET);
    }
}

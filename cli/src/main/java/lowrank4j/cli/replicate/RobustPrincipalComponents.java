package lowrank4j.cli.replicate;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.GradientDescent;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.Method;
import lowrank4j.solver.Problem;
import lowrank4j.solver.RobustDescent;
import lowrank4j.solver.ScaledGradientDescent;
import lowrank4j.solver.ThresholdedMeasurements;

/** With a tenth of the entries grossly wrong, thresholded ScaledGD needs as many iterations for every condition number; gradient descent slows down. */
record RobustPrincipalComponents() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final double[] CONDITION_NUMBERS = {1, 5, 10, 20};
    private static final int RANK = 5;
    private static final double OUTLIERS = 0.1;
    private static final double STEP = 0.5;
    private static final double TARGET = 1e-8;
    private static final int LIMIT = 2000;

    @Override
    public String name() {
        return "robust-pca";
    }

    @Override
    public String paper() {
        return "Tong, Ma, Chi 2021, JMLR 22(150), robust PCA; falling threshold of Cai, Liu, Yin 2021 (arXiv 2110.05649)";
    }

    @Override
    public String claim() {
        return "With a tenth of the entries grossly wrong, ScaledGD with thresholding recovers X exactly in as many iterations for every"
                + " condition number; gradient descent with thresholds that fall κ times as slowly slows down with it.";
    }

    @Override
    public String setUp(boolean quick) {
        int n = quick ? 300 : 600;
        return n + " x " + n
                + " known in full, rank 5, κ = 1, 5, 10, 20; 10 % of the entries with outliers uniform in ±10 times the mean"
                + " magnitude of X; step 0.5, or 0.5/σ₁ with thresholds that fall by the κ-th root of 0.9, since it loses small components under faster ones; spectral"
                + " start from the entries within the first threshold";
    }

    @Override
    public List<Band> bands() {
        return List.of(
                Band.atMost("ScaledGD: most iterations to 1e-8", 130),
                Band.atMost("ScaledGD: most iterations over least", 1.3),
                Band.atLeast("gradient descent over ScaledGD, κ = 10", 3),
                Band.atLeast("gradient descent over ScaledGD, κ = 20", 6));
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        double[] scaled = new double[CONDITION_NUMBERS.length];
        for (int k = 0; k < scaled.length; k++) {
            double kappa = CONDITION_NUMBERS[k];
            scaled[k] =
                    iterations(trial, "ScaledGD", new ScaledGradientDescent(), kappa, ThresholdedMeasurements.DECAY);
            double plain = iterations(
                    trial,
                    "gradient descent",
                    new GradientDescent(),
                    kappa,
                    Math.pow(ThresholdedMeasurements.DECAY, 1 / kappa));
            if (kappa >= 10) {
                trial.measure("gradient descent over ScaledGD, κ = " + Math.round(kappa), plain / scaled[k]);
            }
        }
        double most = DoubleStream.of(scaled).max().orElseThrow();
        trial.measure("ScaledGD: most iterations to 1e-8", most);
        trial.measure(
                "ScaledGD: most iterations over least",
                most / DoubleStream.of(scaled).min().orElseThrow());
    }

    /** Iterations to the target; the limit where it is not reached. */
    private static double iterations(Trial trial, String name, Method method, double kappa, double decay) {
        int n = trial.size(600, 300);
        Truth truth = Truth.rectangular(n, n, RANK, kappa, trial.random(1), trial.kernels());
        Measured exact = Measured.of(truth, EveryEntry.rectangular(n, n, trial.engine()), trial.engine());
        Problem wrong = new Problem(
                exact.problem().operator(), corrupted(exact.problem().observed(), trial.random(2)), trial.engine());
        double threshold = RobustDescent.firstThreshold(wrong);
        Problem trimmed = RobustDescent.trimmed(wrong, threshold);
        Initialisation start =
                (problem, rank, random) -> Initialisation.spectral().start(trimmed, rank, random);
        Measured scored = new Measured(
                truth,
                new Problem(
                        new ThresholdedMeasurements(wrong.operator(), threshold, decay),
                        wrong.observed(),
                        trial.engine()));
        String series = name + ", κ = " + Math.round(kappa);
        Trajectory trajectory = trial.follow(
                scored, Run.of(series, method, start, RANK, STEP, LIMIT).to(TARGET));
        trial.curve(ERRORS, series, trajectory.error());
        double reached = trajectory.iterationsTo(TARGET);
        return Double.isFinite(reached) ? reached : LIMIT;
    }

    private static double[] corrupted(double[] exact, Random random) {
        double size = 10 * DoubleStream.of(exact).map(Math::abs).average().orElseThrow();
        double[] values = exact.clone();
        for (int e = 0; e < values.length; e++) {
            if (random.nextDouble() < OUTLIERS) {
                values[e] += size * (2 * random.nextDouble() - 1);
            }
        }
        return values;
    }
}

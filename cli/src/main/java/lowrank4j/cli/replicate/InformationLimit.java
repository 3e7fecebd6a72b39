package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.solver.GaussNewton;
import lowrank4j.solver.GaussNewton.Variant;
import lowrank4j.solver.Initialisation;

/** Gauss-Newton recovers from few measurements more than there are free parameters. */
record InformationLimit() implements Figure {
    private static final Axes PHASE = new Axes(
            "recoveries",
            "measurements in percent of the free parameters",
            "problems recovered, in percent",
            Kind.LINEAR);
    private static final Axes ERRORS = Axes.errors("oversampling 1.5: error over outer iterations");
    private static final double CONDITION_NUMBER = 10;
    private static final double TARGET = 1e-8;
    private static final int LIMIT = 60;
    private static final int PROBLEMS = 6;
    private static final double ENOUGH = 1.5;
    private static final double FEW = 1.2;

    @Override
    public String name() {
        return "gnmr";
    }

    @Override
    public String paper() {
        return "Zilber, Nadler 2022, SIMODS 4(2) (arXiv 2106.12933)";
    }

    @Override
    public String claim() {
        return "Gauss-Newton recovers nearly always from 1.5 times as many measurements as free parameters, and often from 1.2 times.";
    }

    private static int rows(boolean quick) {
        return quick ? 25 : 50;
    }

    private static int columns(boolean quick) {
        return quick ? 30 : 60;
    }

    private static int rank(boolean quick) {
        return quick ? 2 : 3;
    }

    @Override
    public String setUp(boolean quick) {
        return rows(quick) + " x " + columns(quick) + ", r = " + rank(quick) + ", κ = 10, " + PROBLEMS
                + " problems a seed, m = 1.2 and 1.5 times r(n1 + n2 − r), spectral start, at most " + LIMIT
                + " outer iterations; recovered: error below 1e-8";
    }

    private static String recovered(Variant variant, double oversampling) {
        return title(variant) + ": share recovered, oversampling " + oversampling;
    }

    private static String title(Variant variant) {
        return variant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            bands.add(Band.atLeast(recovered(variant, ENOUGH), 0.8));
            bands.add(Band.between(recovered(variant, FEW), 0, 0.9));
            bands.add(Band.between(title(variant) + ": median of the outer iterations, oversampling 1.5", 5, 36));
        }
        return bands;
    }

    @Override
    public List<Axes> axes() {
        return List.of(PHASE, ERRORS);
    }

    @Override
    public void run(Trial trial) {
        for (Variant variant : Variant.values()) {
            for (double oversampling : new double[] {FEW, ENOUGH}) {
                List<Double> iterations = new ArrayList<>();
                for (int k = 0; k < PROBLEMS; k++) {
                    iterations.add(follow(trial, variant, oversampling, k));
                }
                double share =
                        (double) iterations.stream().filter(Double::isFinite).count() / PROBLEMS;
                trial.measure(recovered(variant, oversampling), share);
                trial.point(PHASE, title(variant), 100 * oversampling, 100 * share);
                if (oversampling == ENOUGH) {
                    trial.measure(
                            title(variant) + ": median of the outer iterations, oversampling 1.5",
                            Statistics.median(iterations));
                }
            }
        }
    }

    private static double follow(Trial trial, Variant variant, double oversampling, int k) {
        int n1 = rows(trial.isQuick());
        int n2 = columns(trial.isQuick());
        int rank = rank(trial.isQuick());
        int m = (int) Math.ceil(oversampling * rank * (n1 + n2 - rank));
        try (Arena arena = Arena.ofShared()) {
            long seed = (long) PROBLEMS * trial.seed() + k;
            Measured measured = Measured.of(
                    Truth.rectangular(n1, n2, rank, CONDITION_NUMBER, trial.random(10 + k), trial.kernels()),
                    GaussianSensing.rectangular(n1, n2, m, seed, trial.engine(), arena),
                    trial.engine());
            Run run = Run.of(
                    title(variant) + ", oversampling " + oversampling,
                    new GaussNewton(variant),
                    Initialisation.spectral(),
                    rank,
                    1,
                    LIMIT);
            Trajectory trajectory = trial.follow(measured, run.to(TARGET));
            if (k == 0 && oversampling == ENOUGH) {
                trial.curve(ERRORS, title(variant), trajectory.error());
            }
            return trajectory.iterationsTo(TARGET);
        }
    }
}

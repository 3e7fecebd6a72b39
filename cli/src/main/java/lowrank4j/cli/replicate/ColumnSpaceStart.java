package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.List;
import lowrank4j.sensing.EveryEntry;
import lowrank4j.solver.AlternatingGradientDescent;
import lowrank4j.solver.Initialisation;

/**
 * Alternating gradient descent from the column space does not mind the rank it carries; from a small Gaussian start it stalls. That
 * holds for d above the rank: at d = 5, the rank itself, the small start needs no more iterations with the same step (169 against 191).
 */
record ColumnSpaceStart() implements Figure {
    private static final Axes ERRORS = Axes.errors("error over iterations");
    private static final int ROWS = 100;
    private static final int COLUMNS = 80;
    private static final int TRUE_RANK = 5;
    private static final int[] RANKS = {5, 10, 20, 80};
    private static final int SMALL_START_RANK = 20;
    private static final double CONDITION_NUMBER = 10;
    private static final double TARGET = 1e-8;

    /** 9/(4Cνσ₁) at C = 4, ν = ½. */
    private static final double STEP = 1.125;

    private static final int LIMIT = 1500;

    @Override
    public String name() {
        return "ward-kolda";
    }

    @Override
    public String paper() {
        return "Ward, Kolda 2023, NeurIPS (arXiv 2305.06927)";
    }

    @Override
    public String claim() {
        return "From Ward and Kolda's start the iterations do not depend on the rank carried; from a small Gaussian one they are many"
                + " more.";
    }

    @Override
    public String setUp(boolean quick) {
        return "100 x 80 known in full, rank 5, κ = 10, d = 5, 10, 20, 80, C = 4, ν = 1/2, step 1.125/σ₁; the small start: entries"
                + " N(0, 1e-6/n), " + LIMIT + " iterations";
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (int rank : RANKS) {
            bands.add(Band.between(iterations(rank), 150, 215));
        }
        bands.add(Band.atLeast("small start over Ward and Kolda's, iterations, d = 20", 5));
        return bands;
    }

    private static String iterations(int rank) {
        return "iterations to 1e-8, d = " + rank;
    }

    @Override
    public List<Axes> axes() {
        return List.of(ERRORS);
    }

    @Override
    public void run(Trial trial) {
        Measured measured = Measured.of(
                Truth.rectangular(ROWS, COLUMNS, TRUE_RANK, CONDITION_NUMBER, trial.random(1), trial.kernels()),
                EveryEntry.rectangular(ROWS, COLUMNS, trial.engine()),
                trial.engine());
        for (int rank : RANKS) {
            double iterations = follow(trial, measured, "d = " + rank, Initialisation.wardKolda(4, 0.5), rank);
            trial.measure(iterations(rank), iterations);
            if (rank == SMALL_START_RANK) {
                double small = follow(trial, measured, "small start, d = " + rank, Initialisation.gaussian(1e-3), rank);
                trial.measure(
                        "small start over Ward and Kolda's, iterations, d = " + rank,
                        Math.min(LIMIT, small) / iterations);
            }
        }
    }

    private static double follow(Trial trial, Measured measured, String series, Initialisation start, int rank) {
        Trajectory trajectory = trial.follow(
                measured,
                Run.of(series, new AlternatingGradientDescent(), start, rank, STEP, LIMIT)
                        .to(TARGET));
        trial.curve(ERRORS, series, trajectory.error());
        return trajectory.iterationsTo(TARGET);
    }
}

package lowrank4j.cli.replicate;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.replicate.SuccessCell.Form;
import lowrank4j.cli.replicate.SuccessCell.Found;
import lowrank4j.cli.replicate.SuccessCell.Noise;
import lowrank4j.cli.report.Numbers;
import lowrank4j.kernel.Tier;
import lowrank4j.matrix.DenseRows;

/** Where the default solver, told nothing, recovers a matrix from Gaussian measurements. */
record SuccessMap() implements Figure {
    private static final int[] RANKS = {1, 2, 5, 10, 20};
    private static final int[] FEW_RANKS = {1, 2, 5};
    private static final double[] CONDITION_NUMBERS = {1, 10, 100, 1e4};
    private static final double[] FEW_CONDITION_NUMBERS = {1, 100};
    private static final double[] OVERSAMPLINGS = {1.2, 1.5, 2, 3, 5, 10};
    private static final double[] FEW_OVERSAMPLINGS = {1.5, 3, 5};
    private static final String OVERSAMPLING =
            "measurements in units of the free parameters; grey where these are more than the entries of X";

    /** Problems a cell and seed: 21 with three seeds. */
    private static final int PROBLEMS = 7;

    /** What is claimed: a quantity, the cells that it is of, and whether it is of the worst cell or of all together. */
    private record Claim(Band band, Predicate<SuccessCell> cells, boolean worst) {}

    private static final List<Claim> CLAIMS = claims();

    private static List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (Form form : Form.values()) {
            Predicate<SuccessCell> exact = cell -> cell.form() == form && cell.noise() == Noise.NONE;
            Predicate<SuccessCell> noisy =
                    cell -> cell.form() == form && (cell.noise() == Noise.SLIGHT || cell.noise() == Noise.STRONG);
            claims.add(new Claim(
                    Band.atLeast(form.title() + ", no noise, κ up to 10, oversampling from 3: worst cell", 0.9),
                    exact.and(cell -> cell.conditionNumber() <= 10 && cell.oversampling() >= 3),
                    true));
            claims.add(new Claim(
                    Band.atLeast(form.title() + ", no noise, oversampling from 2", 0.9),
                    exact.and(cell -> cell.oversampling() >= 2),
                    false));
            claims.add(new Claim(
                    Band.atLeast(form.title() + ", no noise, oversampling 1.5", 0.85),
                    exact.and(cell -> cell.oversampling() == 1.5),
                    false));
            claims.add(new Claim(
                    Band.atLeast(form.title() + ", noise, oversampling from 3", 0.9),
                    noisy.and(cell -> cell.oversampling() >= 3),
                    false));
            claims.add(new Claim(
                    Band.atLeast(form.title() + ", pure noise: answered 'no low-rank signal'", 0.9),
                    cell -> cell.form() == form && cell.noise() == Noise.PURE,
                    false));
        }
        return claims;
    }

    private static final Band MISLEADING = Band.atMost("wrong answers without a word of doubt, of all", 0.02);

    @Override
    public String name() {
        return "success-map";
    }

    @Override
    public String paper() {
        return "none: what the default solver of this library does, told neither rank nor noise nor step";
    }

    @Override
    public String claim() {
        return "Told nothing, the default finds rank and matrix from a few times as many measurements as free parameters, and answers"
                + " pure noise with 'no low-rank signal'.";
    }

    @Override
    public String setUp(boolean quick) {
        return "40 x 30, and symmetric of order 40, Gaussian measurements; ranks " + list(ranks(quick))
                + ", condition numbers of X " + list(conditionNumbers(quick)) + " (singular values evenly spaced), "
                + list(oversamplings(quick))
                + " times as many measurements as free parameters, where these are no more than"
                + " the entries of X; " + problems(quick)
                + " problems a cell and seed. Recovered: without noise the right rank"
                + " and an error below 1e-6; with noise a rank between the numbers of singular values above 4 and above 1 edges"
                + " of the noise, and at most 2.5 times the error of least squares that are told the tangent space of that"
                + " rank; of pure noise 'no low-rank signal'";
    }

    private static String list(double[] values) {
        return String.join(", ", Arrays.stream(values).mapToObj(Numbers::brief).toList());
    }

    private static double[] ranks(boolean quick) {
        return Arrays.stream(quick ? FEW_RANKS : RANKS).asDoubleStream().toArray();
    }

    private static double[] conditionNumbers(boolean quick) {
        return quick ? FEW_CONDITION_NUMBERS : CONDITION_NUMBERS;
    }

    private static double[] oversamplings(boolean quick) {
        return quick ? FEW_OVERSAMPLINGS : OVERSAMPLINGS;
    }

    private static int problems(boolean quick) {
        return quick ? 1 : PROBLEMS;
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>(CLAIMS.stream().map(Claim::band).toList());
        bands.add(MISLEADING);
        return bands;
    }

    @Override
    public List<Axes> axes() {
        List<Axes> axes = new ArrayList<>();
        for (Noise noise : Noise.values()) {
            for (Form form : Form.values()) {
                axes.add(shares(form, noise));
            }
        }
        return axes;
    }

    private static Axes shares(Form form, Noise noise) {
        return new Axes(title(form, noise), OVERSAMPLING, "problems recovered, in percent", Kind.MAP);
    }

    private static String title(Form form, Noise noise) {
        return form.title() + ", " + noise.title();
    }

    @Override
    public void run(Trial trial) {
        Map<SuccessCell, List<Found>> found = new LinkedHashMap<>();
        for (Form form : Form.values()) {
            List<SuccessCell> cells = cells(form, trial.isQuick());
            for (int k = 0; k < problems(trial.isQuick()); k++) {
                trial.say(form.title() + ", problem " + (k + 1) + " of " + problems(trial.isQuick()) + " in each cell");
                List<Found> answers = solve(trial, form, cells, k);
                for (int c = 0; c < cells.size(); c++) {
                    found.computeIfAbsent(cells.get(c), cell -> new ArrayList<>())
                            .add(answers.get(c));
                }
            }
        }
        found.forEach((cell, answers) -> draw(trial, cell, answers));
        for (Claim claim : CLAIMS) {
            trial.measure(claim.band().quantity(), measured(claim, found));
        }
        List<Found> all = found.values().stream().flatMap(List::stream).toList();
        trial.measure(MISLEADING.quantity(), share(all, Found::misleading));
    }

    /** All cells in which there are fewer measurements than entries. */
    static List<SuccessCell> cells(Form form, boolean quick) {
        List<SuccessCell> cells = new ArrayList<>();
        for (double rank : ranks(quick)) {
            for (Noise noise : Noise.values()) {
                // A matrix of rank one has one singular value, and of noise only the number of measurements is asked.
                double[] conditionNumbers =
                        rank == 1 || noise == Noise.PURE ? new double[] {1} : conditionNumbers(quick);
                for (double conditionNumber : conditionNumbers) {
                    for (double oversampling : oversamplings(quick)) {
                        cells.add(new SuccessCell(form, (int) rank, conditionNumber, oversampling, noise));
                    }
                }
            }
        }
        cells.removeIf(cell -> !cell.isUndersampled());
        return cells;
    }

    /** One problem of each cell, all with the same measurement matrices; spread over the threads, each problem on one. */
    private static List<Found> solve(Trial trial, Form form, List<SuccessCell> cells, int problem) {
        Tier tier = trial.engine().report().active();
        Found[] found = new Found[cells.size()];
        try (Arena arena = Arena.ofShared()) {
            long seed = (long) PROBLEMS * trial.seed() + problem;
            DenseRows rows = form.measurements(form.entries(), seed, trial.engine(), arena);
            trial.engine().workers().run(cells.size(), c -> {
                trial.endIfCancelled();
                found[c] = cells.get(c).solve(rows, trial.random(10_000 * (problem + 1) + c), tier);
            });
        }
        return List.of(found);
    }

    private static void draw(Trial trial, SuccessCell cell, List<Found> answers) {
        Axes shares = shares(cell.form(), cell.noise());
        double x = cell.oversampling();
        trial.point(shares, cell.series(), x, 100 * share(answers, Found::recovered));
        // These are in the CSV file alone.
        trial.point(part(shares, "median iterations"), cell.series(), x, median(answers, Found::iterations));
        trial.point(part(shares, "median relative error"), cell.series(), x, median(answers, Found::error));
        trial.point(part(shares, "median rank found"), cell.series(), x, median(answers, Found::rank));
    }

    private static Axes part(Axes shares, String what) {
        return new Axes(shares.name() + ": " + what, OVERSAMPLING, what, Kind.LINEAR);
    }

    private static double median(List<Found> answers, ToDoubleFunction<Found> what) {
        return Statistics.median(answers.stream().map(what::applyAsDouble).toList());
    }

    private static double share(List<Found> answers, Predicate<Found> which) {
        return (double) answers.stream().filter(which).count() / answers.size();
    }

    private static double measured(Claim claim, Map<SuccessCell, List<Found>> found) {
        List<List<Found>> claimed = found.entrySet().stream()
                .filter(entry -> claim.cells().test(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return claim.worst()
                ? claimed.stream()
                        .mapToDouble(answers -> share(answers, Found::recovered))
                        .min()
                        .orElse(Double.NaN)
                : share(claimed.stream().flatMap(List::stream).toList(), Found::recovered);
    }
}

package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import lowrank4j.RecoveryOptions;
import lowrank4j.SpectralCompressedSensing;
import lowrank4j.SpectralResult;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Numbers;
import lowrank4j.kernel.Tier;
import lowrank4j.solver.Exponential;

/** From how many samples a sum of so many exponentials is recovered by way of its Hankel matrix. */
record HankelRecovery() implements Figure {
    /** Samples of the whole signal. */
    private static final int LENGTH = 127;

    /** Relative error over all samples below which a signal counts as recovered. */
    private static final double RECOVERED = 1e-3;

    private static final int ITERATIONS = 1000;

    /** Problems a cell and seed: 15 with three seeds. */
    private static final int PROBLEMS = 5;

    private static final int FEW_PROBLEMS = 2;

    private static final int[] COUNTS = {1, 2, 5, 10, 15, 20, 25, 30};
    private static final int[] FEW_COUNTS = {5, 10, 15, 20};
    private static final double[] SHARES = {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
    private static final double[] FEW_SHARES = {0.3, 0.5, 0.8};
    private static final String SHARE = "samples observed, in percent";

    private static final Axes RECOVERED_SHARE = new Axes(
            "signals recovered: told their number, with frequencies 1.5/n apart and anywhere; and told nothing",
            SHARE,
            "signals recovered, in percent",
            Kind.MAP);
    private static final Axes ERRORS =
            new Axes("median relative error over all samples", SHARE, "median relative error", Kind.LOG);

    /** What is known of a signal. */
    private enum Setting {
        APART("told, 1.5/n apart", "apart", true, 1.5 / LENGTH),
        ANYWHERE("told, anywhere", "anywhere", true, 0),
        TOLD_NOTHING("told nothing, 1.5/n apart", "told nothing", false, 1.5 / LENGTH);

        private final String title;
        private final String map;
        private final boolean told;
        private final double separation;

        Setting(String title, String map, boolean told, double separation) {
            this.title = title;
            this.map = map;
            this.told = told;
            this.separation = separation;
        }
    }

    /** A part of a picture, or of a band: so many exponentials from such a share of the samples. */
    private record Cell(Setting setting, int count, double share) {
        int samples() {
            return (int) Math.round(share * LENGTH);
        }

        /** Observed numbers, two a sample, over parameters, an amplitude and a pole, each complex, an exponential. */
        double numbersOfParameter() {
            return samples() / (2.0 * count);
        }
    }

    /** What is claimed of all signals of some cells together. */
    private record Claim(Band band, Predicate<Cell> cells) {}

    private static final List<Claim> CLAIMS = List.of(
            new Claim(
                    Band.atLeast("told, 1.5/n apart, 2 numbers a parameter or more: share recovered", 0.95),
                    cell -> cell.setting() == Setting.APART && cell.numbersOfParameter() >= 2),
            new Claim(
                    Band.atLeast("told, 1.5/n apart, 15 exponentials from half of the samples: share recovered", 0.8),
                    cell -> cell.setting() == Setting.APART && cell.count() == 15 && cell.share() == 0.5),
            new Claim(
                    Band.atMost("told, 1.5/n apart, up to 1.3 numbers a parameter: share recovered", 0.15),
                    cell -> cell.setting() == Setting.APART && cell.numbersOfParameter() <= 1.3),
            new Claim(
                    Band.atLeast("told, anywhere, 2 numbers a parameter or more: share recovered", 0.9),
                    cell -> cell.setting() == Setting.ANYWHERE && cell.numbersOfParameter() >= 2),
            new Claim(
                    Band.atLeast("told nothing, 1.5/n apart, 3 numbers a parameter or more: share recovered", 0.9),
                    cell -> cell.setting() == Setting.TOLD_NOTHING && cell.numbersOfParameter() >= 3));

    /** Iterates end at a relative residual of 1e-10 or so: what is recovered is recovered to far more than three digits. */
    private static final Band ERROR = Band.atMost("median error of all signals recovered", 1e-6);

    @Override
    public String name() {
        return "hankel";
    }

    @Override
    public String paper() {
        return "Cai, Wang, Wei 2018, SIAM J. Imaging Sci. 11(1) (arXiv 1606.01567), its phase transitions, by scaled gradient descent";
    }

    @Override
    public String claim() {
        return "Twice as many numbers as parameters are enough for a sum of exponentials off any grid: half of 127 samples for 15 of them.";
    }

    @Override
    public String setUp(boolean quick) {
        return "n = " + LENGTH + " complex samples, amplitudes 1 + 10^(u/2), u and phases uniform, undamped; "
                + list(Arrays.stream(counts(quick)).asDoubleStream().toArray()) + " exponentials, "
                + list(Arrays.stream(shares(quick)).map(share -> 100 * share).toArray())
                + " % of the samples at random; " + problems(quick) + " signals a cell and seed, at most " + ITERATIONS
                + " iterations; recovered: relative error over all samples below " + Numbers.brief(RECOVERED);
    }

    private static String list(double[] values) {
        return String.join(", ", Arrays.stream(values).mapToObj(Numbers::brief).toList());
    }

    private static int[] counts(boolean quick) {
        return quick ? FEW_COUNTS : COUNTS;
    }

    private static double[] shares(boolean quick) {
        return quick ? FEW_SHARES : SHARES;
    }

    private static int problems(boolean quick) {
        return quick ? FEW_PROBLEMS : PROBLEMS;
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>(CLAIMS.stream().map(Claim::band).toList());
        bands.add(ERROR);
        return bands;
    }

    @Override
    public List<Axes> axes() {
        return List.of(RECOVERED_SHARE);
    }

    @Override
    public void run(Trial trial) {
        Map<Cell, double[]> errors = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            trial.say(setting.title);
            solve(trial, cells(setting, trial.isQuick()), errors);
        }
        errors.forEach((cell, found) -> {
            String series =
                    cell.setting().map + ", " + cell.count() + (cell.count() == 1 ? " exponential" : " exponentials");
            trial.point(RECOVERED_SHARE, series, 100 * cell.share(), 100 * share(found));
            trial.point(ERRORS, series, 100 * cell.share(), median(found));
        });
        for (Claim claim : CLAIMS) {
            double[] claimed = errors.entrySet().stream()
                    .filter(entry -> claim.cells().test(entry.getKey()))
                    .flatMapToDouble(entry -> Arrays.stream(entry.getValue()))
                    .toArray();
            trial.measure(claim.band().quantity(), share(claimed));
        }
        trial.measure(
                ERROR.quantity(),
                median(errors.values().stream()
                        .flatMapToDouble(Arrays::stream)
                        .filter(error -> error < RECOVERED)
                        .toArray()));
    }

    private static double share(double[] errors) {
        return (double) Arrays.stream(errors).filter(error -> error < RECOVERED).count() / errors.length;
    }

    private static double median(double[] values) {
        return Statistics.median(Arrays.stream(values).boxed().toList());
    }

    private static List<Cell> cells(Setting setting, boolean quick) {
        List<Cell> cells = new ArrayList<>();
        for (int count : counts(quick)) {
            for (double share : shares(quick)) {
                Cell cell = new Cell(setting, count, share);
                if (cell.numbersOfParameter() >= 1) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    /** The errors of each cell, one a problem; problems are spread over the threads, each on one. */
    private static void solve(Trial trial, List<Cell> cells, Map<Cell, double[]> out) {
        Tier tier = trial.engine().report().active();
        int problems = problems(trial.isQuick());
        double[][] errors = new double[cells.size()][problems];
        trial.engine().workers().run(cells.size() * problems, task -> {
            trial.endIfCancelled();
            Cell cell = cells.get(task / problems);
            errors[task / problems][task % problems] =
                    error(cell, trial.random(task % problems + 100 * cell.count()), trial.seed(), tier);
        });
        for (int c = 0; c < errors.length; c++) {
            out.put(cells.get(c), errors[c]);
        }
    }

    /** Draws a signal, hides what is not observed, and compares what is made of the rest. */
    private static double error(Cell cell, Random random, long seed, Tier tier) {
        List<Exponential> parts = exponentials(cell.count(), cell.setting().separation, random);
        double[] real = new double[LENGTH];
        double[] imaginary = new double[LENGTH];
        for (int t = 0; t < LENGTH; t++) {
            for (Exponential part : parts) {
                real[t] += part.realAt(t);
                imaginary[t] += part.imaginaryAt(t);
            }
        }
        double[] seen = real.clone();
        int hidden = 0;
        while (hidden < LENGTH - cell.samples()) {
            int t = random.nextInt(LENGTH);
            hidden += Double.isNaN(seen[t]) ? 0 : 1;
            seen[t] = Double.NaN;
        }
        RecoveryOptions options = RecoveryOptions.defaults()
                .withSeed(seed)
                .withThreads(1)
                .withTier(tier)
                .withMaxIterations(ITERATIONS);
        SpectralResult result = SpectralCompressedSensing.complex(seen, imaginary)
                .solve(cell.setting().told ? options.withRank(cell.count()) : options);
        double gaps = 0;
        double norm = 0;
        for (int t = 0; t < LENGTH; t++) {
            gaps += square(result.real()[t] - real[t]) + square(result.imaginary()[t] - imaginary[t]);
            norm += square(real[t]) + square(imaginary[t]);
        }
        return Math.sqrt(gaps / norm);
    }

    private static double square(double x) {
        return x * x;
    }

    /** Undamped, their frequencies at least so far apart on the circle; begins anew where there is no room left. */
    static List<Exponential> exponentials(int count, double separation, Random random) {
        List<Exponential> parts = new ArrayList<>();
        int refused = 0;
        while (parts.size() < count) {
            double frequency = random.nextDouble() - 0.5;
            if (parts.stream().anyMatch(part -> distance(part.frequency(), frequency) < separation)) {
                refused++;
                if (refused > 100 * count) {
                    parts.clear();
                    refused = 0;
                }
                continue;
            }
            double amplitude = 1 + Math.pow(10, random.nextDouble() / 2);
            double phase = 2 * Math.PI * random.nextDouble();
            parts.add(new Exponential(frequency, 0, amplitude * Math.cos(phase), amplitude * Math.sin(phase)));
        }
        return parts;
    }

    private static double distance(double first, double second) {
        double gap = Math.abs(first - second);
        return Math.min(gap, 1 - gap);
    }
}

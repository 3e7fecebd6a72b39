package lowrank4j.cli.replicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import lowrank4j.cli.replicate.Axes.Kind;
import lowrank4j.cli.report.Numbers;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.solver.GreedyGaussNewton;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationListener;
import lowrank4j.solver.Recovery;
import lowrank4j.solver.StoppingRule;

/** From how few entries Gauss-Newton with greedy ranks completes a matrix, and how little that depends on the condition number. */
record CompletionLimit() implements Figure {
    private static final int ROWS = 300;
    private static final int COLUMNS = 350;
    private static final int RANK = 5;
    private static final double TARGET = 1e-8;
    private static final int ITERATIONS = 200;

    /** Problems a cell and seed: 51 with three seeds. */
    private static final int PROBLEMS = 17;

    private static final int FEW_PROBLEMS = 2;
    private static final double[] OVERSAMPLINGS = {1.05, 1.1, 1.2, 1.3, 1.5, 1.75, 2, 2.5, 3};
    private static final double[] FEW_OVERSAMPLINGS = {1.2, 1.5, 2.5};
    private static final double[] CONDITION_NUMBERS = {1, 10, 100, 1000};
    private static final double[] FEW_CONDITION_NUMBERS = {10, 1000};
    private static final String METHOD = "greedy ranks";
    private static final String OVERSAMPLING = "entries in units of the free parameters";
    private static final Axes SHARES = new Axes("recoveries", OVERSAMPLING, "problems recovered, in percent", Kind.MAP);
    private static final Axes SECONDS =
            new Axes("median seconds of a recovery, one thread", OVERSAMPLING, "seconds", Kind.LOG);

    @Override
    public String name() {
        return "completion-limit";
    }

    @Override
    public String paper() {
        return "Zilber, Nadler 2022, SIMODS 4(2) (arXiv 2106.12933), its experiment on ill-conditioned completion";
    }

    @Override
    public String claim() {
        return "A matrix is completed from about 1.5 times as many entries as it has free parameters, at a condition number of 1000 as at 10.";
    }

    @Override
    public String setUp(boolean quick) {
        return ROWS + " x " + COLUMNS + ", r = " + RANK + ", singular values evenly spaced, at least " + RANK
                + " entries in each row and column, " + problems(quick) + " problems a cell and seed, oversampling "
                + list(oversamplings(quick)) + ", condition numbers " + list(conditionNumbers(quick))
                + "; greedy-gauss-newton told the rank; recovered: error below 1e-8";
    }

    private static String list(double[] values) {
        return String.join(", ", Arrays.stream(values).mapToObj(Numbers::brief).toList());
    }

    private static int problems(boolean quick) {
        return quick ? FEW_PROBLEMS : PROBLEMS;
    }

    private static double[] oversamplings(boolean quick) {
        return quick ? FEW_OVERSAMPLINGS : OVERSAMPLINGS;
    }

    private static double[] conditionNumbers(boolean quick) {
        return quick ? FEW_CONDITION_NUMBERS : CONDITION_NUMBERS;
    }

    private static String share(double conditionNumber, double oversampling) {
        return "share recovered, κ = " + Numbers.brief(conditionNumber) + ", oversampling " + oversampling;
    }

    @Override
    public List<Band> bands() {
        List<Band> bands = new ArrayList<>();
        for (double conditionNumber : FEW_CONDITION_NUMBERS) {
            bands.add(Band.atLeast(share(conditionNumber, 2.5), 0.95));
            bands.add(Band.atLeast(share(conditionNumber, 1.5), 0.6));
            bands.add(Band.between(share(conditionNumber, 1.2), 0, 0.8));
        }
        return bands;
    }

    @Override
    public List<Axes> axes() {
        return List.of(SHARES, SECONDS);
    }

    private record Cell(double conditionNumber, double oversampling) {}

    private record Answer(boolean recovered, double seconds) {}

    @Override
    public void run(Trial trial) {
        boolean quick = trial.isQuick();
        Map<Cell, List<Answer>> found = new LinkedHashMap<>();
        for (double conditionNumber : conditionNumbers(quick)) {
            for (double oversampling : oversamplings(quick)) {
                Cell cell = new Cell(conditionNumber, oversampling);
                trial.say(share(conditionNumber, oversampling));
                found.put(cell, solve(trial, cell));
            }
        }
        found.forEach((cell, answers) -> {
            List<Answer> recovered = answers.stream().filter(Answer::recovered).toList();
            double share = (double) recovered.size() / answers.size();
            String series = "κ = " + Numbers.brief(cell.conditionNumber());
            trial.point(SHARES, METHOD + ", " + series, cell.oversampling(), 100 * share);
            if (!recovered.isEmpty()) {
                double seconds = Statistics.median(
                        recovered.stream().map(Answer::seconds).toList());
                trial.point(SECONDS, series, cell.oversampling(), seconds);
            }
            String quantity = share(cell.conditionNumber(), cell.oversampling());
            if (bands().stream().anyMatch(band -> band.quantity().equals(quantity))) {
                trial.measure(quantity, share);
            }
        });
    }

    /** The problems of a cell, spread over the threads, each on one. */
    private static List<Answer> solve(Trial trial, Cell cell) {
        Tier tier = trial.engine().report().active();
        Answer[] answers = new Answer[problems(trial.isQuick())];
        trial.engine().workers().run(answers.length, k -> {
            trial.endIfCancelled();
            try (Engine engine = Engine.open(Tiers.select(tier), 1)) {
                answers[k] = answer(cell, trial.random(k), engine);
            }
        });
        return List.of(answers);
    }

    private static Answer answer(Cell cell, Random random, Engine engine) {
        Truth truth = Truth.rectangular(ROWS, COLUMNS, RANK, cell.conditionNumber(), random, engine.kernels());
        int count = (int) Math.ceil(cell.oversampling() * RANK * (ROWS + COLUMNS - RANK));
        SparsePattern pattern = pattern(ROWS, COLUMNS, RANK, count, random);
        Measured measured = Measured.of(truth, new ObservedEntries(pattern, engine), engine);
        long start = System.nanoTime();
        Recovery.Outcome outcome = new Recovery(
                        measured.problem(),
                        new Recovery.Plan(
                                new GreedyGaussNewton(),
                                Initialisation.zero(),
                                RANK,
                                false,
                                OptionalDouble.empty(),
                                StoppingRule.residual(1e-12).or(StoppingRule.iterations(ITERATIONS)),
                                Optional.empty(),
                                1,
                                IterationListener.none(),
                                () -> false))
                .run();
        return new Answer(truth.error(outcome.factors()) < TARGET, (System.nanoTime() - start) * 1e-9);
    }

    /** So many entries at random, of which each row and each column has at least {@code least}. */
    static SparsePattern pattern(int rows, int columns, int least, int count, Random random) {
        boolean[] observed = new boolean[rows * columns];
        int[] inRow = new int[rows];
        int[] inColumn = new int[columns];
        int size = 0;
        for (int i = 0; i < rows; i++) {
            while (inRow[i] < least) {
                size += add(i * columns + random.nextInt(columns), columns, observed, inRow, inColumn);
            }
        }
        for (int j = 0; j < columns; j++) {
            while (inColumn[j] < least) {
                size += add(random.nextInt(rows) * columns + j, columns, observed, inRow, inColumn);
            }
        }
        while (size < count) {
            size += add(random.nextInt(observed.length), columns, observed, inRow, inColumn);
        }
        int[] rowStart = new int[rows + 1];
        int[] columnIndex = new int[size];
        for (int p = 0, at = 0; p < observed.length; p++) {
            if (observed[p]) {
                columnIndex[at++] = p % columns;
                rowStart[p / columns + 1] = at;
            }
        }
        return new SparsePattern(rows, columns, rowStart, columnIndex);
    }

    private static int add(int position, int columns, boolean[] observed, int[] inRow, int[] inColumn) {
        if (observed[position]) {
            return 0;
        }
        observed[position] = true;
        inRow[position / columns]++;
        inColumn[position % columns]++;
        return 1;
    }
}

package lowrank4j.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import lowrank4j.Algorithm;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Ensemble;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.sensing.MeasurementOperator;
import lowrank4j.sensing.ObservedEntries;
import lowrank4j.sensing.PauliSensing;
import lowrank4j.sensing.PauliStrings;
import lowrank4j.sensing.RankOneSensing;
import lowrank4j.sensing.SeededSensing;
import lowrank4j.sensing.SignSensing;
import lowrank4j.solver.Problem;

/**
 * Which method is the best where: the recommended one, told nothing and told the rank, beside the methods by name at the true rank, over kinds of
 * measurements, how many there are, condition number and noise. The cases of {@code lowrank4j.Recommendation} rest on it.
 */
final class RecommendationSweep {
    /** Measurements in units of the free parameters. */
    private static final double[] SAMPLINGS = {1.2, 1.5, 2, 3, 5, 8};

    private static final double[] CONDITION_NUMBERS = {1, 10, 1000};

    /** Standard deviation of the noise, relative to the measurements' root mean square. */
    private static final double NOISE = 0.01;

    /** Error on measurements that were not fitted up to which a matrix without noise counts as recovered. */
    private static final double RECOVERED = 1e-8;

    /** The same with noise, in units of what least squares at the true rank would be expected to err. */
    private static final double AT_FLOOR = 2;

    private static final int FRESH = 500;

    /** Iterations at the most; no limit of time, which would depend on what else the machine does. */
    private static final int ITERATIONS = 1000;

    private static final List<Algorithm> NAMED = List.of(
            Algorithm.APGD,
            Algorithm.SCALED_GD,
            Algorithm.SCALED_GD_LAMBDA,
            Algorithm.ANDERSON_SCALED_GD,
            Algorithm.PRECGD,
            Algorithm.RIEMANNIAN_GAUSS_NEWTON,
            Algorithm.GREEDY_GAUSS_NEWTON);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RecommendationSweep() {}

    /** What is measured; unknowns of order 32 and rank 2 to 3. */
    private enum Kind {
        GAUSSIAN("Gaussian", false, 3),
        SYMMETRIC("symmetric Gaussian", true, 3),
        SIGNS("signs", false, 3),
        RANK_ONE("rank one", false, 3),
        QUADRATIC("quadratic", true, 3),
        PAULI("Pauli", true, 2),
        ENTRIES("entries", false, 3);

        private static final int ROWS = 32;
        private static final int COLUMNS = 40;
        private static final int QUBITS = 5;

        private final String title;
        private final boolean isSymmetric;
        private final int rank;

        Kind(String title, boolean isSymmetric, int rank) {
            this.title = title;
            this.isSymmetric = isSymmetric;
            this.rank = rank;
        }

        /** The same for a seed, on any engine. */
        MeasurementOperator operator(int count, long seed, Engine engine) {
            Random random = new Random(seed);
            return switch (this) {
                case GAUSSIAN -> SeededSensing.rectangular(new Ensemble.Gaussian(), seed, count, ROWS, COLUMNS, engine);
                case SYMMETRIC -> SeededSensing.symmetric(new Ensemble.Gaussian(), seed, count, ROWS, engine);
                case SIGNS ->
                    SignSensing.rectangular(
                            SignRows.random(Arena.ofAuto(), count, ROWS * COLUMNS, seed), ROWS, COLUMNS, engine);
                case RANK_ONE ->
                    RankOneSensing.rectangular(gaussian(count, ROWS, random), gaussian(count, COLUMNS, random), engine);
                case QUADRATIC -> RankOneSensing.quadratic(gaussian(count, ROWS, random), engine);
                case PAULI -> new PauliSensing(PauliStrings.random(QUBITS, count, random), engine);
                case ENTRIES -> new ObservedEntries(entries(count, random), engine);
            };
        }

        private SparsePattern entries(int count, Random random) {
            boolean[] observed = new boolean[ROWS * COLUMNS];
            int[] start = new int[ROWS + 1];
            int[] column = new int[count];
            for (int size = 0; size < count; ) {
                int position = random.nextInt(observed.length);
                size += observed[position] ? 0 : 1;
                observed[position] = true;
            }
            for (int p = 0, k = 0; p < observed.length; p++) {
                if (observed[p]) {
                    column[k++] = p % COLUMNS;
                    start[p / COLUMNS + 1] = k;
                }
            }
            return new SparsePattern(ROWS, COLUMNS, start, column);
        }

        /** Entries of size about one. */
        Factors truth(double conditionNumber, Random random, Engine engine) {
            int height = this == PAULI ? 2 * ROWS : ROWS;
            Matrix left = orthonormal(height, random, engine);
            Matrix right = isSymmetric ? left : orthonormal(COLUMNS, random, engine);
            for (int k = 0; k < rank; k++) {
                double value = 1 - (1 - 1 / conditionNumber) * k / (rank - 1);
                double scale = isSymmetric ? Math.sqrt(value) : value;
                for (int i = 0; i < height; i++) {
                    left.set(i, k, Math.sqrt(ROWS) * scale * left.get(i, k));
                }
            }
            return isSymmetric ? Factors.symmetric(left) : new Factors(left, right);
        }

        private Matrix orthonormal(int rows, Random random, Engine engine) {
            Matrix basis = Matrix.zeros(rows, rank);
            engine.kernels().thinQr(gaussian(rows, rank, random), basis, Matrix.zeros(rank, rank));
            return basis;
        }

        private static Matrix gaussian(int rows, int columns, Random random) {
            Matrix matrix = Matrix.zeros(rows, columns);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    matrix.set(i, j, random.nextGaussian());
                }
            }
            return matrix;
        }
    }

    /** A row of the table. */
    private record Cell(Kind kind, double sampling, double conditionNumber, double noise) {}

    /** Writes a table to the file of this name; the second argument, if any, is how many problems each cell has, 2 without. */
    public static void main(String[] arguments) throws IOException {
        int problems = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true)) {
            out.println(
                    "Milliseconds of processor time, one thread, of the problems that were recovered, and how many of "
                            + problems + " were not; the fastest method at the true rank in bold.\n");
            out.println(
                    "| measurements | times the free parameters | condition number | noise | told nothing | told the rank | "
                            + String.join(
                                    " | ",
                                    NAMED.stream().map(Algorithm::toString).toList()) + " |");
            out.println("|---|---:|---:|---:|" + "---:|".repeat(NAMED.size() + 2));
            for (Kind kind : Kind.values()) {
                for (double sampling : SAMPLINGS) {
                    for (double conditionNumber : CONDITION_NUMBERS) {
                        out.println(row(new Cell(kind, sampling, conditionNumber, 0), problems));
                    }
                    out.println(row(new Cell(kind, sampling, 10, NOISE), problems));
                }
            }
        }
    }

    /** What a method did with the problems of a cell: the mean time of those recovered, and how many were. */
    private record Answer(double milliseconds, int recovered) {
        String text(int problems, boolean isFastest) {
            String time = recovered == 0 ? "–" : String.format(Locale.ROOT, "%.0f", milliseconds);
            String bold = isFastest ? "**" + time + "**" : time;
            return recovered == problems ? bold : bold + " (" + (problems - recovered) + " not)";
        }
    }

    private static String row(Cell cell, int problems) {
        List<Answer> answers = new ArrayList<>();
        answers.add(answer(cell, RecoveryOptions.defaults(), problems));
        answers.add(answer(cell, RecoveryOptions.defaults().withRank(cell.kind().rank), problems));
        for (Algorithm algorithm : NAMED) {
            RecoveryOptions options =
                    RecoveryOptions.defaults().withAlgorithm(algorithm).withRank(cell.kind().rank);
            answers.add(answer(cell, options, problems));
        }
        int most = answers.stream().skip(2).mapToInt(Answer::recovered).max().orElseThrow();
        double least = answers.stream()
                .skip(2)
                .filter(answer -> answer.recovered() == most)
                .mapToDouble(Answer::milliseconds)
                .min()
                .orElseThrow();
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %s |",
                cell.kind().title,
                cell.sampling(),
                cell.conditionNumber(),
                cell.noise() > 0 ? "1 %" : "0"));
        for (int k = 0; k < answers.size(); k++) {
            Answer answer = answers.get(k);
            boolean isFastest = k > 1 && most > 0 && answer.recovered() == most && answer.milliseconds() == least;
            row.append(' ').append(answer.text(problems, isFastest)).append(" |");
        }
        return row.toString();
    }

    private static Answer answer(Cell cell, RecoveryOptions options, int problems) {
        double milliseconds = 0;
        int recovered = 0;
        // The first problem is solved once more beforehand, so that no method pays for the compiler.
        for (int k = -1; k < problems; k++) {
            Optional<Double> time =
                    milliseconds(cell, options.withThreads(1).withMaxIterations(ITERATIONS), Math.max(k, 0));
            if (k >= 0 && time.isPresent()) {
                milliseconds += time.get();
                recovered++;
            }
        }
        return new Answer(recovered == 0 ? 0 : milliseconds / recovered, recovered);
    }

    /** Empty where the matrix was not recovered. */
    private static Optional<Double> milliseconds(Cell cell, RecoveryOptions options, int problem) {
        Kind kind = cell.kind();
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            Random random = new Random(problem);
            Factors truth = kind.truth(cell.conditionNumber(), random, engine);
            MeasurementOperator fresh = kind.operator(FRESH, 1000 + problem, engine);
            double[] expected = new double[FRESH];
            fresh.forward(truth, expected);
            long freedom = new Problem(fresh, expected, engine).freedom(kind.rank);
            int count = (int) Math.ceil(cell.sampling() * freedom);
            double[] observed = new double[count];
            kind.operator(count, problem, engine).forward(truth, observed);
            double deviation = cell.noise() * norm(observed) / Math.sqrt(count);
            for (int i = 0; i < count; i++) {
                observed[i] += deviation * random.nextGaussian();
            }
            MatrixSensing sensing = MatrixSensing.by(own -> kind.operator(count, problem, own), observed);
            long start = THREADS.getCurrentThreadCpuTime();
            RecoveryResult result = sensing.solve(options);
            double milliseconds = (THREADS.getCurrentThreadCpuTime() - start) * 1e-6;
            double[] predicted = new double[FRESH];
            fresh.forward(result.factors(), predicted);
            for (int i = 0; i < FRESH; i++) {
                predicted[i] -= expected[i];
            }
            double error = norm(predicted) / norm(expected);
            double floor = cell.noise() * Math.sqrt((double) freedom / (count - freedom));
            return error <= Math.max(RECOVERED, AT_FLOOR * floor) ? Optional.of(milliseconds) : Optional.empty();
        }
    }

    private static double norm(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number * number;
        }
        return Math.sqrt(sum);
    }
}

package lowrank4j.cli.demo;

import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import lowrank4j.Algorithm;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.cli.report.Charts;
import lowrank4j.cli.report.Panel;
import lowrank4j.cli.report.Panel.Line;
import lowrank4j.cli.report.Panel.Style;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;

/** Recovers an ill-conditioned matrix of unknown rank from Gaussian measurements by several methods, none of them tuned. */
public final class SensingDemo {
    /** The methods that are compared; the first one is what a user gets who asks for none. */
    private static final List<Algorithm> METHODS =
            List.of(Algorithm.RECOMMENDED, Algorithm.APGD, Algorithm.SCALED_GD_LAMBDA, Algorithm.GRADIENT_DESCENT);

    private static final int HEIGHT = 420;

    private SensingDemo() {}

    /**
     * A problem whose answer is known here, and to none of the methods.
     *
     * @param n order of the matrix
     * @param rank of the matrix, at least 2
     * @param conditionNumber its largest over its smallest singular value; those between are evenly spaced
     * @param measurements how many
     */
    public record Setting(int n, int rank, double conditionNumber, int measurements) {}

    /**
     * One method's way to the answer.
     *
     * @param name as asked for
     * @param result what it found
     * @param iteration of each iterate
     * @param error ‖X̂ - X‖/‖X‖ of each iterate
     * @param finalError of the result
     * @param seconds it took
     */
    public record Run(
            String name, RecoveryResult result, double[] iteration, double[] error, double finalError, double seconds) {
        /** The number of the last iterate. */
        public int iterations() {
            return iteration.length == 0 ? 0 : (int) iteration[iteration.length - 1];
        }

        /** The method that ran. */
        public String method() {
            return result.algorithm();
        }

        private boolean isNamed() {
            return !name.equals(Algorithm.RECOMMENDED.toString());
        }

        /** As asked for, with what that came to where it is a choice. */
        public String title() {
            return isNamed() ? name : name + " (" + method() + ")";
        }
    }

    /** Measures a random matrix and recovers it by each method. */
    public static List<Run> run(Setting setting, RecoveryOptions options, Consumer<String> progress) {
        Random random = new Random(options.seed());
        Matrix truth = truth(setting, random);
        List<Run> runs = new ArrayList<>();
        try (Arena arena = Arena.ofShared()) {
            progress.accept("Recovering a matrix: measuring ...");
            MatrixSensing sensing = measured(truth, setting.measurements(), arena, random);
            for (Algorithm method : METHODS) {
                progress.accept("Recovering a matrix: " + method + " ...");
                runs.add(run(sensing, truth, options.withAlgorithm(method)));
            }
        }
        return runs;
    }

    private static Run run(MatrixSensing sensing, Matrix truth, RecoveryOptions options) {
        List<double[]> seen = new ArrayList<>();
        long start = System.nanoTime();
        RecoveryResult result = sensing.solve(options.withListener(
                (event, factors) -> seen.add(new double[] {event.iteration(), relativeError(factors, truth)})));
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Run(
                options.algorithm().toString(),
                result,
                seen.stream().mapToDouble(point -> point[0]).toArray(),
                seen.stream().mapToDouble(point -> point[1]).toArray(),
                relativeError(result.factors(), truth),
                seconds);
    }

    private static MatrixSensing measured(Matrix truth, int count, Arena arena, Random random) {
        int width = truth.rows() * truth.columns();
        double[] entries = truth.toArray();
        DenseRows rows = DenseRows.allocate(arena, count, width, DenseRows.Precision.FLOAT32);
        double[] observed = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                // What is stored is what measures: the rounding to float is part of the matrix, not an error.
                float entry = (float) random.nextGaussian();
                rows.set(i, j, entry);
                observed[i] += entry * entries[j];
            }
        }
        return MatrixSensing.rectangular(rows, truth.rows(), truth.columns(), observed);
    }

    /** U diag(1 … 1/κ) Vᵀ with random orthonormal U and V. */
    static Matrix truth(Setting setting, Random random) {
        int n = setting.n();
        Matrix u = orthonormal(n, setting.rank(), random);
        Matrix v = orthonormal(n, setting.rank(), random);
        for (int k = 0; k < setting.rank(); k++) {
            double value = 1 - (1 - 1 / setting.conditionNumber()) * k / (setting.rank() - 1);
            for (int i = 0; i < n; i++) {
                u.set(i, k, value * u.get(i, k));
            }
        }
        return new Factors(u, v).toMatrix();
    }

    /** Gaussian columns, made orthonormal by Gram and Schmidt's method, twice for accuracy. */
    private static Matrix orthonormal(int n, int columns, Random random) {
        Matrix q = Matrix.zeros(n, columns);
        for (int k = 0; k < columns; k++) {
            for (int i = 0; i < n; i++) {
                q.set(i, k, random.nextGaussian());
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int earlier = 0; earlier < k; earlier++) {
                    add(q, k, -dot(q, k, earlier), earlier);
                }
            }
            add(q, k, 1 / Math.sqrt(dot(q, k, k)) - 1, k);
        }
        return q;
    }

    private static double dot(Matrix q, int one, int other) {
        double sum = 0;
        for (int i = 0; i < q.rows(); i++) {
            sum += q.get(i, one) * q.get(i, other);
        }
        return sum;
    }

    private static void add(Matrix q, int to, double factor, int from) {
        for (int i = 0; i < q.rows(); i++) {
            q.set(i, to, q.get(i, to) + factor * q.get(i, from));
        }
    }

    static double relativeError(Factors factors, Matrix truth) {
        double gaps = 0;
        double norm = 0;
        for (int i = 0; i < truth.rows(); i++) {
            for (int j = 0; j < truth.columns(); j++) {
                double gap = factors.entry(i, j) - truth.get(i, j);
                gaps += gap * gap;
                norm += truth.get(i, j) * truth.get(i, j);
            }
        }
        return Math.sqrt(gaps / norm);
    }

    /** The errors over the iterations in one chart. */
    public static BufferedImage picture(List<Run> runs) {
        // The recommended method has a curve of its own only where it is none of those asked for by name.
        List<Line> lines = runs.stream()
                .filter(run -> run.isNamed()
                        || runs.stream().noneMatch(other -> other.name().equals(run.method())))
                .map(run -> new Line(run.name(), Style.SOLID, run.iteration(), run.error()))
                .toList();
        return Charts.draw(new Panel("iteration", "relative error ‖X̂ − X‖/‖X‖", true, lines), HEIGHT);
    }
}

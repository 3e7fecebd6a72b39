package lowrank4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import lowrank4j.LowRankApproximation;
import lowrank4j.LowRankApproximation.Approximation;
import lowrank4j.LowRankApproximation.Descended;
import lowrank4j.RecoveryResult;
import lowrank4j.WeightedLowRankApproximation;
import lowrank4j.WeightedLowRankApproximation.Weighted;
import lowrank4j.cli.report.RunReport;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Npy;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.TierReport;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.solver.FactorSpectrum;
import lowrank4j.solver.Termination;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j approximate}: the best approximation of a known matrix by one of low rank. */
@Command(
        name = "approximate",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Approximates a known matrix by one of low rank: its truncated singular value decomposition, or with"
                        + " --psd its leading eigenspace.",
        footer = "%n--out DIR receives u.npy (n1 x r), s.npy (r) and v.npy (n2 x r) with X close to u . diag(s) . v^T,"
                + " result.json and report.html.%n")
final class ApproximateCommand implements Callable<Integer> {
    /**
     * Of the smaller side of a matrix whose decomposition costs what a recovery does that reads its numbers in each gradient:
     * processor seconds of the whole command in plain Java and with OpenBLAS, the least of 3 runs, were 0.5 and 0.9 for 50x50,
     * 0.8 and 0.9 for 200x200, 1.8 and 0.9 for 400x400.
     */
    private static final int SIDE_OF_A_RECOVERY = 8;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "X.npy|X.mtx|X.mat",
            description = "the matrix; what a sparse Matrix Market or MATLAB file does not list is zero")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--rank",
            paramLabel = "R",
            converter = Converters.WholeRank.class,
            description = "columns of u and v; this or --tolerance")
    private OptionalInt rank = OptionalInt.empty();

    @Option(
            names = "--tolerance",
            paramLabel = "E",
            converter = Converters.RelativeError.class,
            description = "the least rank whose relative error, in the Frobenius norm, is at most E; this or --rank")
    private OptionalDouble tolerance = OptionalDouble.empty();

    @Option(
            names = "--psd",
            description =
                    "X is symmetric: the eigenvectors of its R largest eigenvalues, which s.npy then holds; with --rank")
    private boolean symmetric;

    @Option(
            names = "--weights",
            paramLabel = "W.npy",
            description =
                    "as large as X, above 0: what is least is the error of each entry times its weight, nearly, by one"
                            + " decomposition of both; with --rank")
    private Optional<Path> weights = Optional.empty();

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); those of gradient descent are for --psd, and fast"
                            + " for few of many eigenvalues")
    private EigenspaceAlgorithm algorithm = EigenspaceAlgorithm.DECOMPOSITION;

    @Mixin
    private final VariableOption variable = new VariableOption();

    @Mixin
    private final EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private ApproximateCommand() {}

    @Override
    public Integer call() {
        long began = System.nanoTime();
        check();
        Optional<OutputDirectory> directory = output.out().map(OutputDirectory::open);
        try {
            Matrix matrix = DenseMatrixFile.read(file, variable);
            requireRank(matrix);
            try (Engine engine = engineOptions.open(numbers(matrix))) {
                return run(matrix, engine, began, directory);
            }
        } finally {
            directory.ifPresent(OutputDirectory::close);
        }
    }

    private int run(Matrix matrix, Engine engine, long began, Optional<OutputDirectory> directory) {
        Optional<Matrix> weight = weights.map(path -> DenseMatrixFile.read(path, new VariableOption()));
        long read = System.nanoTime();
        Descended found = approximation(matrix, weight, engine);
        double seconds = (System.nanoTime() - read) * 1e-9;
        String reason = engineOptions.reason(numbers(matrix));
        weight.ifPresent(w -> Arrays.setAll(matrix.data(), k -> w.data()[k] * matrix.data()[k]));
        RecoveryResult result = result(matrix, found, engine, seconds);
        finish(result, found.approximation(), (read - began) * 1e-9, reason, directory);
        return found.converged() ? ExitCode.CONVERGED : ExitCode.NOT_CONVERGED;
    }

    /** As many as a recovery of the same cost reads in a gradient; what iterates here may take long at any size. */
    private long numbers(Matrix matrix) {
        long entries = (long) matrix.rows() * matrix.columns();
        return algorithm == EigenspaceAlgorithm.DECOMPOSITION && weights.isEmpty()
                ? entries * (Math.min(matrix.rows(), matrix.columns()) / SIDE_OF_A_RECOVERY + 1)
                : EngineOptions.LARGE;
    }

    private void check() {
        output.check();
        if (rank.isPresent() == tolerance.isPresent()) {
            throw new UsageException("either --rank R or --tolerance E is needed"
                    + (rank.isPresent() ? ", not both: each says where to cut" : ""));
        }
        if (algorithm != EigenspaceAlgorithm.DECOMPOSITION && !symmetric) {
            throw new UsageException("--algorithm " + algorithm
                    + " does not apply without --psd: it finds the eigenspace of" + " a symmetric matrix");
        }
        if (weights.isPresent() && (symmetric || tolerance.isPresent())) {
            throw new UsageException("--weights does not apply with " + (symmetric ? "--psd" : "--tolerance")
                    + ": the weighted approximation is of a given --rank, and not symmetric");
        }
        if (symmetric && tolerance.isPresent()) {
            throw new UsageException("--tolerance does not apply with --psd: the largest eigenvalues, left without the"
                    + " negative ones, need not come close to X; give --rank");
        }
    }

    private void requireRank(Matrix matrix) {
        Shape shape = new Shape(matrix.rows(), matrix.columns());
        if (shape.maxRank() < 1) {
            throw new BadDataException(file + ": the matrix is " + shape + "; at least 1x1 is needed");
        }
        if (rank.isPresent() && (rank.getAsInt() < 1 || rank.getAsInt() > shape.maxRank())) {
            throw new BadDataException("--rank is " + rank.getAsInt() + ", but must be from 1 to min(n1, n2) = "
                    + shape.maxRank() + ", for the matrix is " + shape);
        }
    }

    private Descended approximation(Matrix matrix, Optional<Matrix> weight, Engine engine) {
        if (algorithm.retraction().isPresent()) {
            return LowRankApproximation.topEigenspaceByDescent(
                    matrix,
                    rank.orElseThrow(),
                    algorithm.retraction().get(),
                    EigenspaceAlgorithm.TOLERANCE,
                    EigenspaceAlgorithm.MAX_ITERATIONS,
                    0,
                    engine);
        }
        return new Descended(decomposed(matrix, weight, engine), 0, true);
    }

    private Approximation decomposed(Matrix matrix, Optional<Matrix> weight, Engine engine) {
        if (weight.isPresent()) {
            Weighted found = WeightedLowRankApproximation.ofRank(matrix, weight.get(), rank.orElseThrow(), engine);
            FactorSpectrum spectrum = new FactorSpectrum(found.factors(), engine.kernels());
            return new Approximation(
                    spectrum.leftVectors(), spectrum.values(), spectrum.rightVectors(), found.relativeError());
        }
        if (tolerance.isPresent()) {
            return LowRankApproximation.withinTolerance(matrix, tolerance.getAsDouble(), engine);
        }
        return symmetric
                ? LowRankApproximation.topEigenspace(matrix, rank.orElseThrow(), engine)
                : LowRankApproximation.ofRank(matrix, rank.orElseThrow(), engine);
    }

    private String name() {
        if (algorithm != EigenspaceAlgorithm.DECOMPOSITION) {
            return algorithm.toString();
        }
        if (weights.isPresent()) {
            return "reweighted singular value decomposition";
        }
        return symmetric ? "symmetric eigendecomposition" : "singular value decomposition";
    }

    private Termination termination(Descended descended, double error) {
        if (!descended.converged()) {
            return new Termination.IterationLimit(descended.iterations());
        }
        return algorithm == EigenspaceAlgorithm.DECOMPOSITION
                ? new Termination.Converged("decomposition", sentence(error))
                : new Termination.Converged(
                        "relative-gradient",
                        "The relative gradient came within " + EigenspaceAlgorithm.TOLERANCE + " after "
                                + descended.iterations() + " iterations.");
    }

    /**
     * The approximation in the form of any result, for the report.
     *
     * @param matrix what the errors are relative to: X, or its entries times their weights
     */
    private RecoveryResult result(Matrix matrix, Descended descended, Engine engine, double seconds) {
        Approximation found = descended.approximation();
        TierReport tier = engine.report();
        double[] values = found.values();
        int significant = 0;
        Matrix scaled = found.left().copy();
        for (int k = 0; k < values.length; k++) {
            significant += values[k] > 0 ? 1 : 0;
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.set(i, k, scaled.get(i, k) * values[k]);
            }
        }
        double norm = Math.sqrt(engine.kernels().dot(matrix, matrix));
        double error = found.relativeError();
        return new RecoveryResult(
                new Factors(scaled, found.right()),
                significant,
                Arrays.stream(values).boxed().toList(),
                termination(descended, error),
                List.of(),
                0.5 * error * error * norm * norm,
                error,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0,
                OptionalDouble.empty(),
                name(),
                algorithm == EigenspaceAlgorithm.DECOMPOSITION && weights.isEmpty()
                        ? "it gives the best approximation of every rank"
                        : "asked for",
                0,
                0,
                0,
                engineOptions.threads(),
                tier,
                Map.of("decompose", seconds),
                Map.of(),
                List.of());
    }

    private String sentence(double error) {
        if (weights.isPresent()) {
            return String.format(Locale.ROOT, "The weighted relative error, in the Frobenius norm, is %.3g.", error);
        }
        return String.format(
                Locale.ROOT,
                symmetric
                        ? "The eigenvalues left out hold %.3g of the matrix, in the Frobenius norm."
                        : "The relative error, in the Frobenius norm, is %.3g: no matrix of this rank comes closer.",
                error);
    }

    private void finish(
            RecoveryResult result,
            Approximation found,
            double secondsToRead,
            String tierReason,
            Optional<OutputDirectory> directory) {
        List<String> warnings = new ArrayList<>(result.tier().refusals());
        Map<String, @Nullable Object> json = ResultJson.ofApproximation(result, warnings, secondsToRead);
        json.put("tierReason", tierReason);
        directory.ifPresent(folder -> {
            write(folder.staging(), found);
            ReportFiles.write(folder.staging(), page(result)).ifPresent(warnings::add);
            ResultRecord.write(folder, json);
            folder.finish();
        });
        warnings.forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.text(json));
        } else if (!output.quiet()) {
            out.println("Rank " + found.values().length + " for a "
                    + new Shape(found.left().rows(), found.right().rows()) + " matrix.");
            out.println(result.termination().sentence());
            out.println(ResultRecord.whereabouts(directory));
        }
    }

    private RunReport.Run page(RecoveryResult result) {
        return new RunReport.Run(
                "Low-rank approximation",
                "A " + new Shape(result.factors().rows(), result.factors().columns()) + " matrix"
                        + (symmetric ? ", by its largest eigenvalues." : ", by its largest singular values."),
                List.<String[]>of(new String[] {"Matrix", file.toString()}),
                result,
                Map.of());
    }

    private static void write(Path folder, Approximation found) {
        Npy.write(folder.resolve("u.npy"), FactorFiles.array(found.left()));
        Npy.write(folder.resolve("s.npy"), found.values(), found.values().length);
        Npy.write(folder.resolve("v.npy"), FactorFiles.array(found.right()));
    }
}

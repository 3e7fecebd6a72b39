package lowrank4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import lowrank4j.Algorithm;
import lowrank4j.CompletionResult;
import lowrank4j.CrossValidation;
import lowrank4j.Loss;
import lowrank4j.MatrixCompletion;
import lowrank4j.Range;
import lowrank4j.RecoveryOptions;
import lowrank4j.SparsePart;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.Triples;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j complete}: completes a matrix from some of its entries. */
@Command(
        name = "complete",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Completes a matrix of low rank from some of its entries; what is not listed is unknown, and a listed"
                        + " zero is a value.",
        footer =
                "%nThe recommended algorithm lets held-out entries choose between an exact low-rank recovery and offsets with"
                        + " a low-rank part under a ridge; the gradient methods by name fit the entries as they are.%n"
                        + "%n--out DIR receives left.npy (n1 x r) and right.npy (n2 x r) with X = left . right^T, model.json with the"
                        + " offsets, rows.csv and columns.csv with the ids of a delimited file, trace.csv, trace.png, result.json"
                        + " and report.html; with --loss truncated outliers.csv, what the entries found wrong have beyond X.%n")
final class CompleteCommand implements Callable<Integer> {
    /**
     * Of the models that are tried, each reads so many: processor seconds of the whole command in plain Java and with vectors, the
     * least of 3 runs at rank 5, were 0.8 and 2.3 for 750 entries, 1.1 and 3.5 for 12,000, 1.4 and 3.2 for 48,000.
     */
    private static final long NUMBERS_OF_AN_ENTRY = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ENTRIES",
            description =
                    "CSV or TSV (row, column, value; with a header or without), Parquet, Matrix Market, .npz with the arrays"
                            + " row, col, value, a matrix as .npy whose NaN are missing, or a MATLAB file, whose full matrices mark"
                            + " by NaN what is missing and whose sparse ones know what they store")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Mixin
    private final EntryOptions reading = new EntryOptions();

    @Mixin
    private final CompletionOptions completing = new CompletionOptions();

    @Mixin
    private final SolverOptions solver = new SolverOptions();

    @Mixin
    private final LossOptions loss = new LossOptions();

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private CompleteCommand() {}

    @Override
    public Integer call() {
        long began = System.nanoTime();
        RecoverySession session = new RecoverySession(spec, solver, engine, start, output);
        session.check();
        solver.checkSymmetry(false);
        solver.checkSweeps();
        completing.check(solver, start);
        loss.check(solver, start);
        if (completing.folds().isPresent() && !loss.isLeastSquares()) {
            throw new UsageException("--folds does not apply with --loss " + loss.loss()
                    + " or --nonnegative: its ranks and ridges are those of least squares");
        }
        if (completing.range().isPresent() && loss.loss() == Loss.LOGISTIC) {
            throw new UsageException(
                    "--range does not apply with --loss logistic: what is predicted are probabilities, from 0 to 1 anyhow");
        }
        completing.weights().check(reading);
        completing.weights().check(loss.loss(), solver);
        checkStart();
        return session.run(() -> {
            Entries listed = read();
            Entries entries = listed.withZeros(completing.zeros(), file);
            completing.range().ifPresent(range -> requireWithin(range, entries));
            entries.requireMemory(file, reading, Math.max(1, solver.rank().orElse(1)));
            double[] times = completing
                    .timeColumn()
                    .map(column ->
                            kept(EntryColumn.read(file, reading, listed, "--time-column", column), listed, entries))
                    .orElseGet(() -> new double[0]);
            double[] weights = kept(completing.weights().read(file, reading, listed), listed, entries);
            return task(entries, times, weights, (System.nanoTime() - began) * 1e-9);
        });
    }

    private Entries read() {
        if (output.quiet() || !Progress.isWatched()) {
            return Entries.read(file, reading);
        }
        ReadingProgress progress = new ReadingProgress(
                spec.commandLine().getErr(), file, file.toFile().length());
        try {
            return Entries.read(file, reading, progress);
        } finally {
            progress.finish();
        }
    }

    /** A further column of the file, without what was left out of its entries. */
    private static double[] kept(double[] all, Entries listed, Entries kept) {
        double[] values = listed.triples().value();
        return listed.triples().count() == kept.triples().count()
                ? all
                : IntStream.range(0, all.length)
                        .filter(k -> values[k] != 0)
                        .mapToDouble(k -> all[k])
                        .toArray();
    }

    private void requireWithin(Range range, Entries entries) {
        Triples triples = entries.triples();
        for (int k = 0; k < triples.count(); k++) {
            if (!range.contains(triples.value()[k])) {
                throw new BadDataException(file + ": the value at row " + triples.rowId(triples.row()[k]) + ", column "
                        + triples.columnId(triples.column()[k]) + " is " + triples.value()[k] + ", outside --range "
                        + range);
            }
        }
    }

    private void checkStart() {
        if (start.given().isEmpty()) {
            return;
        }
        String option = start.given().get();
        if (solver.algorithm() == Algorithm.RECOMMENDED) {
            throw new UsageException(
                    option + " does not apply to the recommended completion: it chooses between models by"
                            + " held-out entries, which factors fitted before have seen; name a gradient method, such as"
                            + " --algorithm apgd");
        }
        if (solver.algorithm() == Algorithm.NUCLEAR_NORM) {
            throw new UsageException(option + " does not apply to --algorithm nuclear-norm: it starts from zero");
        }
        if (solver.algorithm() == Algorithm.ALS) {
            throw new UsageException(option + " does not apply to --algorithm als: its sweeps begin with the heaviest"
                    + " ridge, where the start is forgotten");
        }
    }

    private RecoverySession.Task task(Entries entries, double[] times, double[] weights, double secondsToRead) {
        return new RecoverySession.Task(
                "Matrix completion",
                entries.description(),
                List.of(new String[] {"Entries", file.toString()}, new String[] {"Data", entries.description()}),
                entries.shape(),
                false,
                secondsToRead,
                NUMBERS_OF_AN_ENTRY * entries.triples().count(),
                folder -> WarmStart.byIds(folder, entries),
                options -> solve(entries, times, weights, options));
    }

    private RecoverySession.Solution solve(Entries entries, double[] times, double[] weights, RecoveryOptions options) {
        Triples triples = entries.triples();
        MatrixCompletion completion = MatrixCompletion.of(
                triples.rows(), triples.columns(), triples.row(), triples.column(), triples.value());
        if (completing.range().isPresent()) {
            completion = completion.withRange(completing.range().get());
        }
        if (times.length > 0) {
            completion = completion.withTimes(triples.row(), triples.column(), times);
        }
        if (weights.length > 0) {
            completion = completion.withWeights(triples.row(), triples.column(), weights);
        }
        MatrixCompletion entriesToComplete = completion;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("holdOutBy", completing.holdOutBy().toString());
        completing.weights().column().ifPresent(column -> json.put("weightColumn", column));
        CompletionResult result = solve(completion, loss.applied(options), json);
        List<String> warnings = new ArrayList<>(entries.warnings());
        boolean ridgeChosen = completing.folds().isEmpty()
                && solver.algorithm() == Algorithm.RECOMMENDED
                && result.recovery().algorithm().equals(Algorithm.ALS.toString());
        if (ridgeChosen && !solver.ofGradientMethods().isEmpty()) {
            warnings.add(String.join(", ", solver.ofGradientMethods())
                    + " held for the exact recovery, if that was tried at all; the model under a ridge, which predicted"
                    + " better, has no use for them.");
        }
        return new RecoverySession.Solution(
                result.recovery(),
                folder -> write(folder, result, entries),
                warnings,
                json,
                () -> loss.isLeastSquares()
                        ? CompletionPanels.of(entriesToComplete, result.model(), options, completing.holdOutBy())
                        : List.of());
    }

    private CompletionResult solve(MatrixCompletion completion, RecoveryOptions options, Map<String, Object> json) {
        if (completing.folds().isEmpty()) {
            return completion.solve(options, completing.holdOutBy());
        }
        CrossValidation found =
                CrossValidation.run(completion, completing.folds().get(), options, completing.holdOutBy());
        json.put("crossValidation", CrossValidationJson.of(found));
        return found.result();
    }

    private void write(Path folder, CompletionResult result, Entries entries) {
        ModelFiles.write(folder, result.model(), entries);
        if (loss.loss() == Loss.TRUNCATED) {
            SparsePart sparse = result.sparse();
            DelimitedTriples.write(
                    folder.resolve("outliers.csv"),
                    new Triples(
                            entries.triples().rows(),
                            entries.triples().columns(),
                            sparse.row(),
                            sparse.column(),
                            sparse.value(),
                            entries.triples().rowIds(),
                            entries.triples().columnIds()));
        }
    }
}

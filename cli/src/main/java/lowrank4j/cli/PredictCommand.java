package lowrank4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lowrank4j.Loss;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.Triples;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j predict}: values of a completed matrix. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Tells the values of a completed matrix at pairs of a row and a column, or the highest of each row, as CSV:"
                        + " row,column,value.",
        footer =
                "%nRows and columns are called as in the data that were completed: by ids, or by indices from 0. Rows that were"
                        + " not among them are answered from the entries of theirs that --rows gives; columns must be known.%n"
                        + "%nWith --error-bars, standardError is the deviation of a new entry about its prediction:"
                        + " s^2 (1 + x^T (sum x x^T + ridge)^-1 x + the same of the column), s^2 the noise that the fit leaves."
                        + " About 95 %% of new entries lie within two of them if the model holds. With weights it is that of an entry"
                        + " of the mean weight of the fit.%n")
final class PredictCommand implements Callable<Integer> {
    private static final String STANDARD_ERROR = "standardError";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "the --out folder of complete or sense")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PAIRS.csv",
            description =
                    "CSV or TSV with a row and a column in each line; further columns may be there; not with --top")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = Converters.Count.class,
            description =
                    "in place of PAIRS.csv: the N highest predictions of each row, the highest first, without the entries"
                            + " that --exclude and --rows give")
    private Optional<Integer> top = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "IDS",
            description =
                    "with --top: a file of the rows to answer, one id a line (default: all, those of --rows last)")
    private Optional<Path> askedRows = Optional.empty();

    @Option(
            names = "--exclude",
            paramLabel = "ENTRIES",
            description = "with --top: entries not to be told, such as those that the rows have seen: CSV or TSV (row,"
                    + " column; more columns may be there), Matrix Market or .npz; ids that the model does not know are"
                    + " passed over")
    private Optional<Path> exclude = Optional.empty();

    @Option(
            names = "--error-bars",
            paramLabel = "ENTRIES",
            description =
                    "add the column standardError, given the file of entries that the model was fitted to; needs a"
                            + " model under a ridge, as recommended and als make of ratings")
    private Optional<Path> fitted = Optional.empty();

    @Option(
            names = "--rows",
            paramLabel = "ENTRIES.csv",
            description = "known entries (row, column, value) of rows that were not in the fit: each is fitted to the"
                    + " columns as they are")
    private Optional<Path> newRows = Optional.empty();

    @Mixin
    private final WeightOption weights = new WeightOption();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            converter = Converters.Target.class,
            description = "write there instead of to standard output")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "print one JSON object instead of CSV or a summary")
    private boolean json;

    @Option(names = "--quiet", description = "with --out: print nothing but refusals")
    private boolean quiet;

    private PredictCommand() {}

    @Override
    public Integer call() {
        check();
        ModelFiles.Named model = ModelFiles.read(folder);
        if (fitted.isPresent() && model.model().loss() != Loss.SQUARED) {
            throw new UsageException("--error-bars does not apply to a model fitted with --loss "
                    + model.model().loss() + ": standard errors are those of least squares");
        }
        if (newRows.isPresent()) {
            AddedEntries.objection(model.model()).ifPresent(objection -> {
                throw new UsageException("--rows does not apply to a model fitted with --loss "
                        + model.model().loss() + ": " + objection);
            });
        }
        if (newRows.isPresent() || fitted.isPresent()) {
            weights.checkFits(model.model(), folder);
        } else if (weights.isGiven()) {
            throw new UsageException(
                    "--weight-column is for the files of --rows and --error-bars; neither is given, and pairs have no weights");
        }
        Optional<NewRows> rows = newRows.map(entries -> NewRows.read(entries, model, weights));
        try (Engine engine = new EngineOptions().open(numbers(model, rows))) {
            Predictions predictions = new Predictions(model, rows, engine);
            PredictFiles files = new PredictFiles(predictions);
            Predictions.Places places = file.isPresent()
                    ? files.pairs(file.get())
                    : predictions.top(
                            askedRows.map(files::rows).orElseGet(predictions::allRows),
                            top.orElseThrow(),
                            exclude.map(files::known).orElse(new Predictions.Places(new int[0], new int[0])));
            double[] bars = fitted.map(entries -> predictions.errorBars(places, files.fitted(entries, weights)))
                    .orElseGet(() -> new double[0]);
            Triples answers = files.answers(places);
            out.ifPresent(target -> DelimitedTriples.write(target, answers, STANDARD_ERROR, bars));
            say(answers, bars);
        }
        return ExitCode.CONVERGED;
    }

    /** What the answers are made of; standard errors take decompositions besides, as many as there are rows. */
    private long numbers(ModelFiles.Named model, Optional<NewRows> rows) {
        if (fitted.isPresent()) {
            return EngineOptions.LARGE;
        }
        Factors factors = model.model().factors();
        long inRows = factors.rows()
                + rows.map(NewRows::entries)
                        .map(entries -> (long) entries.values().length)
                        .orElse(0L);
        return factors.rank() * (top.isPresent() ? inRows * factors.columns() : inRows + factors.columns());
    }

    private void check() {
        if (json && quiet) {
            throw new UsageException("--json and --quiet exclude each other: one prints an object, the other nothing");
        }
        if (quiet && out.isEmpty()) {
            throw new UsageException("--quiet needs --out FILE: without it the predictions would go nowhere");
        }
        if (file.isPresent() == top.isPresent()) {
            throw new UsageException(
                    file.isPresent()
                            ? "--top does not apply with PAIRS.csv: one asks for pairs, the other for the best of each row"
                            : "PAIRS.csv or --top N is needed: what is to be predicted");
        }
        if (top.isEmpty() && (askedRows.isPresent() || exclude.isPresent())) {
            throw new UsageException((askedRows.isPresent() ? "--for" : "--exclude")
                    + " is for --top N; pairs are answered as they are asked for");
        }
        if (top.isPresent() && top.get() == 0) {
            throw new UsageException("--top is 0, but must be at least 1");
        }
        out.ifPresent(target -> OutputFile.requireWritable("--out", target));
    }

    private void say(Triples answers, double[] bars) {
        PrintWriter console = spec.commandLine().getOut();
        if (quiet) {
            return;
        }
        if (json) {
            console.println(Json.text(object(answers, bars)));
        } else if (out.isPresent()) {
            console.println(answers.count() + " predictions are in " + out.get() + ".");
        } else {
            console.println("row,column,value" + (bars.length == 0 ? "" : "," + STANDARD_ERROR));
            for (int k = 0; k < answers.count(); k++) {
                console.println(quoted(answers.rowId(answers.row()[k])) + ","
                        + quoted(answers.columnId(answers.column()[k])) + "," + answers.value()[k]
                        + (bars.length == 0 ? "" : "," + bars[k]));
            }
        }
    }

    private Map<String, Object> object(Triples answers, double[] bars) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", answers.count());
        if (out.isPresent()) {
            object.put("file", out.get().toString());
            return object;
        }
        List<Map<String, Object>> list = new ArrayList<>();
        for (int k = 0; k < answers.count(); k++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("row", answers.rowId(answers.row()[k]));
            one.put("column", answers.columnId(answers.column()[k]));
            one.put("value", answers.value()[k]);
            if (bars.length > 0) {
                one.put(STANDARD_ERROR, bars[k]);
            }
            list.add(one);
        }
        object.put("predictions", list);
        return object;
    }

    /** As RFC 4180 has it: quoted where a comma, a quote or a line end would be misread. */
    private static String quoted(String id) {
        boolean plain = id.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? id : '"' + id.replace("\"", "\"\"") + '"';
    }
}

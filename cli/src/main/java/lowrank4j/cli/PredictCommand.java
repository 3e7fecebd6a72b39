package lowrank4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import lowrank4j.io.DelimitedImport;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.Pairs;
import lowrank4j.io.Triples;
import picocli.CommandLine.Command;
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
                "Tells the values of a completed matrix at pairs of a row and a column, as CSV: row,column,value.",
        footer =
                "%nRows and columns are called as in the data that were completed: by ids, or by indices from 0. Rows that were"
                        + " not among them are answered from the entries of theirs that --rows gives; columns must be known.%n")
final class PredictCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL_DIR", description = "the --out folder of complete or sense")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Parameters(
            index = "1",
            paramLabel = "PAIRS.csv",
            description = "CSV or TSV with a row and a column in each line; further columns may be there")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--rows",
            paramLabel = "ENTRIES.csv",
            description = "known entries (row, column, value) of rows that were not in the fit: each is fitted to the"
                    + " columns as they are")
    private Optional<Path> newRows = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "write there instead of to standard output")
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
        DelimitedImport<Pairs> read = DelimitedTriples.readPairs(file, DelimitedOptions.defaults());
        Optional<NewRows> rows = newRows.map(entries -> NewRows.read(entries, model));
        Pairs pairs = read.entries();
        double[] values = new Predictions(model, rows).at(pairs, new PairLines(file, read.layout()));
        Triples answers = new Triples(
                count(pairs.row()),
                count(pairs.column()),
                pairs.row(),
                pairs.column(),
                values,
                pairs.rowIds(),
                pairs.columnIds());
        out.ifPresent(target -> DelimitedTriples.write(target, answers));
        say(answers);
        return ExitCode.CONVERGED;
    }

    private void check() {
        if (json && quiet) {
            throw new UsageException("--json and --quiet exclude each other: one prints an object, the other nothing");
        }
        if (quiet && out.isEmpty()) {
            throw new UsageException("--quiet needs --out FILE: without it the predictions would go nowhere");
        }
        out.ifPresent(target -> OutputFile.requireWritable("--out", target));
    }

    private static int count(int[] indices) {
        int count = 0;
        for (int index : indices) {
            count = Math.max(count, index + 1);
        }
        return count;
    }

    private void say(Triples answers) {
        PrintWriter console = spec.commandLine().getOut();
        if (quiet) {
            return;
        }
        if (json) {
            console.println(Json.text(object(answers)));
        } else if (out.isPresent()) {
            console.println(answers.count() + " predictions are in " + out.get() + ".");
        } else {
            console.println("row,column,value");
            for (int k = 0; k < answers.count(); k++) {
                console.println(quoted(answers.rowId(answers.row()[k])) + ","
                        + quoted(answers.columnId(answers.column()[k])) + "," + answers.value()[k]);
            }
        }
    }

    private Map<String, Object> object(Triples answers) {
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

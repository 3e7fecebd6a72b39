package lowrank4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lowrank4j.error.BadDataException;
import lowrank4j.kernel.Engine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j update}: rows, columns and entries that came after a completion, without fitting it again. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Adds rows, columns and entries to a completed matrix without fitting it again: one small exact solve for each"
                        + " row and column that is new, and for each row with new entries.",
        footer =
                "%nEach row of ENTRIES that the model knows is solved anew from the entries given of it: give all of them, old and"
                        + " new. New rows are added. The columns that the model knows stay as they are; new columns are solved"
                        + " last, from the entries given of them. What ENTRIES does not name is kept. Fit again with complete"
                        + " when much has come.%n"
                        + "%n--out DIR receives the model as complete writes it: left.npy, right.npy, model.json, rows.csv,"
                        + " columns.csv, and a result.json that counts what was done.%n")
final class UpdateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "MODEL_DIR",
            description = "the --out folder of complete, of entries with ids")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Parameters(
            index = "1",
            paramLabel = "ENTRIES",
            description = "CSV or TSV (row, column, value) by the ids of the model")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Mixin
    private final EntryOptions reading = new EntryOptions();

    @Mixin
    private final WeightOption weights = new WeightOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private UpdateCommand() {}

    @Override
    public Integer call() {
        output.check();
        weights.check(reading);
        Path target = output.out()
                .orElseThrow(
                        () -> new UsageException("--out DIR is needed: the folder for the model with what was added"));
        try (OutputDirectory directory = OutputDirectory.open(target);
                Engine engine = Engine.open()) {
            ModelFiles.Named model = ModelFiles.read(folder);
            AddedEntries.objection(model.model()).ifPresent(objection -> {
                throw new BadDataException(folder + ": is a model fitted with --loss "
                        + model.model().loss() + ", which update does not apply to: " + objection);
            });
            if (model.rows().areIndices() || model.columns().areIndices()) {
                throw new BadDataException(folder + ": has no ids (rows.csv, columns.csv); only a model of entries with"
                        + " ids can be told which rows and columns are new");
            }
            weights.checkFits(model.model(), folder);
            Entries entries = Entries.read(file, reading);
            if (!entries.named()) {
                throw new BadDataException(file + ": its rows and columns have no ids, as those of the model do");
            }
            ModelUpdate update =
                    ModelUpdate.of(model, entries.triples(), weights.read(file, reading, entries), engine.kernels());
            FactorFiles.write(directory.staging(), update.model().whole());
            ModelFiles.write(directory.staging(), update.model(), update.rowIds(), update.columnIds());
            Map<String, @Nullable Object> json = json(update, entries);
            ResultRecord.write(directory, json);
            directory.finish();
            entries.warnings().forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
            say(update, json, target);
        }
        return ExitCode.CONVERGED;
    }

    private static Map<String, @Nullable Object> json(ModelUpdate update, Entries entries) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("entries", entries.triples().count());
        json.put("rowsAdded", update.rowsAdded());
        json.put("rowsSolvedAnew", update.rowsSolvedAnew());
        json.put("columnsAdded", update.columnsAdded());
        json.put("rows", update.model().factors().rows());
        json.put("columns", update.model().factors().columns());
        json.put("warnings", List.copyOf(entries.warnings()));
        json.put("version", Main.Version.text());
        return json;
    }

    private void say(ModelUpdate update, Map<String, @Nullable Object> json, Path target) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.text(json));
        } else if (!output.quiet()) {
            out.println(update.rowsAdded() + " rows and " + update.columnsAdded() + " columns were added, "
                    + update.rowsSolvedAnew() + " rows solved anew.");
            out.println("The model is in " + target + ".");
        }
    }
}

package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lowrank4j.CompletionModel;
import lowrank4j.Loss;
import lowrank4j.Range;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.io.IdMap;
import lowrank4j.matrix.Factors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A completed matrix as files: {@code left.npy} and {@code right.npy} are the whole of it; {@code model.json} says how many of their
 * first columns are the low-rank part, and holds the offsets that the others carry; {@code rows.csv} and {@code columns.csv} name
 * rows and columns.
 */
final class ModelFiles {
    private static final String MODEL = "model.json";
    private static final String ROWS = "rows.csv";
    private static final String COLUMNS = "columns.csv";

    private static final String RANK = "rank";
    private static final String OFFSETS = "offsets";
    private static final String LOSS = "loss";
    private static final String MEAN = "mean";
    private static final String RIDGE = "ridge";
    private static final String ROW_OFFSETS = "rowOffsets";
    private static final String COLUMN_OFFSETS = "columnOffsets";

    private static final String RANGE = "range";
    private static final String NONNEGATIVE = "nonnegative";
    private static final String UNIT_WEIGHT = "unitWeight";
    private static final String DEVIATIONS = "deviations";

    private ModelFiles() {}

    /**
     * A model and what its rows and columns are called.
     *
     * @param model to predict with
     * @param rows names of the rows
     * @param columns names of the columns
     */
    record Named(CompletionModel model, Names rows, Names columns) {}

    /** Writes all but the factors. */
    static void write(Path folder, CompletionModel model, Entries entries) {
        write(folder, model);
        if (entries.named()) {
            IdMap.write(folder.resolve(ROWS), entries.rowNames());
            IdMap.write(folder.resolve(COLUMNS), entries.columnNames());
        }
    }

    /** Writes all but the factors, of a model with ids. */
    static void write(Path folder, CompletionModel model, List<String> rowIds, List<String> columnIds) {
        write(folder, model);
        IdMap.write(folder.resolve(ROWS), rowIds);
        IdMap.write(folder.resolve(COLUMNS), columnIds);
    }

    private static void write(Path folder, CompletionModel model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", model.factors().rows());
        json.put("columns", model.factors().columns());
        json.put(RANK, model.factors().rank());
        json.put(RIDGE, model.ridge());
        json.put(LOSS, model.loss().toString());
        json.put(OFFSETS, model.hasOffsets());
        json.put(MEAN, model.mean());
        if (model.hasOffsets()) {
            json.put(ROW_OFFSETS, model.rowOffsets());
            json.put(COLUMN_OFFSETS, model.columnOffsets());
        }
        if (!model.range().isAll()) {
            json.put(RANGE, new double[] {model.range().low(), model.range().high()});
        }
        if (model.nonnegative()) {
            json.put(NONNEGATIVE, true);
        }
        if (model.unitWeight() > 0) {
            json.put(UNIT_WEIGHT, model.unitWeight());
        }
        model.deviations().ifPresent(of -> json.put(DEVIATIONS, new double[] {of.ofOffsets(), of.ofFit()}));
        Path file = folder.resolve(MODEL);
        try {
            Files.writeString(file, Json.text(json) + "\n");
        } catch (IOException e) {
            throw new EnvironmentException(file + ": cannot be written: " + e.getMessage());
        }
    }

    /** Reads the results of a completion, or of a sensing, whose rows and columns have no names. */
    static Named read(Path folder) {
        Factors whole = FactorFiles.read(folder);
        Path file = folder.resolve(MODEL);
        CompletionModel model = Files.exists(file)
                ? model(file, whole)
                : new CompletionModel(whole, 0, new double[whole.rows()], new double[whole.columns()], 0);
        return new Named(model, names(folder, ROWS, whole.rows()), names(folder, COLUMNS, whole.columns()));
    }

    private static CompletionModel model(Path file, Factors whole) {
        try {
            JsonNode json = Json.mapper().readTree(file.toFile());
            boolean offsets = json.path(OFFSETS).asBoolean();
            int rank = json.path(RANK).asInt();
            if (rank < 0 || rank + (offsets ? 2 : 0) != whole.rank()) {
                throw new BadDataException(file + ": says rank " + rank + (offsets ? " and offsets" : "")
                        + ", which does not fit the " + whole.rank() + " columns of the factors beside it");
            }
            Factors factors = new Factors(
                    whole.left().columnRange(0, rank).copy(),
                    whole.right().columnRange(0, rank).copy());
            return new CompletionModel(
                    factors,
                    json.path(MEAN).asDouble(),
                    numbers(json.path(ROW_OFFSETS), offsets, whole.rows(), file),
                    numbers(json.path(COLUMN_OFFSETS), offsets, whole.columns(), file),
                    json.path(RIDGE).asDouble(),
                    range(json.path(RANGE), file),
                    json.path(NONNEGATIVE).asBoolean(false),
                    unitWeight(json.path(UNIT_WEIGHT), file),
                    loss(json.path(LOSS), file),
                    deviations(json.path(DEVIATIONS), file));
        } catch (JacksonException e) {
            throw new BadDataException(file + ": is no model: " + e.getOriginalMessage(), e);
        }
    }

    private static Range range(JsonNode node, Path file) {
        if (node.isMissingNode()) {
            return Range.ALL;
        }
        double low = node.path(0).asDouble(Double.NaN);
        double high = node.path(1).asDouble(Double.NaN);
        if (node.size() != 2 || !(low < high)) {
            throw new BadDataException(file + ": the range is " + node + ", but must be two numbers, the lower first");
        }
        return new Range(low, high);
    }

    private static double unitWeight(JsonNode node, Path file) {
        double weight = node.isMissingNode() ? 0 : node.asDouble(Double.NaN);
        if (!node.isMissingNode() && !(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new BadDataException(file + ": " + UNIT_WEIGHT + " is " + node + ", but must be above 0 and finite");
        }
        return weight;
    }

    /** Squares for what was written before there were others. */
    private static Loss loss(JsonNode node, Path file) {
        try {
            return Loss.named(node.asString(Loss.SQUARED.toString()));
        } catch (InvalidArgumentException e) {
            throw new BadDataException(file + ": " + e.getMessage(), e);
        }
    }

    /** None where the loss has none, and in what was written before they were. */
    private static Optional<CompletionModel.Deviations> deviations(JsonNode node, Path file) {
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CompletionModel.Deviations(
                    node.path(0).asDouble(Double.NaN), node.path(1).asDouble(Double.NaN)));
        } catch (InvalidArgumentException e) {
            throw new BadDataException(file + ": of " + DEVIATIONS + " " + e.getMessage(), e);
        }
    }

    private static double[] numbers(JsonNode node, boolean wanted, int count, Path file) {
        double[] numbers = new double[count];
        if (!wanted) {
            return numbers;
        }
        if (node.size() != count) {
            throw new BadDataException(file + ": has " + node.size() + " offsets where " + count + " are expected");
        }
        for (int i = 0; i < count; i++) {
            numbers[i] = node.path(i).asDouble();
        }
        return numbers;
    }

    private static Names names(Path folder, String name, int count) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Names.indices(count);
        }
        List<String> ids = IdMap.read(file);
        if (ids.size() != count) {
            throw new BadDataException(
                    file + ": has " + ids.size() + " ids, but the factors beside it are for " + count);
        }
        return Names.of(ids);
    }
}

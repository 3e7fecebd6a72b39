package lowrank4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import lowrank4j.CompletionModel;
import lowrank4j.ErrorBars;
import lowrank4j.Loss;
import lowrank4j.MatrixCompletion;
import lowrank4j.TopPredictions;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Pairs;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.SparsePattern;

/** What a model, with any new rows after its own, says of entries that are known by ids. */
final class Predictions {
    private final ModelFiles.Named named;
    private final CompletionModel model;
    private final Optional<NewRows> newRows;
    private final Engine engine;

    Predictions(ModelFiles.Named named, Optional<NewRows> newRows, Engine engine) {
        this.named = named;
        this.newRows = newRows;
        this.engine = engine;
        this.model = newRows.map(rows -> named.model()
                        .withRows(rows.entries().pattern(), rows.entries().values(), rows.weights(), engine.kernels()))
                .orElse(named.model());
    }

    /**
     * Places that are asked for.
     *
     * @param row of the model and the new rows after it
     * @param column of the model
     */
    record Places(int[] row, int[] column) {
        int count() {
            return row.length;
        }
    }

    /** The places of pairs of ids, in their order. */
    Places of(Pairs pairs, PairLines lines) {
        int[] row = new int[pairs.count()];
        int[] column = new int[pairs.count()];
        for (int k = 0; k < row.length; k++) {
            String columnId = id(pairs.columnIds(), pairs.column()[k]);
            column[k] = named.columns().find(columnId).orElse(-1);
            if (column[k] < 0) {
                throw unknown("column", columnId, named.columns().allowed(), lines.describe(k, columnId));
            }
            String rowId = id(pairs.rowIds(), pairs.row()[k]);
            row[k] = find(rowId).orElse(-1);
            if (row[k] < 0) {
                String allowed = named.rows().allowed() + "; --rows gives the entries of new ones";
                throw unknown("row", rowId, allowed, lines.describe(k, rowId));
            }
        }
        return new Places(row, column);
    }

    /** Where a row stands, known or new. */
    OptionalInt find(String id) {
        OptionalInt known = named.rows().find(id);
        return known.isPresent() || newRows.isEmpty()
                ? known
                : newRows.get().find(id).stream()
                        .map(k -> named.model().factors().rows() + k)
                        .findFirst();
    }

    /** Where a column stands. */
    OptionalInt findColumn(String id) {
        return named.columns().find(id);
    }

    /** What a row is called. */
    String rowId(int row) {
        int known = named.model().factors().rows();
        return row < known ? named.rows().id(row) : newRows.orElseThrow().id(row - known);
    }

    /** What a column is called. */
    String columnId(int column) {
        return named.columns().id(column);
    }

    /** All rows, known and new. */
    int[] allRows() {
        return IntStream.range(0, model.factors().rows()).toArray();
    }

    /** Predictions in the order of the places. */
    double[] at(Places places) {
        double[] values = new double[places.count()];
        for (int k = 0; k < values.length; k++) {
            values[k] = model.predict(places.row()[k], places.column()[k]);
        }
        if (model.loss() == Loss.LOGISTIC) {
            Arrays.setAll(values, k -> Loss.probability(values[k]));
        }
        return values;
    }

    /**
     * The places of the highest predictions of each row.
     *
     * @param seen places that are not to be told; what is known of new rows is not told either
     */
    Places top(int[] rows, int count, Places seen) {
        int[][] columns = TopPredictions.of(model, rows, count, pattern(seen), engine);
        List<int[]> places = new ArrayList<>();
        for (int k = 0; k < rows.length; k++) {
            for (int column : columns[k]) {
                places.add(new int[] {rows[k], column});
            }
        }
        return new Places(
                places.stream().mapToInt(place -> place[0]).toArray(),
                places.stream().mapToInt(place -> place[1]).toArray());
    }

    /** Standard errors in the order of the places, given the entries that the model was fitted to. */
    double[] errorBars(Places places, MatrixCompletion fitted) {
        return new ErrorBars(fitted, model, engine).at(places.row(), places.column(), engine);
    }

    /**
     * Entries of the model with those of the new rows.
     *
     * @param weights of the entries, where the model has them
     */
    MatrixCompletion withNewRows(Places places, double[] values, double[] weights) {
        Places all = withNewRows(places);
        double[] allValues =
                joined(values, newRows.map(rows -> rows.entries().values()).orElseGet(() -> new double[0]));
        MatrixCompletion entries = MatrixCompletion.of(
                model.factors().rows(), model.factors().columns(), all.row(), all.column(), allValues);
        return weights.length == 0
                ? entries
                : entries.withWeights(
                        all.row(),
                        all.column(),
                        joined(weights, newRows.map(NewRows::weights).orElseGet(() -> new double[0])));
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private Places withNewRows(Places places) {
        if (newRows.isEmpty()) {
            return places;
        }
        SparsePattern added = newRows.get().entries().pattern();
        int known = named.model().factors().rows();
        int[] row = Arrays.copyOf(places.row(), places.count() + added.columnIndex().length);
        int[] column = Arrays.copyOf(places.column(), row.length);
        System.arraycopy(added.columnIndex(), 0, column, places.count(), added.columnIndex().length);
        for (int i = 0; i < added.rows(); i++) {
            Arrays.fill(row, places.count() + added.rowStart()[i], places.count() + added.rowStart()[i + 1], known + i);
        }
        return new Places(row, column);
    }

    /** A pattern of places, of which some may be given twice. */
    private SparsePattern pattern(Places places) {
        Places all = withNewRows(places);
        int n2 = model.factors().columns();
        long[] keys = IntStream.range(0, all.count())
                .mapToLong(k -> (long) all.row()[k] * n2 + all.column()[k])
                .sorted()
                .distinct()
                .toArray();
        int[] rowStart = new int[model.factors().rows() + 1];
        int[] column = new int[keys.length];
        for (int k = 0; k < keys.length; k++) {
            rowStart[(int) (keys[k] / n2) + 1]++;
            column[k] = (int) (keys[k] % n2);
        }
        for (int i = 1; i < rowStart.length; i++) {
            rowStart[i] += rowStart[i - 1];
        }
        return new SparsePattern(rowStart.length - 1, n2, rowStart, column);
    }

    private static String id(List<String> ids, int index) {
        return ids.isEmpty() ? Integer.toString(index) : ids.get(index);
    }

    private static BadDataException unknown(String axis, String id, String allowed, String place) {
        return new BadDataException(place + ": the " + axis + " '" + id + "' is not in the model; " + allowed);
    }
}

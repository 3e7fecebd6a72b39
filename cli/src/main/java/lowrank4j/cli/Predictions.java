package lowrank4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Pairs;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;

/** Values of a model at pairs of ids. */
final class Predictions {
    private final ModelFiles.Named model;
    private final Optional<NewRows> newRows;

    Predictions(ModelFiles.Named model, Optional<NewRows> newRows) {
        this.model = model;
        this.newRows = newRows;
    }

    /** One value a pair, in their order. */
    double[] at(Pairs pairs, PairLines lines) {
        double[] values = new double[pairs.count()];
        Map<String, List<Integer>> ofNewRows = new LinkedHashMap<>();
        int[] columns = new int[pairs.count()];
        for (int k = 0; k < pairs.count(); k++) {
            String column = id(pairs.columnIds(), pairs.column()[k]);
            columns[k] = model.columns().find(column).orElse(-1);
            if (columns[k] < 0) {
                throw unknown("column", column, model.columns().allowed(), lines.describe(k, column));
            }
            String row = id(pairs.rowIds(), pairs.row()[k]);
            OptionalInt known = model.rows().find(row);
            if (known.isPresent()) {
                values[k] = model.model().predict(known.getAsInt(), columns[k]);
            } else if (newRows.isPresent() && newRows.get().has(row)) {
                ofNewRows.computeIfAbsent(row, id -> new ArrayList<>()).add(k);
            } else {
                String allowed = model.rows().allowed() + "; --rows gives the entries of new ones";
                throw unknown("row", row, allowed, lines.describe(k, row));
            }
        }
        newRows.ifPresent(rows -> fill(ofNewRows, rows, columns, values));
        return values;
    }

    private void fill(Map<String, List<Integer>> pairsOfRow, NewRows rows, int[] columns, double[] values) {
        try (Engine engine = Engine.open(Tiers.select(), 1)) {
            pairsOfRow.forEach((id, positions) -> {
                NewRows.Row row = rows.row(id);
                double[] all = model.model().predictNewRow(row.columns(), row.values(), engine.kernels());
                for (int k : positions) {
                    values[k] = all[columns[k]];
                }
            });
        }
    }

    private static String id(List<String> ids, int index) {
        return ids.isEmpty() ? Integer.toString(index) : ids.get(index);
    }

    private static BadDataException unknown(String axis, String id, String allowed, String place) {
        return new BadDataException(place + ": the " + axis + " '" + id + "' is not in the model; " + allowed);
    }
}

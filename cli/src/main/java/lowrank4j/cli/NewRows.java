package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.Triples;

/** Known entries of rows that a model was not fitted to. */
final class NewRows {
    /**
     * What is known of a row.
     *
     * @param columns of the entries, distinct
     * @param values of the entries
     */
    record Row(int[] columns, double[] values) {
        Row with(int column, double value) {
            int[] moreColumns = Arrays.copyOf(columns, columns.length + 1);
            double[] moreValues = Arrays.copyOf(values, values.length + 1);
            moreColumns[columns.length] = column;
            moreValues[values.length] = value;
            return new Row(moreColumns, moreValues);
        }
    }

    private static final Row NOTHING = new Row(new int[0], new double[0]);

    private final Map<String, Row> rows;

    private NewRows(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** Reads triples of ids; rows must be unknown to the model and columns known. */
    static NewRows read(Path file, ModelFiles.Named model) {
        Triples triples = DelimitedTriples.read(file).entries();
        Map<String, Row> rows = new HashMap<>();
        for (int k = 0; k < triples.count(); k++) {
            String id = triples.rowId(triples.row()[k]);
            if (model.rows().find(id).isPresent()) {
                throw new BadDataException(file + ": the row '" + id
                        + "' is in the model already; --rows is for rows that were not in the fit");
            }
            String columnId = triples.columnId(triples.column()[k]);
            int column = model.columns().find(columnId).orElse(-1);
            if (column < 0) {
                throw new BadDataException(file + ": the column '" + columnId + "' of the row '" + id
                        + "' is not in the model; " + model.columns().allowed());
            }
            rows.put(id, rows.getOrDefault(id, NOTHING).with(column, triples.value()[k]));
        }
        return new NewRows(rows);
    }

    boolean has(String id) {
        return rows.containsKey(id);
    }

    /** What is known of a row; nothing of one that was not given. */
    Row row(String id) {
        return rows.getOrDefault(id, NOTHING);
    }
}

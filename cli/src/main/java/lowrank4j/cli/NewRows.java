package lowrank4j.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.Triples;
import lowrank4j.matrix.SparsePattern;

/** Known entries of rows that a model was not fitted to. */
final class NewRows {
    private final List<String> ids;
    private final Map<String, Integer> index;
    private final SparsePattern.Entries entries;
    private final double[] weights;

    private NewRows(Map<String, Integer> index, SparsePattern.Entries entries, double[] weights) {
        this.weights = weights;
        this.ids = List.copyOf(index.keySet());
        this.index = index;
        this.entries = entries;
    }

    /** Reads triples of ids, with weights if the model has them; rows must be unknown to the model and columns known. */
    static NewRows read(Path file, ModelFiles.Named model, WeightOption option) {
        Triples triples = DelimitedTriples.read(file).entries();
        double[] weights = option.read(file, new EntryOptions(), new Entries(triples, true, List.of()));
        Map<String, Integer> index = new LinkedHashMap<>();
        int[] row = new int[triples.count()];
        int[] columns = new int[triples.count()];
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
            row[k] = index.computeIfAbsent(id, unused -> index.size());
            columns[k] = column;
        }
        int n2 = model.model().factors().columns();
        return new NewRows(
                index,
                SparsePattern.sorted(index.size(), n2, row, columns, triples.value()),
                weights.length == 0
                        ? weights
                        : SparsePattern.sorted(index.size(), n2, row, columns, weights)
                                .values());
    }

    /** Where a row stands among the new ones, in the order of the file. */
    OptionalInt find(String id) {
        Integer found = index.get(id);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /** What a new row is called. */
    String id(int at) {
        return ids.get(at);
    }

    /** Weights of the entries, by position; none where the model has none. */
    double[] weights() {
        return weights;
    }

    /** The entries, a row for each new one, over the columns of the model. */
    SparsePattern.Entries entries() {
        return entries;
    }
}

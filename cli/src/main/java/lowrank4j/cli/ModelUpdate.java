package lowrank4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import lowrank4j.CompletionModel;
import lowrank4j.io.Triples;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.SparsePattern;

/**
 * A model with rows, columns and entries that came after the fit.
 *
 * @param model with what was added after its own rows and columns
 * @param rowIds of all its rows
 * @param columnIds of all its columns
 * @param rowsAdded how many rows are new
 * @param rowsSolvedAnew how many of the known rows were solved anew
 * @param columnsAdded how many columns are new
 */
record ModelUpdate(
        CompletionModel model,
        List<String> rowIds,
        List<String> columnIds,
        int rowsAdded,
        int rowsSolvedAnew,
        int columnsAdded) {

    /**
     * Known rows first, then new ones, both given the known columns; then the new columns, given all rows.
     *
     * @param weights of the entries, where the model was fitted with some
     */
    static ModelUpdate of(ModelFiles.Named named, Triples triples, double[] weights, Kernels kernels) {
        int n1 = named.model().factors().rows();
        int n2 = named.model().factors().columns();
        List<String> rowIds = new ArrayList<>(ids(named.rows(), n1));
        List<String> columnIds = new ArrayList<>(ids(named.columns(), n2));
        int[] row = places(triples.row(), triples::rowId, named.rows(), rowIds);
        int[] column = places(triples.column(), triples::columnId, named.columns(), columnIds);
        int[] old = IntStream.range(0, row.length)
                .filter(k -> row[k] < n1 && column[k] < n2)
                .toArray();
        int[] solved = Arrays.stream(old).map(k -> row[k]).sorted().distinct().toArray();
        Part ofKnown = new Part(
                old,
                k -> Arrays.binarySearch(solved, row[k]),
                k -> column[k],
                new Shape(Math.max(1, solved.length), n2));
        SparsePattern.Entries known = ofKnown.of(triples.value());
        CompletionModel model = solved.length == 0
                ? named.model()
                : named.model().withEntries(solved, known.pattern(), known.values(), ofKnown.ofAny(weights), kernels);
        int rowsAdded = rowIds.size() - n1;
        if (rowsAdded > 0) {
            int[] added = IntStream.range(0, row.length)
                    .filter(k -> row[k] >= n1 && column[k] < n2)
                    .toArray();
            Part ofNew = new Part(added, k -> row[k] - n1, k -> column[k], new Shape(rowsAdded, n2));
            model = ofNew.addedTo(model, triples.value(), weights, kernels);
        }
        int columnsAdded = columnIds.size() - n2;
        if (columnsAdded > 0) {
            int[] added =
                    IntStream.range(0, row.length).filter(k -> column[k] >= n2).toArray();
            Part ofNew = new Part(added, k -> column[k] - n2, k -> row[k], new Shape(columnsAdded, rowIds.size()));
            model = ofNew.addedTo(model.transposed(), triples.value(), weights, kernels)
                    .transposed();
        }
        return new ModelUpdate(model, rowIds, columnIds, rowsAdded, solved.length, columnsAdded);
    }

    private static List<String> ids(Names names, int count) {
        return IntStream.range(0, count).mapToObj(names::id).toList();
    }

    /** Where each is in the model; those that it does not know are added to its ids. */
    private static int[] places(int[] at, IntFunction<String> id, Names names, List<String> ids) {
        Map<String, Integer> added = new LinkedHashMap<>();
        return Arrays.stream(at)
                .map(i -> {
                    String name = id.apply(i);
                    return names.find(name)
                            .orElseGet(() -> added.computeIfAbsent(name, unknown -> {
                                ids.add(unknown);
                                return ids.size() - 1;
                            }));
                })
                .toArray();
    }

    /** Some of the entries, at other places. */
    private record Part(int[] chosen, IntUnaryOperator row, IntUnaryOperator column, Shape shape) {
        /** With the numbers that go with all entries. */
        SparsePattern.Entries of(double[] numbers) {
            return SparsePattern.sorted(
                    shape.rows(),
                    shape.columns(),
                    Arrays.stream(chosen).map(row).toArray(),
                    Arrays.stream(chosen).map(column).toArray(),
                    Arrays.stream(chosen).mapToDouble(k -> numbers[k]).toArray());
        }

        /** Weights by position, where there are any. */
        double[] ofAny(double[] weights) {
            return weights.length == 0 ? weights : of(weights).values();
        }

        CompletionModel addedTo(CompletionModel model, double[] values, double[] weights, Kernels kernels) {
            SparsePattern.Entries entries = of(values);
            return model.withRows(entries.pattern(), entries.values(), ofAny(weights), kernels);
        }
    }
}

package lowrank4j.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lowrank4j.MatrixCompletion;
import lowrank4j.cli.Predictions.Places;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedImport;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.DuplicatePolicy;
import lowrank4j.io.FileKind;
import lowrank4j.io.Pairs;
import lowrank4j.io.Triples;

/** The files that {@code predict} reads, in terms of a model, and its answers in terms of ids. */
final class PredictFiles {
    private final Predictions predictions;

    PredictFiles(Predictions predictions) {
        this.predictions = predictions;
    }

    /** Pairs of ids, all of which must be known. */
    Places pairs(Path file) {
        DelimitedImport<Pairs> read = read(file);
        return predictions.of(read.entries(), new PairLines(file, read.layout()));
    }

    /** Pairs of ids; a first line of two that are known is no header, whatever they are called. */
    private DelimitedImport<Pairs> read(Path file) {
        DelimitedImport<Pairs> read = DelimitedTriples.readPairs(file, DelimitedOptions.defaults());
        List<String> first = read.layout().header();
        boolean isPair = !first.isEmpty()
                && predictions.find(first.get(0)).isPresent()
                && predictions.findColumn(first.get(1)).isPresent();
        return isPair
                ? DelimitedTriples.readPairs(
                        file, DelimitedOptions.defaults().withHeader(DelimitedOptions.Header.ABSENT))
                : read;
    }

    /** Rows by their ids, one a line. */
    int[] rows(Path file) {
        List<String> lines = lines(file);
        int[] rows = new int[lines.size()];
        int count = 0;
        for (int k = 0; k < rows.length; k++) {
            String id = lines.get(k).strip();
            if (id.isEmpty()) {
                continue;
            }
            int line = k + 1;
            rows[count++] = predictions
                    .find(id)
                    .orElseThrow(() -> new BadDataException(
                            file + ": line " + line + ": the row '" + id + "' is not in the model, nor among --rows"));
        }
        return Arrays.copyOf(rows, count);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new BadDataException(file + ": is no text in UTF-8: one id a line is expected", e);
        } catch (IOException e) {
            throw new BadDataException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Those places of a file of entries that the model knows. */
    Places known(Path file) {
        if (FileKind.claimedBy(file).orElseGet(() -> FileKind.of(file)) == FileKind.DELIMITED) {
            Pairs pairs = read(file).entries();
            return known(
                    pairs.row(),
                    pairs.column(),
                    i -> pairs.rowIds().isEmpty()
                            ? Integer.toString(i)
                            : pairs.rowIds().get(i),
                    j -> pairs.columnIds().isEmpty()
                            ? Integer.toString(j)
                            : pairs.columnIds().get(j));
        }
        Triples triples =
                Entries.read(file, EntryOptions.merging(DuplicatePolicy.MEAN)).triples();
        return known(triples.row(), triples.column(), triples::rowId, triples::columnId);
    }

    private Places known(int[] row, int[] column, IntFunction<String> rowId, IntFunction<String> columnId) {
        int[] rows = Arrays.stream(row)
                .map(i -> predictions.find(rowId.apply(i)).orElse(-1))
                .toArray();
        int[] columns = Arrays.stream(column)
                .map(j -> predictions.findColumn(columnId.apply(j)).orElse(-1))
                .toArray();
        int[] both = IntStream.range(0, rows.length)
                .filter(k -> rows[k] >= 0 && columns[k] >= 0)
                .toArray();
        return new Places(
                Arrays.stream(both).map(k -> rows[k]).toArray(),
                Arrays.stream(both).map(k -> columns[k]).toArray());
    }

    /** The entries that the model was fitted to, all of which it must know, with those of the new rows. */
    MatrixCompletion fitted(Path file, WeightOption option) {
        EntryOptions reading = EntryOptions.merging(option.isGiven() ? DuplicatePolicy.LAST : DuplicatePolicy.MEAN);
        Entries entries = Entries.read(file, reading);
        double[] weights = option.read(file, reading, entries);
        Triples triples = entries.triples();
        Places places = known(triples.row(), triples.column(), triples::rowId, triples::columnId);
        if (places.count() < triples.count()) {
            throw new BadDataException(file + ": " + (triples.count() - places.count()) + " of its " + triples.count()
                    + " entries are at rows or columns that the model does not know; --error-bars needs the file that it"
                    + " was fitted to");
        }
        return predictions.withNewRows(places, triples.value(), weights);
    }

    /** Predictions at places, in the order of the places, by ids. */
    Triples answers(Places places) {
        Axis rows = Axis.of(places.row(), predictions::rowId);
        Axis columns = Axis.of(places.column(), predictions::columnId);
        return new Triples(
                rows.ids().size(),
                columns.ids().size(),
                rows.index(),
                columns.index(),
                predictions.at(places),
                rows.ids(),
                columns.ids());
    }

    /** Ids of what occurs, and which of them each is. */
    private record Axis(int[] index, List<String> ids) {
        static Axis of(int[] at, IntFunction<String> id) {
            Map<Integer, Integer> numbers = new LinkedHashMap<>();
            int[] index = Arrays.stream(at)
                    .map(i -> numbers.computeIfAbsent(i, unused -> numbers.size()))
                    .toArray();
            return new Axis(index, numbers.keySet().stream().map(id::apply).toList());
        }
    }
}

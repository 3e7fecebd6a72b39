package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DelimitedImport;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.DenseEntries;
import lowrank4j.io.FileKind;
import lowrank4j.io.IdPolicy;
import lowrank4j.io.MalformedLine;
import lowrank4j.io.MatrixEntries;
import lowrank4j.io.MatrixMarket;
import lowrank4j.io.Npy;
import lowrank4j.io.Npz;
import lowrank4j.io.NpzTriples;
import lowrank4j.io.Triples;
import lowrank4j.matrix.Magnitude;
import lowrank4j.matrix.Matrix;

/**
 * Observed entries of a matrix, as {@code complete} reads them from any file that can hold them.
 *
 * @param triples the entries
 * @param named whether rows and columns are known by names, so that maps of ids belong to the results
 * @param warnings what was passed over or merged
 */
record Entries(Triples triples, boolean named, List<String> warnings) {
    /** Bytes an entry takes from the file to the solver, at the most. */
    private static final long BYTES_PER_ENTRY = 40;

    /** Numbers of the size of the factors that an iteration holds. */
    private static final long COPIES_OF_FACTORS = 6;

    /**
     * What each row and each column takes besides: index arrays, offsets, and the directions that are tried. A completion of 10⁷ rows ran
     * out of a heap of 3 GB, and not of one of 6.
     */
    private static final long BYTES_PER_LINE = 300;

    /** Reads a file without telling of progress. */
    static Entries read(Path file, EntryOptions options) {
        return read(file, options, bytes -> {});
    }

    /** @param progress told the bytes of a delimited file that have been read */
    static Entries read(Path file, EntryOptions options, LongConsumer progress) {
        Entries entries = switch (FileKind.claimedBy(file).orElseGet(() -> FileKind.of(file))) {
            case NPZ -> npz(file, options);
            case MATRIX_MARKET -> matrixMarket(file, options);
            case MATLAB -> matlab(file, options);
            case PARQUET -> parquet(file, options);
            case DELIMITED -> delimited(file, options, progress);
            case NPY -> npy(file, options);
            default ->
                throw new BadDataException(
                        file + ": looks like "
                                + FileKind.of(file).description()
                                + "; CSV or TSV (row,column,value), Parquet, Matrix Market, .mat, .npz (row, col, value) or a matrix as .npy is expected");
        };
        if (entries.triples.count() == 0) {
            throw new BadDataException(file + ": holds no entries; at least 1 is needed");
        }
        Magnitude.objection(entries.triples.value()).ifPresent(objection -> {
            throw new BadDataException(file + ": " + objection);
        });
        return entries;
    }

    private static Entries npz(Path file, EntryOptions options) {
        options.checkNotDelimited("an .npz archive");
        options.variable().checkNotGiven("an .npz archive");
        if (options.shape().isPresent() && Npz.names(file).contains("shape")) {
            throw new UsageException("--shape does not apply to " + file + ", which has its own array shape");
        }
        Triples triples = NpzTriples.read(file, options.duplicates());
        return new Entries(shaped(triples, file, options.shape()), false, List.of());
    }

    /** A matrix; NaN is missing. */
    private static Entries npy(Path file, EntryOptions options) {
        options.checkNotDelimited("a NumPy array");
        options.variable().checkNotGiven("a NumPy array");
        if (options.shape().isPresent()) {
            throw new UsageException("--shape does not apply to " + file + ": a NumPy array has its own");
        }
        long[] shape = Npy.readHeader(file).shape();
        if (shape.length == 2) {
            MemoryNeed.requireHeap(
                    (long) Math.min(0x1p62, (double) BYTES_PER_ENTRY * shape[0] * shape[1]),
                    file + ": the entries of a " + shape[0] + "x" + shape[1] + " matrix");
        }
        try (Arena arena = Arena.ofConfined()) {
            Matrix matrix = FactorFiles.matrix(Npy.map(file, arena), file.toString());
            int columns = Math.max(1, matrix.columns());
            int[] known = IntStream.range(0, matrix.data().length)
                    .filter(e -> !Double.isNaN(matrix.data()[e]))
                    .toArray();
            for (int e : known) {
                if (Double.isInfinite(matrix.data()[e])) {
                    throw new BadDataException(file + ": the entry at (" + e / columns + ", " + e % columns + ") is "
                            + matrix.data()[e] + ", but must be finite, or NaN where it is missing");
                }
            }
            return new Entries(
                    new Triples(
                            matrix.rows(),
                            matrix.columns(),
                            IntStream.of(known).map(e -> e / columns).toArray(),
                            IntStream.of(known).map(e -> e % columns).toArray(),
                            IntStream.of(known)
                                    .mapToDouble(e -> matrix.data()[e])
                                    .toArray()),
                    false,
                    List.of());
        }
    }

    private static Entries matrixMarket(Path file, EntryOptions options) {
        options.checkNotDelimited("Matrix Market");
        options.variable().checkNotGiven("Matrix Market");
        if (options.shape().isPresent()) {
            throw new UsageException("--shape does not apply to " + file + ": Matrix Market states its own");
        }
        MatrixEntries entries = MatrixMarket.read(file, options.duplicates());
        return new Entries(
                entries instanceof DenseEntries dense ? triples(dense) : (Triples) entries, false, List.of());
    }

    /** MATLAB marks what is missing in a full matrix by NaN; of a sparse one, what it stores is known. */
    private static Entries matlab(Path file, EntryOptions options) {
        options.checkNotDelimited("a MATLAB file");
        options.checkNotMatrix("a MATLAB file");
        MatrixEntries entries = MatlabFile.read(file, options.variable().name());
        return new Entries(
                entries instanceof DenseEntries dense ? present(dense, file) : (Triples) entries, false, List.of());
    }

    private static Triples present(DenseEntries dense, Path file) {
        double[] values = dense.values();
        int columns = Math.max(1, dense.columns());
        for (int k = 0; k < values.length; k++) {
            if (Double.isInfinite(values[k])) {
                throw new BadDataException(file + ": the entry at (" + k / columns + ", " + k % columns + ") is "
                        + values[k] + ", but must be finite, or NaN where it is missing");
            }
        }
        int[] known = IntStream.range(0, values.length)
                .filter(k -> !Double.isNaN(values[k]))
                .toArray();
        return new Triples(
                dense.rows(),
                dense.columns(),
                IntStream.of(known).map(k -> k / columns).toArray(),
                IntStream.of(known).map(k -> k % columns).toArray(),
                IntStream.of(known).mapToDouble(k -> values[k]).toArray());
    }

    private static Entries parquet(Path file, EntryOptions options) {
        options.checkNoLines("a Parquet file");
        options.variable().checkNotGiven("a Parquet file");
        requireShapeFits(options);
        ParquetFile.Read read = ParquetFile.read(file, options.toDelimitedOptions());
        return new Entries(
                shaped(read.entries(), file, options.shape()),
                options.ids() == IdPolicy.MAP,
                merged(file, read.merged()));
    }

    private static void requireShapeFits(EntryOptions options) {
        if (options.ids() == IdPolicy.MAP && options.shape().isPresent()) {
            throw new UsageException(
                    "--shape needs --ids zero-based or one-based: where ids are names, there are as many"
                            + " rows and columns as names");
        }
    }

    private static List<String> merged(Path file, long count) {
        return count == 0
                ? List.of()
                : List.of(file + ": " + count + " entries repeated another and were merged with it.");
    }

    private static Triples triples(DenseEntries dense) {
        int count = dense.values().length;
        int columns = Math.max(1, dense.columns());
        int[] row = IntStream.range(0, count).map(k -> k / columns).toArray();
        int[] column = IntStream.range(0, count).map(k -> k % columns).toArray();
        return new Triples(dense.rows(), dense.columns(), row, column, dense.values());
    }

    private static Entries delimited(Path file, EntryOptions options, LongConsumer progress) {
        options.variable().checkNotGiven("a delimited file");
        requireShapeFits(options);
        DelimitedImport<Triples> read =
                DelimitedTriples.read(file, options.toDelimitedOptions().withProgress(progress));
        return new Entries(
                shaped(read.entries(), file, options.shape()), options.ids() == IdPolicy.MAP, warnings(file, read));
    }

    private static List<String> warnings(Path file, DelimitedImport<Triples> read) {
        List<String> warnings = new ArrayList<>();
        if (read.malformedLines() > 0) {
            List<MalformedLine> first = read.firstMalformedLines();
            long more = read.malformedLines() - first.size();
            warnings.add(file + ": " + read.malformedLines() + " malformed lines were passed over: "
                    + first.stream().map(line -> Long.toString(line.line())).collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more" : "") + "; " + first.getFirst() + ".");
        }
        warnings.addAll(merged(file, read.mergedEntries()));
        return warnings;
    }

    private static Triples shaped(Triples triples, Path file, Optional<Shape> shape) {
        if (shape.isEmpty()) {
            return triples;
        }
        int rows = shape.get().rows();
        int columns = shape.get().columns();
        for (int k = 0; k < triples.count(); k++) {
            if (triples.row()[k] >= rows || triples.column()[k] >= columns) {
                throw new BadDataException(file + ": entry " + k + " is at row " + triples.row()[k] + ", column "
                        + triples.column()[k] + ", counted from 0, outside the matrix of --shape " + shape.get());
            }
        }
        return new Triples(rows, columns, triples.row(), triples.column(), triples.value());
    }

    /** Leaves listed zeros out if they stand for missing entries, and refuses to guess where every entry is listed. */
    Entries withZeros(Optional<CompletionOptions.Zeros> zeros, Path file) {
        int[] kept = IntStream.range(0, triples.count())
                .filter(k -> triples.value()[k] != 0)
                .toArray();
        boolean none = kept.length == triples.count();
        if (zeros.isEmpty() && !none && triples.count() == (long) triples.rows() * triples.columns()) {
            throw new BadDataException(
                    file + ": lists every entry of its " + shape() + " matrix, and "
                            + (triples.count() - kept.length)
                            + " of them are zero: say --zeros missing if those are unknown, or --zeros keep if they are values");
        }
        if (none || zeros.orElse(CompletionOptions.Zeros.KEEP) == CompletionOptions.Zeros.KEEP) {
            return this;
        }
        if (kept.length == 0) {
            throw new BadDataException(file + ": holds no entries but zeros, which --zeros missing leaves out");
        }
        Triples without = new Triples(
                triples.rows(),
                triples.columns(),
                Arrays.stream(kept).map(k -> triples.row()[k]).toArray(),
                Arrays.stream(kept).map(k -> triples.column()[k]).toArray(),
                Arrays.stream(kept).mapToDouble(k -> triples.value()[k]).toArray(),
                triples.rowIds(),
                triples.columnIds());
        List<String> more = new ArrayList<>(warnings);
        more.add(file + ": " + (triples.count() - kept.length) + " listed zeros were left out as missing.");
        return new Entries(without, named, more);
    }

    Shape shape() {
        return new Shape(triples.rows(), triples.columns());
    }

    /** Says early that there is too little memory, by what is needed at the least. */
    void requireMemory(Path file, EntryOptions options, int rank) {
        long bytes = BYTES_PER_ENTRY * triples.count()
                + (BYTES_PER_LINE + COPIES_OF_FACTORS * Double.BYTES * rank)
                        * ((long) triples.rows() + triples.columns());
        boolean byLargest = options.ids() != IdPolicy.MAP && options.shape().isEmpty();
        int base = options.ids() == IdPolicy.ONE_BASED ? 1 : 0;
        MemoryNeed.requireHeap(
                bytes,
                file + ": the completion of its " + shape() + " matrix at rank " + rank
                        + (byLargest
                                ? ", whose largest indices are " + (triples.rows() - 1L + base) + " of a row and "
                                        + (triples.columns() - 1L + base)
                                        + " of a column (--ids map would number only those that occur),"
                                : ""));
    }

    /** Names of the rows by index. */
    List<String> rowNames() {
        return IntStream.range(0, triples.rows()).mapToObj(triples::rowId).toList();
    }

    /** Names of the columns by index. */
    List<String> columnNames() {
        return IntStream.range(0, triples.columns()).mapToObj(triples::columnId).toList();
    }

    /** A word on what was read, for reports. */
    String description() {
        double share = triples.count() / ((double) triples.rows() * triples.columns());
        return triples.count() + " entries of a " + shape() + " matrix, "
                + String.format(Locale.ROOT, "%.3g %%", 100 * share);
    }
}

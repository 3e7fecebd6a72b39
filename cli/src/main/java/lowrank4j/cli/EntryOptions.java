package lowrank4j.cli;

import java.util.Optional;
import lowrank4j.io.DelimitedOptions;
import lowrank4j.io.DuplicatePolicy;
import lowrank4j.io.IdPolicy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a file of entries is to be read. */
final class EntryOptions {
    @Option(
            names = "--duplicates",
            paramLabel = "refuse|last|mean",
            converter = Converters.Duplicates.class,
            description = "what counts where an entry is given more than once (default: refuse)")
    private Optional<DuplicatePolicy> duplicates = Optional.empty();

    @Option(
            names = "--skip-malformed",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "delimited files: pass over up to N malformed lines (default: 0)")
    private Optional<Integer> skipMalformed = Optional.empty();

    @Option(
            names = "--columns",
            paramLabel = "ROW,COL,VALUE",
            converter = Converters.ColumnChoice.class,
            description =
                    "delimited and Parquet files: which columns hold row, column and value: three names of the header, or three"
                            + " numbers from 0 (default: told from the header, or the first three)")
    private Optional<DelimitedOptions.Columns> columns = Optional.empty();

    @Option(
            names = "--ids",
            paramLabel = "map|zero-based|one-based",
            converter = Converters.Ids.class,
            description = "delimited and Parquet files: ids are names, or indices from 0 or 1 (default: map, names)")
    private Optional<IdPolicy> ids = Optional.empty();

    @Option(
            names = "--shape",
            paramLabel = "N1xN2",
            converter = Converters.ShapeText.class,
            description = "rows and columns, for .npz triples and for ids that are indices (default: up to the last"
                    + " entry)")
    private Optional<Shape> shape = Optional.empty();

    @Mixin
    private final VariableOption variable = new VariableOption();

    /** For files that have been accepted before: entries given twice are merged. */
    static EntryOptions merging(DuplicatePolicy policy) {
        EntryOptions options = new EntryOptions();
        options.duplicates = Optional.of(policy);
        return options;
    }

    DuplicatePolicy duplicates() {
        return duplicates.orElse(DuplicatePolicy.REFUSE);
    }

    VariableOption variable() {
        return variable;
    }

    IdPolicy ids() {
        return ids.orElse(IdPolicy.MAP);
    }

    /** How a table is to be read. */
    DelimitedOptions toDelimitedOptions() {
        return DelimitedOptions.defaults()
                .withColumns(columns.orElseGet(DelimitedOptions.Automatic::new))
                .withIds(ids())
                .withDuplicates(duplicates())
                .withMaxMalformedLines(skipMalformed.orElse(0));
    }

    Optional<Shape> shape() {
        return shape;
    }

    /** Refuses what only delimited files have a use for. */
    void checkNotDelimited(String what) {
        checkNoLines(what);
        if (columns.isPresent()) {
            throw new UsageException("--columns is for delimited and Parquet files; this is " + what);
        }
        if (ids.isPresent()) {
            throw new UsageException(
                    "--ids is for delimited and Parquet files; the indices of " + what + " are what they are");
        }
    }

    /** Refuses what only files of lines have a use for. */
    void checkNoLines(String what) {
        if (skipMalformed.isPresent()) {
            throw new UsageException("--skip-malformed is for delimited files; this is " + what);
        }
    }

    /** Refuses what only files that list entries in any order have a use for. */
    void checkNotMatrix(String what) {
        if (duplicates.isPresent()) {
            throw new UsageException("--duplicates does not apply to " + what + ", which has each entry once");
        }
        if (shape.isPresent()) {
            throw new UsageException("--shape does not apply to " + what + ", which states its own");
        }
    }
}

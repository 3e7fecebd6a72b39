package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import lowrank4j.Algorithm;
import lowrank4j.CompletionModel;
import lowrank4j.Loss;
import lowrank4j.MatrixCompletion;
import lowrank4j.cli.report.Numbers;
import lowrank4j.error.BadDataException;
import lowrank4j.io.DuplicatePolicy;
import lowrank4j.io.Triples;
import picocli.CommandLine.Option;

/** How much each entry of a file counts. */
final class WeightOption {
    private static final String NAME = "--weight-column";

    @Option(
            names = NAME,
            paramLabel = "NAME|INDEX",
            description =
                    "delimited and Parquet files: the column with the weight of each entry, .npz archives: the array of that name;"
                            + " weights are above 0, best in proportion to 1/variance: the"
                            + " fit is of weighted squares, and so are the errors that are told; only ratios of weights count"
                            + " (default: all count alike)")
    private Optional<String> column = Optional.empty();

    boolean isGiven() {
        return column.isPresent();
    }

    Optional<String> column() {
        return column;
    }

    /** Refuses ways of reading under which weights would not be those of the values. */
    void check(EntryOptions reading) {
        if (isGiven() && reading.duplicates() == DuplicatePolicy.MEAN) {
            throw new UsageException("--duplicates mean does not apply with " + NAME
                    + ": the mean would be of values that count differently; give one line for the entry, with the weighted"
                    + " mean and the sum of the weights, or say --duplicates last");
        }
    }

    /** Refuses a loss that gives entries weights of its own, and what else cannot honour weights. */
    void check(Loss loss, SolverOptions solver) {
        if (!isGiven()) {
            return;
        }
        if (loss != Loss.SQUARED) {
            throw new UsageException(NAME + " does not apply with --loss " + loss
                    + ", which weights the entries itself: it is for squares");
        }
        if (solver.algorithm() == Algorithm.NUCLEAR_NORM) {
            throw new UsageException(
                    NAME + " does not apply to --algorithm nuclear-norm, whose steps are for entries of one weight");
        }
    }

    /** Refuses weights for a model that has none, and none for a model that has them. */
    void checkFits(CompletionModel model, Path folder) {
        if (isGiven() != model.unitWeight() > 0) {
            throw new UsageException(
                    isGiven()
                            ? NAME + " does not apply: the model in " + folder + " was fitted without weights"
                            : NAME + " is needed: the model in " + folder
                                    + " was fitted with weights, and entries without would count as none of them did");
        }
    }

    /** The weights, in the order of the entries as they were read; none where the option is not given. */
    double[] read(Path file, EntryOptions reading, Entries entries) {
        if (column.isEmpty()) {
            return new double[0];
        }
        double[] weights = EntryColumn.read(file, reading, entries, NAME, column.get());
        Triples triples = entries.triples();
        for (int k = 0; k < weights.length; k++) {
            if (!(weights[k] > 0)) {
                throw new BadDataException(file + ": the weight at row " + triples.rowId(triples.row()[k]) + ", column "
                        + triples.columnId(triples.column()[k]) + " is " + weights[k] + ", but must be above 0 ("
                        + NAME + " " + column.get() + "); leave out what is not to count");
            }
        }
        double least = Arrays.stream(weights).min().orElse(1);
        double largest = Arrays.stream(weights).max().orElse(1);
        if (largest / MatrixCompletion.LARGEST_WEIGHT_RATIO > least) {
            throw new BadDataException(file + ": weights are from " + least + " to " + largest
                    + ", but may differ by a factor of "
                    + Numbers.brief(MatrixCompletion.LARGEST_WEIGHT_RATIO) + " at the most (" + NAME + " "
                    + column.get() + ")");
        }
        return weights;
    }
}

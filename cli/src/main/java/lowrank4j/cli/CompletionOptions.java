package lowrank4j.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import lowrank4j.Algorithm;
import lowrank4j.HoldOut;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What only a completion can be told: how entries are held out, and what goes with each of them. */
final class CompletionOptions {
    @Option(
            names = "--hold-out-by",
            paramLabel = "random|row|time|row-time",
            converter = HoldOutName.class,
            description =
                    "which entries are held out: of all at random, of each row at random, the newest of all, the newest"
                            + " of each row; by row, each keeps at least one. It holds for --hold-out and for the entries by which"
                            + " recommended and als choose (default: random)")
    private Optional<HoldOut> holdOutBy = Optional.empty();

    @Option(
            names = "--time-column",
            paramLabel = "NAME|INDEX",
            description = "delimited files: the column with the time of each entry, a number such as Unix seconds, for"
                    + " --hold-out-by time and row-time")
    private Optional<String> timeColumn = Optional.empty();

    @Option(
            names = "--folds",
            paramLabel = "K",
            converter = Converters.Count.class,
            description = "choose rank and ridge of als by K-fold cross-validation in parallel, up to --rank, in place of one"
                    + " held-out part; result.json gets the table (default: none)")
    private Optional<Integer> folds = Optional.empty();

    Optional<Integer> folds() {
        return folds;
    }

    HoldOut holdOutBy() {
        return holdOutBy.orElse(HoldOut.RANDOM);
    }

    Optional<String> timeColumn() {
        return timeColumn;
    }

    /** Refuses what would not be looked at. */
    void check(SolverOptions solver, StartOptions start) {
        folds.ifPresent(k -> checkFolds(k, solver));
        boolean choosing = folds.isEmpty() && (solver.algorithm() == Algorithm.RECOMMENDED || solver.algorithm() == Algorithm.ALS);
        if (holdOutBy.isPresent() && solver.holdOut() == 0 && !choosing) {
            throw new UsageException("--hold-out-by needs --hold-out FRACTION "
                    + folds.map(k -> "with --folds, which are dealt at random")
                            .orElseGet(() ->
                                    "with --algorithm " + solver.algorithm() + ", which holds nothing out of its own"));
        }
        if (start.resume() && holdOutBy() != HoldOut.RANDOM) {
            throw new UsageException("--hold-out-by " + holdOutBy()
                    + " does not apply with --resume: a checkpoint keeps only the seed of a random hold-out");
        }
        if (holdOutBy().isTemporal() && timeColumn.isEmpty()) {
            throw new UsageException("--hold-out-by " + holdOutBy()
                    + " needs --time-column NAME or INDEX, which says how old each entry is");
        }
        if (timeColumn.isPresent() && !holdOutBy().isTemporal()) {
            throw new UsageException(
                    "--time-column is for --hold-out-by time and row-time; " + holdOutBy() + " does not look at times");
        }
    }

    private static void checkFolds(int folds, SolverOptions solver) {
        if (folds < 2) {
            throw new UsageException("--folds is " + folds + ", but must be at least 2");
        }
        if (solver.algorithm() != Algorithm.RECOMMENDED && solver.algorithm() != Algorithm.ALS) {
            throw new UsageException("--folds is for --algorithm als, whose rank and ridge it chooses; "
                    + solver.algorithm() + " has no ridge");
        }
        if (!solver.ofGradientMethods().isEmpty()) {
            throw new UsageException(solver.ofGradientMethods().getFirst()
                    + " does not apply with --folds: the sweeps that it chooses between have no step and no start to"
                    + " choose");
        }
    }

    /** How entries are held out. */
    static final class HoldOutName implements ITypeConverter<HoldOut> {
        @Override
        public HoldOut convert(String text) {
            return Arrays.stream(HoldOut.values())
                    .filter(by -> by.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is not one of "
                            + Arrays.stream(HoldOut.values())
                                    .map(HoldOut::toString)
                                    .collect(Collectors.joining(", "))));
        }
    }
}

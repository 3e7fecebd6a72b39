package lowrank4j.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import lowrank4j.Algorithm;
import lowrank4j.HoldOut;
import lowrank4j.Range;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
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
            description =
                    "delimited and Parquet files: the column with the time of each entry, a number such as Unix seconds, for"
                            + " --hold-out-by time and row-time; .npz archives: the array of that name")
    private Optional<String> timeColumn = Optional.empty();

    @Mixin
    private final WeightOption weights = new WeightOption();

    @Option(
            names = "--folds",
            paramLabel = "K",
            converter = Converters.Count.class,
            description =
                    "choose rank and ridge of als by K-fold cross-validation in parallel, up to --rank, in place of one"
                            + " held-out part; result.json gets the table (default: none)")
    private Optional<Integer> folds = Optional.empty();

    @Option(
            names = "--range",
            paramLabel = "LOW..HIGH",
            converter = RangeText.class,
            description =
                    "what values there can be, such as 0.5..5: predictions beyond, here and in predict, are brought to the"
                            + " nearer end; left.npy and right.npy are as fitted (default: any)")
    private Optional<Range> range = Optional.empty();

    @Option(
            names = "--zeros",
            paramLabel = "keep|missing",
            converter = ZerosName.class,
            description =
                    "what a listed zero is: a value, or a missing entry that is left out (default: keep; a file that lists"
                            + " every entry of the matrix, zeros among them, is refused until this is said)")
    private Optional<Zeros> zeros = Optional.empty();

    /** What a listed zero is. */
    enum Zeros {
        KEEP,
        MISSING
    }

    Optional<Range> range() {
        return range;
    }

    Optional<Zeros> zeros() {
        return zeros;
    }

    Optional<Integer> folds() {
        return folds;
    }

    HoldOut holdOutBy() {
        return holdOutBy.orElse(HoldOut.RANDOM);
    }

    WeightOption weights() {
        return weights;
    }

    Optional<String> timeColumn() {
        return timeColumn;
    }

    /** Refuses what would not be looked at. */
    void check(SolverOptions solver, StartOptions start) {
        folds.ifPresent(k -> checkFolds(k, solver));
        boolean choosing =
                folds.isEmpty() && (solver.algorithm() == Algorithm.RECOMMENDED || solver.algorithm() == Algorithm.ALS);
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

    /** What a listed zero is. */
    static final class ZerosName implements ITypeConverter<Zeros> {
        @Override
        public Zeros convert(String text) {
            return switch (text) {
                case "keep" -> Zeros.KEEP;
                case "missing" -> Zeros.MISSING;
                default -> throw new TypeConversionException("'" + text + "' is not one of keep, missing");
            };
        }
    }

    /** Two numbers between two dots. */
    static final class RangeText implements ITypeConverter<Range> {
        @Override
        public Range convert(String text) {
            String[] ends = text.split("\\.\\.", -1);
            try {
                double low = ends.length == 2 ? Double.parseDouble(ends[0]) : Double.NaN;
                double high = ends.length == 2 ? Double.parseDouble(ends[1]) : Double.NaN;
                if (low < high && Double.isFinite(high - low)) {
                    return new Range(low, high);
                }
            } catch (NumberFormatException ignored) {
                // Refused like a range the wrong way round.
            }
            throw new TypeConversionException(
                    "'" + text + "' is not two numbers with two dots between them, the lower first, such as 0.5..5");
        }
    }
}

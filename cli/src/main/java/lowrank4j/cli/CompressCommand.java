package lowrank4j.cli;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import lowrank4j.LowRankCompression;
import lowrank4j.LowRankCompression.Budget;
import lowrank4j.LowRankCompression.Compressed;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyType;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.QuantisedMatrix;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j compress}: a known matrix as two factors of few bits. */
@Command(
        name = "compress",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Compresses a known matrix into two factors of low rank whose entries have 1 to 8 bits.",
        footer = {
            "%n--out DIR receives left-codes.npy (n1 x r) and right-codes.npy (n2 x r), a byte an entry, and result.json. In NumPy:",
            "",
            "  f = json.load(open('DIR/result.json'))",
            "  left, right = (f[s]['low'] + f[s]['step'] * np.load(f'DIR/{s}-codes.npy') for s in ('left', 'right'))",
            "",
            "and X is close to left @ right.T.%n"
        })
final class CompressCommand implements Callable<Integer> {
    /** How the left factor comes about. */
    enum Algorithm {
        /** A random sketch of X. */
        LPLR,
        /** The leading singular vectors of X, mixed at random. */
        LPLR_SVD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "X.npy|X.mtx|X.mat",
            description = "the matrix; what a sparse Matrix Market or MATLAB file does not list is zero")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--rank",
            paramLabel = "R",
            converter = Converters.WholeRank.class,
            description = "columns of the factors; this or --bits-per-entry")
    private OptionalInt rank = OptionalInt.empty();

    @Option(
            names = "--bits-per-entry",
            paramLabel = "T",
            converter = Converters.Tolerance.class,
            description = "the largest rank that takes at most T bits for each entry of X, packed; this or --rank")
    private OptionalDouble bitsPerEntry = OptionalDouble.empty();

    @Option(
            names = "--bits",
            paramLabel = "B",
            converter = Converters.AtLeastOne.class,
            description = "bits of an entry of the factors, 1 to 8 (default: ${DEFAULT-VALUE})")
    private int bits = QuantisedMatrix.MAX_BITS;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); lplr decomposes nothing of the size of X, and"
                            + " errs more")
    private Algorithm algorithm = Algorithm.LPLR_SVD;

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything random (default: 0)")
    private long seed;

    @Mixin
    private final VariableOption variable = new VariableOption();

    @Mixin
    private final EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private CompressCommand() {}

    @Override
    public Integer call() {
        long began = System.nanoTime();
        check();
        Optional<OutputDirectory> directory = output.out().map(OutputDirectory::open);
        try (Engine engine = engineOptions.open()) {
            Matrix matrix = DenseMatrixFile.read(file, variable);
            Budget budget = budget(matrix);
            long read = System.nanoTime();
            Compressed found = algorithm == Algorithm.LPLR
                    ? LowRankCompression.sketched(matrix, budget, seed, engine)
                    : LowRankCompression.decomposed(matrix, budget, seed, engine);
            Map<String, Double> seconds = new LinkedHashMap<>();
            seconds.put("read", (read - began) * 1e-9);
            seconds.put("compress", (System.nanoTime() - read) * 1e-9);
            finish(found, result(found, engine, seconds), directory);
            return ExitCode.CONVERGED;
        } finally {
            directory.ifPresent(OutputDirectory::close);
        }
    }

    private void check() {
        output.check();
        if (rank.isPresent() == bitsPerEntry.isPresent()) {
            throw new UsageException("either --rank R or --bits-per-entry T is needed"
                    + (rank.isPresent() ? ", not both: each says how much is kept" : ""));
        }
        if (bits > QuantisedMatrix.MAX_BITS) {
            throw new UsageException("--bits is " + bits + ", but must be from 1 to " + QuantisedMatrix.MAX_BITS);
        }
    }

    private Budget budget(Matrix matrix) {
        Shape shape = new Shape(matrix.rows(), matrix.columns());
        if (shape.maxRank() < 1) {
            throw new BadDataException(file + ": the matrix is " + shape + "; at least 1x1 is needed");
        }
        if (bitsPerEntry.isPresent()) {
            return Budget.within(bitsPerEntry.getAsDouble(), bits, bits, matrix.rows(), matrix.columns());
        }
        int asked = rank.orElseThrow();
        if (asked < 1 || asked > shape.maxRank()) {
            throw new BadDataException("--rank is " + asked + ", but must be from 1 to min(n1, n2) = " + shape.maxRank()
                    + ", for the matrix is " + shape);
        }
        return new Budget(asked, bits, bits);
    }

    private Map<String, @Nullable Object> result(Compressed found, Engine engine, Map<String, Double> seconds) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rows", found.left().rows());
        json.put("columns", found.right().rows());
        json.put("rank", found.left().columns());
        json.put("relativeResidual", Json.number(found.relativeError()));
        json.put("bitsPerEntry", found.bitsPerEntry());
        json.put("compressionRatio", found.compressionRatio());
        json.put("left", grid(found.left()));
        json.put("right", grid(found.right()));
        json.put("algorithm", algorithm.toString());
        json.put("seed", seed);
        json.put("threads", engineOptions.threads());
        json.put("tier", engine.report().active().toString());
        json.put("tierReport", ResultJson.tier(engine.report()));
        json.put("secondsByPhase", seconds);
        json.put("peakMemoryBytes", ResultJson.orNull(MemoryNeed.peakBytes()));
        json.put("warnings", engine.report().refusals());
        json.put("version", Main.Version.text());
        return json;
    }

    private static Map<String, Object> grid(QuantisedMatrix factor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bits", factor.bits());
        json.put("low", factor.low());
        json.put("step", factor.step());
        return json;
    }

    private void finish(Compressed found, Map<String, @Nullable Object> json, Optional<OutputDirectory> directory) {
        directory.ifPresent(folder -> {
            write(folder.staging().resolve("left-codes.npy"), found.left());
            write(folder.staging().resolve("right-codes.npy"), found.right());
            ResultRecord.write(folder, json);
            folder.finish();
        });
        if (output.json()) {
            spec.commandLine().getOut().println(Json.text(json));
        } else if (!output.quiet()) {
            List.of(
                            String.format(
                                    Locale.ROOT,
                                    "Rank %d for a %dx%d matrix: %.3g bits an entry, packed.",
                                    found.left().columns(),
                                    found.left().rows(),
                                    found.right().rows(),
                                    found.bitsPerEntry()),
                            String.format(
                                    Locale.ROOT,
                                    "The relative error, in the Frobenius norm, is %.3g.",
                                    found.relativeError()),
                            ResultRecord.whereabouts(directory))
                    .forEach(spec.commandLine().getOut()::println);
        }
    }

    private static void write(Path target, QuantisedMatrix factor) {
        Npy.write(
                target,
                NpyArray.of(NpyType.UINT8, MemorySegment.ofArray(factor.codes()), factor.rows(), factor.columns()));
    }
}

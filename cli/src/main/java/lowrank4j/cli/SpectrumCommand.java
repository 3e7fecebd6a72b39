package lowrank4j.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import lowrank4j.RecoveryOptions;
import lowrank4j.SpectralCompressedSensing;
import lowrank4j.SpectralResult;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyHeader;
import lowrank4j.io.NpyType;
import lowrank4j.solver.Exponential;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j spectrum}: a signal of a few exponentials from some of its samples. */
@Command(
        name = "spectrum",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Completes a signal that is a sum of a few exponentials, damped or not, and finds their frequencies, on no"
                        + " grid (spectral compressed sensing).",
        footer =
                "%n--out DIR receives signal.npy, all samples; exponentials.csv, their frequency (cycles a sample), damping (of the"
                        + " logarithm, a sample), amplitude and phase (radians, at the first sample); trace.csv and result.json.%n")
final class SpectrumCommand implements Callable<Integer> {
    private static final String HEADER = "frequency,damping,amplitude,phase";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "signal.npy",
            description = "n samples at equal distances, real or complex; NaN where one is missing, at random places")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--rank",
            paramLabel = "R",
            converter = Converters.Rank.class,
            description = "exponentials, or auto (the default); a real oscillation is two, of opposite frequencies")
    private OptionalInt rank = OptionalInt.empty();

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            converter = Converters.Tolerance.class,
            description = "relative residual at which to end (default: 1e-10)")
    private OptionalDouble tolerance = OptionalDouble.empty();

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "iterations at most (default: 2000)")
    private Optional<Integer> maxIterations = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything random (default: 0)")
    private long seed;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private SpectrumCommand() {}

    @Override
    public Integer call() {
        long began = System.nanoTime();
        output.check();
        Optional<OutputDirectory> directory = output.out().map(OutputDirectory::open);
        try (Interruption interruption = Interruption.listen(spec.commandLine().getErr())) {
            boolean complex = isComplex();
            SpectralCompressedSensing sensing = read(complex);
            long read = System.nanoTime();
            SpectralResult result = solve(sensing, options().withCancelled(interruption::isRequested));
            Map<String, Double> seconds = new LinkedHashMap<>();
            seconds.put("read", (read - began) * 1e-9);
            seconds.put("iterate", (System.nanoTime() - read) * 1e-9);
            finish(result, complex, seconds, directory);
            return RecoverySession.code(result.termination());
        } finally {
            directory.ifPresent(OutputDirectory::close);
        }
    }

    private RecoveryOptions options() {
        RecoveryOptions options =
                RecoveryOptions.defaults().withThreads(engine.threads()).withSeed(seed);
        if (engine.tier().isPresent()) {
            options = options.withTier(engine.tier().get());
        }
        if (rank.isPresent()) {
            options = options.withRank(rank.getAsInt());
        }
        if (tolerance.isPresent()) {
            options = options.withTolerance(tolerance.getAsDouble());
        }
        return maxIterations.isPresent() ? options.withMaxIterations(maxIterations.get()) : options;
    }

    private boolean isComplex() {
        NpyHeader header = Npy.readHeader(file);
        if (header.shape().length != 1) {
            throw new BadDataException(file + ": has the shape " + Measurements.text(header.shape())
                    + "; the samples of one signal, one dimension, are expected");
        }
        return header.type() == NpyType.COMPLEX128;
    }

    private SpectralCompressedSensing read(boolean complex) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.read(file, arena);
            if (!complex) {
                return SpectralCompressedSensing.real(array.toDoubles());
            }
            double[] pairs = array.toPairs();
            double[] real = new double[pairs.length / 2];
            double[] imaginary = new double[real.length];
            Arrays.setAll(real, t -> pairs[2 * t]);
            Arrays.setAll(imaginary, t -> pairs[2 * t + 1]);
            return SpectralCompressedSensing.complex(real, imaginary);
        } catch (InvalidArgumentException e) {
            throw new BadDataException(file + ": " + e.getMessage(), e);
        }
    }

    private SpectralResult solve(SpectralCompressedSensing sensing, RecoveryOptions options) {
        try {
            return sensing.solve(options);
        } catch (InvalidArgumentException e) {
            throw new BadDataException("--" + e.getMessage() + ", for " + file, e);
        }
    }

    private void finish(
            SpectralResult result, boolean complex, Map<String, Double> seconds, Optional<OutputDirectory> directory) {
        List<String> warnings = new ArrayList<>(result.tier().refusals());
        warnings.addAll(result.warnings());
        Map<String, @Nullable Object> json = json(result, warnings, seconds);
        directory.ifPresent(folder -> {
            writeSignal(folder.staging(), result, complex);
            writeExponentials(folder.staging().resolve("exponentials.csv"), result.exponentials());
            TraceFile.write(folder.staging(), result.trace());
            ResultRecord.write(folder, json);
            folder.finish();
        });
        warnings.forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.text(json));
        } else if (!output.quiet()) {
            out.println(summary(result));
            out.println(result.termination().sentence());
            out.println(ResultRecord.whereabouts(directory));
        }
    }

    private static String summary(SpectralResult result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d exponentials in %d samples; relative residual %.2g.",
                result.rank(),
                result.real().length,
                result.relativeResidual()));
        for (Exponential one : result.exponentials()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  frequency %+.9f  damping %+.3g  amplitude %.6g",
                    one.frequency(),
                    one.damping(),
                    one.amplitude()));
        }
        return text.toString();
    }

    private Map<String, @Nullable Object> json(
            SpectralResult result, List<String> warnings, Map<String, Double> seconds) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("termination", ResultJson.termination(result.termination()));
        json.put("samples", result.real().length);
        json.put("rank", result.rank());
        List<Map<String, Double>> exponentials = new ArrayList<>();
        for (Exponential one : result.exponentials()) {
            Map<String, Double> facts = new LinkedHashMap<>();
            facts.put("frequency", one.frequency());
            facts.put("damping", one.damping());
            facts.put("amplitude", one.amplitude());
            facts.put("phase", one.phase());
            exponentials.add(facts);
        }
        json.put("exponentials", exponentials);
        json.put("iterations", result.trace().size());
        json.put("relativeResidual", Json.number(result.relativeResidual()));
        json.put("noiseEstimate", Json.number(result.noiseEstimate()));
        json.put("seed", result.seed());
        json.put("threads", result.threads());
        json.put("tier", result.tier().active().toString());
        json.put("tierReport", ResultJson.tier(result.tier()));
        json.put("secondsByPhase", seconds);
        json.put("peakMemoryBytes", ResultJson.orNull(MemoryNeed.peakBytes()));
        json.put("warnings", warnings);
        json.put("version", Main.Version.text());
        return json;
    }

    private static void writeSignal(Path folder, SpectralResult result, boolean complex) {
        int n = result.real().length;
        Path file = folder.resolve("signal.npy");
        if (!complex) {
            Npy.write(file, result.real(), n);
            return;
        }
        double[] pairs = new double[2 * n];
        for (int t = 0; t < n; t++) {
            pairs[2 * t] = result.real()[t];
            pairs[2 * t + 1] = result.imaginary()[t];
        }
        Npy.write(file, NpyArray.ofPairs(pairs, n));
    }

    private static void writeExponentials(Path file, List<Exponential> exponentials) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(HEADER + "\n");
            for (Exponential one : exponentials) {
                out.write(one.frequency() + "," + one.damping() + "," + one.amplitude() + "," + one.phase() + "\n");
            }
        } catch (IOException e) {
            throw new EnvironmentException(file + ": cannot be written: " + e.getMessage());
        }
    }
}

package lowrank4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import lowrank4j.error.BadDataException;
import lowrank4j.io.Npy;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j measure}: what random measurement matrices see of a matrix given by its factors. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Measures a known matrix X = left . right^T: y_i = <A_i, X> with random A_i made from a seed, for trying"
                        + " how many measurements a recovery needs.",
        footer =
                "%nThe same --ensemble and --ensemble-seed recover it: lowrank4j sense y.npy --ensemble ... --shape N1xN2. Matrix i"
                        + " is the same whatever --count is. bench/peers/seeded_rows.py makes the same matrices in NumPy.%n")
final class MeasureCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "left.npy", description = "n1 x r")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path left;

    @Parameters(index = "1", arity = "0..1", paramLabel = "right.npy", description = "n2 x r; not given with --psd")
    private Optional<Path> right = Optional.empty();

    @Mixin
    private final EnsembleOptions ensemble = new EnsembleOptions();

    @Option(
            names = "--count",
            paramLabel = "M",
            required = true,
            converter = Converters.AtLeastOne.class,
            description = "how many measurements")
    private int count;

    @Option(
            names = "--psd",
            description = "X = left . left^T, measured by symmetric matrices, with variance 2 on their diagonals")
    private boolean symmetric;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            converter = Converters.Target.class,
            description = "y.npy: M numbers")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    private MeasureCommand() {}

    @Override
    public Integer call() {
        check();
        Factors x = factors();
        Shape shape = new Shape(x.rows(), x.columns());
        double[] measured = new double[count];
        try (Engine opened = engine.open()) {
            SeededMeasurements.operator(ensemble.ensemble(), ensemble.seed(), count, shape, symmetric)
                    .apply(opened)
                    .forward(x, measured);
        }
        for (double y : measured) {
            if (!Double.isFinite(y)) {
                throw new BadDataException(left + ": measurements of this matrix overflow; scale the factors");
            }
        }
        Npy.write(out, measured, count);
        spec.commandLine()
                .getOut()
                .println(count + " measurements of a " + shape + " matrix are in " + out
                        + ". Recover it with: lowrank4j sense " + out + " " + ensemble + " --shape " + shape
                        + (symmetric ? " --psd" : ""));
        return ExitCode.CONVERGED;
    }

    private void check() {
        if (!ensemble.isGiven()) {
            throw new UsageException("--ensemble NAME is missing: gaussian, signs or sparse");
        }
        ensemble.check();
        if (symmetric && right.isPresent()) {
            throw new UsageException("with --psd X is left . left^T, but " + right.get() + " is given too");
        }
        if (!symmetric && right.isEmpty()) {
            throw new UsageException("right.npy is missing; X = left . left^T is measured with --psd");
        }
        OutputFile.requireWritable("--out", out);
    }

    private Factors factors() {
        Matrix ofRows = FactorFiles.matrix(left);
        Factors x = right.isEmpty()
                ? FactorFiles.factors(ofRows, ofRows, left.toString())
                : FactorFiles.factors(ofRows, FactorFiles.matrix(right.get()), left + " and " + right.get());
        if (x.rows() < 1 || x.columns() < 1) {
            throw new BadDataException(left + ": X is " + x.rows() + "x" + x.columns() + ", but must have an entry");
        }
        return x;
    }
}

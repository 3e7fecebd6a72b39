package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j sense}: recovers a matrix from linear measurements. */
@Command(
        name = "sense",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Recovers a matrix X of low rank from measurements y_i = <A_i, X> and noise.",
        footer =
                "%n--out DIR receives left.npy (n1 x r) and right.npy (n2 x r) with X = left . right^T, trace.csv, trace.png,"
                        + " result.json and report.html.%n")
final class SenseCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "A.npy",
            description = "measurement matrices: m x n1 x n2, float32 or float64")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path matrices;

    @Parameters(index = "1", paramLabel = "y.npy", description = "what they measured: m numbers")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path values;

    @Option(
            names = "--psd",
            description = "X is symmetric and positive semidefinite, X = U U^T; of each A_i its symmetric part counts")
    private boolean symmetric;

    @Mixin
    private final SolverOptions solver = new SolverOptions();

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private SenseCommand() {}

    @Override
    public Integer call() {
        long began = System.nanoTime();
        solver.checkSensing();
        solver.checkSymmetry(symmetric);
        RecoverySession session = new RecoverySession(spec, solver, engine, start, output);
        session.check();
        try (Arena arena = Arena.ofShared()) {
            return session.run(() -> {
                Measurements data = Measurements.read(matrices, values, symmetric, engine.threads(), arena);
                return task(data, (System.nanoTime() - began) * 1e-9);
            });
        }
    }

    private RecoverySession.Task task(Measurements data, double secondsToRead) {
        return new RecoverySession.Task(
                "Matrix sensing",
                data.description(),
                List.of(
                        new String[] {"Measurement matrices", matrices.toString()},
                        new String[] {"Measured values", values.toString()},
                        new String[] {"Data", data.description()}),
                data.shape(),
                symmetric,
                secondsToRead,
                FactorFiles::read,
                options -> new RecoverySession.Solution(solve(data, options), folder -> {}, List.of()));
    }

    private RecoveryResult solve(Measurements data, RecoveryOptions options) {
        Shape shape = data.shape();
        MatrixSensing sensing = symmetric
                ? MatrixSensing.symmetric(data.rows(), shape.rows(), data.observed())
                : MatrixSensing.rectangular(data.rows(), shape.rows(), shape.columns(), data.observed());
        return sensing.solve(options);
    }
}

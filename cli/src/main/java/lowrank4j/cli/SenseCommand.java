package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            paramLabel = "A.npy|A.npz",
            description =
                    "measurement matrices: m x n1 x n2, float32 or float64, or with --signs packed bits, or with --pauli strings;"
                            + " or an .npz archive whose arrays say what they are: left (m x n1) and right (m x n2) for"
                            + " y_i = a_i^T X b_i, left alone with --psd for a_i^T X a_i, or measurement, row, col, value and shape"
                            + " for sparse A_i; each with weights or variances (m) where wanted")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path measurements;

    @Parameters(index = "1", paramLabel = "y.npy", description = "what they measured: m numbers")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path values;

    @Option(
            names = "--psd",
            description = "X is symmetric and positive semidefinite, X = U U^T; of each A_i its symmetric part counts")
    private boolean symmetric;

    @Option(
            names = "--signs",
            paramLabel = "N1xN2",
            converter = Converters.ShapeText.class,
            description =
                    "A.npy holds n1 x n2 matrices of +1 and -1 in one bit each, one a row: numpy.packbits(A > 0, axis=1), uint8,"
                            + " of the m x (n1 n2) matrix A; with --psd of the m x (n(n+1)/2) upper triangles, row by row")
    private Optional<Shape> signs = Optional.empty();

    @Option(
            names = "--pauli",
            description =
                    "the measurements are mean values of Pauli strings on k qubits: A is m x k integers, 0 to 3 for I, X, Y, Z, or"
                            + " text with one string a line, as Qiskit's PauliList.to_labels() has them (the first letter is the most"
                            + " significant qubit); X is Hermitian and positive semidefinite, X = left . left^H, left.npy complex128"
                            + " (n x r), n = 2^k")
    private boolean pauli;

    @Option(
            names = "--trace-one",
            description = "with --pauli: scale X to trace 1 after the fit (result.json keeps the fitted trace)")
    private boolean traceOne;

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
        checkKind();
        solver.checkSymmetry(symmetric || pauli);
        RecoverySession session = new RecoverySession(spec, solver, engine, start, output);
        session.check();
        try (Arena arena = Arena.ofShared()) {
            return session.run(() -> {
                if (pauli) {
                    return PauliFiles.task(measurements, values, traceOne, began);
                }
                MeasurementFile data = signs.isPresent()
                        ? SignMeasurements.read(measurements, values, signs.get(), symmetric, arena)
                        : MeasurementFile.read(measurements, values, symmetric, engine.threads(), arena);
                return task(data, (System.nanoTime() - began) * 1e-9);
            });
        }
    }

    private void checkKind() {
        if (traceOne && !pauli) {
            throw new UsageException("--trace-one is for --pauli; other unknowns have no trace to keep");
        }
        if (signs.isPresent() && pauli) {
            throw new UsageException("--signs and --pauli are given, but the measurements are of one kind");
        }
        if (symmetric && pauli) {
            throw new UsageException(
                    "--psd does not apply with --pauli: X is Hermitian and positive semidefinite there");
        }
    }

    private RecoverySession.Task task(MeasurementFile data, double secondsToRead) {
        return new RecoverySession.Task(
                "Matrix sensing",
                data.description(),
                List.of(
                        new String[] {"Measurements", measurements.toString()},
                        new String[] {"Measured values", values.toString()},
                        new String[] {"Data", data.description()}),
                data.shape(),
                symmetric,
                secondsToRead,
                FactorFiles::read,
                options -> new RecoverySession.Solution(data.sensing().solve(options), folder -> {}, List.of()));
    }
}

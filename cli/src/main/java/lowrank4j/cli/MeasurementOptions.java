package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was measured, and by what: the files of {@code sense}, and the options that say what they hold. */
final class MeasurementOptions {
    @Parameters(
            index = "0",
            paramLabel = "A.npy|A.npz",
            description =
                    "measurement matrices: m x n1 x n2, float32 or float64, or with --signs packed bits, or with --pauli strings, or with --hermitian vectors;"
                            + " or an .npz archive whose arrays say what they are: left (m x n1) and right (m x n2) for"
                            + " y_i = a_i^T X b_i, left alone with --psd for a_i^T X a_i, or measurement, row, col, value and shape"
                            + " for sparse A_i; each with weights or variances (m) where wanted; not given with --ensemble")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path first;

    @Parameters(index = "1", arity = "0..1", paramLabel = "y.npy", description = "what they measured: m numbers")
    private Optional<Path> second = Optional.empty();

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
            names = "--hermitian",
            description =
                    "the measurements are intensities y_i = a_i^H X a_i, as in phase retrieval: A is m x n complex128, or an .npz"
                            + " archive with it as left; X is Hermitian and positive semidefinite, X = left . left^H, left.npy"
                            + " complex128 (n x r)")
    private boolean hermitian;

    @Option(
            names = "--trace-one",
            description =
                    "with --pauli or --hermitian: scale X to trace 1 after the fit (result.json keeps the fitted trace)")
    private boolean traceOne;

    @Mixin
    private final EnsembleOptions ensemble = new EnsembleOptions();

    @Option(
            names = "--shape",
            paramLabel = "N1xN2",
            converter = Converters.ShapeText.class,
            description = "with --ensemble: rows and columns of X")
    private Optional<Shape> shape = Optional.empty();

    /** Whether the unknown is {@code U Uᵀ}, or over the complex numbers {@code U Uᴴ}. */
    boolean isSymmetric() {
        return symmetric || pauli || hermitian;
    }

    /** Refuses options that contradict each other, or that nothing would look at. */
    void check() {
        if (Stream.of(signs.isPresent(), pauli, hermitian, ensemble.isGiven())
                        .filter(given -> given)
                        .count()
                > 1) {
            throw new UsageException(
                    "of --signs, --pauli, --hermitian and --ensemble only one applies: the measurements are of one kind");
        }
        if (traceOne && !pauli && !hermitian) {
            throw new UsageException(
                    "--trace-one is for --pauli and --hermitian; other unknowns have no trace to keep");
        }
        if (symmetric && (pauli || hermitian)) {
            throw new UsageException("--psd does not apply with " + (pauli ? "--pauli" : "--hermitian")
                    + ": X is Hermitian and positive semidefinite there");
        }
        ensemble.check();
        if (ensemble.isGiven()) {
            checkEnsemble();
            return;
        }
        EnsembleOptions.refuseWithoutEnsemble("--shape", shape.isPresent());
        if (second.isEmpty()) {
            throw new UsageException("y.npy is missing: A.npy and y.npy are needed, or --ensemble and y.npy alone");
        }
    }

    private void checkEnsemble() {
        if (second.isPresent()) {
            throw new UsageException(
                    "with --ensemble only y.npy is given, but " + first + " and " + second.get() + " are");
        }
        if (shape.isEmpty()) {
            throw new UsageException("--ensemble needs --shape N1xN2, rows and columns of X");
        }
        if (symmetric && shape.get().rows() != shape.get().columns()) {
            throw new UsageException("--shape is " + shape.get() + ", but with --psd X is square");
        }
    }

    /**
     * Reads the files.
     *
     * @param arena what mapped measurements belong to
     * @param began System.nanoTime() at the start of the command
     */
    RecoverySession.Task task(int threads, Arena arena, long began) {
        if (ensemble.isGiven()) {
            return task(
                    SeededMeasurements.read(first, shape.orElseThrow(), symmetric, ensemble),
                    ensemble.toString(),
                    first,
                    began);
        }
        Path values = second.orElseThrow();
        if (pauli) {
            return PauliFiles.task(first, values, traceOne, began);
        }
        if (hermitian) {
            return IntensityFiles.task(first, values, traceOne, began);
        }
        MeasurementFile data = signs.isPresent()
                ? SignMeasurements.read(first, values, signs.get(), symmetric, arena)
                : MeasurementFile.read(first, values, symmetric, threads, arena);
        return task(data, first.toString(), values, began);
    }

    private RecoverySession.Task task(MeasurementFile data, String measurements, Path values, long began) {
        return new RecoverySession.Task(
                "Matrix sensing",
                data.description(),
                List.of(
                        new String[] {"Measurements", measurements},
                        new String[] {"Measured values", values.toString()},
                        new String[] {"Data", data.description()}),
                data.shape(),
                symmetric,
                (System.nanoTime() - began) * 1e-9,
                data.numbers(),
                FactorFiles::read,
                options -> new RecoverySession.Solution(data.sensing().solve(options), folder -> {}, List.of()));
    }
}

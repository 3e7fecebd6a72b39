package lowrank4j.cli;

import java.lang.foreign.Arena;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private final MeasurementOptions measurements = new MeasurementOptions();

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
        measurements.check();
        solver.checkSymmetry(measurements.isSymmetric());
        RecoverySession session = new RecoverySession(spec, solver, engine, start, output);
        session.check();
        try (Arena arena = Arena.ofShared()) {
            return session.run(() -> measurements.task(engine.threads(), arena, began));
        }
    }
}

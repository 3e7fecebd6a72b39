package lowrank4j.cli;

import java.util.List;
import lowrank4j.Algorithm;
import lowrank4j.Loss;
import lowrank4j.RecoveryOptions;
import picocli.CommandLine.Option;

/** What a completion makes least. */
final class LossOptions {
    @Option(
            names = "--loss",
            paramLabel = "NAME",
            converter = Converters.LossName.class,
            description =
                    "squared, or truncated where some entries are grossly wrong: robust principal component analysis,"
                            + " which writes them to outliers.csv (default: squared)")
    private Loss loss = Loss.SQUARED;

    Loss loss() {
        return loss;
    }

    /** Refuses what the loss would not look at. */
    void check(SolverOptions solver, StartOptions start) {
        loss.objection(solver.algorithm()).ifPresent(objection -> {
            throw new UsageException(
                    "--algorithm " + solver.algorithm() + " does not apply with --loss " + loss + ": " + objection);
        });
        if (loss == Loss.TRUNCATED) {
            checkTruncated(solver, start);
        }
    }

    private static void checkTruncated(SolverOptions solver, StartOptions start) {
        boolean recommended = solver.algorithm() == Algorithm.RECOMMENDED;
        if (!recommended && solver.rank().isEmpty()) {
            throw new UsageException("--algorithm " + solver.algorithm()
                    + " with --loss truncated needs --rank R: only the recommended algorithm finds it");
        }
        List<String> given = solver.ofGradientMethods();
        if (given.contains("--damping")) {
            throw new UsageException("--damping does not apply with --loss truncated: its steps need none");
        }
        if (recommended && (given.contains("--init") || start.given().isPresent())) {
            throw new UsageException(start.given().orElse("--init")
                    + " does not apply to the recommended algorithm with --loss truncated, which grows from rank zero;"
                    + " name one, such as --algorithm scaled-gd");
        }
    }

    RecoveryOptions applied(RecoveryOptions options) {
        return options.withLoss(loss);
    }
}

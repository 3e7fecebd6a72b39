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
                    "squared; huber or absolute, by which outliers pull little on offsets and a low-rank part; truncated"
                            + " where some entries are grossly wrong: robust principal component analysis, which writes"
                            + " them to outliers.csv; logistic for entries 1 and -1, whose probabilities predict then"
                            + " gives (default: squared)")
    private Loss loss = Loss.SQUARED;

    @Option(names = "--nonnegative", description = "factors without a negative entry, and no offsets")
    private boolean nonnegative;

    Loss loss() {
        return loss;
    }

    /** Whether plain least squares are asked for. */
    boolean isLeastSquares() {
        return loss == Loss.SQUARED && !nonnegative;
    }

    /** Refuses what the loss would not look at. */
    void check(SolverOptions solver, StartOptions start) {
        loss.objection(solver.algorithm()).ifPresent(objection -> {
            throw new UsageException(
                    "--algorithm " + solver.algorithm() + " does not apply with --loss " + loss + ": " + objection);
        });
        if (nonnegative) {
            checkNonnegative(solver);
        }
        if (loss == Loss.TRUNCATED) {
            checkTruncated(solver, start);
        } else if ((loss != Loss.SQUARED || nonnegative)
                && !solver.ofGradientMethods().isEmpty()) {
            throw new UsageException(
                    solver.ofGradientMethods().getFirst() + " does not apply with "
                            + (nonnegative ? "--nonnegative" : "--loss " + loss)
                            + ": the sweeps of als have no step and no start to choose, and held-out entries say when they end");
        }
    }

    private void checkNonnegative(SolverOptions solver) {
        if (loss == Loss.TRUNCATED || loss == Loss.LOGISTIC) {
            throw new UsageException(
                    "--nonnegative does not apply with --loss " + loss + ": it is for squared, huber and absolute");
        }
        if (solver.algorithm() != Algorithm.RECOMMENDED && solver.algorithm() != Algorithm.ALS) {
            throw new UsageException("--algorithm " + solver.algorithm()
                    + " does not apply with --nonnegative: its rows are those of als");
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
        if (given.contains("--step")) {
            throw new UsageException(
                    "--step does not apply with --loss truncated: its threshold falls as fast as automatic steps converge");
        }
        if (recommended && (given.contains("--init") || start.given().isPresent())) {
            throw new UsageException(start.given().orElse("--init")
                    + " does not apply to the recommended algorithm with --loss truncated, which grows from rank zero;"
                    + " name one, such as --algorithm scaled-gd");
        }
    }

    RecoveryOptions applied(RecoveryOptions options) {
        return options.withLoss(loss).withNonnegative(nonnegative);
    }
}

package lowrank4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.cli.report.RunReport;
import lowrank4j.matrix.Factors;
import lowrank4j.solver.Initialisation;
import lowrank4j.solver.IterationListener;
import lowrank4j.solver.Termination;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** One recovery, from checked data to files, a summary and an exit code: what `sense` and `complete` have in common. */
final class RecoverySession {
    /**
     * What is to be done.
     *
     * @param title of the report
     * @param data what was read, in a phrase
     * @param inputs of the report: pairs of a label and a value
     * @param shape of the unknown
     * @param symmetric whether the unknown is U Uᵀ
     * @param secondsToRead time since the command began
     * @param numbers that one gradient reads
     * @param warm reads the factors to start from in the results of an earlier run
     * @param solve does it
     */
    record Task(
            String title,
            String data,
            List<String[]> inputs,
            Shape shape,
            boolean symmetric,
            double secondsToRead,
            long numbers,
            Function<Path, Factors> warm,
            Function<RecoveryOptions, Solution> solve) {}

    /**
     * What came of it.
     *
     * @param recovery the result
     * @param files writes what this kind of recovery adds to the results
     * @param warnings what this kind of recovery adds to the warnings
     * @param factors writes the factors
     * @param facts what this kind of recovery adds to {@code result.json}, or says otherwise
     * @param sections what it adds to the page, asked for if there is one
     */
    record Solution(
            RecoveryResult recovery,
            Consumer<Path> files,
            List<String> warnings,
            Consumer<Path> factors,
            Map<String, ? extends @Nullable Object> facts,
            Supplier<List<RunReport.Section>> sections) {
        /** With real factors and no more to say. */
        Solution(RecoveryResult recovery, Consumer<Path> files, List<String> warnings) {
            this(recovery, files, warnings, Map.of(), List::of);
        }

        /** With real factors. */
        Solution(
                RecoveryResult recovery,
                Consumer<Path> files,
                List<String> warnings,
                Map<String, ? extends @Nullable Object> facts,
                Supplier<List<RunReport.Section>> sections) {
            this(recovery, files, warnings, folder -> FactorFiles.write(folder, recovery.factors()), facts, sections);
        }
    }

    private final CommandSpec spec;
    private final SolverOptions solver;
    private final EngineOptions engine;
    private final StartOptions start;
    private final OutputOptions output;

    RecoverySession(
            CommandSpec spec, SolverOptions solver, EngineOptions engine, StartOptions start, OutputOptions output) {
        this.spec = spec;
        this.solver = solver;
        this.engine = engine;
        this.start = start;
        this.output = output;
    }

    /** Refuses options that contradict each other, before anything is read. */
    void check() {
        output.check();
        solver.check();
        start.check(solver.init());
        start.checkpoint().ifPresent(file -> OutputFile.requireWritable("--checkpoint", file));
    }

    /**
     * Recovers, writes, says, and returns the exit code. That results can be written is made sure before anything is read.
     *
     * @param read reads and checks the data
     */
    int run(Supplier<Task> read) {
        Optional<OutputDirectory> directory = output.out().map(OutputDirectory::open);
        try {
            return run(read.get(), directory);
        } finally {
            directory.ifPresent(OutputDirectory::close);
        }
    }

    private int run(Task task, Optional<OutputDirectory> directory) {
        solver.checkRank(task.shape());
        Optional<Checkpoint.Kept> kept = start.resume() ? start.checkpoint().map(Checkpoint::read) : Optional.empty();
        Optional<Factors> from = startingFactors(task, kept);
        RecoveryOptions options = solver.toRecoveryOptions(engine.threads());
        options = engine.tier(task.numbers()).map(options::withTier).orElse(options);
        if (kept.isPresent()) {
            options = options.withSeed(seedToResume(kept.get()));
        }
        if (from.isPresent()) {
            options = options.withInitialisation(Initialisation.warm(from.get()));
        }
        Optional<Checkpoint> checkpoint = checkpoint(options, kept);
        try (Interruption interruption = Interruption.listen(err())) {
            Optional<Progress> progress = Progress.isWatched() && !output.quiet()
                    ? Optional.of(new Progress(err(), solver))
                    : Optional.empty();
            Solution solution;
            try {
                solution = task.solve()
                        .apply(options.withListener(listener(progress, checkpoint))
                                .withCancelled(interruption::isRequested));
            } finally {
                progress.ifPresent(Progress::finish);
            }
            RecoveryResult recovery = solution.recovery();
            finish(task, solution, kept, directory);
            checkpoint.ifPresent(file -> file.write(recovery.factors(), ResultJson.iterations(recovery)));
            return code(recovery.termination());
        }
    }

    private Optional<Factors> startingFactors(Task task, Optional<Checkpoint.Kept> kept) {
        if (kept.isPresent()) {
            String place = start.checkpoint().map(Path::toString).orElse("");
            return Optional.of(WarmStart.fitting(kept.get().factors(), place, task.shape(), task.symmetric(), solver));
        }
        return start.warmStart()
                .map(folder -> WarmStart.fitting(
                        task.warm().apply(folder), folder.toString(), task.shape(), task.symmetric(), solver));
    }

    /** Another seed, or another share, would hold out data that the factors have been fitted to. */
    private long seedToResume(Checkpoint.Kept kept) {
        if (kept.holdOut() != solver.holdOut()) {
            throw new UsageException("--hold-out is " + solver.holdOut() + ", but the checkpoint was written with "
                    + kept.holdOut() + ": it must be the same");
        }
        long seed = solver.seed().orElse(kept.seed());
        if (kept.holdOut() > 0 && seed != kept.seed()) {
            throw new UsageException("--seed is " + seed + ", but the checkpoint was written with " + kept.seed()
                    + ": with --hold-out it must be the same");
        }
        return seed;
    }

    private Optional<Checkpoint> checkpoint(RecoveryOptions options, Optional<Checkpoint.Kept> kept) {
        long before = kept.map(Checkpoint.Kept::iteration).orElse(0L);
        return start.checkpoint().map(file -> new Checkpoint(file, before, options.seed(), options.holdOut()));
    }

    private static IterationListener listener(Optional<Progress> progress, Optional<Checkpoint> checkpoint) {
        return (event, factors) -> {
            progress.ifPresent(listener -> listener.iterated(event, factors));
            checkpoint.ifPresent(listener -> listener.iterated(event, factors));
        };
    }

    private void finish(
            Task task, Solution solution, Optional<Checkpoint.Kept> kept, Optional<OutputDirectory> directory) {
        List<String> warnings = new ArrayList<>(solution.recovery().warnings());
        warnings.addAll(solution.warnings());
        warnings.addAll(solution.recovery().tier().refusals());
        RecoveryResult recovery = solution.recovery().withWarnings(warnings);
        Map<String, @Nullable Object> json = ResultJson.of(recovery, warnings, task.secondsToRead());
        json.put("tierReason", engine.reason(task.numbers()));
        json.putAll(solution.facts());
        kept.ifPresent(before -> json.put("iterationsBefore", before.iteration()));
        directory.ifPresent(folder -> {
            solution.factors().accept(folder.staging());
            TraceFile.write(folder.staging(), recovery.trace());
            solution.files().accept(folder.staging());
            RunReport.Run page = new RunReport.Run(
                    task.title(),
                    task.data() + ".",
                    task.inputs(),
                    recovery,
                    solver.facts(),
                    solution.sections().get());
            ReportFiles.write(folder.staging(), page).ifPresent(warnings::add);
            ResultRecord.write(folder, json);
            folder.finish();
        });
        warnings.forEach(warning -> err().println("Warning: " + warning));
        say(task, recovery, json, directory);
    }

    private void say(
            Task task,
            RecoveryResult recovery,
            Map<String, @Nullable Object> json,
            Optional<OutputDirectory> directory) {
        if (output.quiet()) {
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.text(json));
            return;
        }
        String heldOut = recovery.heldOutError().isPresent()
                ? String.format(
                        Locale.ROOT,
                        ", held-out error %.3g (root mean square %.4g%s)",
                        recovery.heldOutError().getAsDouble(),
                        recovery.heldOutRootMeanSquare().getAsDouble(),
                        recovery.heldOutMedian().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ", median %.4g",
                                        recovery.heldOutMedian().getAsDouble())
                                : "")
                : "";
        double seconds = recovery.secondsByPhase().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        out.println(task.data());
        out.printf(
                Locale.ROOT,
                "Rank %d, relative residual %.3g%s, after %d iterations of %s in %.1f s.%n",
                recovery.effectiveRank(),
                recovery.relativeResidual(),
                heldOut,
                ResultJson.iterations(recovery),
                recovery.algorithm(),
                seconds);
        out.println(recovery.termination().sentence());
        out.println(ResultRecord.whereabouts(directory));
    }

    static int code(Termination termination) {
        if (termination instanceof Termination.Cancelled) {
            return ExitCode.CANCELLED;
        }
        return termination.isConverged() ? ExitCode.CONVERGED : ExitCode.NOT_CONVERGED;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

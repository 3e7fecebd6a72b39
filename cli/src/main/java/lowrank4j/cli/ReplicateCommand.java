package lowrank4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lowrank4j.cli.replicate.Figure;
import lowrank4j.cli.replicate.Figures;
import lowrank4j.cli.replicate.Replication;
import lowrank4j.cli.replicate.Results;
import lowrank4j.cli.replicate.Verdict;
import lowrank4j.cli.report.Numbers;
import lowrank4j.cli.report.Pictures;
import lowrank4j.error.EnvironmentException;
import lowrank4j.kernel.Engine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lowrank4j replicate}: figures and claims of the papers, run anew and held against their bands. */
@Command(
        name = "replicate",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Runs figures and claims of the papers anew, over several seeds, and says whether what is measured is within the"
                    + " band that it must be in."
        },
        footer =
                "%nThe folder receives FIGURE.csv and FIGURE.png of each figure, replication.html and result.json. Exit code 3"
                        + " says that a figure missed a band.%n")
final class ReplicateCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FIGURE|all",
            arity = "0..*",
            description = "what to run: names that --list prints, or all")
    private List<String> names = List.of();

    @Option(names = "--list", description = "print the names of the figures, and what each shows")
    private boolean list;

    @Option(names = "--quick", description = "smaller sizes where the bands allow it: minutes instead of an hour")
    private boolean quick;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            converter = Converters.AtLeastOne.class,
            description = "trials a figure (default: ${DEFAULT-VALUE})")
    private int seeds = 3;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            converter = Converters.Target.class,
            description = "folder for the results; it is made (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("lowrank4j-replication");

    @Mixin
    private final EngineOptions options = new EngineOptions();

    private final List<Figure> known;

    private ReplicateCommand() {
        this(Figures.all());
    }

    /** The same with other figures. */
    ReplicateCommand(List<Figure> known) {
        this.known = known;
    }

    @Override
    public Integer call() {
        PrintWriter text = spec.commandLine().getOut();
        if (list) {
            known.forEach(figure -> text.printf("%-22s %s%n", figure.name(), figure.claim()));
            return ExitCode.CONVERGED;
        }
        List<Figure> asked = asked();
        Pictures.requireFonts();
        PrintWriter err = spec.commandLine().getErr();
        List<Verdict> verdicts = new ArrayList<>();
        try (OutputDirectory folder = OutputDirectory.open(out);
                Interruption interruption =
                        Interruption.listen(err, "Interrupted: the figures that are done are written.");
                Engine engine = options.open()) {
            Replication replication = new Replication(quick, seeds, engine, interruption::isRequested, progress(err));
            for (Figure figure : asked) {
                Optional<Verdict> verdict = replication.run(figure);
                clear(err);
                if (verdict.isEmpty()) {
                    break;
                }
                verdicts.add(verdict.get());
                say(text, verdict.get());
            }
            if (!verdicts.isEmpty()) {
                write(folder, verdicts, engine);
                text.printf("%nResults are in %s: open %s.%n", out, out.resolve("replication.html"));
            }
        }
        if (verdicts.size() < asked.size()) {
            return ExitCode.CANCELLED;
        }
        return verdicts.stream().allMatch(Verdict::holds) ? ExitCode.CONVERGED : ExitCode.NOT_CONVERGED;
    }

    private List<Figure> asked() {
        if (names.contains(ALL)) {
            return known;
        }
        List<Figure> asked = new ArrayList<>();
        for (String name : names) {
            Figure found = known.stream()
                    .filter(figure -> figure.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("'" + name + "' is no figure: " + allowed()));
            if (!asked.contains(found)) {
                asked.add(found);
            }
        }
        if (asked.isEmpty()) {
            throw new UsageException("which figure is to be run is not said: " + allowed());
        }
        return asked;
    }

    private String allowed() {
        return "choose all or some of " + known.stream().map(Figure::name).collect(Collectors.joining(", "));
    }

    /** One line on a terminal, and nothing where nobody looks. */
    private static Consumer<String> progress(PrintWriter err) {
        return Progress.isWatched()
                ? what -> {
                    err.print(Progress.CLEAR_LINE + what);
                    err.flush();
                }
                : what -> {};
    }

    private static void clear(PrintWriter err) {
        if (Progress.isWatched()) {
            err.print(Progress.CLEAR_LINE);
            err.flush();
        }
    }

    private static void say(PrintWriter text, Verdict verdict) {
        text.printf(
                "%s  %s (%s)%n", outcome(verdict.holds()), verdict.figure().name(), Numbers.seconds(verdict.seconds()));
        for (Verdict.Finding finding : verdict.findings()) {
            text.printf(
                    Locale.ROOT,
                    "   %s  %s: %s, measured %s (%s)%n",
                    outcome(finding.holds()),
                    finding.band().quantity(),
                    finding.band().text(),
                    Numbers.brief(finding.median()),
                    finding.values().stream().map(Numbers::brief).collect(Collectors.joining(", ")));
        }
        text.flush();
    }

    private static String outcome(boolean holds) {
        return holds ? "pass" : "FAIL";
    }

    private static void write(OutputDirectory folder, List<Verdict> verdicts, Engine engine) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("Tier", engine.report().sentence());
        machine.put("Threads", String.valueOf(engine.workers().threads()));
        try {
            Results.write(folder.staging(), verdicts, machine);
        } catch (IOException e) {
            throw new EnvironmentException("--out " + folder.directory() + ": cannot be written: " + e.getMessage());
        }
        ResultRecord.write(folder, json(verdicts));
        folder.finish();
    }

    private static Map<String, @Nullable Object> json(List<Verdict> verdicts) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("pass", verdict.holds());
            one.put("quick", verdict.quick());
            one.put("setUp", verdict.figure().setUp(verdict.quick()));
            one.put("stepsHalved", verdict.halvings());
            one.put("seconds", verdict.seconds());
            one.put(
                    "findings",
                    verdict.findings().stream().map(ReplicateCommand::json).toList());
            figures.put(verdict.figure().name(), one);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("figures", figures);
        return json;
    }

    private static Map<String, @Nullable Object> json(Verdict.Finding finding) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("quantity", finding.band().quantity());
        json.put("low", Json.number(finding.band().low()));
        json.put("high", Json.number(finding.band().high()));
        json.put("median", Json.number(finding.median()));
        List<@Nullable Double> values = new ArrayList<>();
        finding.values().forEach(value -> values.add(Json.number(value)));
        json.put("bySeed", values);
        json.put("pass", finding.holds());
        return json;
    }
}

package lowrank4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lowrank4j.RecoveryOptions;
import lowrank4j.cli.demo.DemoPage;
import lowrank4j.cli.demo.Photograph;
import lowrank4j.cli.demo.PhotographDemo;
import lowrank4j.cli.demo.SensingDemo;
import lowrank4j.cli.report.Numbers;
import lowrank4j.cli.report.Pictures;
import lowrank4j.error.EnvironmentException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lowrank4j demo}: two recoveries that need no data, with pictures. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Restores a photograph from 30 %% of its pixels, and recovers an ill-conditioned matrix of unknown rank from"
                    + " measurements by several methods. Takes less than a minute."
        },
        footer = "%nThe folder receives demo.html, photograph.png, errors.png and result.json.%n")
final class DemoCommand implements Callable<Integer> {
    private static final double KNOWN_SHARE = 0.3;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            converter = Converters.Target.class,
            description = "folder for the pictures and the page; it is made (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("lowrank4j-demo");

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    private final Supplier<Photograph> photograph;
    private final SensingDemo.Setting setting;

    private DemoCommand() {
        this(Photograph::ofACat, new SensingDemo.Setting(60, 3, 10, 2400));
    }

    /** The same with other data. */
    DemoCommand(Supplier<Photograph> photograph, SensingDemo.Setting setting) {
        this.photograph = photograph;
        this.setting = setting;
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        RecoveryOptions options = RecoveryOptions.defaults().withThreads(engine.threads());
        if (engine.tier().isPresent()) {
            options = options.withTier(engine.tier().get());
        }
        // Makes sure that results can be drawn and written; a demonstration that is broken off leaves nothing behind.
        Pictures.requireFonts();
        OutputDirectory.open(out).close();
        Consumer<String> progress = sentence -> {
            err.println(sentence);
            err.flush();
        };
        PhotographDemo.Outcome outcome = PhotographDemo.run(photograph.get(), KNOWN_SHARE, options, progress);
        List<SensingDemo.Run> runs = SensingDemo.run(setting, options, progress);
        try (OutputDirectory folder = OutputDirectory.open(out)) {
            write(folder, outcome, runs);
        }
        say(outcome, runs);
        boolean converged = outcome.isConverged()
                && runs.stream().allMatch(run -> run.result().termination().isConverged());
        return converged ? ExitCode.CONVERGED : ExitCode.NOT_CONVERGED;
    }

    private void write(OutputDirectory folder, PhotographDemo.Outcome outcome, List<SensingDemo.Run> runs) {
        BufferedImage sides = PhotographDemo.picture(outcome);
        BufferedImage errors = SensingDemo.picture(runs);
        try {
            Pictures.write(sides, folder.staging().resolve("photograph.png"));
            Pictures.write(errors, folder.staging().resolve("errors.png"));
            Files.writeString(
                    folder.staging().resolve("demo.html"), DemoPage.of(outcome, sides, setting, runs, errors));
        } catch (IOException e) {
            throw new EnvironmentException("--out " + folder.directory() + ": cannot be written: " + e.getMessage());
        }
        ResultRecord.write(folder, json(outcome, runs));
        folder.finish();
    }

    private static Map<String, @Nullable Object> json(PhotographDemo.Outcome outcome, List<SensingDemo.Run> runs) {
        Map<String, @Nullable Object> picture = new LinkedHashMap<>();
        picture.put("knownShare", outcome.knownShare());
        picture.put("damagedPsnr", Json.number(outcome.damagedPsnr()));
        picture.put("restoredPsnr", Json.number(outcome.restoredPsnr()));
        picture.put("offsetsPsnr", Json.number(outcome.offsetsPsnr()));
        picture.put("seconds", outcome.seconds());
        Map<String, @Nullable Object> matrix = new LinkedHashMap<>();
        for (SensingDemo.Run run : runs) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("algorithm", run.method());
            one.put("iterations", run.iterations());
            one.put("relativeError", Json.number(run.finalError()));
            one.put("effectiveRank", run.result().effectiveRank());
            one.put("termination", run.result().termination().rule());
            one.put("seconds", run.seconds());
            matrix.put(run.name(), one);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("photograph", picture);
        json.put("matrix", matrix);
        return json;
    }

    private void say(PhotographDemo.Outcome outcome, List<SensingDemo.Run> runs) {
        PrintWriter text = spec.commandLine().getOut();
        text.printf(
                Locale.ROOT,
                "A photograph of %d x %d pixels from %d %% of them, restored in %s.%n",
                outcome.truth().width(),
                outcome.truth().height(),
                Math.round(100 * outcome.knownShare()),
                Numbers.seconds(outcome.seconds()));
        text.println("  " + DemoPage.summary(outcome));
        text.println();
        text.println(DemoPage.sentence(setting));
        text.printf(
                Locale.ROOT, "  %-22s %10s %15s %5s %9s%n", "method", "iterations", "relative error", "rank", "time");
        for (SensingDemo.Run run : runs) {
            text.printf(
                    Locale.ROOT,
                    "  %-22s %10d %15s %5d %9s%n",
                    run.title(),
                    run.iterations(),
                    Numbers.brief(run.finalError()),
                    run.result().effectiveRank(),
                    Numbers.seconds(run.seconds()));
        }
        text.println();
        text.println("Pictures and a page to read are in " + out + ": open " + out.resolve("demo.html") + ".");
    }
}

package lowrank4j.cli.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lowrank4j.RecoveryResult;
import lowrank4j.cli.report.HtmlPage.Tile;
import lowrank4j.error.EnvironmentException;

/** What a recovery did, for people: {@code trace.png} and {@code report.html}. */
public final class RunReport {
    /** Of the pictures of further sections, in points. */
    private static final int HEIGHT = 320;

    private RunReport() {}

    /**
     * What is reported.
     *
     * @param title of the page
     * @param summary one or two sentences on what was asked for
     * @param inputs what was read, each a label and a value
     * @param result of the recovery
     * @param extraFacts further labels and values, shown with the settings in their order
     * @param sections what this kind of recovery shows besides, after the spectrum
     */
    public record Run(
            String title,
            String summary,
            List<String[]> inputs,
            RecoveryResult result,
            Map<String, String> extraFacts,
            List<Section> sections) {
        /** Without further sections. */
        public Run(
                String title,
                String summary,
                List<String[]> inputs,
                RecoveryResult result,
                Map<String, String> extraFacts) {
            this(title, summary, inputs, result, extraFacts, List.of());
        }

        public Run {
            sections = List.copyOf(sections);
            inputs = List.copyOf(inputs);
            for (String[] input : inputs) {
                if (input.length != 2) {
                    throw new IllegalArgumentException(
                            "an input has " + input.length + " texts, but must have 2: a label and a value");
                }
            }
        }
    }

    /**
     * A further picture of the page.
     *
     * @param heading above it
     * @param panel what it shows
     * @param words for who cannot see it
     * @param caption below it
     */
    public record Section(String heading, Panel panel, String words, String caption) {}

    /**
     * Writes both files into a directory, which is made if missing, over older ones.
     *
     * @throws IOException where the directory cannot be written to
     * @throws EnvironmentException where Java finds no fonts; nothing is written then
     */
    public static void write(Path directory, Run run) throws IOException {
        Pictures.requireFonts();
        Files.createDirectories(directory);
        BufferedImage trace = TracePicture.of(run.result().trace());
        Pictures.write(trace, directory.resolve("trace.png"));
        Files.writeString(directory.resolve("report.html"), page(run, trace), StandardCharsets.UTF_8);
    }

    private static String page(Run run, BufferedImage trace) {
        RecoveryResult result = run.result();
        HtmlPage page = new HtmlPage(run.title());
        page.paragraph(run.summary())
                .verdict(
                        result.termination().isConverged(),
                        result.termination().rule() + ": "
                                + result.termination().sentence())
                .tiles(tiles(result));
        if (!result.warnings().isEmpty()) {
            page.heading("Warnings").list(result.warnings());
        }
        page.heading("Iterations")
                .figure(
                        trace,
                        traceInWords(result),
                        "The relative residual is ‖A(X) − y‖/‖y‖, A the measurement and y what was observed.");
        page.heading("Spectrum")
                .figure(
                        SpectrumPicture.of(result.singularValues(), result.effectiveRank(), result.noiseEdge()),
                        spectrumInWords(result),
                        spectrumCaption(result));
        for (Section section : run.sections()) {
            page.heading(section.heading())
                    .figure(Charts.draw(section.panel(), HEIGHT), section.words(), section.caption());
        }
        page.heading("Method").facts(method(run));
        page.heading("Time")
                .note("By phase, wall time.")
                .durations(result.secondsByPhase())
                .note("By kind of kernel, added over threads.")
                .durations(used(result.secondsByKernel()));
        page.heading("Machine").facts(machine(result));
        if (!result.tier().refusals().isEmpty()) {
            page.note("What could not be used:").list(result.tier().refusals());
        }
        if (!run.inputs().isEmpty()) {
            Map<String, String> inputs = new LinkedHashMap<>();
            run.inputs().forEach(input -> inputs.merge(input[0], input[1], (one, other) -> one + ", " + other));
            page.heading("Inputs").facts(inputs);
        }
        return page.text();
    }

    private static List<Tile> tiles(RecoveryResult result) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(String.valueOf(result.effectiveRank()), "effective rank"));
        tiles.add(new Tile(Numbers.brief(result.relativeResidual()), "relative residual"));
        result.heldOutError().ifPresent(error -> tiles.add(new Tile(Numbers.brief(error), "held-out error")));
        tiles.add(new Tile(Numbers.brief(result.noiseEstimate()), "noise of one measurement"));
        tiles.add(new Tile(Numbers.count(iterations(result)), "iterations"));
        tiles.add(new Tile(Numbers.seconds(seconds(result)), "time"));
        return tiles;
    }

    private static Map<String, Double> used(Map<String, Double> seconds) {
        Map<String, Double> used = new LinkedHashMap<>(seconds);
        used.values().removeIf(value -> value == 0);
        return used;
    }

    private static int iterations(RecoveryResult result) {
        return result.trace().isEmpty() ? 0 : result.trace().getLast().iteration();
    }

    private static double seconds(RecoveryResult result) {
        return result.secondsByPhase().values().stream().mapToDouble(s -> s).sum();
    }

    private static String traceInWords(RecoveryResult result) {
        return "Relative residual, objective and rank over " + Numbers.count(iterations(result))
                + " iterations; at the end " + Numbers.brief(result.relativeResidual()) + ", "
                + Numbers.brief(result.objective()) + " and " + result.factors().rank() + ".";
    }

    private static String spectrumInWords(RecoveryResult result) {
        return result.singularValues().size() + " singular values, of which " + result.effectiveRank() + " count"
                + edgeInWords(result) + ".";
    }

    private static String edgeInWords(RecoveryResult result) {
        return result.noiseEdge().isEmpty()
                ? ""
                : "; the noise edge is " + Numbers.brief(result.noiseEdge().getAsDouble());
    }

    private static String spectrumCaption(RecoveryResult result) {
        return result.noiseEdge().isEmpty()
                ? "Of the low-rank part, without offsets; those count that the ridge has not put out."
                : "The noise edge, " + Numbers.brief(result.noiseEdge().getAsDouble())
                        + ", is the spectral norm that the estimated noise has in X: what stays below a few of it carries no signal.";
    }

    private static Map<String, String> method(Run run) {
        RecoveryResult result = run.result();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Algorithm", result.algorithm());
        facts.put("Why", result.reason());
        facts.put(
                "Shape of X", result.factors().rows() + " × " + result.factors().columns());
        facts.put("Columns of the factors", String.valueOf(result.factors().rank()));
        facts.put("Objective", Numbers.brief(result.objective()));
        result.noiseEdge().ifPresent(edge -> facts.put("Noise edge", Numbers.brief(edge)));
        facts.put("Step at the end", Numbers.brief(result.step()));
        facts.put("Damping at the end", Numbers.brief(result.damping()));
        facts.put("Seed", String.valueOf(result.seed()));
        facts.putAll(run.extraFacts());
        return facts;
    }

    private static Map<String, String> machine(RecoveryResult result) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Tier", result.tier().active().toString());
        facts.put(
                "Vectors",
                result.tier().vectorBits() == 0
                        ? "none"
                        : result.tier().vectorBits() + " bits" + (result.tier().fma() ? ", fused multiply-add" : ""));
        facts.put(
                "OpenBLAS",
                result.tier().blas().isEmpty()
                        ? "not in use"
                        : result.tier().blas() + ", threads: " + result.tier().blasThreads());
        facts.put("Threads", String.valueOf(result.threads()));
        return facts;
    }
}

package lowrank4j.cli.demo;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import lowrank4j.CompletionResult;
import lowrank4j.RecoveryResult;
import lowrank4j.cli.report.HtmlPage;
import lowrank4j.cli.report.Numbers;

/** Both demonstrations on one page. */
public final class DemoPage {
    private DemoPage() {}

    /**
     * The page, with the pictures in it.
     *
     * @param photograph what came of the photograph
     * @param sides its picture
     * @param setting of the matrix
     * @param runs the recoveries of the matrix, at least one
     * @param errors their picture
     */
    public static String of(
            PhotographDemo.Outcome photograph,
            BufferedImage sides,
            SensingDemo.Setting setting,
            List<SensingDemo.Run> runs,
            BufferedImage errors) {
        HtmlPage page = new HtmlPage("lowrank4j: two recoveries");
        page.heading("A photograph from " + Math.round(100 * photograph.knownShare()) + " % of its pixels")
                .figure(sides, "The damaged, the restored and the true photograph side by side.", summary(photograph))
                .paragraph(
                        "Each colour is a " + photograph.truth().height() + " × "
                                + photograph.truth().width()
                                + " matrix, completed with default options: entries held out decide on the model and its ridge.")
                .table(List.of("Colour", "Method", "Effective rank", "Ridge", "Time"), colours(photograph.colours()))
                .note("Photograph: Stefan van der Walt, CC0.");
        page.heading("A matrix from measurements")
                .paragraph(sentence(setting))
                .figure(
                        errors,
                        "Relative error over the iterations of each method.",
                        "Error of each iterate, which the methods are not told.")
                .table(List.of("Method", "Iterations", "Relative error", "Effective rank", "Time"), rows(runs));
        page.heading("How they ended").facts(endings(photograph, runs));
        RecoveryResult first = runs.getFirst().result();
        page.heading("Machine")
                .facts(Map.of("Tier", first.tier().sentence(), "Threads", String.valueOf(first.threads())));
        return page.text();
    }

    /** What came of the photograph, in a sentence. */
    public static String summary(PhotographDemo.Outcome photograph) {
        return String.format(
                Locale.ROOT,
                "Peak signal-to-noise ratio: damaged %.1f dB, restored %.1f dB; offsets for rows and columns alone reach %.1f dB.",
                photograph.damagedPsnr(),
                photograph.restoredPsnr(),
                photograph.offsetsPsnr());
    }

    /** What is recovered from what, in a sentence. */
    public static String sentence(SensingDemo.Setting setting) {
        return String.format(
                Locale.ROOT,
                "A %dx%d matrix of rank %d and condition number %s from %,d Gaussian measurements; the methods are told neither its rank nor any step or damping.",
                setting.n(),
                setting.n(),
                setting.rank(),
                Numbers.brief(setting.conditionNumber()),
                setting.measurements());
    }

    private static List<List<String>> colours(List<CompletionResult> colours) {
        return IntStream.range(0, colours.size())
                .mapToObj(c -> {
                    RecoveryResult recovery = colours.get(c).recovery();
                    return List.of(
                            Photograph.COLOURS.get(c),
                            recovery.algorithm(),
                            String.valueOf(recovery.effectiveRank()),
                            Numbers.brief(colours.get(c).model().ridge()),
                            Numbers.seconds(recovery.secondsByPhase().values().stream()
                                    .mapToDouble(s -> s)
                                    .sum()));
                })
                .toList();
    }

    private static List<List<String>> rows(List<SensingDemo.Run> runs) {
        return runs.stream()
                .map(run -> List.of(
                        run.title(),
                        Numbers.count(run.iterations()),
                        Numbers.brief(run.finalError()),
                        String.valueOf(run.result().effectiveRank()),
                        Numbers.seconds(run.seconds())))
                .toList();
    }

    private static Map<String, String> endings(PhotographDemo.Outcome photograph, List<SensingDemo.Run> runs) {
        Map<String, String> endings = new LinkedHashMap<>();
        for (int c = 0; c < photograph.colours().size(); c++) {
            endings.put(
                    "photograph, " + Photograph.COLOURS.get(c),
                    photograph.colours().get(c).recovery().termination().sentence());
        }
        runs.forEach(run ->
                endings.put("matrix, " + run.title(), run.result().termination().sentence()));
        return endings;
    }
}

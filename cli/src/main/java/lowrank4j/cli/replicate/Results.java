package lowrank4j.cli.replicate;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lowrank4j.cli.report.HtmlPage;
import lowrank4j.cli.report.Numbers;
import lowrank4j.cli.report.Pictures;

/** Writes what came of figures: a CSV file and a picture each, and one page for all. */
public final class Results {
    private static final String PAGE = "replication.html";

    private Results() {}

    /**
     * Writes {@code NAME.csv} and {@code NAME.png} for each figure, and {@code replication.html}, over older ones.
     *
     * @param machine what computed, each a label and a value
     * @throws IOException where the folder cannot be written to
     */
    public static void write(Path folder, List<Verdict> verdicts, Map<String, String> machine) throws IOException {
        HtmlPage page = new HtmlPage("Replication of the papers");
        summary(page, verdicts);
        for (Verdict verdict : verdicts) {
            BufferedImage picture = Picture.of(verdict);
            Pictures.write(picture, folder.resolve(verdict.figure().name() + ".png"));
            csv(folder.resolve(verdict.figure().name() + ".csv"), verdict.points());
            section(page, verdict, picture);
        }
        page.heading("Machine").facts(machine);
        Files.writeString(folder.resolve(PAGE), page.text());
    }

    private static void csv(Path file, List<Point> points) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("part,series,seed,x,y\n");
            for (Point point : points) {
                out.write(quoted(point.axes())
                        + ','
                        + quoted(point.series())
                        + ','
                        + point.seed()
                        + ','
                        + point.x()
                        + ','
                        + point.y()
                        + '\n');
            }
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static void summary(HtmlPage page, List<Verdict> verdicts) {
        long held = verdicts.stream().filter(Verdict::holds).count();
        page.verdict(held == verdicts.size(), held + " of " + verdicts.size() + " figures show what their papers say.");
        if (verdicts.stream().anyMatch(Verdict::quick)) {
            page.paragraph("This was a quick run, at smaller sizes than the published ones; each set-up says which.");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            rows.add(List.of(
                    verdict.figure().name(),
                    verdict.figure().claim(),
                    verdict.holds() ? "pass" : "fail",
                    Numbers.seconds(verdict.seconds())));
        }
        page.textTable(List.of("Figure", "What it shows", "Outcome", "Time"), rows);
    }

    private static void section(HtmlPage page, Verdict verdict, BufferedImage picture) {
        Figure figure = verdict.figure();
        page.heading(figure.name())
                .paragraph(figure.claim())
                .facts(facts(verdict))
                .figure(picture, inWords(verdict), caption(verdict));
        List<List<String>> rows = new ArrayList<>();
        for (Verdict.Finding finding : verdict.findings()) {
            rows.add(List.of(
                    finding.band().quantity(),
                    finding.band().text(),
                    Numbers.brief(finding.median()),
                    finding.values().stream().map(Numbers::brief).collect(Collectors.joining(", ")),
                    finding.holds() ? "pass" : "fail"));
        }
        page.textTable(List.of("Quantity", "Band", "Median", "By seed", "Outcome"), rows);
    }

    private static Map<String, String> facts(Verdict verdict) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Paper", verdict.figure().paper());
        facts.put("Set-up", verdict.figure().setUp(verdict.quick()));
        facts.put("Time", Numbers.seconds(verdict.seconds()));
        if (verdict.halvings() > 0) {
            facts.put("Steps halved by the guard", Numbers.count(verdict.halvings()));
        }
        return facts;
    }

    private static String inWords(Verdict verdict) {
        return verdict.figure().axes().stream()
                .map(axes -> axes.vertical() + " over " + axes.horizontal())
                .collect(Collectors.joining("; "));
    }

    private static String caption(Verdict verdict) {
        String parts = verdict.figure().axes().stream().map(Axes::name).collect(Collectors.joining("; "));
        return "From top to bottom: " + parts + ". Medians over the seeds; "
                + verdict.figure().name() + ".csv has every point.";
    }
}

package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The few figures that the README shows, between two marks. */
final class Readme {
    static final String START = "<!-- figures: written by bench/run, not by hand -->";
    static final String END = "<!-- end of figures -->";

    private Readme() {}

    /** The README with its figures replaced. */
    static String with(String readme, Contents contents, Map<String, String> environment) {
        int start = readme.indexOf(START);
        int end = readme.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("the README lacks the marks \"" + START + "\" and \"" + END + "\"");
        }
        return readme.substring(0, start) + START + "\n" + figures(contents, environment) + readme.substring(end);
    }

    private static String figures(Contents contents, Map<String, String> environment) {
        List<List<String>> rows = new ArrayList<>();
        contents.comparisons().forEach((family, sizes) -> {
            List<Comparison> ranked = sizes.stream()
                    .filter(size -> Double.isFinite(size.againstPeers()))
                    .sorted(Comparator.comparingDouble(Comparison::againstPeers))
                    .toList();
            if (!ranked.isEmpty()) {
                Comparison middle = ranked.get(ranked.size() / 2);
                rows.add(List.of(
                        family.title(),
                        middle.words(),
                        Text.contender(middle.fastest(Comparison.PEERS).orElse("")),
                        Text.ratio(middle.againstPeers()),
                        Text.ratio(ranked.getFirst().againstPeers()) + " to "
                                + Text.ratio(ranked.getLast().againstPeers()),
                        Text.ratio(middle.ofRoof(contents.ceilings()))));
            }
        });
        return Markdown.of(List.of(
                new Block.Paragraph(
                        "One thread of " + environment.getOrDefault("Processor", "an unknown processor") + ", "
                                + environment.getOrDefault("Date", "undated") + ", revision "
                                + environment.getOrDefault("Revision", "unknown")
                                + ": how many times as fast as the best peer, at the size of the median ratio and over all sizes "
                                + "measured, and the share of what the machine can do."),
                new Block.Table(
                        3,
                        List.of("kernel", "size", "best peer there", "times as fast", "all sizes", "of the roof"),
                        rows)));
    }
}

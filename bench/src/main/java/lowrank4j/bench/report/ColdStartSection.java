package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** How long the first calls take. */
final class ColdStartSection {
    private ColdStartSection() {}

    static List<Block> of(Results results) {
        Optional<JsonNode> json = results.coldStart();
        if (json.isEmpty()) {
            return List.of();
        }
        List<String> header = new ArrayList<>(List.of("call number"));
        json.get().path("microseconds").propertyNames().forEach(header::add);
        List<List<String>> rows = new ArrayList<>();
        JsonNode calls = json.get().path("calls");
        for (int k = 0; k < calls.size(); k++) {
            List<String> row = new ArrayList<>(List.of(calls.get(k).asString()));
            for (JsonNode runs : json.get().path("microseconds")) {
                int column = k;
                double[] milliseconds = StreamSupport.stream(runs.spliterator(), false)
                        .mapToDouble(run -> run.get(column).asDouble() * 1e-3)
                        .toArray();
                row.add(Text.time(Interval.of(milliseconds)));
            }
            rows.add(row);
        }
        return List.of(
                new Block.Heading(2, "Cold start"),
                new Block.Paragraph(
                        "Time on the clock of one call in a JVM of its own, before and while the compiler works: "
                                + "a sensing gradient of 200 measurements of 30 × 30, by tier."),
                new Block.Table(1, header, rows));
    }
}

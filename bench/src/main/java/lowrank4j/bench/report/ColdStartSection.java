package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** How long the first calls take, and a whole process. */
final class ColdStartSection {
    private ColdStartSection() {}

    static List<Block> of(Results results) {
        List<Block> blocks = new ArrayList<>();
        results.coldStart().ifPresent(json -> blocks.addAll(firstCalls(json)));
        results.wholeProcess().ifPresent(json -> blocks.addAll(wholeProcess(json)));
        if (!blocks.isEmpty()) {
            blocks.addFirst(new Block.Heading(2, "Cold start"));
        }
        return blocks;
    }

    private static List<Block> firstCalls(JsonNode json) {
        List<String> header = new ArrayList<>(List.of("call number"));
        json.path("microseconds").propertyNames().forEach(header::add);
        List<List<String>> rows = new ArrayList<>();
        JsonNode calls = json.path("calls");
        for (int k = 0; k < calls.size(); k++) {
            List<String> row = new ArrayList<>(List.of(calls.get(k).asString()));
            for (JsonNode runs : json.path("microseconds")) {
                int column = k;
                row.add(time(runs, run -> run.get(column).asDouble() * 1e-3));
            }
            rows.add(row);
        }
        return List.of(
                new Block.Paragraph(
                        "Time on the clock of one call in a JVM of its own, before and while the compiler works: "
                                + "a sensing gradient of 200 measurements of 30 × 30, by tier."),
                new Block.Table(1, header, rows));
    }

    private static List<Block> wholeProcess(JsonNode json) {
        List<List<String>> rows = new ArrayList<>();
        json.path("milliseconds")
                .properties()
                .forEach(command -> rows.add(List.of(command.getKey(), time(command.getValue(), JsonNode::asDouble))));
        return List.of(
                new Block.Paragraph("Time on the clock of a whole process, from its start to its end: recovers "
                        + json.path("problem").asString()
                        + " from .npy files and writes its factors; each stops at a relative residual of 1e-10. The command starts "
                        + "from its launcher, computes on all processors and also writes result.json, its trace, a picture and a page; "
                        + "bench/peers/sense_peer.py computes on one thread, which is the faster way for it. The last line of either is "
                        + "its start alone. " + Results.sentence(json.path("environment"))),
                new Block.Table(1, List.of("process", "time"), rows));
    }

    private static String time(JsonNode runs, ToDoubleFunction<JsonNode> milliseconds) {
        return Text.time(Interval.of(StreamSupport.stream(runs.spliterator(), false)
                .mapToDouble(milliseconds)
                .toArray()));
    }
}

package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Ratings by the library and its peers: how well, how fast, in how much memory; and the cost of a rating at several sizes. */
final class RatingsSection {
    private static final double MEGABYTE = 1e6;
    private static final double NANOSECONDS = 1e9;

    private RatingsSection() {}

    static List<Block> of(Results results) {
        return results.ratings().map(RatingsSection::blocks).orElse(List.of());
    }

    private static List<Block> blocks(JsonNode json) {
        JsonNode data = json.path("data");
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(2, "Ratings"));
        blocks.add(new Block.Paragraph(data.path("rows").asInt() + " × "
                + data.path("columns").asInt() + " with " + data.path("fitted").asInt() + " ratings to fit and "
                + data.path("heldOut").asInt()
                + " held out: offsets, a signal of rank " + data.path("rank").asInt()
                + " whose directions differ tenfold, and noise of deviation "
                + Text.number(data.path("noise").asDouble())
                + "; who rates how much and what is rated how often follows MovieLens. Each side is a process of its own that reads the "
                + "same file; the time of a fit is from arrays in memory to a model, with the choice of rank and ridge where nothing is told. "
                + "Spark's is without the offsets, which were taken off before. "
                + missing(json.path("missing")) + Results.sentence(json.path("environment"))));
        List<List<String>> rows = new ArrayList<>();
        json.path("sides").properties().forEach(side -> {
            JsonNode runs = side.getValue();
            rows.add(List.of(
                    side.getKey(),
                    fourDigits(runs.get(0).path("error").asDouble()),
                    seconds(runs, "seconds"),
                    seconds(runs, "secondsInAll"),
                    Text.number(largest(runs) / MEGABYTE)));
        });
        blocks.add(new Block.Table(
                1, List.of("who", "held-out RMSE", "fit", "whole process", "peak memory, megabytes"), rows));
        blocks.add(
                new Block.Paragraph(
                        "The library at other sizes, told nothing, two threads, once each, as many ratings in a row at each size:"));
        blocks.add(sizes(json.path("sizes")));
        return blocks;
    }

    private static Block sizes(JsonNode sizes) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode size : sizes) {
            JsonNode run = size.path("run");
            double seconds = run.path("seconds").asDouble();
            double fitted = size.path("fitted").asDouble();
            rows.add(List.of(
                    size.path("rows").asInt() + " × " + size.path("columns").asInt(),
                    size.path("fitted").asString(),
                    fourDigits(run.path("error").asDouble()),
                    Text.number(seconds) + " s",
                    Text.number(seconds / fitted * NANOSECONDS),
                    Text.number(run.path("peakBytes").asDouble() / MEGABYTE)));
        }
        return new Block.Table(
                1,
                List.of("size", "ratings", "held-out RMSE", "fit", "nanoseconds a rating", "peak memory, megabytes"),
                rows);
    }

    private static String missing(JsonNode missing) {
        StringBuilder sentences = new StringBuilder();
        missing.properties()
                .forEach(peer -> sentences
                        .append(peer.getKey())
                        .append(" was not measured: ")
                        .append(peer.getValue().asString())
                        .append(". "));
        return sentences.toString();
    }

    private static String seconds(JsonNode runs, String what) {
        Interval seconds = Interval.of(numbers(runs, run -> run.path(what).asDouble()));
        return Text.number(seconds.median()) + " s (" + Text.number(seconds.low()) + "–" + Text.number(seconds.high())
                + ")";
    }

    private static double largest(JsonNode runs) {
        double largest = 0;
        for (double bytes : numbers(runs, run -> run.path("peakBytes").asDouble())) {
            largest = Math.max(largest, bytes);
        }
        return largest;
    }

    private static double[] numbers(JsonNode runs, ToDoubleFunction<JsonNode> number) {
        return StreamSupport.stream(runs.spliterator(), false)
                .mapToDouble(number)
                .toArray();
    }

    /** Differences of a thousandth are what is at stake. */
    private static String fourDigits(double error) {
        return String.format(Locale.ROOT, "%.4f", error);
    }
}

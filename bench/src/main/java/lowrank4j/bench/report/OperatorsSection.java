package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lowrank4j.bench.OperatorKind;
import tools.jackson.databind.JsonNode;

/** One gradient of each operator: measurements a second, memory, the roof and NumPy. */
final class OperatorsSection {
    private static final double MEGABYTE = 1e6;

    private final Map<String, Map<String, Interval>> times = new HashMap<>();
    private final Map<String, Double> keptBytes = new HashMap<>();
    private final Ceilings ceilings;

    private OperatorsSection(Results.Answer answer) {
        List<Measurement> roofs = new ArrayList<>();
        for (Measurement measurement : answer.times()) {
            if (measurement.family().equals("roof")) {
                roofs.add(measurement);
            } else {
                String kind = measurement.size().getOrDefault("kind", "");
                times.computeIfAbsent(kind, key -> new HashMap<>()).put(measurement.by(), measurement.milliseconds());
            }
        }
        this.ceilings = new Ceilings(roofs);
        for (JsonNode run : answer.json().path("runs")) {
            double bytes =
                    run.path("secondaryMetrics").path("keptBytes").path("score").asDouble(0);
            keptBytes.merge(run.path("params").path("kind").asString(""), bytes, Math::max);
        }
    }

    static List<Block> of(Results results) {
        Optional<Results.Answer> answer = results.answer("operators");
        return answer.map(found -> new OperatorsSection(found).blocks(found)).orElse(List.of());
    }

    private List<Block> blocks(Results.Answer answer) {
        List<List<String>> rows = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (OperatorKind kind : OperatorKind.values()) {
            if (!times.containsKey(kind.name())) {
                continue;
            }
            rows.add(cells(kind));
            double ratio = ratio(kind);
            if (ratio < 1) {
                lost.add(kind.title() + " (" + Text.ratio(ratio) + ")");
            }
        }
        JsonNode numpy = answer.json().path("numpy");
        return List.of(
                new Block.Heading(2, "Operators"),
                new Block.Paragraph(
                        "One gradient of each operator on one thread of the vector tier, processor time: residuals of all "
                                + "measurements, loss and both factor gradients, at factors of rank 5 (of Paulis 2). Memory is what the operator holds, "
                                + "its measurements and its scratch. The roof of measurements that are made anew each time is the making "
                                + "of their numbers once, by the same generator; of the others what the flops and the bytes of the "
                                + "measurements take at least, in the same run. NumPy does the same with the same structure, on one thread ("
                                + numpy.path("numpy").asString("it was not there")
                                + "; bench/peers/operators_peer.py): seeded numbers by its own generator in single precision, a block of rows at a time. "
                                + answer.sentence()),
                new Block.Table(
                        2,
                        List.of(
                                "operator",
                                "unknown",
                                "measurements",
                                "memory, megabytes",
                                "a gradient",
                                "measurements a second",
                                "of the roof",
                                "NumPy",
                                "times NumPy"),
                        rows),
                new Block.Paragraph(
                        lost.isEmpty()
                                ? "NumPy was faster at none of them."
                                : "NumPy was faster at: " + String.join(", ", lost) + "."));
    }

    private List<String> cells(OperatorKind kind) {
        Interval ours = time(kind, "VECTOR");
        return List.of(
                kind.title(),
                kind.size(),
                String.valueOf(kind.count()),
                Text.number(keptBytes.getOrDefault(kind.name(), Double.NaN) / MEGABYTE),
                Text.time(ours),
                Text.number(kind.count() / ours.median() * 1e3),
                Text.ratio(roof(kind) / ours.median()),
                times(kind).containsKey("NUMPY") ? Text.time(time(kind, "NUMPY")) : "–",
                Text.ratio(ratio(kind)));
    }

    /** Milliseconds of a gradient at the least. */
    private double roof(OperatorKind kind) {
        return switch (kind.roof()) {
            case NUMBERS -> median(kind, "ROOF");
            case MACHINE -> ceilings.milliseconds(new Family.Work(kind.flops(), kind.bytes(), kind.bytes()), 1);
        };
    }

    private double ratio(OperatorKind kind) {
        return median(kind, "NUMPY") / median(kind, "VECTOR");
    }

    private Map<String, Interval> times(OperatorKind kind) {
        return times.getOrDefault(kind.name(), Map.of());
    }

    private Interval time(OperatorKind kind, String by) {
        Interval time = times(kind).get(by);
        if (time == null) {
            throw new IllegalArgumentException("the results of the operators lack " + by + " at " + kind);
        }
        return time;
    }

    private double median(OperatorKind kind, String by) {
        Interval time = times(kind).get(by);
        return time == null ? Double.NaN : time.median();
    }
}

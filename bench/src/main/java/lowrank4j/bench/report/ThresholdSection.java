package lowrank4j.bench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where OpenBLAS overtakes the vector tier, beside where the native tier changes from one to the other. */
final class ThresholdSection {
    private ThresholdSection() {}

    static List<Block> of(Results results) {
        Optional<Results.Answer> answer = results.answer("thresholds");
        if (answer.isEmpty()) {
            return List.of();
        }
        Map<Threshold, NavigableMap<Integer, Double>> ratios =
                ratios(answer.get().times());
        TreeSet<Integer> orders = new TreeSet<>();
        ratios.values().forEach(byOrder -> orders.addAll(byOrder.keySet()));
        List<String> header = new ArrayList<>(List.of("kernel", "native from r", "OpenBLAS ahead from r"));
        orders.forEach(order -> header.add("r " + order));
        List<List<String>> rows = new ArrayList<>();
        ratios.forEach((threshold, byOrder) -> {
            List<String> row =
                    new ArrayList<>(List.of(threshold.title(), String.valueOf(threshold.order()), crossing(byOrder)));
            orders.forEach(order -> row.add(Text.ratio(byOrder.getOrDefault(order, Double.NaN))));
            rows.add(row);
        });
        return List.of(
                new Block.Heading(2, "Thresholds between tiers"),
                new Block.Paragraph(
                        "The speed of OpenBLAS, called as the native tier calls it, over that of the vector tier at orders r: above 1 "
                                + "OpenBLAS is ahead. It is ahead from the least r measured from which on it is never behind. "
                                + "For products of " + Threshold.SMALLEST_PRODUCT + " to " + Threshold.SMALL_PRODUCT
                                + " multiply-adds the native tier calls it too, where it has kernels for such. "
                                + answer.get().sentence()),
                new Block.Table(1, header, rows));
    }

    /** The vector tier's time over that of OpenBLAS, by kernel and order. */
    private static Map<Threshold, NavigableMap<Integer, Double>> ratios(List<Measurement> times) {
        Map<Threshold, NavigableMap<Integer, Double>> ratios = new EnumMap<>(Threshold.class);
        for (Measurement measurement : times) {
            Threshold threshold = Threshold.valueOf(measurement.size().getOrDefault("kernel", ""));
            int order = Integer.parseInt(measurement.size().getOrDefault("order", ""));
            double milliseconds = measurement.milliseconds().median();
            double factor = switch (measurement.by()) {
                case "VECTOR" -> milliseconds;
                case "OPENBLAS" -> 1 / milliseconds;
                default -> throw new IllegalArgumentException("unknown contender: " + measurement.by());
            };
            ratios.computeIfAbsent(threshold, name -> new TreeMap<>())
                    .merge(order, factor, (one, other) -> one * other);
        }
        return ratios;
    }

    /** The least order from which on OpenBLAS is never behind. */
    static String crossing(NavigableMap<Integer, Double> ratios) {
        Optional<Integer> behind = ratios.descendingKeySet().stream()
                .filter(order -> !(ratios.getOrDefault(order, Double.NaN) >= 1))
                .findFirst();
        if (behind.isEmpty()) {
            return "at most " + ratios.firstKey();
        }
        Integer next = ratios.higherKey(behind.get());
        return next == null ? "above " + ratios.lastKey() : String.valueOf(next);
    }
}

package lowrank4j.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import lowrank4j.bench.RoofBenchmark;
import lowrank4j.bench.Roofs;

/** What the machine can do at most, as measured in the same run. */
final class Ceilings {
    /** Amounts of memory are half of what holds them, so that twice as much still stays there. */
    private static final double FILL = 2;

    private final double gigaflops;
    private final Map<String, Double> reads = new LinkedHashMap<>();
    private final Map<String, Double> triads = new LinkedHashMap<>();

    Ceilings(Results results) {
        double peak = Double.NaN;
        for (Measurement measurement : results.of("roof")) {
            String bytes = measurement.size().getOrDefault("bytes", "");
            double milliseconds = measurement.milliseconds().median();
            switch (measurement.size().getOrDefault("roof", "")) {
                case "MULTIPLY_ADD" -> peak = RoofBenchmark.FLOPS_PER_CALL / milliseconds * 1e-6;
                case "READ" -> reads.put(bytes, gigabytes(bytes, milliseconds));
                case "TRIAD" -> triads.put(bytes, gigabytes(bytes, milliseconds));
                default -> throw new IllegalArgumentException("unknown roof: " + measurement.size());
            }
        }
        this.gigaflops = peak;
    }

    private static double gigabytes(String bytes, double milliseconds) {
        long moved = Long.parseLong(bytes) * RoofBenchmark.rounds(Long.parseLong(bytes));
        return moved / milliseconds * 1e-6;
    }

    /** Multiply-adds in registers, each two flops. */
    double gigaflops() {
        return gigaflops;
    }

    /** Reads a second from where {@code bytes} fit, or NaN. */
    double read(String bytes) {
        return reads.getOrDefault(bytes, Double.NaN);
    }

    /** Reads and writes a second there, or NaN. */
    double triad(String bytes) {
        return triads.getOrDefault(bytes, Double.NaN);
    }

    /** The better of both. */
    double gigabytes(String bytes) {
        return Math.max(read(bytes), triad(bytes));
    }

    /** The least time that a piece of work takes: that of its flops or of its bytes, whichever is longer. */
    double milliseconds(Family.Work work) {
        return Math.max(work.flops() / gigaflops * 1e-6, work.bytes() / gigabytes(level(work.workingSet())) * 1e-6);
    }

    private static String level(double workingSet) {
        return Roofs.ALL.stream()
                .filter(bytes -> workingSet <= FILL * Long.parseLong(bytes))
                .findFirst()
                .orElse(Roofs.MEMORY);
    }
}

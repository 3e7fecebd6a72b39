package lowrank4j.bench.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lowrank4j.bench.RoofBenchmark;
import lowrank4j.bench.Roofs;

/** What the machine can do at most, as measured in the same run. */
final class Ceilings {
    /** Amounts of memory are half of what holds them, so that twice as much still stays there. */
    private static final double FILL = 2;

    /** How many threads move how many bytes. */
    private record Place(String bytes, int threads) {}

    private final Map<Integer, Double> gigaflops = new HashMap<>();
    private final Map<Place, Double> reads = new HashMap<>();
    private final Map<Place, Double> triads = new HashMap<>();

    /** @param roofs as {@link RoofBenchmark} measured them */
    Ceilings(List<Measurement> roofs) {
        for (Measurement measurement : roofs) {
            int threads = measurement.by().isEmpty()
                    ? 1
                    : Integer.parseInt(measurement.by().strip());
            Place place = new Place(measurement.size().getOrDefault("bytes", ""), threads);
            double milliseconds = measurement.milliseconds().median();
            switch (measurement.size().getOrDefault("roof", "")) {
                case "MULTIPLY_ADD" ->
                    gigaflops.put(threads, threads * RoofBenchmark.FLOPS_PER_CALL / milliseconds * 1e-6);
                case "READ" -> reads.put(place, gigabytes(place, milliseconds));
                case "TRIAD" -> triads.put(place, gigabytes(place, milliseconds));
                default -> throw new IllegalArgumentException("unknown roof: " + measurement.size());
            }
        }
    }

    private static double gigabytes(Place place, double milliseconds) {
        long bytes = Long.parseLong(place.bytes());
        return bytes * RoofBenchmark.rounds(bytes, place.threads()) / milliseconds * 1e-6;
    }

    /** Multiply-adds in registers on one thread, each two flops. */
    double gigaflops() {
        return gigaflops(1);
    }

    /** The same on several threads, or NaN. */
    double gigaflops(int threads) {
        return gigaflops.getOrDefault(threads, Double.NaN);
    }

    /** Reads a second from where {@code bytes} fit, or NaN. */
    double read(String bytes, int threads) {
        return reads.getOrDefault(new Place(bytes, threads), Double.NaN);
    }

    /** Reads and writes a second there, or NaN. */
    double triad(String bytes, int threads) {
        return triads.getOrDefault(new Place(bytes, threads), Double.NaN);
    }

    /** The better of both on one thread. */
    double gigabytes(String bytes) {
        return gigabytes(bytes, 1);
    }

    /** The same where a working set of so many bytes fits. */
    double gigabytes(double workingSet) {
        return gigabytes(level(workingSet));
    }

    private double gigabytes(String bytes, int threads) {
        return Math.max(read(bytes, threads), triad(bytes, threads));
    }

    /** The least time that a piece of work takes: that of its flops or of its bytes, whichever is longer; or NaN. */
    double milliseconds(Family.Work work, int threads) {
        return Math.max(
                work.flops() / gigaflops(threads) * 1e-6,
                work.bytes() / gigabytes(level(work.workingSet()), threads) * 1e-6);
    }

    private static String level(double workingSet) {
        return Roofs.ALL.stream()
                .filter(bytes -> workingSet <= FILL * Long.parseLong(bytes))
                .findFirst()
                .orElse(Roofs.MEMORY);
    }
}

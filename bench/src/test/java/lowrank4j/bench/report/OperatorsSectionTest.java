package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lowrank4j.bench.RoofBenchmark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperatorsSectionTest {
    @TempDir
    private Path directory;

    private static String run(String benchmark, String params, double milliseconds, double bytes) {
        return """
                {"benchmark": "lowrank4j.bench.%s.call", "params": {%s}, "primaryMetric": {"rawData": [[1]]},
                 "secondaryMetrics": {"processorTime": {"rawData": [[%s, %s], [%s]]}, "keptBytes": {"score": %s}}}
                """.formatted(benchmark, params, milliseconds, milliseconds, milliseconds, bytes);
    }

    private static String results(String... runs) {
        return """
                {"environment": {"Date": "2030-01-01", "Revision": "abc", "Load at the start": "0.10", "Run": "operators"},
                 "runs": [%s],
                 "numpy": {"numpy": "NumPy 9", "results": [
                  {"family": "operators", "by": "NUMPY", "params": {"kind": "DENSE"}, "milliseconds": [20, 20, 20]},
                  {"family": "operators", "by": "NUMPY", "params": {"kind": "SEEDED_SIGNS"}, "milliseconds": [4, 4, 4]}]}}
                """.formatted(String.join(", ", runs));
    }

    @Test
    void withoutResultsThereIsNoSection() {
        assertThat(OperatorsSection.of(Results.read(directory))).isEmpty();
    }

    @Test
    void rowsSaySpeedMemoryRoofAndPeer() throws IOException {
        double peak = RoofBenchmark.FLOPS_PER_CALL / 100e9 * 1e3;
        double read = 402653184.0 / 50e9 * 1e3;
        // The roofs are 100 GFLOP/s and 50 GB/s from memory.
        String results = results(
                run("RoofBenchmark", "\"roof\": \"MULTIPLY_ADD\", \"bytes\": \"16384\", \"threads\": \"1\"", peak, 0),
                run("RoofBenchmark", "\"roof\": \"READ\", \"bytes\": \"402653184\", \"threads\": \"1\"", read, 0),
                run("RoofBenchmark", "\"roof\": \"TRIAD\", \"bytes\": \"402653184\", \"threads\": \"1\"", 2 * read, 0),
                run("OperatorsBenchmark", "\"kind\": \"DENSE\", \"by\": \"VECTOR\"", 10, 201e6),
                run("OperatorsBenchmark", "\"kind\": \"SEEDED_SIGNS\", \"by\": \"VECTOR\"", 5, 1.5e6),
                run("OperatorsBenchmark", "\"kind\": \"SEEDED_SIGNS\", \"by\": \"ROOF\"", 2, 0));
        Files.writeString(directory.resolve("operators.json"), results);
        String text = Markdown.of(OperatorsSection.of(Results.read(directory)));
        assertThat(text).contains("## Operators", "NumPy 9", "revision abc");
        // 2500 in 10 ms, 200 MB at 50 GB/s in 4 ms.
        assertThat(text)
                .contains(
                        "| dense, float64 | 100 × 100 | 2500 | 201 | 10 ms (10–10) | 250000 | 0.40 | 20 ms (20–20) | 2.00 |");
        assertThat(text)
                .contains("| seeded signs | 100 × 100 | 2500 | 1.5 | 5 ms (5–5) | 500000 | 0.40 | 4 ms (4–4) | 0.80 |");
        assertThat(text).contains("NumPy was faster at: seeded signs (0.80).").doesNotContain("Pauli strings |");
    }
}

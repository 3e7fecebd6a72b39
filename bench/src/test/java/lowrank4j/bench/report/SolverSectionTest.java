package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SolverSectionTest {
    private static final String RESULTS = """
            {"environment": {"Date": "2030-01-01", "Revision": "abc", "Load at the start": "0.10"},
             "tolerance": 1e-8, "agreement": 1e-3,
             "problems": [
              {"kind": "RECTANGULAR", "problem": "rectangular sensing", "size": "n 9, rank 2, m 99", "numpy": "NumPy 9", "way": "Sensing",
               "measurementBytes": {"LIBRARY": 800e6, "NUMPY": 800e6}, "peakBytes": {"LIBRARY": 1000e6, "NUMPY": 2000e6},
               "methods": {
                "scaled-gd": {"rank": 2,
                 "iteration": {"LIBRARY": [2, 2, 2], "LIBRARY 2": [1, 1, 1], "NUMPY": [6, 6, 6]},
                 "allocatedBytes": [100, 300], "kernelShare": [0.99, 0.95],
                 "solve": {"iterations": 40, "residual": 9e-9, "error": 2e-8, "LIBRARY": [80], "NUMPY": [240]}},
                "apgd": {"rank": 4,
                 "iteration": {"LIBRARY": [4], "LIBRARY 2": [4], "NUMPY": [3]},
                 "allocatedBytes": [100], "kernelShare": [0.99]}},
               "toldNothing": {"method": "apgd", "rank": 2, "iterations": 50, "error": 1e-8, "numpyIterations": 30, "numpyError": 1e-8,
                "first": [160], "LIBRARY": [100], "LIBRARY 2": [60], "NUMPY": [400]}}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void withoutResultsThereIsNoSection() {
        assertThat(SolverSection.of(Results.read(directory))).isEmpty();
    }

    @Test
    void targetsAreJudgedByTheWorstMethod() throws IOException {
        List<Target> targets =
                new SolverTargets(results().solvers().orElseThrow().problems()).all();
        Target iteration = named(targets, "rectangular sensing, an iteration");
        assertThat(iteration.measured()).isEqualTo("0.75 to 3.00, worst at rectangular sensing, apgd");
        assertThat(iteration.isMet()).isFalse();
        assertThat(named(targets, "to the tolerance, told nothing").measured())
                .isEqualTo("2.50 to 4.00, worst at rectangular sensing, the first time in a process");
        assertThat(named(targets, "an iteration on 2 threads").measured()).startsWith("1.00 to 2.00");
        Target memory = named(targets, "peak memory of sensing");
        assertThat(memory.ratios().getFirst().value()).isCloseTo(0.8, within(1e-12));
        assertThat(memory.isMet()).isTrue();
        assertThat(named(targets, "an iteration").measured()).startsWith("0.95 to 0.99");
        assertThat(named(targets, "symmetric sensing, an iteration").verdict()).isEqualTo("not measured");
    }

    @Test
    void theSectionSaysWhereNumPyIsFaster() throws IOException {
        String text = Markdown.of(SolverSection.of(results()));
        assertThat(text)
                .contains("## Solvers", "NumPy 9", "revision abc")
                .contains("rectangular sensing, apgd: 0.75")
                .doesNotContain("rectangular sensing, scaled-gd: ")
                .contains("| rectangular sensing, n 9, rank 2, m 99 | scaled-gd | 2 | 2 ms (2–2) |")
                .contains("| rectangular sensing | scaled-gd | 40 | 2.0e-08 | 0.0800 s | 0.240 s | 3.00 |");
    }

    private static Target named(List<Target> targets, String kernel) {
        return targets.stream()
                .filter(target -> target.kernel().equals(kernel))
                .findFirst()
                .orElseThrow();
    }

    private Results results() throws IOException {
        Files.writeString(directory.resolve("solvers.json"), RESULTS);
        return Results.read(directory);
    }
}

package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written about the speed is what was measured: numbers in documents come from the results beside them. */
final class CommittedReportTest {
    /** Maven runs tests in the folder of the module. */
    private static final Path BENCH = Path.of("").toAbsolutePath();

    private static final Path RESULTS = BENCH.resolve("results");
    private static final String REMEDY = "run 'bench/run report', which writes it from bench/results";

    @Test
    void theReportIsThatOfTheResults() throws IOException {
        String expected = Report.of(RESULTS).markdown();
        assertThat(Files.readString(BENCH.resolve("REPORT.md"))).as(REMEDY).isEqualTo(expected);
    }

    @Test
    void theFiguresOfTheReadmeAreThoseOfTheResults() throws IOException {
        String readme = Files.readString(BENCH.resolveSibling("README.md"));
        assertThat(readme).as(REMEDY).isEqualTo(Report.of(RESULTS).readme(readme));
    }

    @Test
    void resultsDoNotTellWhereThingsAreOnTheMachineThatMeasured() throws IOException {
        try (Stream<Path> files = Files.list(RESULTS)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(found).isNotEmpty();
            for (Path file : found) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("/usr/", "/home/", "/root/", "/tmp/");
            }
        }
    }
}

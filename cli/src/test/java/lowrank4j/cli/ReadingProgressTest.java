package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bar that stands on a terminal while a large file is read. */
class ReadingProgressTest {
    private final StringWriter shown = new StringWriter();

    private ReadingProgress of(long bytes) {
        return new ReadingProgress(new PrintWriter(shown), Path.of("folder", "ratings.csv"), bytes);
    }

    @Test
    void saysEachPercentOnce() {
        ReadingProgress progress = of(200_000_000);
        progress.accept(0);
        progress.accept(1_000_000);
        progress.accept(100_000_000);
        progress.accept(100_100_000);
        progress.accept(200_000_001);
        progress.finish();
        assertThat(shown.toString().split("\r", -1))
                .containsExactly(
                        "",
                        "\u001b[Kreading ratings.csv [" + " ".repeat(40) + "] 0 %",
                        "\u001b[Kreading ratings.csv [" + "#".repeat(20) + " ".repeat(20) + "] 50 %",
                        "\u001b[Kreading ratings.csv [" + "#".repeat(40) + "] 100 %",
                        "\u001b[K");
    }

    @Test
    void isSilentForSmallFilesAndForThoseThatTellNoSize() {
        for (long bytes : new long[] {0, 1_000_000}) {
            ReadingProgress progress = of(bytes);
            progress.accept(500_000);
            progress.finish();
        }
        assertThat(shown.toString()).isEmpty();
    }
}

package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of results is complete or untouched. */
class OutputDirectoryTest {
    @TempDir
    private Path folder;

    private static void write(OutputDirectory out, String name, String text) throws IOException {
        Files.writeString(out.staging().resolve(name), text);
    }

    @Test
    void filesAppearWhenAllAreThere() throws IOException {
        Path target = folder.resolve("a/b");
        try (OutputDirectory out = OutputDirectory.open(target)) {
            write(out, "left.npy", "1");
            write(out, "result.json", "{}");
            assertThat(target.resolve("left.npy")).doesNotExist();
            out.finish();
        }
        try (Stream<Path> files = Files.list(target)) {
            assertThat(files.map(Path::getFileName).map(String::valueOf))
                    .containsExactlyInAnyOrder("left.npy", "result.json");
        }
    }

    @Test
    void whatIsNotFinishedLeavesNothingBehind() throws IOException {
        try (OutputDirectory out = OutputDirectory.open(folder.resolve("a/b"))) {
            write(out, "left.npy", "1");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEarlierResultStaysUntilThereIsAnother() throws IOException {
        Files.writeString(folder.resolve("left.npy"), "earlier");
        try (OutputDirectory out = OutputDirectory.open(folder)) {
            write(out, "left.npy", "unfinished");
        }
        assertThat(folder.resolve("left.npy")).hasContent("earlier");
    }

    @Test
    void filesOfAnEarlierRunAreReplacedAndThoseOfOthersLeftAlone() throws IOException {
        Files.writeString(folder.resolve("result.json"), "{\"files\": [\"rows.csv\", \"../outside.csv\"]}");
        Files.writeString(folder.resolve("rows.csv"), "earlier");
        Files.writeString(folder.resolve("columns.csv"), "somebody's own");
        try (OutputDirectory out = OutputDirectory.open(folder)) {
            write(out, "result.json", "{}");
            out.finish();
        }
        assertThat(folder.resolve("rows.csv")).doesNotExist();
        assertThat(folder.resolve("columns.csv")).hasContent("somebody's own");
    }
}

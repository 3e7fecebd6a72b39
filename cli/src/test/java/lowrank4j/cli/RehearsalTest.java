package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path folder;

    @Test
    void everyCommandSucceeds() throws IOException {
        assertThat(Rehearsal.run(folder)).isZero();
        assertThat(folder.resolve("sensed/report.html")).isNotEmptyFile();
        assertThat(folder.resolve("model/report.html")).isNotEmptyFile();
        assertThat(folder.resolve("approximation/u.npy")).isNotEmptyFile();
    }
}

package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end writes what it has. */
class InterruptionTest {
    /** What a process that ends by signal 15 returns; by Ctrl-C it is 130. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theLastGoodIterateIsWritten() throws Exception {
        Problem.of(30, 30, 2, 2000, false).write(folder);
        Path checkpoint = folder.resolve("kept.npz");
        Path out = folder.resolve("out");
        // A ten-thousandth of a good step on the slowest tier: this run would go on for hours.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        Main.class.getName(),
                        "sense",
                        folder.resolve("A.npy").toString(),
                        folder.resolve("y.npy").toString(),
                        "--rank",
                        "2",
                        "--algorithm",
                        "gradient-descent",
                        "--init",
                        "spectral",
                        "--step",
                        "1e-6",
                        "--tier",
                        "reference",
                        "--threads",
                        "1",
                        "--tolerance",
                        "0",
                        "--max-iterations",
                        "2000000000",
                        "--checkpoint",
                        checkpoint.toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            for (int k = 0; k < 1200 && !Files.exists(checkpoint) && process.isAlive(); k++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(checkpoint).as(Files.readString(folder.resolve("log"))).exists();
            process.destroy();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("log")))
                .isEqualTo(TERMINATED);
        assertThat(Command.json(out.resolve("result.json"))
                        .get("termination")
                        .get("rule")
                        .stringValue())
                .isEqualTo("cancelled");
        assertThat(FactorFiles.read(out).rank()).isEqualTo(2);
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                List.of(System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", "")));
    }
}

package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lowrank4j.io.IdMap;
import lowrank4j.io.Npy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;

/** The command as a user starts it: a script, a JVM with its options, and the jars alone. */
@Tag("launcher")
@DisabledOnOs(OS.WINDOWS) // the launcher is a script for bash
class LauncherTest {
    private static final Problem PROBLEM = Problem.of(12, 9, 2, 300, false);

    /** All that may be said on standard error: the JVM says it whatever is done. */
    private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended run(Map<String, String> environment, Object... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("bash", System.getProperty("lowrank4j.launcher")));
        Arrays.stream(arguments).map(Object::toString).forEach(line::add);
        Path out = folder.resolve("standard-output");
        Path err = folder.resolve("standard-error");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .directory(folder.toFile());
        builder.environment().put("LOWRANK4J_APP", System.getProperty("lowrank4j.app"));
        builder.environment().put("LOWRANK4J_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("LOWRANK4J_JAVA_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ended run(Object... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    @Test
    void arraysAreSensed() throws IOException, InterruptedException {
        PROBLEM.write(folder);
        Ended ended = run("sense", "A.npy", "y.npy", "--out", "out");
        assertThat(ended).isEqualTo(new Ended(0, ended.out(), INCUBATOR));
        assertThat(ended.out()).contains("300 measurements of a 12x9 matrix");
        assertThat(PROBLEM.error(folder.resolve("out"))).isLessThan(1e-8);
        assertThat(folder.resolve("out")).isDirectoryContaining("glob:**trace.png");
        assertThat(folder.resolve("out/report.html")).isNotEmptyFile();
    }

    @Test
    void vectorsAndOpenBlasAreFound() throws IOException, InterruptedException {
        PROBLEM.write(folder);
        Ended ended = run("sense", "A.npy", "y.npy", "--tier", "vector", "--quiet", "--out", "out");
        assertThat(ended).isEqualTo(new Ended(0, "", INCUBATOR));
        Ended forced =
                run(Map.of("LOWRANK4J_JAVA_OPTS", "-Dlowrank4j.tier=native"), "sense", "A.npy", "y.npy", "--json");
        assertThat(forced.err()).isEqualTo(INCUBATOR);
        assertThat(Json.mapper().readTree(forced.out()).get("tier").stringValue())
                .isEqualTo("native");
    }

    @Test
    void parquetUnderZstandardIsCompletedAndPredicted() throws IOException, InterruptedException {
        try (InputStream file = LauncherTest.class.getResourceAsStream("names-zstd.parquet")) {
            Files.copy(file, folder.resolve("e.parquet"));
        }
        Ended ended = run("complete", "e.parquet", "--rank", 1, "--out", "model");
        assertThat(ended).isEqualTo(new Ended(0, ended.out(), INCUBATOR));
        assertThat(IdMap.read(folder.resolve("model/rows.csv"))).hasSize(40);
        Files.writeString(folder.resolve("pairs.csv"), "row,column\nu39,i00\n");
        Ended predicted = run("predict", "model", "pairs.csv");
        assertThat(predicted).isEqualTo(new Ended(0, predicted.out(), INCUBATOR));
        assertThat(predicted.out()).contains("u39,i00,");
    }

    @Test
    void matlabFilesAreCompletedAndApproximated() throws IOException, InterruptedException {
        Matrix matrix = Mat5.newMatrix(12, 9);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 9; j++) {
                matrix.setDouble(i, j, (i + j) % 3 == 0 ? Double.NaN : (i + 1.0) * (j + 1));
            }
        }
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("x", matrix), folder.resolve("x.mat").toString());
        Ended ended = run("complete", "x.mat", "--rank", 1, "--algorithm", "scaled-gd", "--out", "out");
        assertThat(ended).isEqualTo(new Ended(0, ended.out(), INCUBATOR));
        assertThat(ended.out()).contains("72 entries of a 12x9 matrix");
        Npy.write(folder.resolve("X.npy"), PROBLEM.truth().data(), 12, 9);
        Ended approximated = run("approximate", "X.npy", "--rank", 2, "--out", "svd");
        assertThat(approximated).isEqualTo(new Ended(0, approximated.out(), INCUBATOR));
    }

    @Test
    void exitCodesAndRefusalsPass() throws IOException, InterruptedException {
        Ended ended = run("sense", "missing.npy", "y.npy");
        assertThat(ended.code()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(ended.err()).startsWith(INCUBATOR).contains("missing.npy").doesNotContain("\tat ");
        assertThat(run("sense").code()).isEqualTo(ExitCode.USAGE);
    }
}

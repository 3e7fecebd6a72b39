package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j sense} recovers, writes and says. */
class SenseCommandTest {
    private static final Problem PROBLEM = Problem.of(12, 9, 2, 300, false);

    @TempDir
    private Path folder;

    private Path matrices;
    private Path values;
    private Path out;

    @BeforeEach
    void write() {
        PROBLEM.write(folder);
        matrices = folder.resolve("A.npy");
        values = folder.resolve("y.npy");
        out = folder.resolve("out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "2", "5"})
    void theMatrixIsRecoveredAndItsRankFound(String rank) {
        Command.Outcome outcome = Command.run("sense", matrices, values, "--rank", rank, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(PROBLEM.error(out)).isLessThan(1e-8);
        assertThat(Command.json(out.resolve("result.json")).get("effectiveRank").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient-descent", "scaled-gd", "scaled-gd-lambda", "apgd"})
    void anAlgorithmRunsByItsName(String algorithm) {
        Command.Outcome outcome = Command.run(
                "sense",
                matrices,
                values,
                "--rank",
                2,
                "--algorithm",
                algorithm,
                "--init",
                "spectral",
                "--tolerance",
                "1e-6",
                "--out",
                out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Command.json(out.resolve("result.json")).get("algorithm").stringValue())
                .isEqualTo(algorithm);
        assertThat(PROBLEM.error(out)).isLessThan(1e-4);
    }

    @Test
    void theGroupLassoFindsTheRankByItself() {
        Command.Outcome outcome = Command.run("sense", matrices, values, "--algorithm", "group-lasso", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(PROBLEM.error(out)).isLessThan(1e-8);
        JsonNode trace = Command.json(out.resolve("result.json"));
        assertThat(trace.get("effectiveRank").asInt()).isEqualTo(2);
        Path other = folder.resolve("other");
        Command.run("sense", matrices, values, "--algorithm", "group-lasso", "--penalty", 0.5, "--out", other);
        assertThat(PROBLEM.error(other)).isLessThan(1e-8);
    }

    @Test
    void theFilesOfTheResultsAreThoseDocumented() throws IOException {
        Command.run("sense", matrices, values, "--out", out);
        try (Stream<Path> files = Files.list(out)) {
            List<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            assertThat(names).contains("left.npy", "right.npy", "trace.csv", "trace.png", "result.json", "report.html");
            assertThat(names).noneMatch(name -> name.startsWith("."));
        }
        List<String> trace = Files.readAllLines(out.resolve("trace.csv"));
        assertThat(trace.getFirst())
                .isEqualTo("iteration,seconds,objective,relativeResidual,heldOutError,rank,step,damping");
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(trace).hasSizeGreaterThan(result.get("iterations").asInt());
    }

    @Test
    void theResultSaysWhatWasDoneAndHow() {
        Command.run("sense", matrices, values, "--seed", 5, "--threads", 1, "--out", out);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.propertyNames())
                .contains(
                        "termination",
                        "effectiveRank",
                        "iterations",
                        "objective",
                        "relativeResidual",
                        "heldOutError",
                        "noiseEstimate",
                        "algorithm",
                        "algorithmReason",
                        "step",
                        "damping",
                        "seed",
                        "threads",
                        "tier",
                        "secondsByPhase",
                        "peakMemoryBytes",
                        "warnings");
        assertThat(result.get("termination").get("rule").stringValue()).isEqualTo("residual-tolerance");
        assertThat(result.get("termination").get("sentence").stringValue()).endsWith(".");
        assertThat(result.get("heldOutError").isNull()).isTrue();
        assertThat(result.get("seed").asLong()).isEqualTo(5);
        assertThat(result.get("threads").asInt()).isEqualTo(1);
        assertThat(result.get("relativeResidual").asDouble()).isLessThan(1e-10);
    }

    @Test
    void arraysInFortranOrderAndBigEndianGiveTheSameBits() throws IOException {
        Command.run("sense", matrices, values, "--out", out);
        byte[] expected = Files.readAllBytes(out.resolve("left.npy"));
        Path other = folder.resolve("F.npy");
        PROBLEM.writeFortranBigEndian(other);
        Command.Outcome outcome = Command.run("sense", other, values, "--out", folder.resolve("other"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("other").resolve("left.npy")))
                .isEqualTo(expected);
    }

    @Test
    void singlePrecisionIsEnoughForTheMeasurements() {
        Path floats = folder.resolve("A32.npy");
        PROBLEM.writeFloats(floats);
        Command.Outcome outcome = Command.run("sense", floats, values, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("float32");
        assertThat(PROBLEM.error(out)).isBetween(1e-12, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSymmetricMatrixIsRecoveredFromTheSymmetricParts(boolean floats) {
        Problem symmetric = Problem.of(10, 10, 2, 200, true);
        symmetric.write(folder);
        if (floats) {
            symmetric.writeFloats(matrices);
        }
        Command.Outcome outcome = Command.run("sense", matrices, values, "--psd", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(symmetric.error(out)).isLessThan(floats ? 1e-5 : 1e-8);
        assertThat(FactorFiles.read(out).left().toArray())
                .isEqualTo(FactorFiles.read(out).right().toArray());
    }

    @Test
    void heldOutMeasurementsWatchTheError() throws IOException {
        Command.Outcome outcome = Command.run("sense", matrices, values, "--hold-out", "0.1", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Command.json(out.resolve("result.json")).get("heldOutError").asDouble())
                .isBetween(0.0, 1e-6);
        assertThat(Files.readAllLines(out.resolve("trace.csv")).get(1).split(",", -1)[4])
                .isNotEmpty();
        assertThat(outcome.out()).contains("held-out error");
    }

    @Test
    void pureNoiseHasTheAnswerThatThereIsNoSignal() {
        Npy.write(values, Problem.gaussian(1, 300, new Random(1)).data(), 300);
        Command.Outcome outcome = Command.run("sense", matrices, values, "--rank", "auto", "--out", out);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("No low-rank signal");
        assertThat(Command.json(out.resolve("result.json")).get("effectiveRank").asInt())
                .isZero();
        assertThat(FactorFiles.read(out).rows()).isEqualTo(12);
    }

    @Test
    void aRunThatDoesNotConvergeStillWritesItsResults() {
        Command.Outcome outcome =
                Command.run("sense", matrices, values, "--rank", 2, "--max-iterations", 2, "--out", out);
        assertThat(outcome.code()).isEqualTo(3);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("termination").get("rule").stringValue()).isEqualTo("iteration-limit");
        assertThat(result.get("iterations").asInt()).isEqualTo(2);
        assertThat(out.resolve("left.npy")).exists();
    }

    @Test
    void timeLimitEndsTheRun() {
        Command.Outcome outcome =
                Command.run("sense", matrices, values, "--rank", 2, "--time-limit", "0s", "--out", out);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(Command.json(out.resolve("result.json"))
                        .get("termination")
                        .get("rule")
                        .stringValue())
                .isEqualTo("time-limit");
    }

    @Test
    void tooFewMeasurementsAreWarnedAbout() {
        Problem few = Problem.of(12, 9, 2, 30, false);
        few.write(folder);
        Command.Outcome outcome = Command.run("sense", matrices, values, "--rank", 2, "--out", out);
        assertThat(outcome.err()).contains("30 measurements are fewer than the 38 free parameters");
        assertThat(Command.json(out.resolve("result.json")).get("warnings").toString())
                .contains("fewer than the 38");
    }

    @Test
    void jsonPrintsOneObjectAndQuietPrintsNothing() {
        Command.Outcome json = Command.run("sense", matrices, values, "--json");
        assertThat(Json.mapper().readTree(json.out()).get("effectiveRank").asInt())
                .isEqualTo(2);
        assertThat(Command.run("sense", matrices, values, "--quiet", "--out", out)
                        .out())
                .isEmpty();
        assertThat(out.resolve("left.npy")).exists();
    }

    @Test
    void theSummarySaysRankErrorEndAndWhere() {
        Command.Outcome outcome = Command.run("sense", matrices, values, "--out", out);
        assertThat(outcome.out())
                .contains("300 measurements of a 12x9 matrix", "Rank 2", "relative residual", "within the tolerance")
                .contains(out.toString());
    }

    @Test
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads() throws IOException {
        Path other = folder.resolve("other");
        Command.run("sense", matrices, values, "--seed", 3, "--threads", 1, "--out", out);
        Command.run("sense", matrices, values, "--seed", 3, "--threads", 3, "--out", other);
        assertThat(Files.readAllBytes(other.resolve("left.npy")))
                .isEqualTo(Files.readAllBytes(out.resolve("left.npy")));
    }

    @Test
    void aTierCanBeForced() {
        Command.run("sense", matrices, values, "--tier", "vector", "--out", out);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("tier").stringValue()).isEqualTo("vector");
        assertThat(result.get("tierReason").stringValue()).isEqualTo("--tier names it");
        assertThat(PROBLEM.error(out)).isLessThan(1e-8);
    }

    @Test
    void aSmallProblemIsSolvedInPlainJava() {
        Command.run("sense", matrices, values, "--out", out);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("tier").stringValue()).isEqualTo("reference");
        assertThat(result.get("tierReason").stringValue()).startsWith("the problem is small");
        assertThat(result.get("warnings").isEmpty()).isTrue();
    }
}

package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyType;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j compress} writes and refuses. */
class CompressCommandTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 30;

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private final Matrix x =
            new Factors(Problem.gaussian(ROWS, 3, random), Problem.gaussian(COLUMNS, 3, random)).toMatrix();

    private Path written() {
        Path file = folder.resolve("X.npy");
        Npy.write(file, x.toArray(), ROWS, COLUMNS);
        return file;
    }

    /** As the help says: low + step·codes. */
    private static Matrix factor(Path out, JsonNode result, String side) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray codes = Npy.read(out.resolve(side + "-codes.npy"), arena);
            assertThat(codes.type()).isEqualTo(NpyType.UINT8);
            double[] values = codes.toDoubles();
            for (int k = 0; k < values.length; k++) {
                values[k] = result.get(side).get("low").asDouble()
                        + result.get(side).get("step").asDouble() * values[k];
            }
            return Matrix.wrap(values, (int) codes.shape()[0], (int) codes.shape()[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lplr", "lplr-svd"})
    void theFilesGiveTheMatrixBackAsCloselyAsTheySay(String algorithm) {
        Path out = folder.resolve("out");
        Command.Outcome outcome =
                Command.run("compress", written(), "--rank", 3, "--algorithm", algorithm, "--seed", 5, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode result = Command.json(out.resolve("result.json"));
        Factors found = new Factors(factor(out, result, "left"), factor(out, result, "right"));
        double error = Problem.distance(found, x);
        assertThat(error)
                .isLessThan(0.3)
                .isCloseTo(result.get("relativeResidual").asDouble(), within(1e-12));
        assertThat(result.get("bitsPerEntry").asDouble())
                .isEqualTo(8 * 3 * (ROWS + COLUMNS) / (double) (ROWS * COLUMNS));
        assertThat(result.get("seed").asLong()).isEqualTo(5);
        assertThat(out.toFile().list()).containsExactlyInAnyOrder("left-codes.npy", "right-codes.npy", "result.json");
    }

    @Test
    void theLargestRankWithinTheBitsIsTaken() {
        Path out = folder.resolve("out");
        Command.run("compress", written(), "--bits-per-entry", "0.5", "--bits", 4, "--out", out);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("rank").asInt()).isEqualTo(2);
        assertThat(result.get("bitsPerEntry").asDouble()).isBetween(0.25, 0.5);
        assertThat(result.get("left").get("bits").asInt()).isEqualTo(4);
    }

    @Test
    void whatCannotBeIsRefused() {
        Path out = folder.resolve("out");
        Command.Outcome tooHigh = Command.run("compress", written(), "--rank", 31, "--out", out);
        assertThat(tooHigh.code()).isEqualTo(4);
        assertThat(tooHigh.err()).contains("--rank is 31", "from 1 to min(n1, n2) = 30");
        Command.Outcome tooFew = Command.run("compress", written(), "--bits-per-entry", "0.1", "--out", out);
        assertThat(tooFew.code()).isEqualTo(4);
        assertThat(tooFew.err()).contains("bits per entry are 0.1", "a rank of 1 takes 0.46");
        assertThat(out).doesNotExist();
    }
}

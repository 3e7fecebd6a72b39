package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j spectrum} writes and refuses. */
class SpectrumCommandTest {
    private static final int SAMPLES = 127;
    private static final double[] FREQUENCY = {-0.31, 0.07, 0.2};
    private static final double[] DAMPING = {0, 0.01, 0};
    private static final double[] AMPLITUDE = {3, 2, 1};

    @TempDir
    private Path folder;

    /** Real and imaginary part of each in turn. */
    private static double[] signal() {
        double[] pairs = new double[2 * SAMPLES];
        for (int t = 0; t < SAMPLES; t++) {
            for (int k = 0; k < FREQUENCY.length; k++) {
                double size = AMPLITUDE[k] * Math.exp(-DAMPING[k] * t);
                pairs[2 * t] += size * Math.cos(0.5 + 2 * Math.PI * FREQUENCY[k] * t);
                pairs[2 * t + 1] += size * Math.sin(0.5 + 2 * Math.PI * FREQUENCY[k] * t);
            }
        }
        return pairs;
    }

    private Path written(double[] real) {
        Path file = folder.resolve("signal.npy");
        Npy.write(file, real, real.length);
        return file;
    }

    @Test
    void aComplexSignalIsCompletedAndTakenApart() throws IOException {
        double[] truth = signal();
        double[] seen = truth.clone();
        Random random = new Random(1);
        for (int t = 0; t < SAMPLES; t++) {
            if (random.nextBoolean()) {
                seen[2 * t] = Double.NaN;
                seen[2 * t + 1] = Double.NaN;
            }
        }
        Path file = folder.resolve("signal.npy");
        Npy.write(file, NpyArray.ofPairs(seen, SAMPLES));
        Path out = folder.resolve("result");
        Command.Outcome outcome = Command.run("spectrum", file, "--out", out, "--seed", 3);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("3 exponentials in 127 samples", "frequency -0.310000000");
        try (Arena arena = Arena.ofConfined()) {
            assertThat(Npy.read(out.resolve("signal.npy"), arena).toPairs()).containsExactly(truth, within(1e-7));
        }
        List<String> lines = Files.readAllLines(out.resolve("exponentials.csv"));
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).isEqualTo("frequency,damping,amplitude,phase");
        for (int k = 0; k < FREQUENCY.length; k++) {
            double[] fields = Arrays.stream(lines.get(k + 1).split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(fields)
                    .containsExactly(new double[] {FREQUENCY[k], DAMPING[k], AMPLITUDE[k], 0.5}, within(1e-7));
        }
        JsonNode json = Command.json(out.resolve("result.json"));
        assertThat(json.path("rank").asInt()).isEqualTo(3);
        assertThat(json.path("seed").asInt()).isEqualTo(3);
        assertThat(json.path("termination").path("rule").asString()).isEqualTo("residual-tolerance");
        assertThat(json.path("files").toString()).contains("signal.npy", "exponentials.csv", "trace.csv");
    }

    @Test
    void aRealSignalStaysReal() {
        double[] pairs = signal();
        double[] truth = new double[SAMPLES];
        Arrays.setAll(truth, t -> pairs[2 * t]);
        double[] seen = truth.clone();
        Random random = new Random(2);
        for (int t = 0; t < SAMPLES; t++) {
            seen[t] = random.nextDouble() < 0.4 ? Double.NaN : seen[t];
        }
        Path out = folder.resolve("result");
        Command.Outcome outcome = Command.run("spectrum", written(seen), "--rank", 6, "--json", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("\"rank\" : 6");
        try (Arena arena = Arena.ofConfined()) {
            assertThat(Npy.read(out.resolve("signal.npy"), arena).toDoubles()).containsExactly(truth, within(1e-7));
        }
    }

    @Test
    void anEndBeforeConvergenceHasItsCode() {
        double[] pairs = signal();
        double[] real = new double[SAMPLES];
        Arrays.setAll(real, t -> pairs[2 * t] + (t % 3 == 0 ? Double.NaN : 0));
        Command.Outcome outcome = Command.run("spectrum", written(real), "--max-iterations", 3);
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out()).contains("allowed 3 iterations");
    }

    @Test
    void whatIsNoSignalIsRefusedAndNothingIsWritten() {
        Path out = folder.resolve("result");
        Path square = folder.resolve("square.npy");
        Npy.write(square, new double[16], 4, 4);
        refused(Command.run("spectrum", square, "--out", out), "square.npy", "one dimension");
        refused(
                Command.run("spectrum", written(new double[] {1, 2, Double.NaN, 3}), "--out", out),
                "signal.npy",
                "3 of 4 samples are observed");
        refused(
                Command.run("spectrum", written(new double[] {1, 2, 3, 4, Double.POSITIVE_INFINITY}), "--out", out),
                "sample 4 is infinite");
        refused(
                Command.run("spectrum", written(new double[] {1, 2, 3, 4, 5, 6, 7}), "--rank", 4, "--out", out),
                "--rank is 4",
                "at most 3 exponentials");
        refused(Command.run("spectrum", folder.resolve("absent.npy"), "--out", out), "absent.npy");
        assertThat(out).doesNotExist();
    }

    private static void refused(Command.Outcome outcome, String... words) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.err()).contains(words);
    }
}

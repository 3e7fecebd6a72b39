package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code lowrank4j sense --hermitian}: what it reads, writes and refuses. */
class SenseHermitianTest {
    private static final int COUNT = 160;
    private static final int N = 16;

    @TempDir
    private Path folder;

    private final Random random = new Random(1);
    private final Matrix real = Problem.gaussian(COUNT, N, random);
    private final Matrix imaginary = Problem.gaussian(COUNT, N, random);
    private final HermitianFactors truth =
            new HermitianFactors(Problem.gaussian(N, 1, random), Problem.gaussian(N, 1, random));
    private Path vectors;
    private Path values;
    private Path out;

    @BeforeEach
    void write() {
        vectors = folder.resolve("a.npy");
        values = folder.resolve("y.npy");
        out = folder.resolve("out");
        Npy.write(vectors, array());
        double[] intensities = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double re = 0;
            double im = 0;
            for (int j = 0; j < N; j++) {
                double a = real.get(i, j);
                double b = imaginary.get(i, j);
                double p = truth.real().get(j, 0);
                double q = truth.imaginary().get(j, 0);
                re += a * p + b * q;
                im += a * q - b * p;
            }
            intensities[i] = re * re + im * im;
        }
        Npy.write(values, intensities, COUNT);
    }

    private NpyArray array() {
        double[] pairs = new double[2 * COUNT * N];
        for (int k = 0; k < COUNT * N; k++) {
            pairs[2 * k] = real.data()[k];
            pairs[2 * k + 1] = imaginary.data()[k];
        }
        return NpyArray.ofPairs(pairs, COUNT, N);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVectorIsFoundUpToItsPhase(boolean archive) {
        Path file = archive ? folder.resolve("a.npz") : vectors;
        if (archive) {
            Npz.write(file, Map.of("left", array()));
        }
        Command.Outcome outcome = Command.run("sense", file, values, "--hermitian", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        HermitianFactors found =
                HermitianFactors.ofStacked(HermitianFiles.readFactor(out).left());
        assertThat(found.rank()).isEqualTo(1);
        assertThat(found.realMatrix().data()).containsExactly(truth.realMatrix().data(), within(1e-6 * truth.trace()));
        assertThat(found.imaginaryMatrix().data())
                .containsExactly(truth.imaginaryMatrix().data(), within(1e-6 * truth.trace()));
        JsonNode json = Command.json(out.resolve("result.json"));
        assertThat(json.path("rows").asInt()).isEqualTo(N);
        assertThat(json.path("trace").asDouble()).isCloseTo(truth.trace(), within(1e-6 * truth.trace()));
    }

    @Test
    void theTraceIsScaledWhereAskedFor() {
        Command.run("sense", vectors, values, "--hermitian", "--trace-one", "--out", out);
        JsonNode json = Command.json(out.resolve("result.json"));
        assertThat(json.path("trace").asDouble()).isCloseTo(1, within(1e-12));
        assertThat(json.path("fittedTrace").asDouble()).isCloseTo(truth.trace(), within(1e-6 * truth.trace()));
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsWritten() {
        refused(4, Command.run("sense", values, values, "--hermitian", "--out", out), "m x n vectors");
        Npz.write(folder.resolve("two.npz"), Map.of("left", array(), "weights", NpyArray.of(new double[COUNT], COUNT)));
        refused(
                4,
                Command.run("sense", folder.resolve("two.npz"), values, "--hermitian", "--out", out),
                "weights",
                "left alone is expected");
        Npz.write(folder.resolve("left.npz"), Map.of("left", array()));
        refused(
                4,
                Command.run("sense", folder.resolve("left.npz"), values, "--psd", "--out", out),
                "left is complex",
                "--hermitian");
        imaginary.set(3, 2, Double.NaN);
        Npy.write(vectors, array());
        refused(4, Command.run("sense", vectors, values, "--hermitian", "--out", out), "NaN at (3, 2)");
        refused(
                2,
                Command.run("sense", vectors, values, "--hermitian", "--psd"),
                "--psd does not apply with --hermitian");
        refused(2, Command.run("sense", vectors, values, "--hermitian", "--pauli"), "only one applies");
        assertThat(out).doesNotExist();
    }

    private static void refused(int code, Command.Outcome outcome, String... words) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).contains(words);
    }
}

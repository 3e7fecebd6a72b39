package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyType;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.HermitianFactors;
import lowrank4j.matrix.Matrix;
import lowrank4j.sensing.PauliSensing;
import lowrank4j.sensing.PauliStrings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code lowrank4j sense --pauli}: what it reads, writes and refuses. */
class SensePauliTest {
    private static final PauliStrings STRINGS = PauliStrings.random(4, 150, new Random(1));

    /** (|0000> + i|1111>)/√2, of which half the trace was lost. */
    private static final HermitianFactors STATE = state();

    @TempDir
    private Path folder;

    private Path strings;
    private Path values;
    private Path out;

    private static HermitianFactors state() {
        Matrix real = Matrix.zeros(16, 1);
        Matrix imaginary = Matrix.zeros(16, 1);
        real.set(0, 0, 0.5);
        imaginary.set(15, 0, 0.5);
        return new HermitianFactors(real, imaginary);
    }

    @BeforeEach
    void write() {
        strings = folder.resolve("strings.txt");
        values = folder.resolve("y.npy");
        out = folder.resolve("out");
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < STRINGS.count(); i++) {
            labels.add(STRINGS.label(i));
        }
        writeText(String.join("\n", labels) + "\n");
        double[] means = new double[STRINGS.count()];
        try (Engine engine = Engine.open()) {
            new PauliSensing(STRINGS, engine).forward(Factors.symmetric(STATE.stacked()), means);
        }
        Npy.write(values, means, means.length);
    }

    private void writeText(String text) {
        Problem.write(strings, text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] codes() {
        byte[] codes = new byte[4 * STRINGS.count()];
        for (int c = 0; c < codes.length; c++) {
            codes[c] = (byte) "IXYZ".indexOf(STRINGS.label(c / 4).charAt(c % 4));
        }
        return codes;
    }

    private void writeCodes(byte[] codes, long... shape) {
        strings = folder.resolve("strings.npy");
        Npy.write(strings, NpyArray.of(NpyType.UINT8, MemorySegment.ofArray(codes), shape));
    }

    private static HermitianFactors written(Path folder) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray left = Npy.read(folder.resolve("left.npy"), arena);
            assertThat(left.type()).isEqualTo(NpyType.COMPLEX128);
            assertThat(left.shape()).containsExactly(16, 1);
        }
        return HermitianFactors.ofStacked(HermitianFiles.readFactor(folder).left());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStateIsRecoveredFromLettersAndFromNumbers(boolean numbers) {
        if (numbers) {
            writeCodes(codes(), STRINGS.count(), 4);
        }
        Command.Outcome outcome = Command.run("sense", strings, values, "--pauli", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("150 Pauli strings on a state of 4 qubits", "Rank 1,");
        HermitianFactors found = written(out);
        assertThat(found.realMatrix().data()).containsExactly(STATE.realMatrix().data(), within(1e-8));
        assertThat(found.imaginaryMatrix().data())
                .containsExactly(STATE.imaginaryMatrix().data(), within(1e-8));
        assertThat(out.resolve("right.npy")).doesNotExist();
        JsonNode json = Command.json(out.resolve("result.json"));
        assertThat(json.get("effectiveRank").asInt()).isEqualTo(1);
        assertThat(json.get("rows").asInt()).isEqualTo(16);
        assertThat(json.get("trace").asDouble()).isCloseTo(0.5, within(1e-8));
        assertThat(json.get("purity").asDouble()).isCloseTo(1, within(1e-8));
        assertThat(json.get("eigenvalues").get(0).asDouble()).isCloseTo(0.5, within(1e-8));
    }

    @Test
    void theTraceIsOneWhereAskedFor() {
        Command.Outcome outcome = Command.run("sense", strings, values, "--pauli", "--trace-one", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(written(out).trace()).isCloseTo(1, within(1e-12));
        JsonNode json = Command.json(out.resolve("result.json"));
        assertThat(json.get("trace").asDouble()).isCloseTo(1, within(1e-12));
        assertThat(json.get("fittedTrace").asDouble()).isCloseTo(0.5, within(1e-8));
    }

    @Test
    void aRunGoesOnFromAnEarlierOne() {
        Command.run("sense", strings, values, "--pauli", "--tolerance", "1e-3", "--out", out);
        Path later = folder.resolve("later");
        Command.Outcome outcome = Command.run("sense", strings, values, "--pauli", "--warm-start", out, "--out", later);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Command.json(later.resolve("result.json")).get("iterations").asInt())
                .isPositive();
        assertThat(written(later).fidelity(STATE)).isCloseTo(1, within(1e-10));
    }

    private void assertRefused(int code, String option, String... words) {
        Command.Outcome outcome = option.isEmpty()
                ? Command.run("sense", strings, values, "--pauli", "--out", out)
                : Command.run("sense", strings, values, "--pauli", "--out", out, option);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).contains(words).doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "XX\\nXQ\\n         | line 2: 'XQ' holds 'Q'",
                "XX\\n-XZ\\n        | line 2: '-XZ' holds '-'; only the letters I, X, Y and Z are allowed, without sign",
                "XX\\nXZY\\n        | line 2: 'XZY' has 3 letters, but the first string has 2",
                "XX\\n\\nXZ\\n      | line 2 is blank",
                "XXXXXXXXXXXXXXXX\\n | line 1: Pauli strings of 16 letters; from 1 to 15 are possible",
                "XX\\nXZ\\n         | y.npy: has the shape (150,), but {} has 2 Pauli strings",
            })
    void badTextIsPlaced(String text, String words) {
        writeText(text.replace("\\n", "\n"));
        assertRefused(4, "", words.replace("{}", strings.toString()));
    }

    @Test
    void badNumbersArePlaced() {
        byte[] codes = codes();
        codes[4 * 7 + 2] = 9;
        writeCodes(codes, STRINGS.count(), 4);
        assertRefused(4, "", "strings.npy: element (7, 2) is 9; 0 to 3");
        writeCodes(codes(), STRINGS.count(), 2, 2);
        assertRefused(4, "", "strings.npy: has the shape (150, 2, 2)");
        writeCodes(new byte[0], 0, 4);
        assertRefused(4, "", "holds no Pauli strings");
        Npy.write(strings, new double[8], 2, 4);
        assertRefused(4, "", "FLOAT64", "m x k integers");
    }

    @Test
    void whatDoesNotApplyIsRefused() {
        assertRefused(2, "--psd", "--psd does not apply with --pauli");
        assertRefused(4, "--rank=17", "rank is 17", "from 1 to min(n1, n2) = 16");
        Command.Outcome outcome = Command.run("sense", strings, values, "--trace-one");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--trace-one is for --pauli and --hermitian");
        strings = folder.resolve("nowhere.txt");
        assertRefused(4, "", "nowhere.txt", "there is no such file");
        strings = folder.resolve("empty.txt");
        writeText("");
        assertRefused(4, "", "holds no Pauli strings");
    }
}

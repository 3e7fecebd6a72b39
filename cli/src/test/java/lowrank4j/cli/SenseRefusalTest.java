package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data that {@code lowrank4j sense} cannot use: said clearly, with nothing written. */
class SenseRefusalTest {
    private static final Problem PROBLEM = Problem.of(6, 5, 1, 100, false);

    @TempDir
    private Path folder;

    private Path matrices;
    private Path values;

    @BeforeEach
    void write() {
        PROBLEM.write(folder);
        matrices = folder.resolve("A.npy");
        values = folder.resolve("y.npy");
    }

    private void assertRefused(String[] options, String... words) {
        Path out = folder.resolve("out");
        Object[] arguments = new Object[options.length + 5];
        System.arraycopy(new Object[] {"sense", matrices, values, "--out", out}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        Command.Outcome outcome = Command.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.err()).contains(words).doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
        assertThat(out).doesNotExist();
    }

    private void assertRefused(String... words) {
        assertRefused(new String[0], words);
    }

    @Test
    void shapesThatDoNotFitAreNamedBoth() {
        Npy.write(values, Arrays.copyOf(PROBLEM.observed(), 99), 99);
        assertRefused("A.npy has the shape (100, 6, 5)", "y.npy the shape (99,)");
    }

    @Test
    void otherNumbersOfDimensionsAreRefused() {
        Npy.write(values, PROBLEM.observed(), 100, 1);
        assertRefused("y.npy the shape (100, 1)");
        PROBLEM.write(folder);
        Npy.write(matrices, PROBLEM.measurements(), 100, 30);
        assertRefused("A.npy has the shape (100, 30)");
    }

    @Test
    void matricesOfASizeThatCannotBeSquaredAreRefusedWithWhatCan() {
        double[] tiny =
                Arrays.stream(PROBLEM.measurements()).map(v -> 1e-200 * v).toArray();
        Npy.write(matrices, tiny, 100, 6, 5);
        assertRefused("A.npy: the largest magnitude is", "from 1.0E-150 to 1.0E150");
    }

    @Test
    void nothingIsNotMeasured() {
        Npy.write(matrices, new double[0], 0, 6, 5);
        Npy.write(values, new double[0], 0);
        assertRefused("(0, 6, 5)", "nothing is measured");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity"})
    void aMeasuredValueThatIsNotFiniteIsPlaced(double value, String text) {
        double[] bad = PROBLEM.observed().clone();
        bad[3] = value;
        Npy.write(values, bad, 100);
        assertRefused("y.npy: element 3 is " + text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aMeasurementThatIsNotFiniteIsPlaced(double value) {
        double[] bad = PROBLEM.measurements().clone();
        bad[17 * 30 + 2 * 5 + 4] = value;
        Npy.write(matrices, bad, 100, 6, 5);
        assertRefused("A.npy: measurement 17 holds " + value + " at (2, 4)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSymmetricMeasurementThatIsNotFiniteIsPlaced(boolean floats) {
        Problem square = Problem.of(5, 5, 1, 50, true);
        square.measurements()[40 * 25 + 3 * 5 + 1] = Double.NaN;
        square.write(folder);
        if (floats) {
            square.writeFloats(matrices);
        }
        assertRefused(new String[] {"--psd"}, "measurement 40 holds NaN at (3, 1)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e200, 1e-200})
    void valuesWhoseSquaresOverflowOrVanishAreRefused(double scale) {
        double[] scaled = Arrays.stream(PROBLEM.observed()).map(y -> y * scale).toArray();
        Npy.write(values, scaled, 100);
        assertRefused("y.npy: the largest magnitude is", "scale the values");
    }

    @Test
    void integersAreNoMeasurementMatrices() {
        Npy.write(matrices, NpyArray.of(new int[3000], 100, 6, 5));
        assertRefused("A.npy", "INT32", "float32 and float64");
    }

    @Test
    void measurementMatricesOfZerosMeasureNothing() {
        Npy.write(matrices, new double[3000], 100, 6, 5);
        assertRefused("zero");
    }

    @Test
    void symmetricMatricesAreSquare() {
        assertRefused(new String[] {"--psd"}, "(100, 6, 5)", "square");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "6"})
    void aRankThatTheMatrixCannotHaveIsRefused(String rank) {
        assertRefused(new String[] {"--rank", rank}, "--rank is " + rank, "from 1 to min(n1, n2) = 5", "6x5");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        Problem.write(matrices, Arrays.copyOf(Files.readAllBytes(matrices), 900));
        assertRefused("A.npy", "truncated");
    }

    @Test
    void aFileOfAnotherKindIsRefused() {
        Problem.write(matrices, "1,2,3\n".getBytes(StandardCharsets.US_ASCII));
        assertRefused("A.npy", "plain text");
    }

    @Test
    void anEmptyFileAndAMissingOneAreRefused() {
        Problem.write(values, new byte[0]);
        assertRefused("y.npy", "empty");
        values = folder.resolve("nowhere.npy");
        assertRefused("nowhere.npy", "no such file");
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheDataAreRead() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path out : new Path[] {file, file.resolve("below")}) {
            Command.Outcome outcome = Command.run("sense", folder.resolve("missing.npy"), values, "--out", out);
            assertThat(outcome.code()).isEqualTo(4);
            assertThat(outcome.err()).contains("--out " + out).doesNotContain("missing.npy");
        }
    }
}

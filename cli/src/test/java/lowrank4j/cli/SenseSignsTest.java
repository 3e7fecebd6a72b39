package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.io.NpyArray;
import lowrank4j.io.NpyType;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SignRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lowrank4j sense --signs}: measurement matrices of +1 and -1 in one bit each. */
class SenseSignsTest {
    private static final int COUNT = 400;

    @TempDir
    private Path folder;

    /** Writes signs.npy and y.npy, and returns the matrix that was measured. */
    private Matrix write(int n1, int n2, boolean symmetric) {
        Random random = new Random(9);
        Matrix left = Problem.gaussian(n1, 2, random);
        Matrix truth = new Factors(left, symmetric ? left : Problem.gaussian(n2, 2, random)).toMatrix();
        int width = symmetric ? n1 * (n1 + 1) / 2 : n1 * n2;
        SignRows rows = SignRows.random(Arena.ofAuto(), COUNT, width, 3);
        double[] observed = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            for (int a = 0, k = 0; a < n1; a++) {
                for (int b = symmetric ? a : 0; b < n2; b++, k++) {
                    observed[i] += rows.get(i, k) * truth.get(a, b) * (symmetric && a != b ? 2 : 1);
                }
            }
        }
        write(rows);
        Npy.write(folder.resolve("y.npy"), observed, COUNT);
        return truth;
    }

    private void write(SignRows rows) {
        NpyArray packed = NpyArray.of(NpyType.UINT8, rows.segment(), rows.count(), SignRows.rowBytes(rows.width()));
        Npy.write(folder.resolve("signs.npy"), packed);
    }

    private Command.Outcome sense(Object... options) {
        Object[] arguments = new Object[options.length + 5];
        System.arraycopy(
                new Object[] {
                    "sense", folder.resolve("signs.npy"), folder.resolve("y.npy"), "--out", folder.resolve("out")
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return Command.run(arguments);
    }

    private void assertRefused(Command.Outcome outcome, String... words) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.err()).contains(words).doesNotContain("\tat ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsTheMatrixToldNothing(boolean symmetric) {
        Matrix truth = write(11, symmetric ? 11 : 9, symmetric);
        Command.Outcome outcome = symmetric ? sense("--signs", "11x11", "--psd") : sense("--signs", "11x9");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Matrix found = factors().toMatrix();
        for (int k = 0; k < truth.data().length; k++) {
            assertThat(found.data()[k]).isCloseTo(truth.data()[k], within(1e-6));
        }
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains(symmetric ? "signs in 3600 bytes" : "signs in 5200 bytes");
    }

    private Factors factors() {
        return FactorFiles.read(folder.resolve("out"));
    }

    @Test
    void rowsOfAnotherLengthAreRefused() {
        write(11, 9, false);
        assertRefused(
                sense("--signs", "11x10"), "signs.npy: a row has 13 bytes", "110 signs of 11x10 matrices take 14");
        assertRefused(sense("--signs", "11x11", "--psd"), "66 signs of symmetric 11x11", "take 9", "upper triangles");
        assertRefused(sense("--signs", "11x9", "--psd"), "--signs says 11x9; --psd needs square");
        assertRefused(sense("--signs", "70000x70000"), "70000x70000 matrices have 4900000000 signs each");
    }

    @Test
    void bitsBeyondTheLastSignAreRefused() {
        write(11, 9, false);
        SignRows rows = SignRows.random(Arena.ofAuto(), COUNT, 99, 3);
        rows.segment().set(ValueLayout.JAVA_BYTE, 13 * 8 - 1, (byte) 1);
        write(rows);
        assertRefused(sense("--signs", "11x9"), "signs.npy: row 7 has bits set beyond the 99 signs of 11x9 matrices");
    }

    @Test
    void otherNumbersAreRefused() {
        write(11, 9, false);
        Path signs = folder.resolve("signs.npy");
        Npy.write(signs, new double[COUNT * 13], COUNT, 13);
        assertRefused(sense("--signs", "11x9"), "signs.npy: holds FLOAT64", "numpy.packbits(A > 0, axis=1)");
        try (Arena arena = Arena.ofConfined()) {
            Npy.write(signs, NpyArray.of(NpyType.UINT8, arena.allocate(13L * COUNT), COUNT, 13, 1));
            assertRefused(sense("--signs", "11x9"), "signs.npy has the shape (400, 13, 1)", "m rows of packed signs");
            Npy.write(signs, NpyArray.of(NpyType.UINT8, arena.allocate(13L * 399), 399, 13));
            assertRefused(sense("--signs", "11x9"), "399 rows of signs, but 400 values");
            Npy.write(signs, NpyArray.of(NpyType.UINT8, arena.allocate(0), 0, 13));
            Npy.write(folder.resolve("y.npy"), new double[0], 0);
            assertRefused(sense("--signs", "11x9"), "nothing is measured");
        }
        assertThat(sense("--signs", "11").code()).isEqualTo(2);
    }
}

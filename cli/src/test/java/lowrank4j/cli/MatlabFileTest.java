package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;

/** Matrices from MATLAB files: written by another program's library, and SciPy's collection of files, where that is installed. */
class MatlabFileTest {
    private static final Path COLLECTION = Path.of("/usr/lib/python3/dist-packages/scipy/io/matlab/tests/data");

    @TempDir
    private Path folder;

    private Path write(String name, MatFile content) throws IOException {
        return Mat5.writeToFile(content, folder.resolve(name).toString()).toPath();
    }

    /** (i + 1)(j + 1), with NaN at every third place where asked for. */
    private static Matrix product(int rows, int columns, boolean holes) {
        Matrix matrix = Mat5.newMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.setDouble(i, j, holes && (i + j) % 3 == 0 ? Double.NaN : (i + 1.0) * (j + 1));
            }
        }
        return matrix;
    }

    @Test
    void aFullMatrixIsApproximated() throws IOException {
        Path file = write(
                "x.mat", Mat5.newMatFile().addArray("x", product(6, 4, false)).addArray("note", Mat5.newString("n")));
        Path out = folder.resolve("out");
        assertThat(Command.run("approximate", file, "--rank", 1, "--out", out).code())
                .isZero();
        try (Arena arena = Arena.ofConfined()) {
            // ‖(1 … 6)‖·‖(1 … 4)‖ = √91·√30.
            assertThat(Npy.read(out.resolve("s.npy"), arena).toDoubles()[0])
                    .isCloseTo(Math.sqrt(91 * 30), within(1e-12));
        }
    }

    @Test
    void whatIsNaNIsMissingToCompletion() throws IOException {
        Path file = write("x.mat", Mat5.newMatFile().addArray("x", product(12, 9, true)));
        Command.Outcome run = Command.run("complete", file, "--rank", 1, "--algorithm", "scaled-gd");
        assertThat(run.out()).contains("72 entries of a 12x9 matrix");
        assertThat(run.code()).isZero();
        assertThat(Command.run("approximate", file, "--rank", 1).err()).contains("the entry at (0, 0) is NaN");
    }

    @Test
    void aVariableOfSeveralIsChosenByName() throws IOException {
        Path file = write(
                "x.mat",
                Mat5.newMatFile().addArray("first", product(3, 4, false)).addArray("second", product(5, 4, false)));
        Command.Outcome unnamed = Command.run("approximate", file, "--rank", 1);
        assertThat(unnamed.code()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(unnamed.err())
                .contains("2 real matrices")
                .contains("first (3x4 double)")
                .contains("--variable");
        assertThat(Command.run("approximate", file, "--rank", 1, "--variable", "second")
                        .out())
                .contains("5x4");
        assertThat(Command.run("approximate", file, "--rank", 1, "--variable", "third")
                        .err())
                .contains("has no variable third")
                .contains("second (5x4 double)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--skip-malformed=1", "--columns=a,b,c", "--ids=one-based", "--duplicates=last", "--shape=9x9"})
    void optionsOfOtherFormatsAreRefused(String option) throws IOException {
        Path file = write("x.mat", Mat5.newMatFile().addArray("x", product(3, 4, false)));
        Command.Outcome run = Command.run("complete", file, option);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(option.substring(0, option.indexOf('='))).contains("MATLAB");
    }

    @Test
    void aVariableIsOfAMatlabFileOnly() throws IOException {
        Path csv = Files.writeString(folder.resolve("x.csv"), "a,b,1\nb,a,2\n");
        assertThat(Command.run("complete", csv, "--variable", "x").code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "testsparse_6.5.1_GLNX86.mat",
                "testsparse_7.1_GLNX86.mat",
                "testsparse_7.4_GLNX86.mat",
                "testsparse_6.1_SOL2.mat"
            })
    void aSparseMatrixKnowsWhatItStores(String name) {
        assumeTrue(Files.isDirectory(COLLECTION));
        Command.Outcome run = Command.run("complete", COLLECTION.resolve(name), "--rank", 1, "--max-iterations", 1);
        assertThat(run.out()).contains("7 entries of a 3x5 matrix");
        assertThat(Command.run("approximate", COLLECTION.resolve(name), "--rank", 1)
                        .code())
                .isZero();
    }

    /** Many are malformed on purpose; none may end otherwise than read or refused in a sentence that names the file. */
    @Test
    void theWholeCollectionIsReadOrRefused() throws IOException {
        assumeTrue(Files.isDirectory(COLLECTION));
        List<Path> files;
        try (Stream<Path> all = Files.list(COLLECTION)) {
            files = all.filter(file -> file.toString().endsWith(".mat"))
                    .sorted()
                    .toList();
        }
        int read = 0;
        for (Path file : files) {
            Command.Outcome run = Command.run("approximate", file, "--rank", 1);
            assertThat(run.err()).doesNotContain("\tat ");
            assertThat(run.code()).as(file + ": " + run.err()).isIn(0, ExitCode.BAD_DATA);
            if (run.code() != 0) {
                assertThat(run.err()).contains(file.toString());
            }
            read += run.code() == 0 ? 1 : 0;
        }
        assertThat(read).isBetween(20, files.size() - 20);
    }

    @Test
    void damageIsSaidInASentence() throws IOException {
        byte[] sound = Files.readAllBytes(write(
                "x.mat", Mat5.newMatFile().addArray("x", product(30, 20, false)).addArray("y", Mat5.newScalar(2))));
        Random random = new Random(7);
        int refused = 0;
        for (int trial = 0; trial < 100; trial++) {
            byte[] damaged =
                    trial % 2 == 0 ? Arrays.copyOf(sound, 130 + random.nextInt(sound.length - 130)) : sound.clone();
            for (int k = 0; k < 3 && trial % 2 == 1; k++) {
                damaged[124 + random.nextInt(100)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.mat"), damaged);
            Command.Outcome run = Command.run("approximate", file, "--variable", "x", "--rank", 1, "--quiet");
            assertThat(run.err()).doesNotContain("\tat ");
            assertThat(run.code()).as(run.err()).isIn(0, ExitCode.BAD_DATA, ExitCode.ENVIRONMENT);
            refused += run.code() == 0 ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(60);
    }
}

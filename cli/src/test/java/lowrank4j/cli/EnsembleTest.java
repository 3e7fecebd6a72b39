package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import lowrank4j.io.Npy;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measuring with matrices that stand in no file, and recovering from a seed and what was measured. */
class EnsembleTest {
    @TempDir
    private Path folder;

    private Path left;
    private Path right;
    private Path values;
    private Path out;

    @BeforeEach
    void write() {
        left = folder.resolve("left.npy");
        right = folder.resolve("right.npy");
        values = folder.resolve("y.npy");
        out = folder.resolve("out");
        Random random = new Random(1);
        Npy.write(left, Problem.gaussian(14, 2, random).data(), 14, 2);
        Npy.write(right, Problem.gaussian(9, 2, random).data(), 9, 2);
    }

    private Command.Outcome measure(Object... options) {
        return run("measure", new Object[] {left, right, "--out", values}, options);
    }

    private static Command.Outcome run(String command, Object[] arguments, Object... options) {
        Object[] all = new Object[1 + arguments.length + options.length];
        all[0] = command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        System.arraycopy(options, 0, all, 1 + arguments.length, options.length);
        return Command.run(all);
    }

    private double error(Factors truth) {
        Matrix x = truth.toMatrix();
        Matrix found = FactorFiles.read(out).toMatrix();
        double gap = 0;
        double norm = 0;
        for (int k = 0; k < x.data().length; k++) {
            gap += Math.pow(found.data()[k] - x.data()[k], 2);
            norm += Math.pow(x.data()[k], 2);
        }
        return Math.sqrt(gap / norm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ensemble gaussian", "--ensemble signs", "--ensemble sparse --density 0.2"})
    void whatAnEnsembleMeasuredIsRecoveredFromItsSeed(String ensemble) {
        Object[] options = (ensemble + " --ensemble-seed -7").split(" ");
        assertThat(run("measure", new Object[] {left, right, "--count", 300, "--out", values}, options)
                        .out())
                .contains("300 measurements of a 14x9 matrix")
                .contains("--ensemble-seed -7", "--shape 14x9");
        Command.Outcome outcome = run("sense", new Object[] {values, "--shape", "14x9", "--out", out}, options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Rank 2", "made from seed -7");
        assertThat(error(FactorFiles.read(folder))).isLessThan(1e-8);
    }

    @Test
    void aPositiveSemidefiniteMatrixIsRecoveredFromSymmetricOnes() {
        Object[] options = "--ensemble gaussian --ensemble-seed 3 --psd".split(" ");
        Command.Outcome measured = run("measure", new Object[] {left, "--count", 200, "--out", values}, options);
        assertThat(measured.code()).as(measured.err()).isZero();
        assertThat(measured.out()).contains("--shape 14x14 --psd");
        Command.Outcome outcome = run("sense", new Object[] {values, "--shape", "14x14", "--out", out}, options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(error(Factors.symmetric(FactorFiles.read(folder).left()))).isLessThan(1e-8);
    }

    @Test
    void moreMeasurementsBeginWithTheSame() {
        measure("--ensemble", "gaussian", "--ensemble-seed", 1, "--count", 5);
        double[] few = Measurements.observed(values);
        measure("--ensemble", "gaussian", "--ensemble-seed", 1, "--count", 9, "--tier", "reference", "--threads", 1);
        double[] more = Measurements.observed(values);
        for (int i = 0; i < 5; i++) {
            assertThat(more[i]).isCloseTo(few[i], within(1e-12));
        }
        assertThat(more).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void anotherSeedRecoversNothing() {
        measure("--ensemble", "signs", "--ensemble-seed", 1, "--count", 300);
        Command.Outcome outcome = Command.run(
                "sense", values, "--ensemble", "signs", "--ensemble-seed", 2, "--shape", "14x9", "--out", out);
        assertThat(outcome.err()).contains("No low-rank signal");
        assertThat(error(FactorFiles.read(folder))).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sense y --ensemble normal                                      | gaussian, signs, sparse",
                "sense y --ensemble signs --shape 2x2                           | --ensemble-seed S",
                "sense y --ensemble signs --ensemble-seed 1                     | --shape N1xN2",
                "sense y --ensemble signs --ensemble-seed 1.5 --shape 2x2       | whole number",
                "sense y --ensemble signs --ensemble-seed 1 --shape 2           | 1000x500",
                "sense y --ensemble signs --ensemble-seed 1 --shape 2x3 --psd   | square",
                "sense A y --ensemble signs --ensemble-seed 1 --shape 2x3       | only y.npy",
                "sense y --ensemble sparse --ensemble-seed 1 --shape 2x3        | --density P",
                "sense y --ensemble sparse --ensemble-seed 1 --density 1        | below 1",
                "sense y --ensemble signs --ensemble-seed 1 --density 0.5       | sparse only, not to signs",
                "sense A y --ensemble-seed 1                                    | with --ensemble only",
                "sense A y --density 0.5                                        | with --ensemble only",
                "sense A y --shape 2x3                                          | with --ensemble only",
                "measure l r --count 3 --out y                                  | --ensemble NAME",
                "measure l r --ensemble signs --count 3 --out y                 | --ensemble-seed S",
                "measure l r --ensemble signs --ensemble-seed 1 --out y         | --count",
                "measure l r --ensemble signs --ensemble-seed 1 --count 0 --out y | at least 1",
                "measure l r --ensemble signs --ensemble-seed 1 --count 3       | --out",
                "measure l --ensemble signs --ensemble-seed 1 --count 3 --out y | right.npy is missing",
                "measure l r --ensemble signs --ensemble-seed 1 --count 3 --out y --psd | is given too",
                "measure l r --ensemble signs --ensemble-seed 1 --count 3 --out y --seed 1 | nothing is recovered",
            })
    void isRefusedWithTheReason(String line, String reason) {
        Command.Outcome outcome = Command.run((Object[]) line.split(" +"));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(reason).contains("--help").doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void badFilesAreNamedAndNothingIsWritten() throws IOException {
        Object[] ensemble = "--ensemble signs --ensemble-seed 1".split(" ");
        Npy.write(values, new double[6], 2, 3);
        Command.Outcome outcome = run("sense", new Object[] {values, "--shape", "14x9", "--out", out}, ensemble);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("y.npy has the shape (2, 3); m values, at least 1, are expected");
        assertThat(out).doesNotExist();
        Files.delete(values);
        Npy.write(right, new double[27], 9, 3);
        outcome = run("measure", new Object[] {left, right, "--count", 5, "--out", values}, ensemble);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("left is 14x2 and right 9x3");
        double[] huge = new double[18];
        Arrays.fill(huge, 1e308);
        Npy.write(right, huge, 9, 2);
        outcome = run("measure", new Object[] {left, right, "--count", 5, "--out", values}, ensemble);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("overflow");
        assertThat(values).doesNotExist();
        assertThat(Command.run("sense", right, "--ensemble", "signs", "--ensemble-seed", 1, "--shape", "50000x50000")
                        .code())
                .isEqualTo(4);
    }
}

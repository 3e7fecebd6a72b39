package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Random;
import lowrank4j.io.MatrixMarket;
import lowrank4j.io.Npy;
import lowrank4j.io.Triples;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j approximate} finds, writes and refuses. */
class ApproximateCommandTest {
    @TempDir
    private Path folder;

    private Path written(Matrix matrix) {
        Path file = folder.resolve("X.npy");
        Npy.write(file, matrix.toArray(), matrix.rows(), matrix.columns());
        return file;
    }

    private static Matrix lowRank(int rows, int columns, int rank) {
        Random random = new Random(1);
        return new Factors(Problem.gaussian(rows, rank, random), Problem.gaussian(columns, rank, random)).toMatrix();
    }

    private static double[] read(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            return Npy.read(file, arena).toDoubles();
        }
    }

    /** u · diag(s) as the left factor, v as the right. */
    private static Factors product(Path out, int rows, int columns) {
        double[] s = read(out.resolve("s.npy"));
        Matrix u = Matrix.wrap(read(out.resolve("u.npy")), rows, s.length);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < s.length; k++) {
                u.set(i, k, u.get(i, k) * s[k]);
            }
        }
        return new Factors(u, Matrix.wrap(read(out.resolve("v.npy")), columns, s.length));
    }

    @Test
    void aMatrixOfLowRankIsGivenBack() {
        Matrix x = lowRank(15, 10, 3);
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("approximate", written(x), "--rank", 3, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Problem.distance(product(out, 15, 10), x)).isLessThan(1e-12);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("relativeResidual").asDouble()).isLessThan(1e-12);
        assertThat(result.get("seed").isNull()).isTrue();
    }

    @Test
    void theLeastRankWithinTheToleranceIsFound() {
        Path out = folder.resolve("out");
        Command.run("approximate", written(lowRank(15, 10, 3)), "--tolerance", "1e-9", "--out", out);
        assertThat(read(out.resolve("s.npy"))).hasSize(3);
    }

    @Test
    void theEigenvectorsOfTheLargestEigenvaluesAreFound() {
        Matrix x = Matrix.of(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, -5}});
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("approximate", written(x), "--psd", "--rank", 2, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(read(out.resolve("s.npy"))).containsExactly(new double[] {3, 1}, within(1e-12));
        assertThat(read(out.resolve("u.npy"))).isEqualTo(read(out.resolve("v.npy")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"retraction-free-gd", "riemannian-gd", "riemannian-gd-polar"})
    void theEigenspaceIsFoundByDescentToo(String algorithm) {
        Matrix x = Matrix.of(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, -5}});
        Path out = folder.resolve("out");
        Command.Outcome outcome =
                Command.run("approximate", written(x), "--psd", "--rank", 2, "--algorithm", algorithm, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(read(out.resolve("s.npy"))).containsExactly(new double[] {3, 1}, within(1e-12));
        assertThat(Command.json(out.resolve("result.json")).get("algorithm").asString())
                .isEqualTo(algorithm);
    }

    @Test
    void entriesOfLargeWeightAreKeptBest() {
        Matrix x = Problem.gaussian(15, 10, new Random(2));
        Matrix weights = Matrix.zeros(15, 10);
        weights.fill(1);
        weights.rowRange(4, 5).fill(1e4);
        Path file = folder.resolve("W.npy");
        Npy.write(file, weights.toArray(), 15, 10);
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("approximate", written(x), "--rank", 2, "--weights", file, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Factors found = product(out, 15, 10);
        for (int j = 0; j < 10; j++) {
            assertThat(found.entry(4, j)).isCloseTo(x.get(4, j), within(1e-5));
        }
        assertThat(Command.json(out.resolve("result.json"))
                        .get("relativeResidual")
                        .asDouble())
                .isLessThan(1e-3);
        weights.set(1, 2, 0);
        Npy.write(file, weights.toArray(), 15, 10);
        outcome = Command.run("approximate", written(x), "--rank", 2, "--weights", file, "--out", out);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("the weight at (1, 2) is 0.0");
    }

    @Test
    void whatASparseFileDoesNotListIsZero() {
        Path file = folder.resolve("X.mtx");
        MatrixMarket.write(file, new Triples(3, 2, new int[] {0, 2}, new int[] {1, 0}, new double[] {3, 4}));
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("approximate", file, "--rank", 2, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(read(out.resolve("s.npy"))).containsExactly(new double[] {4, 3}, within(1e-12));
    }

    @Test
    void badMatricesAreRefused() {
        Path out = folder.resolve("out");
        Matrix x = lowRank(4, 3, 1);
        assertThat(Command.run("approximate", written(x), "--rank", 4, "--out", out)
                        .err())
                .contains("--rank is 4", "from 1 to min(n1, n2) = 3");
        assertThat(Command.run("approximate", written(x), "--psd", "--rank", 1, "--out", out)
                        .err())
                .contains("symmetric");
        x.set(2, 1, Double.NaN);
        Command.Outcome outcome = Command.run("approximate", written(x), "--rank", 1, "--out", out);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("(2, 1) is NaN");
        Npy.write(folder.resolve("cube.npy"), new double[8], 2, 2, 2);
        assertThat(Command.run("approximate", folder.resolve("cube.npy"), "--rank", 1, "--out", out)
                        .err())
                .contains("(2, 2, 2)");
        assertThat(out).doesNotExist();
    }
}

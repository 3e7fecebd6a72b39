package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lowrank4j.io.IdMap;
import lowrank4j.io.MatrixMarket;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;
import lowrank4j.io.Triples;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j complete} reads, finds, writes and refuses. */
class CompleteCommandTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 30;
    private static final Matrix TRUTH = truth();
    private static final Triples ENTRIES = entries();

    @TempDir
    private Path folder;

    private static Matrix truth() {
        Random random = new Random(3);
        return new Factors(Problem.gaussian(ROWS, 2, random), Problem.gaussian(COLUMNS, 2, random)).toMatrix();
    }

    /** Two thirds of the entries. */
    private static Triples entries() {
        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if ((i + 2 * j) % 3 != 0) {
                    places.add(new int[] {i, j});
                }
            }
        }
        int[] row = places.stream().mapToInt(place -> place[0]).toArray();
        int[] column = places.stream().mapToInt(place -> place[1]).toArray();
        double[] value = places.stream()
                .mapToDouble(place -> TRUTH.get(place[0], place[1]))
                .toArray();
        return new Triples(ROWS, COLUMNS, row, column, value);
    }

    private Path npz(boolean shape) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("row", NpyArray.of(ENTRIES.row(), ENTRIES.count()));
        arrays.put("col", NpyArray.of(ENTRIES.column(), ENTRIES.count()));
        arrays.put("value", NpyArray.of(ENTRIES.value(), ENTRIES.count()));
        if (shape) {
            arrays.put("shape", NpyArray.of(new long[] {ROWS + 2, COLUMNS}, 2));
        }
        Path file = folder.resolve("entries.npz");
        Npz.write(file, arrays);
        return file;
    }

    private Path csv(String... lines) throws IOException {
        return Files.writeString(folder.resolve("entries.csv"), String.join("\n", lines) + "\n");
    }

    /** All entries by name, the last row first. */
    private Path named() throws IOException {
        List<String> lines = new ArrayList<>(List.of("user,film,rating"));
        for (int k = ENTRIES.count() - 1; k >= 0; k--) {
            lines.add("u" + ENTRIES.row()[k] + ",\"film, " + ENTRIES.column()[k] + "\"," + ENTRIES.value()[k]);
        }
        return csv(lines.toArray(String[]::new));
    }

    private static double error(Path results) {
        return Problem.distance(FactorFiles.read(results), TRUTH);
    }

    private Command.Outcome refused(Object... arguments) {
        Path out = folder.resolve("refused");
        Object[] all = new Object[arguments.length + 3];
        all[0] = "complete";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--out";
        all[arguments.length + 2] = out;
        Command.Outcome outcome = Command.run(all);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.err()).doesNotContain("\tat ");
        assertThat(out).doesNotExist();
        return outcome;
    }

    @Test
    void triplesInAnArchiveAreCompleted() {
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("complete", npz(false), "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(error(out)).isLessThan(1e-7);
        assertThat(out.resolve("model.json")).exists();
        assertThat(out.resolve("rows.csv")).doesNotExist();
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("effectiveRank").asInt()).isEqualTo(2);
    }

    @Test
    void theNuclearNormCompletesWithAPenaltyOrWithoutOne() {
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run(
                "complete",
                npz(false),
                "--algorithm",
                "nuclear-norm",
                "--penalty",
                0.5,
                "--hold-out",
                0.1,
                "--out",
                out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("duality gap");
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("damping").doubleValue()).isEqualTo(0.5);
        assertThat(error(out)).isBetween(1e-3, 0.5);
        Path other = folder.resolve("other");
        Command.run("complete", npz(false), "--algorithm", "nuclear-norm", "--out", other);
        assertThat(error(other)).isLessThan(1e-3);
        Command.Outcome above =
                Command.run("complete", npz(false), "--algorithm", "nuclear-norm", "--penalty", 1e6, "--quiet");
        assertThat(above.code()).isZero();
    }

    @Test
    void theShapeIsThatOfTheFileOrOfTheOption() {
        Path out = folder.resolve("out");
        Command.run("complete", npz(true), "--rank", 2, "--out", out);
        assertThat(FactorFiles.read(out).rows()).isEqualTo(ROWS + 2);
        Command.run("complete", npz(false), "--rank", 2, "--shape", "45x30", "--out", out);
        assertThat(FactorFiles.read(out).rows()).isEqualTo(45);
        assertThat(refused(npz(false), "--shape", "40x29").err()).contains("outside the matrix of --shape 40x29");
    }

    @Test
    void aMatrixMarketFileIsCompleted() {
        Path file = folder.resolve("entries.mtx");
        MatrixMarket.write(file, ENTRIES);
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run(
                "complete", file, "--rank", 2, "--algorithm", "scaled-gd", "--init", "spectral", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(error(out)).isLessThan(1e-7);
    }

    @Test
    void idsOfADelimitedFileAreMapped() throws IOException {
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("complete", named(), "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> rows = IdMap.read(out.resolve("rows.csv"));
        List<String> columns = IdMap.read(out.resolve("columns.csv"));
        assertThat(rows).hasSize(ROWS).contains("u0", "u39");
        assertThat(columns).hasSize(COLUMNS).contains("film, 7");
        Factors found = FactorFiles.read(out);
        assertThat(found.entry(rows.indexOf("u5"), columns.indexOf("film, 7"))).isCloseTo(TRUTH.get(5, 7), within());
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }

    @Test
    void anEarlierResultIsAStartAlsoWhereIdsCameInAnotherOrder() throws IOException {
        Path first = folder.resolve("first");
        Command.run("complete", named(), "--out", first);
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("entries.csv")));
        String header = lines.removeFirst();
        Path reversed = Files.writeString(
                folder.resolve("reversed.csv"), header + "\n" + String.join("\n", lines.reversed()) + "\n");
        Path second = folder.resolve("second");
        Command.Outcome outcome = Command.run(
                "complete",
                reversed,
                "--algorithm",
                "apgd",
                "--rank",
                2,
                "--warm-start",
                first,
                "--tolerance",
                "1e-6",
                "--out",
                second);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(IdMap.read(second.resolve("rows.csv"))).isNotEqualTo(IdMap.read(first.resolve("rows.csv")));
        assertThat(Command.json(second.resolve("result.json")).get("iterations").asInt())
                .isZero();
    }

    @Test
    void duplicatesAreRefusedUnlessSaidOtherwise() throws IOException {
        Path file = csv("row,col,value", "a,x,1", "a,y,2", "b,x,3", "b,y,4", "a,x,5");
        assertThat(refused(file, "--rank", 1).err()).contains("a", "x");
        Command.Outcome merged = Command.run("complete", file, "--rank", 1, "--duplicates", "mean");
        assertThat(merged.err()).contains("1 entries repeated another");
        assertThat(merged.code()).isIn(0, 3);
    }

    @Test
    void malformedLinesAreRefusedUnlessSoManyAreAllowed() throws IOException {
        Path file = csv("row,col,value", "a,x,1", "a,y,one", "b,x,3", "b,y,4");
        assertThat(refused(file).err()).contains("line 3");
        assertThat(Command.run("complete", file, "--rank", 1, "--skip-malformed", 1)
                        .err())
                .contains("1 malformed lines were passed over: 3; line 3: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entries.csv | row,col,value                                                   | no line of data",
                "entries.csv | ''                                                              | blank",
                "entries.csv | a,x,NaN;b,y,1                                                   | NaN",
                "entries.npz | row,col,value;a,b,1                                             | plain text",
                "entries.npy | row,col,value;a,b,1                                             | magic bytes",
                "entries.mtx | row,col,value;a,b,1                                             | entries.mtx",
                "entries.mtx | %%MatrixMarket matrix coordinate real general;2 2 2;1 1 1       | entries.mtx",
                "entries.mtx | %%MatrixMarket matrix coordinate real general;2 2 2;1 1 1;3 1 1 | entries.mtx",
                "entries.mtx | %%MatrixMarket matrix coordinate real general;2 2 0             | no entries",
            })
    void aFileThatIsNotWhatItShouldBeIsRefused(String name, String lines, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve(name), lines.replace(';', '\n') + "\n");
        assertThat(refused(file).err()).contains(reason);
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        Path file = npz(false);
        byte[] bytes = Files.readAllBytes(file);
        Problem.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(refused(file).err()).contains("entries.npz", "truncated");
    }

    @ParameterizedTest
    @CsvSource({"0", "31"})
    void aRankThatTheMatrixCannotHaveIsRefused(int rank) {
        assertThat(refused(npz(false), "--rank", rank).err())
                .contains("--rank is " + rank, "from 1 to min(n1, n2) = 30");
    }

    @Test
    void whatNeedsMoreMemoryThanThereIsIsRefusedWithBothNumbers() throws IOException {
        Path file = csv("0,0,1", "2000000000,2000000000,2");
        Command.Outcome outcome =
                Command.run("complete", file, "--ids", "zero-based", "--rank", 1000, "--out", folder.resolve("out"));
        assertThat(outcome.code()).isEqualTo(5);
        assertThat(outcome.err())
                .contains("needs 193200000", String.valueOf(Runtime.getRuntime().maxMemory()));
    }

    @Test
    void aSparseHighIndexIsNamedWithWhatItTakesAtTheLeast() throws IOException {
        Path file = csv("2000000000,5,1", "0,0,2");
        Command.Outcome outcome = Command.run("complete", file, "--ids", "zero-based", "--out", folder.resolve("out"));
        assertThat(outcome.code()).isEqualTo(5);
        // 348 bytes for each row.
        assertThat(outcome.err()).contains("2000000000 of a row and 5 of a column", "--ids map", "needs 696000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"who,what,much", "3,0,1"})
    void columnsCanBeChosenByNameOrNumber(String columns) throws IOException {
        Path file = csv("what,much,when,who", "x,1,9,a", "y,2,9,a", "x,3,9,b", "y,4,9,b");
        Path out = folder.resolve("out");
        assertThat(refused(file).err()).contains("header");
        Command.run("complete", file, "--rank", 1, "--columns", columns, "--out", out);
        assertThat(IdMap.read(out.resolve("rows.csv"))).containsExactly("a", "b");
        assertThat(IdMap.read(out.resolve("columns.csv"))).containsExactly("x", "y");
    }

    @Test
    void aStartWithoutACommonIdIsRefused() throws IOException {
        Path first = folder.resolve("first");
        Command.run("complete", named(), "--rank", 2, "--out", first);
        Path others = csv("row,col,value", "a,x,1", "a,y,2", "b,x,3", "b,y,4");
        Command.Outcome outcome =
                Command.run("complete", others, "--algorithm", "apgd", "--rank", 2, "--warm-start", first);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("none of its ids");
    }

    @Test
    void optionsThatTheFileHasNoUseForAreRefused() {
        assertThat(Command.run("complete", npz(false), "--skip-malformed", 3).code())
                .isEqualTo(2);
        assertThat(Command.run("complete", npz(true), "--shape", "50x50").code())
                .isEqualTo(2);
    }

    @Test
    void optionsOfTheExactRecoveryAreSaidToBeUnusedWhereItWasNotChosen() throws IOException {
        // Few entries with much noise: a low-rank fit without a ridge predicts them badly.
        Random random = new Random(5);
        List<String> lines = new ArrayList<>(List.of("user,film,rating"));
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 40; j++) {
                if (random.nextDouble() < 0.2) {
                    double rating = 3 + 0.5 * Math.sin(i) + 0.5 * Math.cos(j) + random.nextGaussian();
                    lines.add("u" + i + ",f" + j + "," + rating);
                }
            }
        }
        Command.Outcome outcome = Command.run("complete", csv(lines.toArray(String[]::new)), "--step", "0.5", "--json");
        assertThat(Json.mapper().readTree(outcome.out()).get("algorithm").stringValue())
                .isEqualTo("als");
        assertThat(outcome.err()).contains("--step held for the exact recovery");
    }
}

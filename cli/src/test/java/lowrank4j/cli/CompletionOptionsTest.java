package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j complete} can be told of the entries and of those held out. */
class CompletionOptionsTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 30;

    @TempDir
    private Path folder;

    private Path ratings;

    /** Ratings of offsets, one low-rank pattern and noise; the latest tenth is two higher. */
    @BeforeEach
    void write() throws IOException {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("user,film,rating,when"));
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if (random.nextDouble() < 0.6) {
                    double time = random.nextDouble();
                    double rating = 3 + 1.5 * Math.sin(i) * Math.cos(2 * j) + (time > 0.9 ? 2 : 0);
                    lines.add("u" + i + ",f" + j + "," + (rating + 0.3 * random.nextGaussian()) + "," + time);
                }
            }
        }
        ratings = Files.writeString(folder.resolve("ratings.csv"), String.join("\n", lines) + "\n");
    }

    private static Command.Outcome complete(Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = "complete";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Command.run(all);
    }

    private static JsonNode json(Command.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return Json.mapper().readTree(outcome.out());
    }

    @ParameterizedTest
    @CsvSource({"when,time", "3,time", "when,row-time"})
    void theNewestAreHeldOutByTheColumnOfTimes(String column, String by) {
        JsonNode newest = json(complete(
                ratings,
                "--algorithm",
                "als",
                "--hold-out",
                0.08,
                "--hold-out-by",
                by,
                "--time-column",
                column,
                "--columns",
                "user,film,rating",
                "--json"));
        JsonNode random = json(
                complete(ratings, "--algorithm", "als", "--hold-out", 0.08, "--columns", "user,film,rating", "--json"));
        assertThat(newest.get("heldOutRootMeanSquare").asDouble())
                .isGreaterThan(1.5 * random.get("heldOutRootMeanSquare").asDouble());
        assertThat(newest.get("holdOutBy").stringValue()).isEqualTo(by);
        assertThat(random.get("holdOutBy").stringValue()).isEqualTo("random");
    }

    @Test
    void foldsChooseRankAndRidgeAndLeaveTheirTable() {
        JsonNode result = json(complete(
                ratings, "--columns", "user,film,rating", "--folds", 3, "--rank", 4, "--hold-out", 0.1, "--json"));
        JsonNode table = result.get("crossValidation").get("table");
        assertThat(result.get("crossValidation").get("folds").asInt()).isEqualTo(3);
        assertThat(table.get(0).get("rank").asInt()).isZero();
        assertThat(table).hasSizeGreaterThan(10);
        double chosen = result.get("crossValidation")
                .get("chosen")
                .get("rootMeanSquare")
                .asDouble();
        for (JsonNode point : table) {
            assertThat(point.get("rootMeanSquare").asDouble()).isGreaterThanOrEqualTo(chosen);
            assertThat(point.get("standardError").asDouble()).isPositive();
        }
        assertThat(result.get("heldOutRootMeanSquare").asDouble()).isBetween(0.7 * chosen, 1.4 * chosen);
        assertThat(result.get("algorithm").stringValue()).isEqualTo("als");
    }

    @Test
    void predictionsStayInsideTheRange() throws IOException {
        List<String> lines = new ArrayList<>(List.of("user,film,rating"));
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 20; j++) {
                if ((i + j) % 4 != 0) {
                    lines.add("u" + i + ",f" + j + "," + Math.clamp(1 + i / 8.0 + j / 5.0, 1, 5));
                }
            }
        }
        Path file = Files.writeString(folder.resolve("clipped.csv"), String.join("\n", lines) + "\n");
        Path out = folder.resolve("out");
        Path free = folder.resolve("free");
        JsonNode within = json(
                complete(file, "--algorithm", "als", "--range", "1..5", "--hold-out", 0.2, "--out", out, "--json"));
        JsonNode without = json(complete(file, "--algorithm", "als", "--hold-out", 0.2, "--out", free, "--json"));
        assertThat(within.get("heldOutError").asDouble())
                .isLessThan(without.get("heldOutError").asDouble());
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "u28,f16\nu29,f19\n");
        double[] kept = values(Command.run("predict", out, pairs));
        double[] beyond = values(Command.run("predict", free, pairs));
        assertThat(Arrays.stream(beyond).max().orElseThrow()).isGreaterThan(5);
        assertThat(Arrays.stream(kept).max().orElseThrow()).isEqualTo(5);
        Command.Outcome outside = complete(file, "--range", "1..4");
        assertThat(outside.code()).isEqualTo(4);
        assertThat(outside.err()).contains("outside --range 1.0..4.0", "row u");
        assertThat(complete(file, "--range", "5..1").code()).isEqualTo(2);
        assertThat(complete(file, "--range", "1-5").err()).contains("two dots");
    }

    private static double[] values(Command.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out()
                .lines()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .toArray();
    }

    @Test
    void thePageShowsWhereTheModelErrsAndHowSurelyItPredicts() throws IOException {
        Path out = folder.resolve("out");
        complete(ratings, "--columns", "user,film,rating", "--algorithm", "als", "--hold-out", 0.1, "--out", out);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Error by row activity", "Predictions with their standard errors", "40 entries with");
        complete(ratings, "--columns", "user,film,rating", "--algorithm", "apgd", "--rank", 1, "--out", out);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Error by row activity")
                .doesNotContain("Predictions with their standard errors");
    }

    @Test
    void zerosAreValuesOrMissingAsToldAndAFullTableOfThemIsRefused() throws IOException {
        StringBuilder market = new StringBuilder("%%MatrixMarket matrix array real general\n12 9\n");
        for (int j = 0; j < 9; j++) {
            for (int i = 0; i < 12; i++) {
                market.append((i + j) % 3 == 0 ? 0 : (i + 1) * (j + 1)).append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve("table.mtx"), market);
        Command.Outcome asked = complete(file, "--rank", 1);
        assertThat(asked.code()).isEqualTo(4);
        assertThat(asked.err()).contains("lists every entry", "36 of them are zero", "--zeros missing");
        Path out = folder.resolve("out");
        Command.Outcome missing = complete(file, "--rank", 1, "--zeros", "missing", "--out", out);
        assertThat(missing.code()).as(missing.err()).isZero();
        assertThat(missing.err()).contains("36 listed zeros were left out");
        assertThat(FactorFiles.read(out).entry(0, 0)).isCloseTo(1, within(1e-6));
        complete(file, "--rank", 1, "--zeros", "keep", "--out", out, "--hold-out", 0.1);
        assertThat(FactorFiles.read(out).entry(0, 0)).isNotCloseTo(1, within(0.01));
    }

    @Test
    void timesOfZerosThatAreMissingAreLeftOutWithThem() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(ratings));
        lines.add("u0,unseen,0,99");
        Path file = Files.writeString(folder.resolve("zeros.csv"), String.join("\n", lines) + "\n");
        JsonNode result = json(complete(
                file,
                "--columns",
                "user,film,rating",
                "--zeros",
                "missing",
                "--algorithm",
                "als",
                "--hold-out",
                0.1,
                "--hold-out-by",
                "time",
                "--time-column",
                "when",
                "--json"));
        assertThat(result.get("warnings").get(0).stringValue()).contains("1 listed zeros");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hold-out-by time                                     | 2 | needs --time-column",
                "--time-column when                                     | 2 | --time-column is for --hold-out-by time",
                "--hold-out-by newest                                   | 2 | random, row, time, row-time",
                "--hold-out-by row --algorithm apgd                     | 2 | needs --hold-out FRACTION",
                "--folds 1                                              | 2 | at least 2",
                "--folds 3 --algorithm apgd                             | 2 | --folds is for --algorithm als",
                "--folds 3 --step 0.5                                   | 2 | --step does not apply with --folds",
                "--folds 3 --hold-out-by row                            | 2 | needs --hold-out FRACTION",
                "--hold-out-by time --time-column then                  | 4 | 0 columns of that name",
                "--hold-out-by time --time-column 9                     | 4 | 0 columns of that name",
                "--hold-out-by time --time-column user                  | 4 | holds the ids of rows",
                "--hold-out-by row --checkpoint c.npz --resume --algorithm apgd --hold-out 0.1 | 2 | with --resume",
            })
    void whatDoesNotFitTogetherIsRefused(String options, int code, String reason) {
        List<Object> arguments = new ArrayList<>(List.of(ratings, "--columns", "user,film,rating"));
        arguments.addAll(List.of(options.strip().split(" ")));
        Command.Outcome outcome = complete(arguments.toArray());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).contains(reason);
    }

    @Test
    void aMalformedTimeIsNamedWithItsLine() throws IOException {
        Path file =
                Files.writeString(folder.resolve("bad.csv"), "user,film,rating,when\na,x,1,5\na,y,2,soon\nb,x,3,6\n");
        Command.Outcome outcome =
                complete(file, "--columns", "user,film,rating", "--hold-out-by", "time", "--time-column", "when");
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("line 3", "soon", "--time-column when");
    }
}

package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import lowrank4j.io.IdMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j predict} answers and refuses. */
class PredictCommandTest {
    private static final int ROWS = 30;
    private static final int COLUMNS = 20;

    @TempDir
    private Path folder;

    private Path model;

    /** Ratings of offsets and a little noise: the model has offsets. */
    @BeforeEach
    void complete() throws IOException {
        Random random = new Random(2);
        StringBuilder csv = new StringBuilder("user,film,rating\n");
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                if (random.nextDouble() < 0.7) {
                    csv.append('u').append(i).append(",f").append(j).append(',');
                    csv.append(rating(i, j) + 0.05 * random.nextGaussian()).append('\n');
                }
            }
        }
        Path entries = Files.writeString(folder.resolve("ratings.csv"), csv);
        model = folder.resolve("model");
        Command.Outcome outcome = Command.run("complete", entries, "--algorithm", "als", "--out", model);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Command.json(model.resolve("model.json")).get("offsets").asBoolean())
                .isTrue();
    }

    private static double rating(int row, int column) {
        return 3 + 0.5 * Math.sin(row) + 0.8 * Math.cos(column);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void pairsAreAnsweredByTheirIds() throws IOException {
        Command.Outcome outcome = Command.run("predict", model, file("pairs.csv", "user,film", "u3,f7", "u20,f0"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(3).first().isEqualTo("row,column,value");
        assertThat(lines.get(1)).startsWith("u3,f7,");
        assertThat(Double.parseDouble(lines.get(1).substring(6))).isCloseTo(rating(3, 7), within(0.3));
        double whole = FactorFiles.read(model).entry(index("rows.csv", "u20"), index("columns.csv", "f0"));
        assertThat(Double.parseDouble(lines.get(2).substring(7))).isCloseTo(whole, within(1e-12));
    }

    private int index(String map, String id) {
        return IdMap.read(model.resolve(map)).indexOf(id);
    }

    @Test
    void anUnknownIdIsNamedWithItsLine() throws IOException {
        Path pairs = file("pairs.csv", "user,film", "u3,f7", "", "u3,f99", "u1,f1");
        Command.Outcome column = Command.run("predict", model, pairs);
        assertThat(column.code()).isEqualTo(4);
        assertThat(column.err()).contains("pairs.csv: line 4", "column 'f99'");
        Command.Outcome row = Command.run("predict", model, file("pairs.csv", "user,film", "nobody,f1"));
        assertThat(row.code()).isEqualTo(4);
        assertThat(row.err()).contains("pairs.csv: line 2", "row 'nobody'", "--rows");
        assertThat(row.out()).isEmpty();
    }

    @Test
    void aFirstLineOfIdsIsAnsweredThoughItLooksLikeNames() throws IOException {
        Path entries =
                file("named.csv", "row,column,value", "user1,item1,1", "user,item,2", "user1,item,3", "user,item1,6");
        Path named = folder.resolve("named");
        Command.Outcome fit =
                Command.run("complete", entries, "--algorithm", "als", "--rank", 1, "--hold-out", 0, "--out", named);
        assertThat(fit.code()).as(fit.err()).isZero();
        for (String first : List.of("user1,item1", "user,item")) {
            Path pairs = file("pairs.csv", first, "user1,item");
            Command.Outcome outcome = Command.run("predict", named, pairs);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out().lines().skip(1))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith(first + ",");
            Command.Outcome rest = Command.run("predict", named, "--top", 2, "--exclude", pairs);
            assertThat(rest.out().lines().skip(1)).hasSize(2).noneMatch(line -> line.startsWith(first + ","));
        }
        assertThat(Command.run("predict", named, file("pairs.csv", "user_id,item_id", "user1,item"))
                        .out()
                        .lines())
                .hasSize(2);
    }

    @Test
    void aNewRowIsAnsweredFromItsEntries() throws IOException {
        Path pairs = file("pairs.csv", "user,film", "generous,f2", "u3,f7", "stern,f2");
        Path rows = file(
                "rows.csv",
                "user,film,rating",
                "generous,f0," + (rating(0, 0) + 2),
                "generous,f1," + (rating(0, 1) + 2),
                "generous,f3," + (rating(0, 3) + 2),
                "stern,f0," + (rating(0, 0) - 2),
                "stern,f1," + (rating(0, 1) - 2));
        Command.Outcome outcome = Command.run("predict", model, pairs, "--rows", rows, "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode predictions = Json.mapper().readTree(outcome.out()).get("predictions");
        assertThat(predictions).hasSize(3);
        assertThat(predictions.get(0).get("row").stringValue()).isEqualTo("generous");
        assertThat(predictions.get(0).get("value").asDouble()).isGreaterThan(rating(0, 2) + 0.3);
        assertThat(predictions.get(2).get("value").asDouble()).isLessThan(rating(0, 2) - 0.3);
    }

    @Test
    void newRowsMustBeNewAndTheirColumnsKnown() throws IOException {
        Path pairs = file("pairs.csv", "user,film", "u3,f7");
        Command.Outcome known =
                Command.run("predict", model, pairs, "--rows", file("rows.csv", "user,film,rating", "u3,f1,4"));
        assertThat(known.code()).isEqualTo(4);
        assertThat(known.err()).contains("row 'u3' is in the model already");
        Command.Outcome column =
                Command.run("predict", model, pairs, "--rows", file("rows.csv", "user,film,rating", "new,f99,4"));
        assertThat(column.code()).isEqualTo(4);
        assertThat(column.err()).contains("column 'f99'");
    }

    @Test
    void theHighestOfEachRowAreToldWithoutWhatItHasSeen() throws IOException {
        Path ratings = folder.resolve("ratings.csv");
        Path asked = file("asked.txt", "u3", "", "u20");
        Command.Outcome outcome =
                Command.run("predict", model, "--top", 2, "--for", asked, "--exclude", ratings, "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode predictions = Json.mapper().readTree(outcome.out()).get("predictions");
        assertThat(predictions).hasSize(4);
        List<String> seen = Files.readAllLines(ratings);
        for (int k = 0; k < 4; k++) {
            String row = predictions.get(k).get("row").stringValue();
            String column = predictions.get(k).get("column").stringValue();
            assertThat(row).isEqualTo(k < 2 ? "u3" : "u20");
            assertThat(seen).noneMatch(line -> line.startsWith(row + "," + column + ","));
        }
        assertThat(predictions.get(0).get("value").asDouble())
                .isGreaterThan(predictions.get(1).get("value").asDouble());
        Command.Outcome all = Command.run("predict", model, "--top", 3);
        assertThat(all.out().lines()).hasSize(1 + 3 * ROWS);
        Path rows = file("rows.csv", "user,film,rating", "new,f0,4", "new,f6,5");
        Command.Outcome ofNew =
                Command.run("predict", model, "--top", 99, "--rows", rows, "--for", file("new.txt", "new"));
        assertThat(ofNew.out().lines()).hasSize(1 + COLUMNS - 2).noneMatch(line -> line.startsWith("new,f6,"));
    }

    @Test
    void predictionsHaveErrorBarsGivenTheEntries() throws IOException {
        Path ratings = folder.resolve("ratings.csv");
        Path pairs = file("pairs.csv", "user,film", "u3,f7", "short,f7", "u20,f0");
        Path rows = file("rows.csv", "user,film,rating", "short,f0,4");
        Path out = folder.resolve("bars.csv");
        Command.Outcome outcome = Command.run("predict", model, pairs, "--rows", rows, "--error-bars", ratings);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("row,column,value,standardError");
        double known = Double.parseDouble(lines.get(1).split(",", -1)[3]);
        double oneEntry = Double.parseDouble(lines.get(2).split(",", -1)[3]);
        assertThat(known).isBetween(0.04, 0.1);
        assertThat(oneEntry).isGreaterThan(known);
        Command.run("predict", model, pairs, "--rows", rows, "--error-bars", ratings, "--out", out);
        assertThat(Files.readAllLines(out)).isEqualTo(lines);
        Command.Outcome others = Command.run("predict", model, pairs, "--rows", rows, "--error-bars", rows);
        assertThat(others.code()).isEqualTo(4);
    }

    @Test
    void whatWouldNotBeLookedAtIsRefused() throws IOException {
        Path pairs = file("pairs.csv", "user,film", "u3,f7");
        for (Object[] arguments : new Object[][] {
            {"predict", model},
            {"predict", model, pairs, "--top", 3},
            {"predict", model, pairs, "--exclude", pairs},
            {"predict", model, pairs, "--for", pairs},
            {"predict", model, "--top", 0}
        }) {
            assertThat(Command.run(arguments).code())
                    .as(List.of(arguments).toString())
                    .isEqualTo(2);
        }
        Command.Outcome unknown = Command.run("predict", model, "--top", 3, "--for", file("ids.txt", "u1", "who"));
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(unknown.err()).contains("ids.txt: line 2", "'who'");
        Command.Outcome strangers = Command.run(
                "predict", model, pairs, "--error-bars", file("other.csv", "user,film,rating", "u1,f1,3", "x,f1,3"));
        assertThat(strangers.code()).isEqualTo(4);
        assertThat(strangers.err()).contains("1 of its 2 entries");
    }

    @Test
    void answersCanGoToAFile() throws IOException {
        Path pairs = file("pairs.csv", "user,film", "u3,f7");
        Path out = folder.resolve("answers.csv");
        Command.Outcome outcome = Command.run("predict", model, pairs, "--out", out);
        assertThat(outcome.out()).contains("1 predictions are in " + out);
        assertThat(Files.readAllLines(out).get(1)).startsWith("u3,f7,");
        Command.Outcome nowhere = Command.run("predict", model, pairs, "--out", folder.resolve("no/answers.csv"));
        assertThat(nowhere.code()).isEqualTo(4);
        assertThat(nowhere.err()).contains("--out", "folder does not exist");
    }

    @Test
    void aResultWithoutNamesIsAskedByIndices() throws IOException {
        Problem problem = Problem.of(8, 6, 1, 120, false);
        problem.write(folder);
        Path out = folder.resolve("sensed");
        Command.run("sense", folder.resolve("A.npy"), folder.resolve("y.npy"), "--out", out);
        Command.Outcome outcome = Command.run("predict", out, file("pairs.csv", "row,column", "7,5"));
        assertThat(Double.parseDouble(outcome.out().lines().toList().get(1).substring(4)))
                .isCloseTo(problem.truth().get(7, 5), within(1e-7));
        Command.Outcome outside = Command.run("predict", out, file("pairs.csv", "row,column", "8,5"));
        assertThat(outside.code()).isEqualTo(4);
        assertThat(outside.err()).contains("row '8'", "0 to 7");
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        Path pairs = file("pairs.csv", "user,film", "u3,f7");
        assertThat(Command.run("predict", folder.resolve("nothing"), pairs).code())
                .isEqualTo(4);
        Files.writeString(model.resolve("model.json"), "{");
        Command.Outcome outcome = Command.run("predict", model, pairs);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("model.json");
    }
}

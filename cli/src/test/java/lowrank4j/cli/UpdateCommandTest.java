package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j update} adds, keeps and refuses. */
class UpdateCommandTest {
    @TempDir
    private Path folder;

    private static double rating(int row, int column) {
        return 3 + Math.sin(row) + Math.cos(column) + 1.5 * Math.sin(3 * row) * Math.cos(2 * column);
    }

    /** Entries of rows and columns in ranges, about so many of them. */
    private Path entries(String name, int[] rows, int[] columns, double share) throws IOException {
        Random random = new Random(6);
        List<String> lines = new ArrayList<>(List.of("user,item,rating"));
        for (int i = rows[0]; i < rows[1]; i++) {
            for (int j = columns[0]; j < columns[1]; j++) {
                if (random.nextDouble() < share) {
                    lines.add("u" + i + ",f" + j + "," + (rating(i, j) + 0.1 * random.nextGaussian()));
                }
            }
        }
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private double predicted(Path model, String pair) throws IOException {
        Command.Outcome outcome = Command.run(
                "predict", model, Files.writeString(folder.resolve("pairs.csv"), "user,item\n" + pair + "\n"));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        String line = outcome.out().lines().toList().get(1);
        return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
    }

    @Test
    void rowsAndColumnsAreAddedAndRowsSolvedAnew() throws IOException {
        Path model = folder.resolve("model");
        Path wider = folder.resolve("wider");
        Path first = entries("first.csv", new int[] {0, 40}, new int[] {0, 30}, 0.6);
        assertThat(Command.run("complete", first, "--algorithm", "als", "--range=-2..8", "--out", model)
                        .code())
                .isZero();
        Path later = entries("later.csv", new int[] {35, 50}, new int[] {0, 32}, 0.9);
        Command.Outcome outcome = Command.run("update", model, later, "--out", wider, "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode json = Json.mapper().readTree(outcome.out());
        assertThat(json.get("rowsAdded").asInt()).isEqualTo(10);
        assertThat(json.get("rowsSolvedAnew").asInt()).isEqualTo(5);
        assertThat(json.get("columnsAdded").asInt()).isEqualTo(2);
        assertThat(predicted(wider, "u3,f4")).isEqualTo(predicted(model, "u3,f4"));
        assertThat(predicted(wider, "u36,f4")).isNotEqualTo(predicted(model, "u36,f4"));
        for (int row : new int[] {36, 41, 49}) {
            assertThat(predicted(wider, "u" + row + ",f4")).isCloseTo(rating(row, 4), within(0.8));
            assertThat(predicted(wider, "u" + row + ",f31")).isCloseTo(rating(row, 31), within(1.0));
        }
        assertThat(Command.json(wider.resolve("model.json")).get("range").get(1).asDouble())
                .isEqualTo(8);
        assertThat(Command.run("predict", wider, "--top", 1).out().lines()).hasSize(51);
    }

    @Test
    void whatCannotBeUpdatedIsRefusedAndNothingIsWritten() throws IOException {
        Path later = entries("later.csv", new int[] {0, 5}, new int[] {0, 5}, 0.9);
        Path out = folder.resolve("out");
        assertThat(Command.run("update", folder.resolve("none"), later, "--out", out)
                        .code())
                .isEqualTo(4);
        assertThat(out).doesNotExist();
        assertThat(Command.run("update", folder, later).err()).contains("--out DIR is needed");
        Problem problem = Problem.of(8, 6, 1, 120, false);
        problem.write(folder);
        Path sensed = folder.resolve("sensed");
        Command.run("sense", folder.resolve("A.npy"), folder.resolve("y.npy"), "--out", sensed);
        Command.Outcome nameless = Command.run("update", sensed, later, "--out", out);
        assertThat(nameless.code()).isEqualTo(4);
        assertThat(nameless.err()).contains("has no ids");
        assertThat(out).doesNotExist();
    }
}

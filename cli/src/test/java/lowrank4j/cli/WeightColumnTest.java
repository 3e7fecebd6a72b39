package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code --weight-column}: entries that count more or less, when fitted, predicted from and added. */
class WeightColumnTest {
    private static final String COLUMNS = "user,movie,rating";

    @TempDir
    private Path folder;

    private Path ratings;

    @BeforeEach
    void write() throws IOException {
        ratings = entries("ratings.csv", 0, 40);
    }

    private static double rating(int user, int film) {
        return 3 + 1.5 * Math.sin(user) * Math.cos(2 * film);
    }

    /** Every other entry is far off and says so by its weight. */
    private Path entries(String name, int from, int to) throws IOException {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("user,movie,rating,trust"));
        for (int i = from; i < to; i++) {
            for (int j = 0; j < 30; j++) {
                if (random.nextDouble() < 0.7) {
                    boolean off = random.nextBoolean();
                    double value = rating(i, j) + (off ? 4 : 0.2) * random.nextGaussian();
                    lines.add("u" + i + ",f" + j + "," + value + "," + (off ? 0.05 : 20));
                }
            }
        }
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private JsonNode complete(Path out, Object... more) {
        List<Object> all = new ArrayList<>(
                List.of("complete", ratings, "--columns", COLUMNS, "--algorithm", "als", "--out", out, "--json"));
        all.addAll(Arrays.asList(more));
        Command.Outcome outcome = Command.run(all.toArray());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return Json.mapper().readTree(outcome.out());
    }

    /** Values, or what another column says, of all films of some users. */
    private double[] predicted(Path model, int from, int to, String answer, Object... more) throws IOException {
        List<String> pairs = new ArrayList<>(List.of("user,movie"));
        for (int i = from; i < to; i++) {
            for (int j = 0; j < 30; j++) {
                pairs.add("u" + i + ",f" + j);
            }
        }
        Path file = Files.writeString(folder.resolve("pairs.csv"), String.join("\n", pairs) + "\n");
        List<Object> all = new ArrayList<>(List.of("predict", model, file, "--json"));
        all.addAll(Arrays.asList(more));
        Command.Outcome outcome = Command.run(all.toArray());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode answers = Json.mapper().readTree(outcome.out()).get("predictions");
        double[] values = new double[answers.size()];
        Arrays.setAll(values, k -> answers.get(k).get(answer).asDouble());
        return values;
    }

    private static double error(double[] predicted, int from) {
        double sum = 0;
        for (int k = 0; k < predicted.length; k++) {
            sum += Math.pow(predicted[k] - rating(from + k / 30, k % 30), 2);
        }
        return Math.sqrt(sum / predicted.length);
    }

    @ParameterizedTest
    @CsvSource({"trust", "3"})
    void entriesCountByTheirWeightsInFitPredictionAndUpdate(String column) throws IOException {
        Path weighted = folder.resolve("weighted");
        Path plain = folder.resolve("plain");
        JsonNode result = complete(weighted, "--weight-column", column, "--hold-out", 0.1);
        assertThat(result.get("weightColumn").stringValue()).isEqualTo(column);
        assertThat(result.get("heldOutRootMeanSquare").asDouble())
                .isLessThan(0.5
                        * complete(plain, "--hold-out", 0.1)
                                .get("heldOutRootMeanSquare")
                                .asDouble());
        assertThat(error(predicted(weighted, 0, 40, "value"), 0))
                .isLessThan(0.5 * error(predicted(plain, 0, 40, "value"), 0));

        Path later = entries("later.csv", 40, 60);
        double[] fresh = predicted(weighted, 40, 60, "value", "--rows", later, "--weight-column", column);
        assertThat(error(fresh, 40)).isLessThan(0.5 * error(predicted(plain, 40, 60, "value", "--rows", later), 40));
        Path wider = folder.resolve("wider");
        Command.Outcome update =
                Command.run("update", weighted, later, "--columns", COLUMNS, "--weight-column", column, "--out", wider);
        assertThat(update.code()).as(update.err()).isZero();
        assertThat(predicted(wider, 40, 60, "value")).containsExactly(fresh, within(1e-12));
        assertThat(Command.json(wider.resolve("model.json")).get("unitWeight").asDouble())
                .isEqualTo(Command.json(weighted.resolve("model.json"))
                        .get("unitWeight")
                        .asDouble());
    }

    @Test
    void standardErrorsAreOfAnEntryOfMeanWeight() throws IOException {
        Path weighted = folder.resolve("weighted");
        complete(weighted, "--weight-column", "trust");
        double[] bars =
                predicted(weighted, 0, 40, "standardError", "--error-bars", ratings, "--weight-column", "trust");
        assertThat(Files.readString(weighted.resolve("report.html")))
                .contains("weighted as the entries are", "of mean weight");
        // Half of the entries deviate by 0.2 at weight 20, twice the mean.
        assertThat(Arrays.stream(bars).average().orElseThrow()).isBetween(0.25, 0.45);
        Path later = entries("later.csv", 40, 45);
        double[] fresh = predicted(
                weighted,
                40,
                45,
                "standardError",
                "--error-bars",
                ratings,
                "--rows",
                later,
                "--weight-column",
                "trust");
        assertThat(Arrays.stream(fresh).min().orElseThrow()).isGreaterThan(0.2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "complete | --weight-column trust --duplicates mean            | 2 | weighted mean and the sum of the weights",
                "complete | --weight-column trust --loss huber                 | 2 | does not apply with --loss huber",
                "complete | --weight-column trust --algorithm nuclear-norm     | 2 | nuclear-norm",
                "complete | --weight-column worth                              | 4 | 0 columns of that name",
                "complete | --weight-column user                               | 4 | holds the ids of rows",
                "update   | --out other                                        | 2 | was fitted with weights",
                "predict  | --error-bars ratings.csv                           | 2 | was fitted with weights",
                "predict  | --rows ratings.csv                                 | 2 | was fitted with weights",
                "predict  | --weight-column trust                              | 2 | pairs have no weights",
            })
    void whatCouldOnlyIgnoreWeightsIsRefused(String command, String options, int code, String reason) {
        Path model = folder.resolve("model");
        complete(model, "--weight-column", "trust");
        List<Object> arguments = new ArrayList<>(List.of(command.strip()));
        switch (command.strip()) {
            case "complete" -> arguments.addAll(List.of(ratings, "--columns", COLUMNS));
            case "update" -> arguments.addAll(List.of(model, ratings, "--columns", COLUMNS));
            default -> arguments.addAll(List.of(model, ratings));
        }
        for (String option : List.of(options.strip().split(" "))) {
            boolean isPath = option.equals("ratings.csv") || option.equals("other");
            arguments.add(isPath ? folder.resolve(option) : option);
        }
        Command.Outcome outcome = Command.run(arguments.toArray());
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).contains(reason);
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void weightsForAModelWithoutAreRefused() {
        Path plain = folder.resolve("plain");
        complete(plain);
        Command.Outcome outcome = Command.run(
                "update",
                plain,
                ratings,
                "--columns",
                COLUMNS,
                "--weight-column",
                "trust",
                "--out",
                folder.resolve("other"));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("fitted without weights");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,x,1,5;a,y,2,0;b,x,3,6     | row a, column y is 0.0, but must be above 0",
                "a,x,1,5;a,y,2,-3;b,x,3,6    | is -3.0",
                "a,x,1,5;a,y,2,much;b,x,3,6  | line 3",
                "a,x,1,5;a,y,2,1e-20;b,x,3,6 | factor of 1e15",
            })
    void aWeightThatIsNoneIsNamed(String lines, String reason) throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.csv"),
                "user,movie,rating,trust\n" + lines.strip().replace(';', '\n') + "\n");
        Path out = folder.resolve("out");
        Command.Outcome outcome =
                Command.run("complete", file, "--columns", COLUMNS, "--weight-column", "trust", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.err()).contains(file.toString(), reason);
        assertThat(out).doesNotExist();
    }

    /** The ratings with indices for names, and as arrays. */
    private Path archive(Path table) throws IOException {
        List<String> lines = Files.readAllLines(ratings).stream()
                .skip(1)
                .map(line -> line.replaceAll("[uf]", ""))
                .toList();
        Files.writeString(table, "user,movie,rating,trust\n" + String.join("\n", lines) + "\n");
        List<String[]> fields = lines.stream().map(line -> line.split(",", -1)).toList();
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (int c = 0; c < 4; c++) {
            int column = c;
            arrays.put(
                    List.of("row", "col", "value", "trust").get(c),
                    NpyArray.of(
                            fields.stream()
                                    .mapToDouble(field -> Double.parseDouble(field[column]))
                                    .toArray(),
                            fields.size()));
        }
        arrays.replaceAll((name, array) -> name.length() == 3
                ? NpyArray.of(
                        Arrays.stream(array.toDoubles())
                                .mapToInt(value -> (int) value)
                                .toArray(),
                        array.size())
                : array);
        Path file = folder.resolve("ratings.npz");
        Npz.write(file, arrays);
        return file;
    }

    @Test
    void anArchiveHoldsThemInAnArray() throws IOException {
        Path table = folder.resolve("numbers.csv");
        Path archive = archive(table);
        List<Double> errors = new ArrayList<>();
        for (List<Object> input : List.of(
                List.<Object>of(table, "--columns", COLUMNS, "--ids", "zero-based"), List.<Object>of(archive))) {
            List<Object> all = new ArrayList<>(List.of("complete"));
            all.addAll(input);
            all.addAll(List.of("--algorithm", "als", "--hold-out", 0.1, "--weight-column", "trust", "--json"));
            Command.Outcome outcome = Command.run(all.toArray());
            assertThat(outcome.code()).as(outcome.err()).isZero();
            errors.add(Json.mapper()
                    .readTree(outcome.out())
                    .get("heldOutRootMeanSquare")
                    .asDouble());
        }
        assertThat(errors.getLast()).isEqualTo(errors.getFirst());
        Command.Outcome other = Command.run("complete", archive, "--weight-column", "doubt");
        assertThat(other.code()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(other.err()).contains("has no array doubt", "trust", "--weight-column");
        Command.Outcome places = Command.run("complete", archive, "--weight-column", "row");
        assertThat(places.code()).isEqualTo(ExitCode.BAD_DATA);
        assertThat(places.err()).contains("row holds the places of the entries", "--weight-column");
    }

    @Test
    void filesWithoutSuchAColumnAreRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("entries.mtx"), "%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 3\n2 2 4\n");
        Command.Outcome outcome = Command.run("complete", file, "--weight-column", "trust");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--weight-column is for delimited and Parquet files and .npz archives", "Matrix Market");
    }
}

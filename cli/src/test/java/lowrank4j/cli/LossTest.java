package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import lowrank4j.io.DelimitedTriples;
import lowrank4j.io.Npy;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code lowrank4j complete --loss}. */
class LossTest {
    private static final int ROWS = 60;
    private static final int COLUMNS = 50;

    @TempDir
    private Path folder;

    private static Matrix truth() {
        Random random = new Random(3);
        return new Factors(Problem.gaussian(ROWS, 2, random), Problem.gaussian(COLUMNS, 2, random)).toMatrix();
    }

    @Test
    void aMatrixWithMissingAndWrongEntriesIsSeparatedAndThoseWrongAreListed() throws IOException {
        Matrix truth = truth();
        Matrix seen = truth.copy();
        Random random = new Random(5);
        TreeSet<String> wrong = new TreeSet<>();
        for (int e = 0; e < seen.data().length; e++) {
            double u = random.nextDouble();
            if (u < 0.05) {
                seen.data()[e] += 20;
                wrong.add(e / COLUMNS + "," + e % COLUMNS);
            } else if (u < 0.3) {
                seen.data()[e] = Double.NaN;
            }
        }
        Path file = folder.resolve("seen.npy");
        Npy.write(file, FactorFiles.array(seen));
        Path out = folder.resolve("out");
        Command.Outcome outcome = Command.run("complete", file, "--loss", "truncated", "--hold-out", 0.1, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(Problem.distance(FactorFiles.read(out), truth)).isLessThan(1e-8);
        JsonNode result = Command.json(out.resolve("result.json"));
        assertThat(result.get("effectiveRank").asInt()).isEqualTo(2);
        assertThat(result.get("heldOutMedian").asDouble()).isLessThan(1e-8);
        // Those held out were not looked at.
        List<String> lines = Files.readAllLines(out.resolve("outliers.csv"));
        assertThat(lines.getFirst()).isEqualTo("row,column,value");
        List<String> places = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            places.add(line.substring(0, line.lastIndexOf(',')));
            assertThat(Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                    .isBetween(19.999999, 20.000001);
        }
        assertThat(wrong).containsAll(places);
        assertThat(places.size()).isBetween((int) (0.8 * wrong.size()), wrong.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--loss sideways                                   | loss 'sideways' is unknown: choose squared",
                "--loss truncated --algorithm apgd                 | apgd does not apply with --loss truncated",
                "--loss truncated --algorithm scaled-gd            | needs --rank R",
                "--loss truncated --damping 1                      | --damping does not apply",
                "--loss truncated --step .3                        | --step does not apply",
                "--loss truncated --init spectral                  | --init does not apply",
                "--loss huber --algorithm apgd                     | apgd does not apply with --loss huber",
                "--loss absolute --step 0.1                        | --step does not apply with --loss absolute",
                "--nonnegative --tolerance 1e-3                    | --tolerance does not apply with --nonnegative",
                "--range -1..1 --loss logistic                     | --range does not apply with --loss logistic",
                "--nonnegative --loss logistic                     | --nonnegative does not apply with --loss logistic",
                "--nonnegative --algorithm scaled-gd               | scaled-gd does not apply with --nonnegative",
            })
    void whatDoesNotApplyIsRefused(String options, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("entries.csv"), "a,x,1\na,y,-1\nb,x,1\n");
        List<Object> arguments = new ArrayList<>(List.of("complete", file));
        arguments.addAll(List.of(options.trim().split(" +")));
        Command.Outcome outcome = Command.run(arguments.toArray());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(reason);
    }

    private Path csv(double[][] values) throws IOException {
        StringBuilder text = new StringBuilder("row,col,value\n");
        Random random = new Random(7);
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
                if (i + j == 0 || random.nextDouble() < 0.7) {
                    text.append('r')
                            .append(i)
                            .append(",c")
                            .append(j)
                            .append(',')
                            .append(values[i][j])
                            .append('\n');
                }
            }
        }
        return Files.writeString(folder.resolve("entries.csv"), text);
    }

    @Test
    void outliersPullLessUnderHubersLoss() throws IOException {
        double[][] values = new double[ROWS][COLUMNS];
        Random random = new Random(9);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                values[i][j] = Math.sin(i) + Math.cos(j) + 0.1 * random.nextGaussian();
                values[i][j] += random.nextDouble() < 0.05 ? 30 * random.nextDouble() : 0;
            }
        }
        Path file = csv(values);
        double[] median = new double[2];
        for (int k = 0; k < 2; k++) {
            Command.Outcome outcome = Command.run(
                    "complete", file, "--loss", List.of("squared", "huber").get(k), "--hold-out", 0.1, "--json");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            median[k] =
                    Json.mapper().readTree(outcome.out()).get("heldOutMedian").asDouble();
        }
        assertThat(median[1]).isLessThan(0.5 * median[0]);
    }

    /** One of twelve entries is wrong by 1000: by squares the row would be predicted tens too high. */
    @Test
    void outliersPullLittleOnRowsThatComeAfterAFitUnderHubersLoss() throws IOException {
        double[][] values = new double[ROWS][COLUMNS];
        Random random = new Random(9);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                values[i][j] = Math.sin(i) + Math.cos(j) + 0.1 * random.nextGaussian();
            }
        }
        Path out = folder.resolve("model");
        Command.Outcome outcome = Command.run("complete", csv(values), "--loss", "huber", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        StringBuilder later = new StringBuilder("row,col,value\n");
        for (int j = 0; j < 12; j++) {
            later.append("x,c").append(j).append(',').append(values[4][j] + (j == 2 ? 1000 : 0));
            later.append('\n');
        }
        Path rows = Files.writeString(folder.resolve("rows.csv"), later);
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "row,col\nx,c40\n");
        Path updated = folder.resolve("updated");
        assertThat(Command.run("update", out, rows, "--out", updated).err()).isEmpty();
        for (Command.Outcome told :
                List.of(Command.run("predict", out, pairs, "--rows", rows), Command.run("predict", updated, pairs))) {
            assertThat(told.code()).as(told.err()).isZero();
            String value = told.out().lines().toList().get(1).split(",", -1)[2];
            assertThat(Double.parseDouble(value)).isCloseTo(values[4][40], within(0.6));
        }
        assertThat(Command.json(updated.resolve("model.json")).get("loss").asString())
                .isEqualTo("huber");
        // As the version before wrote it.
        Path model = out.resolve("model.json");
        Files.writeString(model, Files.readString(model).replace("\"deviations\"", "\"unknown\""));
        Command.Outcome refused = Command.run("update", out, rows, "--out", folder.resolve("refused"));
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("--loss huber").contains("deviations");
        assertThat(Command.run("predict", out, pairs, "--rows", rows).code()).isEqualTo(2);
        Path known = Files.writeString(folder.resolve("known.csv"), "row,col\nr4,c40\n");
        assertThat(Command.run("predict", out, known).code()).isZero();
    }

    @Test
    void signsArePredictedByTheirProbabilitiesAndOtherValuesRefused() throws IOException {
        double[][] signs = new double[ROWS][COLUMNS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                signs[i][j] = (i + j) % 2 == 0 ? 1 : -1;
            }
        }
        Path out = folder.resolve("model");
        Command.Outcome outcome = Command.run("complete", csv(signs), "--loss", "logistic", "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "row,col\nr0,c0\nr0,c1\n");
        List<String> lines = Command.run("predict", out, pairs).out().lines().toList();
        assertThat(Double.parseDouble(lines.get(1).split(",", -1)[2])).isBetween(0.9, 1.0);
        assertThat(Double.parseDouble(lines.get(2).split(",", -1)[2])).isBetween(0.0, 0.1);
        Path rows = Files.writeString(folder.resolve("rows.csv"), "row,col,value\nx,c0,1\n");
        Command.Outcome refused = Command.run("predict", out, pairs, "--rows", rows);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--rows does not apply to a model fitted with --loss logistic");
        signs[0][0] = 0.5;
        assertThat(Command.run("complete", csv(signs), "--loss", "logistic").err())
                .contains("an entry is 0.5, but under loss logistic each must be 1 or -1");
    }

    @Test
    void factorsWithoutNegativeEntriesAreWritten() throws IOException {
        double[][] values = new double[ROWS][COLUMNS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                values[i][j] = (i % 3) * (j % 4) + (i % 5 == 0 ? 2 : 0);
            }
        }
        Path out = folder.resolve("model");
        Command.Outcome outcome =
                Command.run("complete", csv(values), "--nonnegative", "--rank", 2, "--hold-out", 0.1, "--out", out);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Factors found = FactorFiles.read(out);
        for (Matrix factor : List.of(found.left(), found.right())) {
            for (double entry : factor.data()) {
                assertThat(entry).isNotNegative();
            }
        }
        assertThat(Command.json(out.resolve("result.json")).get("heldOutError").asDouble())
                .isLessThan(0.1);
        assertThat(Command.json(out.resolve("model.json")).get("nonnegative").asBoolean())
                .isTrue();
        theConstraintHoldsForLaterRows(out);
    }

    /** Entries that a row of any sign would follow below zero. */
    private void theConstraintHoldsForLaterRows(Path model) throws IOException {
        Path later = Files.writeString(
                folder.resolve("later.csv"), "row,col,value\nnew,c0,-1\nnew,c1,-1\nnew,c2,5\nr0,c0,-1\nr0,c1,-2\n");
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "row,col\nnew,c0\nnew,c1\nnew,c2\n");
        Path answers = folder.resolve("answers.csv");
        Command.Outcome predicted =
                Command.run("predict", model, pairs, "--rows", withoutKnown(later), "--out", answers);
        assertThat(predicted.code()).as(predicted.err()).isZero();
        double[] values = DelimitedTriples.read(answers).entries().value();
        assertThat(values).hasSize(3);
        for (double value : values) {
            assertThat(value).isNotNegative();
        }
        Path wider = folder.resolve("wider");
        Command.Outcome updated = Command.run("update", model, later, "--out", wider);
        assertThat(updated.code()).as(updated.err()).isZero();
        for (double entry : FactorFiles.read(wider).left().data()) {
            assertThat(entry).isNotNegative();
        }
        assertThat(Command.json(wider.resolve("model.json")).get("nonnegative").asBoolean())
                .isTrue();
    }

    private Path withoutKnown(Path file) throws IOException {
        return Files.write(
                folder.resolve("new.csv"),
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("r0"))
                        .toList());
    }

    @Test
    void anInfiniteEntryIsNamed() {
        Matrix matrix = truth();
        matrix.set(3, 4, Double.POSITIVE_INFINITY);
        Path file = folder.resolve("infinite.npy");
        Npy.write(file, FactorFiles.array(matrix));
        Command.Outcome outcome = Command.run("complete", file);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.err()).contains("the entry at (3, 4) is Infinity");
    }
}

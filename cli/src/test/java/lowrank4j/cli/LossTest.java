package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
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
                "--loss truncated --init spectral                  | --init does not apply",
            })
    void whatDoesNotApplyIsRefused(String options, String reason) throws IOException {
        Path file = Files.writeString(folder.resolve("entries.csv"), "a,x,1\na,y,-1\nb,x,1\n");
        List<Object> arguments = new ArrayList<>(List.of("complete", file));
        arguments.addAll(List.of(options.trim().split(" +")));
        Command.Outcome outcome = Command.run(arguments.toArray());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(reason);
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

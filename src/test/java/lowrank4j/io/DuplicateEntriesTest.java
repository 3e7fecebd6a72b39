package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuplicateEntriesTest {
    @ParameterizedTest
    @CsvSource({"3, 3, 40", "50, 2, 60", "1000000000, 5, 200", "5, 2000000000, 200", "100, 100, 500"})
    void agreesWithAMapOfLists(int rows, int columns, int count) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int[] row = new int[count];
            int[] column = new int[count];
            double[] value = new double[count];
            Map<List<Integer>, List<Double>> expected = new LinkedHashMap<>();
            for (int k = 0; k < count; k++) {
                row[k] = rows > 100 ? rows - 1 - random.nextInt(30) : random.nextInt(rows);
                column[k] = columns > 100 ? columns - 1 - random.nextInt(30) : random.nextInt(columns);
                value[k] = random.nextGaussian();
                expected.computeIfAbsent(List.of(row[k], column[k]), unused -> new ArrayList<>())
                        .add(value[k]);
            }
            for (DuplicatePolicy policy : List.of(DuplicatePolicy.LAST, DuplicatePolicy.MEAN)) {
                Triples triples = new Triples(rows, columns, row, column, value.clone());
                Triples distinct = DuplicateEntries.resolve(triples, policy, "x", Integer::toString);
                assertThat(distinct.count()).isEqualTo(expected.size());
                int k = 0;
                for (Map.Entry<List<Integer>, List<Double>> entry : expected.entrySet()) {
                    assertThat(List.of(distinct.row()[k], distinct.column()[k])).isEqualTo(entry.getKey());
                    double wanted = policy == DuplicatePolicy.LAST
                            ? entry.getValue().getLast()
                            : entry.getValue().stream()
                                    .mapToDouble(v -> v)
                                    .average()
                                    .orElseThrow();
                    assertThat(distinct.value()[k]).isCloseTo(wanted, within(1e-14));
                    k++;
                }
            }
        }
    }

    @Test
    void namesTheFirstRepetitionInTheFile() {
        int[] row = {5, 3, 3, 5, 3};
        int[] column = {1, 2, 0, 1, 2};
        Triples triples = new Triples(6, 3, row, column, new double[5]);
        assertThatThrownBy(() -> DuplicateEntries.resolve(triples, DuplicatePolicy.REFUSE, "x", k -> "#" + k))
                .hasMessageContainingAll("x: #0 and #3 both give the entry at row 5, column 1", "another: 2");
    }

    @Test
    void meansOfHugeValuesAreFinite() {
        double[] value = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        Triples triples = new Triples(1, 1, new int[4], new int[4], value);
        Triples mean = DuplicateEntries.resolve(triples, DuplicatePolicy.MEAN, "x", Integer::toString);
        assertThat(mean.value()[0]).isCloseTo(Double.MAX_VALUE / 2, within(Double.MAX_VALUE * 1e-15));
    }

    @Test
    void distinctEntriesAreLeftAlone() {
        int[] indices = new int[100];
        Arrays.setAll(indices, k -> (37 * k) % 100);
        Triples triples = new Triples(100, 100, indices, indices, new double[100]);
        assertThat(DuplicateEntries.resolve(triples, DuplicatePolicy.REFUSE, "x", Integer::toString))
                .isSameAs(triples);
    }
}

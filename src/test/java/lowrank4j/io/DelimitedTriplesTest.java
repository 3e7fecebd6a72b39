package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import lowrank4j.error.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimitedTriplesTest {
    private static final DelimitedOptions DEFAULTS = DelimitedOptions.defaults();

    @TempDir
    Path folder;

    @Test
    void integerIdsAreNumberedInTheirOrder() {
        Triples triples = read("userId,movieId,rating,timestamp\n9,50,4.5,1\n-3,7,1,2\n100,50,0,3\n")
                .entries();
        assertThat(triples.rowIds()).containsExactly("-3", "9", "100");
        assertThat(triples.columnIds()).containsExactly("7", "50");
        assertThat(triples.row()).containsExactly(1, 0, 2);
        assertThat(triples.column()).containsExactly(1, 0, 1);
        assertThat(triples.value()).containsExactly(4.5, 1, 0);
        assertThat(triples.rowId(2)).isEqualTo("100");
    }

    @Test
    void idsThatAreTheirOwnIndicesNeedNoMap() {
        Triples triples = read("2,1,5\n0,0,6\n1,1,7\n").entries();
        assertThat(triples.rowIds()).isEmpty();
        assertThat(triples.columnIds()).isEmpty();
        assertThat(triples.rows()).isEqualTo(3);
        assertThat(triples.row()).containsExactly(2, 0, 1);
        assertThat(triples.rowId(2)).isEqualTo("2");
    }

    @Test
    void textIdsAreNumberedByFirstAppearance() {
        Triples triples = read("ann\tzebra\t1\nbob\tape\t2\nann\tape\t3\n").entries();
        assertThat(triples.rowIds()).containsExactly("ann", "bob");
        assertThat(triples.columnIds()).containsExactly("zebra", "ape");
        assertThat(triples.row()).containsExactly(0, 1, 0);
        assertThat(triples.column()).containsExactly(0, 1, 1);
    }

    @Test
    void oneTextMakesAllIdsOfItsAxisTexts() {
        Triples triples = read("7,1,1\n3,2,2\n007,3,3\n7,4,4\n3.0,5,5\n").entries();
        assertThat(triples.rowIds()).containsExactly("7", "3", "007", "3.0");
        assertThat(triples.row()).containsExactly(0, 1, 2, 0, 3);
        assertThat(triples.columnIds()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void idsOfTheSameHashAreDifferent() {
        // All of these have the same polynomial hash of base 31.
        Triples triples =
                read("AaAa,x,1\nBBBB,x,2\nAaBB,x,3\nBBAa,x,4\nBBBB,y,5\n").entries();
        assertThat(triples.rowIds()).containsExactly("AaAa", "BBBB", "AaBB", "BBAa");
        assertThat(triples.row()).containsExactly(0, 1, 2, 3, 1);
    }

    @Test
    void quotesMayHoldDelimitersLineEndsAndQuotes() {
        Triples triples =
                read("\"row\",col,value\r\n\"a,b\",\"say \"\"hi\"\"\",\"1.5\"\r\n\"two\r\nlines\",say \"hi\",2\r\n")
                        .entries();
        assertThat(triples.rowIds()).containsExactly("a,b", "two\r\nlines");
        assertThat(triples.columnIds()).containsExactly("say \"hi\"");
        assertThat(triples.value()).containsExactly(1.5, 2);
    }

    @Test
    void byteOrderMarkBlankLinesSpacesAndMissingLastLineEndDoNotCount() {
        Triples triples = read("\ufeff\n\n row , col , value \n\n 1 , 2 , 3 \n   \n 4 , 5 , 6 ")
                .entries();
        assertThat(triples.rowIds()).containsExactly("1", "4");
        assertThat(triples.value()).containsExactly(3, 6);
        assertThat(read("1,2,3\r4,5,6\r").entries().value()).containsExactly(3, 6);
        assertThat(read("zürich,東京,3\n").entries().columnIds()).containsExactly("東京");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"MAP|2|3", "ZERO_BASED|6|8", "ONE_BASED|5|7"})
    void idsMayBeIndices(IdPolicy policy, int rows, int columns) {
        DelimitedImport<Triples> read = read("5,2,1\n1,7,2\n1,1,3\n", DEFAULTS.withIds(policy));
        assertThat(read.entries().rows()).isEqualTo(rows);
        assertThat(read.entries().columns()).isEqualTo(columns);
        assertThat(read.entries().rowIds().isEmpty()).isEqualTo(policy != IdPolicy.MAP);
        if (policy == IdPolicy.ONE_BASED) {
            assertThat(read.entries().row()).containsExactly(4, 0, 0);
            assertThat(read.entries().column()).containsExactly(1, 6, 0);
        }
    }

    @Test
    void hugeIndicesNeedNoMemory() {
        Triples triples = read(
                        "2147483646,0,1\n0,2147483646,2\n2147483646,0,3\n",
                        DEFAULTS.withIds(IdPolicy.ZERO_BASED).withDuplicates(DuplicatePolicy.LAST))
                .entries();
        assertThat(triples.rows()).isEqualTo(Integer.MAX_VALUE);
        assertThat(triples.row()).containsExactly(2147483646, 0);
        assertThat(triples.value()).containsExactly(3, 2);
    }

    @Test
    void duplicatesFollowThePolicy() {
        String text = "user,item,rating\nann,x,1\nbob,x,2\n\nann,x,4\nann,x,7\n";
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("a.csv: line 2 and line 5 both give", "row ann, column x", "another: 2");
        DelimitedImport<Triples> last = read(text, DEFAULTS.withDuplicates(DuplicatePolicy.LAST));
        assertThat(last.entries().value()).containsExactly(7, 2);
        assertThat(last.mergedEntries()).isEqualTo(2);
        assertThat(read(text, DEFAULTS.withDuplicates(DuplicatePolicy.MEAN))
                        .entries()
                        .value())
                .containsExactly(4, 2);
    }

    @Test
    void malformedLinesMayBePassedOver() {
        String text = "1,2,3\n4,5\n6,7,x\n8,,9\n1,3,5\n";
        DelimitedImport<Triples> read = read(text, DEFAULTS.withMaxMalformedLines(3));
        assertThat(read.entries().value()).containsExactly(3, 5);
        // The ids of malformed lines are not ids.
        assertThat(read.entries().rowIds()).containsExactly("1");
        assertThat(read.entries().columnIds()).containsExactly("2", "3");
        assertThat(read.malformedLines()).isEqualTo(3);
        assertThat(read.firstMalformedLines()).extracting(MalformedLine::line).containsExactly(2L, 3L, 4L);
        assertThat(read.firstMalformedLines().getFirst())
                .hasToString("line 2: has 2 fields; 3 are expected, as in the first line; the line is '4,5'");
        assertThatThrownBy(() -> read(text, DEFAULTS.withMaxMalformedLines(2)))
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("line 4", "'8,,9'", "malformed lines so far: 3, allowed: 2");
    }

    @Test
    void onlyTheFirstMalformedLinesAreReported() {
        String text = "1,2,3\n" + "x\n".repeat(500);
        DelimitedImport<Triples> read = read(text, DEFAULTS.withMaxMalformedLines(1000));
        assertThat(read.malformedLines()).isEqualTo(500);
        assertThat(read.firstMalformedLines()).hasSize(DelimitedImport.MAX_REPORTED_LINES);
    }

    @Test
    void readsPairsAsOftenAsTheyAreGiven() {
        Path path = Fixtures.write(folder.resolve("pairs.csv"), "item,user\nx,ann\ny,bob\nx,ann\n");
        DelimitedImport<Pairs> read = DelimitedTriples.readPairs(path, DEFAULTS);
        Pairs pairs = read.entries();
        assertThat(pairs.count()).isEqualTo(3);
        assertThat(pairs.row()).containsExactly(0, 1, 0);
        assertThat(pairs.rowIds()).containsExactly("ann", "bob");
        assertThat(pairs.columnIds()).containsExactly("x", "y");
        assertThat(read.layout().value()).isEmpty();

        // Ids with numbers are no names of columns.
        Fixtures.write(path, "u1,i1\nu2,i2\n");
        assertThat(DelimitedTriples.readPairs(path, DEFAULTS).entries().rowIds())
                .containsExactly("u1", "u2");

        Fixtures.write(path, "4\t2\n3\t2\n");
        assertThat(DelimitedTriples.readPairs(path, DEFAULTS).entries().rowIds())
                .containsExactly("3", "4");
        // A file of triples will do.
        Fixtures.write(path, "4,2,0.5\n3,2,oops\n");
        assertThat(DelimitedTriples.readPairs(path, DEFAULTS).entries().count()).isEqualTo(2);
    }

    @Test
    void tellsHowFarItIs() {
        Path path = Fixtures.write(folder.resolve("a.csv"), "123,456,0.25\n".repeat(200_000));
        List<Long> seen = new ArrayList<>();
        DelimitedTriples.read(
                path, DEFAULTS.withDuplicates(DuplicatePolicy.MEAN).withProgress(seen::add));
        assertThat(seen).hasSizeGreaterThan(2).isSorted().last().isEqualTo(2_600_000L);
    }

    @Test
    void manyLinesOfManyIdsKeepTheirPlaces() {
        Random random = new Random(5);
        int count = 150_000;
        Map<String, Double> values = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < count; k++) {
            String row = "u" + random.nextInt(20_000);
            String column = Integer.toString(random.nextInt(5_000) * 17);
            double value = random.nextInt(1000) / 8.0;
            if (values.putIfAbsent(row + " " + column, value) == null) {
                text.append(row)
                        .append("::")
                        .append(column)
                        .append("::")
                        .append(value)
                        .append("\n");
            }
        }
        Triples triples = read(text.toString()).entries();
        assertThat(triples.count()).isEqualTo(values.size());
        int wrong = 0;
        for (int k = 0; k < triples.count(); k++) {
            String key = triples.rowId(triples.row()[k]) + " " + triples.columnId(triples.column()[k]);
            wrong += Double.valueOf(triples.value()[k]).equals(values.get(key)) ? 0 : 1;
        }
        assertThat(wrong).isZero();
        assertThat(triples.columnIds())
                .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
    }

    @Test
    void linesAreNumberedAcrossBuffers() {
        // Records cross the ends of the buffer of one mebibyte in every way; the last line is wrong.
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < 130_000; k++) {
            text.append("\"r\r\n")
                    .append(k)
                    .append("\",")
                    .append("c\"\"")
                    .append(k % 7)
                    .append(",1\r\n");
        }
        text.append("oops");
        assertThatThrownBy(() -> read(text.toString()))
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("line 260001: has 1 fields", "'oops'");
    }

    @Test
    void longLinesAreRead() {
        String id = "x".repeat(3_000_000);
        Triples triples = read("a,b,1\n" + id + ",c,2\nd,e,3\n").entries();
        assertThat(triples.rowIds()).containsExactly("a", id, "d");
    }

    @Test
    void whatIsWrittenIsRead() {
        Triples triples = new Triples(
                3,
                2,
                new int[] {0, 1, 2},
                new int[] {1, 0, 1},
                new double[] {Math.PI, -0.0, 1e300},
                List.of("plain", "with \"quotes\"", "comma, tab\tand\nline"),
                List.of());
        for (String name : new String[] {"a.csv", "a.tsv"}) {
            Path path = folder.resolve(name);
            DelimitedTriples.write(path, triples);
            DelimitedImport<Triples> read = DelimitedTriples.read(path);
            assertThat(read.layout().header()).containsExactly("row", "column", "value");
            assertThat(read.layout().delimiter()).isEqualTo(name.equals("a.csv") ? "," : "\t");
            assertThat(read.entries().value()).isEqualTo(triples.value());
            assertThat(read.entries().rowIds()).isEqualTo(triples.rowIds());
            assertThat(read.entries().column()).isEqualTo(triples.column());
        }
    }

    @Test
    void idMapsAreReadAsWritten() {
        List<String> ids = List.of("7", "a,b", "say \"hi\"", " spaced ", "größe", "two\nlines");
        Path path = folder.resolve("rows.csv");
        IdMap.write(path, ids);
        assertThat(IdMap.read(path)).isEqualTo(ids);
        assertThat(new String(Fixtures.bytes(path), StandardCharsets.UTF_8)).startsWith("index,id\n0,7\n");
        for (String wrong : new String[] {"", "id,index\n", "index,id\n1,a\n", "index,id\n0\n", "index,id\n0,\"a\n"}) {
            Fixtures.write(path, wrong);
            assertThatThrownBy(() -> IdMap.read(path))
                    .as(wrong)
                    .isInstanceOf(BadDataException.class)
                    .hasMessageContaining("rows.csv: line ");
        }
    }

    @Test
    void indicesOutOfRangeAreNoTriples() {
        int[] indices = IntStream.range(0, 3).toArray();
        assertThatThrownBy(() -> new Triples(3, 2, indices, indices, new double[3]))
                .hasMessageContainingAll("entry 2 is at row 2, column 2", "columns 0 to 1");
        assertThatThrownBy(() -> new Triples(3, 3, indices, indices, new double[] {0, Double.NaN, 0}))
                .hasMessageContainingAll("entry 1", "NaN", "finite");
    }

    private DelimitedImport<Triples> read(String text) {
        return read(text, DEFAULTS);
    }

    private DelimitedImport<Triples> read(String text, DelimitedOptions options) {
        return DelimitedTriples.read(Fixtures.write(folder.resolve("a.csv"), text), options);
    }
}

package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixMarketTest {
    private static final String GENERAL = "%%MatrixMarket matrix coordinate real general\n";

    @TempDir
    Path folder;

    @Test
    void readsCoordinates() {
        Triples triples = triples("""
                %%MatrixMarket matrix coordinate real general
                % a comment
                %
                3 4 3

                1 1  2.5
                  3\t4 -1e-3
                % another
                2 1 +7
                """);
        assertThat(triples.rows()).isEqualTo(3);
        assertThat(triples.columns()).isEqualTo(4);
        assertThat(triples.row()).containsExactly(0, 2, 1);
        assertThat(triples.column()).containsExactly(0, 3, 0);
        assertThat(triples.value()).containsExactly(2.5, -1e-3, 7);
        assertThat(triples.rowIds()).isEmpty();
    }

    @Test
    void readsAnArrayByColumns() {
        DenseEntries dense = dense("%%MatrixMarket MATRIX Array Integer General\n2 3\n1\n2\n3\n4\n5\n6\n");
        assertThat(dense.rows()).isEqualTo(2);
        assertThat(dense.columns()).isEqualTo(3);
        assertThat(dense.values()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void completesSymmetricMatrices() {
        Triples triples = triples("%%MatrixMarket matrix coordinate real symmetric\n3 3 3\n1 1 5\n3 1 2\n2 3 4\n");
        assertThat(triples.row()).containsExactly(0, 2, 0, 2, 1);
        assertThat(triples.column()).containsExactly(0, 0, 2, 1, 2);
        assertThat(triples.value()).containsExactly(5, 2, 2, 4, 4);

        assertThat(dense("%%MatrixMarket matrix array real symmetric\n3 3\n1\n2\n3\n4\n5\n6\n")
                        .values())
                .containsExactly(1, 2, 3, 2, 4, 5, 3, 5, 6);
    }

    @Test
    void completesSkewSymmetricMatrices() {
        // One entry of the lower triangle, one of the upper.
        Triples triples = triples("%%MatrixMarket matrix coordinate real skew-symmetric\n3 3 2\n2 1 5\n1 3 4\n");
        assertThat(triples.row()).containsExactly(1, 0, 2, 0);
        assertThat(triples.column()).containsExactly(0, 1, 0, 2);
        assertThat(triples.value()).containsExactly(5, -5, -4, 4);

        assertThat(dense("%%MatrixMarket matrix array integer skew-symmetric\n3 3\n1\n2\n3\n")
                        .values())
                .containsExactly(0, -1, -2, 1, 0, -3, 2, 3, 0);
    }

    @Test
    void entriesOfAPatternAreOne() {
        Triples triples = triples("%%MatrixMarket matrix coordinate pattern symmetric\n2 2 2\n1 1\n2 1\n");
        assertThat(triples.value()).containsExactly(1, 1, 1);
    }

    @Test
    void readsLineEndsOfAllKindsAndNoLast() {
        Triples triples = triples("\ufeff" + GENERAL.replace("\n", "\r\n") + "2 2 2\r\n1 2 3\r\n2 2 4");
        assertThat(triples.value()).containsExactly(3, 4);
    }

    @Test
    void readsEmptyMatrices() {
        assertThat(triples(GENERAL + "0 0 0\n").count()).isZero();
        assertThat(dense("%%MatrixMarket matrix array real general\n0 3\n").values())
                .isEmpty();
    }

    @Test
    void duplicatesFollowThePolicy() {
        String text = GENERAL + "3 3 4\n% skipped\n2 3 1\n1 1 9\n\n2 3 4\n2 3 7\n";
        assertRefused(text, "line 4 and line 7 both give the entry at row 1, column 2", "repeat another: 2");
        Path path = Fixtures.write(folder.resolve("a.mtx"), text);
        Triples last = (Triples) MatrixMarket.read(path, DuplicatePolicy.LAST);
        assertThat(last.value()).containsExactly(7, 9);
        Triples mean = (Triples) MatrixMarket.read(path, DuplicatePolicy.MEAN);
        assertThat(mean.value()).containsExactly(4, 9);
        assertThat(mean.row()).containsExactly(1, 0);
        // The two triangles of a symmetric matrix are one.
        assertRefused(
                "%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n2 1 5\n1 2 5\n",
                "line 3 and line 4 both give");
    }

    @Test
    void whatIsWrittenIsRead() {
        Random random = new Random(3);
        double[] values = random.longs(60)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .limit(50)
                .toArray();
        Path path = folder.resolve("a.mtx");

        MatrixMarket.write(path, new DenseEntries(5, 10, values));
        assertThat(((DenseEntries) MatrixMarket.read(path)).values()).isEqualTo(values);

        int[] row = new int[50];
        int[] column = new int[50];
        Arrays.setAll(row, k -> k % 7);
        Arrays.setAll(column, k -> k / 7);
        MatrixMarket.write(path, new Triples(8, 9, row, column, values));
        Triples triples = (Triples) MatrixMarket.read(path);
        assertThat(triples.rows()).isEqualTo(8);
        assertThat(triples.columns()).isEqualTo(9);
        assertThat(triples.row()).isEqualTo(row);
        assertThat(triples.column()).isEqualTo(column);
        assertThat(triples.value()).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,2,3\\n                                                           | line 1: does not begin with %%MatrixMarket | '1,2,3'
            %%MatrixMarket vector\\n                                           | line 1: describes a 'vector'             | a matrix is allowed
            %%MatrixMarket matrix\\n                                           | line 1: the format is ''                 | coordinate, array are allowed
            %%MatrixMarket matrix coordinate complex general\\n                | line 1: the field is 'complex'           | real, double, integer, pattern are allowed
            %%MatrixMarket matrix coordinate real hermitian\\n                 | line 1: the symmetry is 'hermitian'      | general, symmetric, skew-symmetric
            %%MatrixMarket matrix coordinate real general x\\n                 | line 1: has more words                   | SYMMETRY
            %%MatrixMarket matrix array pattern general\\n                     | line 1: a pattern must be a coordinate   | array pattern
            %%MatrixMarket matrix array real general\\n% only\\n               | line 3: the file ends before             | sizes
            %%MatrixMarket matrix array real general\\n2 x\\n                  | line 2: the number of columns is 'x'     | from 0 to 2^31
            %%MatrixMarket matrix array real general\\n2\\n                    | line 2: the number of columns is ''      | from 0 to 2^31
            %%MatrixMarket matrix array real general\\n-2 1\\n                 | line 2: the number of rows is '-2'       | from 0 to 2^31
            %%MatrixMarket matrix array real general\\n3000000000 1\\n         | line 2: the number of rows is '3000000000' | from 0 to 2^31
            %%MatrixMarket matrix array real general\\n1 1 1\\n3\\n            | line 2: has more than is expected        | '1'
            %%MatrixMarket matrix array real symmetric\\n1 2\\n                | line 2: a symmetric matrix is 1 × 2      | square
            %%MatrixMarket matrix array real general\\n1000000 1000000\\n3\\n  | claims 1000000000000 entries             | has only 59 bytes
            %%MatrixMarket matrix array real general\\n2 1\\n3\\n              | line 4: the file ends after 1 of the 2   | general 2 × 1
            %%MatrixMarket matrix array real general\\n2 1\\n3\\n4\\n5\\n      | line 5: goes on after the 2 values       | '5'
            %%MatrixMarket matrix array real general\\n1 1\\n3 4\\n            | line 3: has more than is expected        | '4'
            %%MatrixMarket matrix array real general\\n1 1\\nx\\n              | line 3: the value is 'x'                 | finite decimal number
            %%MatrixMarket matrix array real general\\n1 1\\nNaN\\n            | line 3: the value is 'NaN'               | finite decimal number
            %%MatrixMarket matrix array real general\\n1 1\\n1e999\\n          | line 3: the value is '1e999'             | finite decimal number
            %%MatrixMarket matrix array integer general\\n1 1\\n1.5\\n         | line 3: the value is '1.5'               | an integer of magnitude
            %%MatrixMarket matrix array integer general\\n1 1\\n9007199254740993\\n | line 3: the value is '9007199254740993' | 2^53
            %%MatrixMarket matrix coordinate real general\\n2 2\\n             | line 2: the number of entries is ''      | at least 0
            %%MatrixMarket matrix coordinate real general\\n2 2 -1\\n          | line 2: the number of entries is '-1'    | at least 0
            %%MatrixMarket matrix coordinate real general\\n2 2 999999\\n      | line 2: claims 999999 entries            | has only 57 bytes
            %%MatrixMarket matrix coordinate real general\\n2 2 2\\n1 1 1\\n   | line 4: the file ends after 1 of the 2   | entries that
            %%MatrixMarket matrix coordinate real general\\n2 2 1\\n0 1 1\\n   | line 3: the row is '0'                   | from 1 to 2
            %%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 3 1\\n   | line 3: the column is '3'                | from 1 to 2
            %%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1.0 1\\n | line 3: the column is '1.0'              | from 1 to 2
            %%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 1\\n     | line 3: the value is ''                  | the line is '1 1'
            %%MatrixMarket matrix coordinate pattern general\\n2 2 1\\n1 1 1\\n| line 3: has more than is expected        | '1'
            %%MatrixMarket matrix coordinate real skew-symmetric\\n2 2 1\\n1 1 1\\n | line 3: a skew-symmetric matrix has the value 1.0 | diagonal
            %%MatrixMarket matrix coordinate real general\\n1 1 1\\n1 1 1\\n1 1 1\\n | line 4: goes on after the 1 entries | '1 1 1'
            """)
    void refusesWithLineAndReason(String text, String reason, String part) {
        assertRefused(text.replace("\\n", "\n"), reason, part);
    }

    @Test
    void refusesWhatIsNoText() {
        assertRefused("", "it looks like an empty file");
        assertRefused("PK\u0003\u0004", "it looks like a zip archive");
        assertThatThrownBy(() -> MatrixMarket.read(folder)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> MatrixMarket.read(folder.resolve("none.mtx")))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void saysThatMemoryIsTooSmall() {
        assertThatThrownBy(() -> AvailableMemory.requireHeap(Long.MAX_VALUE, "a.mtx"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageMatching("a.mtx: needs 9223372036854775807 bytes of memory, but \\d+ bytes of the heap are"
                        + " free; -Xmx allows a larger one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 3\n1 1 5.25\n3 1 2\n2 3 4e1\n",
                "%%MatrixMarket matrix array integer general\r\n2 3\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6"
            })
    void survivesTruncationAndFuzz(String text) {
        byte[] bytes = MalformedNpy.latin1(text);
        Path target = folder.resolve("damaged.mtx");
        Fixtures.truncateEverywhere(bytes, target, MatrixMarket::read);
        Fixtures.fuzz(bytes, target, 500, MatrixMarket::read);
    }

    private Triples triples(String text) {
        return (Triples) MatrixMarket.read(Fixtures.write(folder.resolve("a.mtx"), text));
    }

    private DenseEntries dense(String text) {
        return (DenseEntries) MatrixMarket.read(Fixtures.write(folder.resolve("a.mtx"), text));
    }

    private void assertRefused(String text, String... parts) {
        Path path = Fixtures.write(folder.resolve("refused.mtx"), text);
        assertThatThrownBy(() -> MatrixMarket.read(path))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContainingAll(parts);
    }
}

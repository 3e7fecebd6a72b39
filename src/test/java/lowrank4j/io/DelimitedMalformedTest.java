package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import lowrank4j.error.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line should not say is refused by number, content and reason. */
class DelimitedMalformedTest {
    private static final DelimitedOptions DEFAULTS = DelimitedOptions.defaults();

    @TempDir
    Path folder;

    static Stream<Arguments> malformed() {
        return Stream.of(
                of("1,2,3\n4,5\n", "line 2: has 2 fields; 3 are expected", "'4,5'"),
                of("1,2,3\n4,5,6,7\n", "line 2: has 4 fields; 3 are expected", "'4,5,6,7'"),
                of("\n\n1,2,3\n\n4,5,abc\n", "line 5: the value is 'abc'; a finite decimal number", "'4,5,abc'"),
                of("1,2,3\n4,5,nan\n", "line 2: the value is 'nan'"),
                of("1,2,3\n4,5,-inf\n", "line 2: the value is '-inf'"),
                of("1,2,3\n4,5,1e999\n", "line 2: the value is '1e999'"),
                of("1,2,3\n4,5,\n", "line 2: the value is ''"),
                of("1;2;3\n4;5;2,5\n", "line 2: the value is '2,5'"),
                of("1,2,3\n,5,6\n", "line 2: the row id in field 1 is empty", "',5,6'"),
                of("1,2,3\n4, ,6\n", "line 2: the column id in field 2 is empty"),
                of("1,2,3\n\"\",2,6\n", "line 2: the row id in field 1 is empty"),
                of("1,2,3\n\"4,5,6\n7,8,9\n", "line 2: a quote is opened and never closed", "'\"4,5,6'"),
                of("1,2,3\n\"4\"x,5,6\n", "line 2: a delimiter or the end of the line must follow a closing quote"),
                of("1,2,3\n" + "4".repeat(200) + "\n", "line 2: has 1 fields", "'" + "4".repeat(80) + "…'"),
                of("1,2,3\n4\t5\u0085\n", "'4\\t5\\x85'"),
                of("user,item,rating\n", "has no line of data", "taken for a header [user, item, rating]"),
                of("\n \n", "has only blank lines"),
                of("\n\n1 2 3\n", "line 3: no delimiter among", "'1 2 3'"),
                of("", "it looks like an empty file"),
                of("%%MatrixMarket matrix", "it looks like Matrix Market text"),
                of("PK\3\4", "it looks like a zip archive"),
                of("\0\0\0", "it looks like binary data"));
    }

    private static Arguments of(String text, String... parts) {
        return Arguments.of(text, parts);
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("malformed")
    void refusesWithLineContentAndReason(String text, String[] parts) {
        assertRefused(Fixtures.write(folder.resolve("a.csv"), text), DEFAULTS, parts);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        Path path = Fixtures.write(folder.resolve("latin1.csv"), MalformedNpy.latin1("1,2,3\nz\u00fcrich,2,4\n"));
        assertRefused(path, DEFAULTS, "line 2: the row id in field 1 is not encoded in UTF-8");
        Path wide = Fixtures.write(folder.resolve("utf16.csv"), "1,2,3\n".getBytes(StandardCharsets.UTF_16));
        assertRefused(wide, DEFAULTS, "it looks like UTF-16 text");
    }

    @Test
    void refusesIdsThatAreNoIndices() {
        Path path = Fixtures.write(folder.resolve("a.csv"), "1,2,3\n0,2,3\n");
        assertRefused(
                path, DEFAULTS.withIds(IdPolicy.ONE_BASED), "line 2: the row id in field 1 is '0', no index", "1 to");
        Fixtures.write(path, "1,2,3\n5,-2,3\n");
        assertRefused(
                path, DEFAULTS.withIds(IdPolicy.ZERO_BASED), "line 2: the column id in field 2 is '-2'", "from 0");
        Fixtures.write(path, "1,2,3\n5,2147483647,3\n");
        assertRefused(path, DEFAULTS.withIds(IdPolicy.ZERO_BASED), "from 0 to 2147483646 are allowed");
        Fixtures.write(path, "1,2,3\nx,2,3\n");
        assertRefused(path, DEFAULTS.withIds(IdPolicy.ONE_BASED), "is 'x', no index; integers from 1 to 2147483647");
    }

    @Test
    void oneMalformedLineTooManyIsRefused() {
        Path path = Fixtures.write(folder.resolve("two.csv"), "1,2,3\n1,3,x\n2,2,4\n2,3,y\n");
        assertThat(DelimitedTriples.read(path, DEFAULTS.withMaxMalformedLines(2))
                        .malformedLines())
                .isEqualTo(2);
        assertRefused(path, DEFAULTS.withMaxMalformedLines(1), "line 4", "malformed lines so far: 2, allowed: 1");
    }

    @Test
    void refusesAFileWithNothingButMalformedLines() {
        Path path = Fixtures.write(folder.resolve("a.csv"), "user,item,rating\n1,2,x\n");
        assertRefused(path, DEFAULTS.withMaxMalformedLines(9), "has no line of data", "line 2: the value is 'x'");
    }

    @Test
    void aQuoteThatIsNeverClosedSpoilsOnlyItsLine() {
        Path path = Fixtures.write(folder.resolve("a.csv"), "1,2,3\n\"4,5,6\n" + "7,8,9\n8,8,9\n".repeat(200_000));
        DelimitedOptions options = DEFAULTS.withMaxMalformedLines(1).withDuplicates(DuplicatePolicy.LAST);
        DelimitedImport<Triples> read = DelimitedTriples.read(path, options);
        assertThat(read.entries().count()).isEqualTo(3);
        assertThat(read.mergedEntries()).isEqualTo(399_998);
    }

    @Test
    void refusesWhatIsNoFile() {
        assertRefused(folder, DEFAULTS, "is a directory");
        assertRefused(folder.resolve("missing.csv"), DEFAULTS, "there is no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userId,movieId,rating\n1,31,2.5\n1,1029,3.0\n7,31,4\n",
                "\"a,b\"\tx\t1.5\r\n\"c\"\"d\"\ty\t-2e3\r\n",
                "1::1193::5::978300760\n2::661::3::978302109"
            })
    void survivesTruncationAndFuzz(String text) {
        byte[] bytes = MalformedNpy.latin1(text);
        Path target = folder.resolve("damaged.csv");
        Fixtures.truncateEverywhere(bytes, target, DelimitedTriples::read);
        Fixtures.fuzz(bytes, target, 300, DelimitedTriples::read);
        Fixtures.fuzz(bytes, target, 300, path -> DelimitedTriples.readPairs(path, DEFAULTS.withMaxMalformedLines(2)));
    }

    private static void assertRefused(Path path, DelimitedOptions options, String... parts) {
        assertThatThrownBy(() -> DelimitedTriples.read(path, options))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContainingAll(parts);
    }
}

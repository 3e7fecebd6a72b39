package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.io.DelimitedOptions.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How files are understood that say nothing about themselves, or the wrong thing. */
class DelimitedLayoutTest {
    private static final DelimitedOptions DEFAULTS = DelimitedOptions.defaults();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            196\\t242\\t3\\t881250949\\n186\\t302\\t3\\t891717742\\n  | \\t | false | 0 | 1 | 2
            1::1193::5::978300760\\n1::661::3::978302109\\n          | ::  | false | 0 | 1 | 2
            userId,movieId,rating,timestamp\\n1,31,2.5,126\\n        | ,   | true  | 0 | 1 | 2
            timestamp;rating;Item ID;user_id\\n9;2,5;a;b\\n          | ;   | true  | 3 | 2 | 1
            item,user,score\\nx,y,1\\n                               | ,   | true  | 1 | 0 | 2
            Customer,Song,Plays\\nx,y,1\\n                           | ,   | true  | 0 | 1 | 2
            song,rating,customer\\nx,1,y\\n                          | ,   | true  | 0 | 2 | 1
            alice,matrix,5\\nbob,heat,4\\n                           | ,   | false | 0 | 1 | 2
            i,j,v\\n1,2,3\\n                                         | ,   | true  | 0 | 1 | 2
            a::b,c,1\\nd::e,f,2\\n                                   | ,   | false | 0 | 1 | 2
            "a\\tb",c,1\\nd,e,2\\n                                   | ,   | false | 0 | 1 | 2
            """)
    void tellsDelimiterHeaderAndColumns(String text, String delimiter, boolean header, int row, int column, int value) {
        DelimitedLayout layout = layout(unescape(text).replace("2,5", "2.5"), DEFAULTS);
        assertThat(layout.delimiter()).isEqualTo(unescape(delimiter));
        assertThat(!layout.header().isEmpty()).isEqualTo(header);
        assertThat(layout.row()).isEqualTo(row);
        assertThat(layout.column()).isEqualTo(column);
        assertThat(layout.value()).hasValue(value);
    }

    @Test
    void columnsCanBeChosenByName() {
        DelimitedOptions options = DEFAULTS.withColumns(new DelimitedOptions.Named("Station", "day", "Temp"));
        DelimitedLayout layout = layout("id,temp,station,day\n1,20.5,A,3\n", options);
        assertThat(layout.row()).isEqualTo(2);
        assertThat(layout.column()).isEqualTo(3);
        assertThat(layout.value()).hasValue(1);
        assertRefused("id,temp,station\n1,2,3\n", options, "line 1", "0 columns named 'day'", "one is expected");
        assertRefused("day,temp,station,day\n1,2,3,4\n", options, "2 columns named 'day'");
        assertRefused("a,b,c\n1,2,3\n", options.withHeader(Header.ABSENT), "said to have no header");
        DelimitedOptions same = DEFAULTS.withColumns(new DelimitedOptions.Named("a", "A", "b"));
        assertRefused("a,b,c\n1,2,3\n", same, "not different");
    }

    @Test
    void columnsCanBeChosenByNumber() {
        DelimitedOptions options = DEFAULTS.withColumns(new DelimitedOptions.Numbered(3, 0, 1));
        DelimitedLayout layout = layout("7,2.5,x,9\n8,1,y,9\n", options);
        assertThat(layout.header()).isEmpty();
        assertThat(layout.row()).isEqualTo(3);
        assertThat(layout("p,q,r,s\n7,2.5,x,9\n", options).header()).containsExactly("p", "q", "r", "s");
        assertRefused("1,2,3\n", options, "line 1: has 3 fields; at least 4 are expected");
        assertThatThrownBy(() -> new DelimitedOptions.Numbered(0, 0, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("[0, 0, 1]");
    }

    @Test
    void theFirstLineCanBeSaidToBeDataOrAHeader() {
        assertThat(layout("1,2,3\n4,5,6\n", DEFAULTS.withHeader(Header.PRESENT)).header())
                .containsExactly("1", "2", "3");
        assertRefused("a,b,c\n4,5,6\n", DEFAULTS.withHeader(Header.ABSENT), "line 1", "the value is 'c'");
    }

    @Test
    void aDamagedFirstLineIsNoHeader() {
        assertRefused("1,2,n/a\n4,5,6\n", DEFAULTS, "line 1: the value is 'n/a'", "'1,2,n/a'");
    }

    @Test
    void unclearHeadersAreRefused() {
        assertRefused(
                "time,place,temperature,wind\n1,2,3,4\n", DEFAULTS, "does not tell which columns", "name or number");
        assertRefused("user,userId,rating\n1,2,3\n", DEFAULTS, "does not tell which columns");
    }

    @Test
    void theDelimiterCanBeChosen() {
        assertThat(layout("1|2|3\n", DEFAULTS.withDelimiter("|")).delimiter()).isEqualTo("|");
        assertThat(layout("1 2 3\n", DEFAULTS.withDelimiter(" ")).fieldCount()).isEqualTo(3);
        assertRefused("1 2 3\n", DEFAULTS, "line 1: no delimiter among tab, comma, semicolon and '::'", "'1 2 3'");
        assertRefused("1,2\n", DEFAULTS, "gives at least 3 fields");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\n", "abc", "é"})
    void otherDelimitersAreRefused(String delimiter) {
        assertThatThrownBy(() -> DEFAULTS.withDelimiter(delimiter))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("one or two ASCII characters");
    }

    @Test
    void limitsBelowZeroAreRefused() {
        assertThatThrownBy(() -> DEFAULTS.withMaxMalformedLines(-1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("maxMalformedLines is -1; at least 0 is allowed");
    }

    private DelimitedLayout layout(String text, DelimitedOptions options) {
        return DelimitedTriples.read(Fixtures.write(folder.resolve("a.csv"), text), options)
                .layout();
    }

    private void assertRefused(String text, DelimitedOptions options, String... parts) {
        Path path = Fixtures.write(folder.resolve("a.csv"), text);
        assertThatThrownBy(() -> DelimitedTriples.read(path, options))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContainingAll(parts);
    }

    private static String unescape(String text) {
        return text.replace("\\t", "\t").replace("\\n", "\n");
    }
}

package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {
    @ParameterizedTest
    @CsvSource({"1234.5, 1230", "0.012345, 0.0123", "99.96, 100", "7, 7", "NaN, –"})
    void numbersHaveThreeDigits(double value, String text) {
        assertThat(Text.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.8512, 0.85", "12.34, 12.3", "123.4, 123", "Infinity, –"})
    void ratiosAreShort(double value, String text) {
        assertThat(Text.ratio(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"12.34, 12.3 ms (12.3–12.3)", "0.001234, 1.23 µs (1.23–1.23)", "0.0000234, 23.4 ns (23.4–23.4)"})
    void timesHaveTheUnitThatSuitsThem(double milliseconds, String text) {
        assertThat(Text.time(new Interval(milliseconds, milliseconds, milliseconds)))
                .isEqualTo(text);
    }
}

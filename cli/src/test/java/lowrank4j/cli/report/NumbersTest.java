package lowrank4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "100, 100",
        "-2.5, -2.5",
        "0.07519, 0.07519",
        "0.075194, 0.07519",
        "12.3456, 12.35",
        "41234.6, 41235",
        "0.001, 0.001",
        "0.0009, 9e-4",
        "1.26e-11, 1.3e-11",
        "100000, 1e5",
        "123456789, 1.2e8",
        "4.9e-324, 4.9e-324",
        "NaN, –",
        "Infinity, –",
    })
    void briefNumbersKeepWhatMatters(double value, String expected) {
        assertThat(Numbers.brief(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "0.00042, 0.4 ms",
        "0.0123, 12 ms",
        "1, 1.0 s",
        "59.94, 59.9 s",
        "59.97, 1 min 0 s",
        "125.4, 2 min 5 s",
        "NaN, –",
    })
    void durationsHaveTheirUnit(double seconds, String expected) {
        assertThat(Numbers.seconds(seconds)).isEqualTo(expected);
    }
}

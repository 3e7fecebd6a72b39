package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds from tables of the sign test. */
final class IntervalTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 1, 5", "6, 1, 6", "9, 2, 8", "10, 2, 9", "17, 5, 13", "25, 8, 18", "40, 14, 27"})
    void boundsAreThoseOfTheSignTest(int samples, int low, int high) {
        double[] shuffled = IntStream.rangeClosed(1, samples)
                .mapToDouble(i -> samples + 1 - i)
                .toArray();
        Interval interval = Interval.of(shuffled);
        assertThat(interval.median()).isEqualTo((samples + 1) / 2.0);
        assertThat(interval.low()).isEqualTo(low);
        assertThat(interval.high()).isEqualTo(high);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(() -> Interval.of(new double[0]));
    }
}

package lowrank4j.cli.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsTheMiddleValue() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
        assertThat(Statistics.median(List.of(1.0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)))
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Statistics.median(List.of())).isNaN();
        assertThat(Statistics.median(List.of(1.0, Double.NaN, 2.0))).isNaN();
    }

    @Test
    void theSlopeIsThatOfTheBestLine() {
        assertThat(Statistics.slope(new double[] {1, 2, 3}, new double[] {5, 3, 1}))
                .isCloseTo(-2, within(1e-14));
        // Deviations +1, -2, +1 are orthogonal to the line.
        double[] bent = {1, 0, 5};
        assertThat(Statistics.slope(new double[] {0, 1, 2}, bent)).isCloseTo(2, within(1e-14));
        assertThat(Statistics.deviation(new double[] {0, 1, 2}, bent, 2)).isCloseTo(2, within(1e-14));
        assertThatThrownBy(() -> Statistics.slope(new double[] {1}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePowerIsTheSlopeInLogarithmicAxes() {
        assertThat(Statistics.power(new double[] {1e-4, 1e-3, 1e-2}, new double[] {3e-6, 3e-5, 3e-4}))
                .isCloseTo(1, within(1e-12));
        assertThat(Statistics.power(new double[] {5, 10, 20}, new double[] {25, 100, 400}))
                .isCloseTo(2, within(1e-12));
    }

    @Test
    void theRatioIsOfTheExtremes() {
        assertThat(Statistics.ratio(3, 2, 5)).isEqualTo(2.5);
        assertThat(Statistics.ratio(3, Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}

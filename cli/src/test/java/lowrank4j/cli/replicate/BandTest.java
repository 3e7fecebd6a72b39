package lowrank4j.cli.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BandTest {
    @Test
    void holdsWithinItsEnds() {
        Band band = Band.between("slope", 1, 1.3);
        assertThat(band.holds(1)).isTrue();
        assertThat(band.holds(1.3)).isTrue();
        assertThat(band.holds(0.99)).isFalse();
        assertThat(band.holds(1.31)).isFalse();
        assertThat(band.holds(Double.NaN)).isFalse();
        assertThat(Band.atMost("error", 1e-3).holds(Double.POSITIVE_INFINITY)).isFalse();
    }

    @Test
    void saysWhatItAllows() {
        assertThat(Band.between("slope", 1, 1.3).text()).isEqualTo("1 to 1.3");
        assertThat(Band.atMost("error", 2e-4).text()).isEqualTo("at most 2e-4");
        assertThat(Band.atLeast("ratio", 8).text()).isEqualTo("at least 8");
        assertThatThrownBy(() -> Band.between("slope", 2, 1)).hasMessageContaining("slope");
    }

    @Test
    void aFindingIsJudgedByItsMedian() {
        Band band = Band.atMost("error", 1);
        assertThat(new Verdict.Finding(band, List.of(0.5, 9.0, 0.7)).holds()).isTrue();
        assertThat(new Verdict.Finding(band, List.of(0.5, 9.0, 1.1)).holds()).isFalse();
        assertThat(new Verdict.Finding(band, List.of()).holds()).isFalse();
    }
}

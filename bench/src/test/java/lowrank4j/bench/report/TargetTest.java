package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lowrank4j.bench.report.Target.Ratio;
import org.junit.jupiter.api.Test;

final class TargetTest {
    @Test
    void theWorstSizeDecides() {
        Target target = new Target("k", "times the peer", 2, List.of(new Ratio("n 1", 3), new Ratio("n 2", 1.5)));
        assertThat(target.isMet()).isFalse();
        assertThat(target.measured()).isEqualTo("1.50 to 3.00, worst at n 2");
        assertThat(target.verdict()).isEqualTo("missed; met at 1 of 2 sizes");
    }

    @Test
    void whatWasNotMeasuredIsNotMet() {
        Target target = new Target("k", "times the peer", 2, List.of(new Ratio("n 1", Double.NaN)));
        assertThat(target.isMeasured()).isFalse();
        assertThat(target.isMet()).isFalse();
        assertThat(target.verdict()).isEqualTo("not measured");
    }

    @Test
    void aReasonIsGivenForAMissAlone() {
        Target missed = new Target("k", "times the peer", 2, List.of(new Ratio("n 1", 1.5)));
        Target met = new Target("k", "times the peer", 1, List.of(new Ratio("n 1", 1.5)));
        Target unknown = new Target("k", "times the peer", 1, List.of());
        assertThat(missed.because("why").reasonOfMiss()).isEqualTo("why");
        assertThat(met.because("why").reasonOfMiss()).isEmpty();
        assertThat(unknown.because("why").reasonOfMiss()).isEmpty();
    }
}

package lowrank4j.cli.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import lowrank4j.solver.Exponential;
import org.junit.jupiter.api.Test;

/** The signals of the phase transition of Hankel matrices. */
class HankelRecoveryTest {
    @Test
    void frequenciesLieApartOnTheCircleAndAmplitudesAreAsPublished() {
        double separation = 1.5 / 127;
        List<Exponential> parts = HankelRecovery.exponentials(30, separation, new Random(2));
        assertThat(parts).hasSize(30);
        double[] frequency =
                parts.stream().mapToDouble(Exponential::frequency).sorted().toArray();
        for (int k = 0; k < 30; k++) {
            double next = k + 1 < 30 ? frequency[k + 1] : frequency[0] + 1;
            assertThat(next - frequency[k]).isGreaterThanOrEqualTo(separation);
        }
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.amplitude()).isBetween(2 - 1e-12, 1 + Math.sqrt(10) + 1e-12);
            assertThat(part.damping()).isCloseTo(0, within(0.0));
        });
    }
}

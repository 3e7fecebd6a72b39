package lowrank4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
    private static final Ceilings UNKNOWN = new Ceilings(List.of());

    private static Comparison of(Family family, int r, Map<String, Interval> times) {
        return new Comparison(family, Map.of("r", String.valueOf(r)), times);
    }

    @Test
    void slowForksDoNotCountAtTheLowEnds() {
        Comparison even =
                of(Family.EIGEN, 8, Map.of("NATIVE", new Interval(3, 2, 9), "OPENBLAS", new Interval(2, 2, 2)));
        Comparison behind =
                of(Family.EIGEN, 16, Map.of("NATIVE", new Interval(5, 5, 5), "OPENBLAS", new Interval(4, 4, 8)));
        Comparison alone = of(Family.EIGEN, 32, Map.of("OPENBLAS", new Interval(1, 1, 1)));
        Reasons reasons = new Reasons(Map.of(Family.EIGEN, List.of(even, behind, alone)), UNKNOWN);
        assertThat(reasons.withoutSlowForks(Family.EIGEN, any -> true, "NATIVE", "OPENBLAS"))
                .endsWith("it is 0.80 to 1.00.");
        assertThat(reasons.withoutSlowForks(Family.SVD, any -> true, "NATIVE", "OPENBLAS"))
                .isEmpty();
    }

    @Test
    void theEigendecompositionIsComparedAtTheSameOrder() {
        Comparison inverse = of(Family.INVERSE, 8, Map.of("VECTOR", new Interval(4, 4, 4)));
        Comparison other = of(Family.INVERSE, 64, Map.of("VECTOR", new Interval(4, 4, 4)));
        Comparison eigen = of(Family.EIGEN, 8, Map.of("VECTOR", new Interval(3, 3, 3)));
        Reasons reasons =
                new Reasons(Map.of(Family.INVERSE, List.of(inverse, other), Family.EIGEN, List.of(eigen)), UNKNOWN);
        assertThat(reasons.shareOfEigenvectors(any -> true))
                .isEqualTo("Of its time 0.75 to 0.75 is the eigendecomposition.");
        assertThat(new Reasons(Map.of(), UNKNOWN).shareOfEigenvectors(any -> true))
                .isEmpty();
    }
}

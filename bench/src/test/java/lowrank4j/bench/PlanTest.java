package lowrank4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Some families of a plan are measured as they are in all of it. */
class PlanTest {
    @Test
    void someFamiliesAreThoseOfTheWhole() {
        Plan whole = Plan.named("sizes");
        Plan some = whole.of(Set.of("tall", "gemm"));
        assertThat(some.grids())
                .isNotEmpty()
                .containsExactlyElementsOf(whole.grids().stream()
                        .filter(grid ->
                                grid.family().equals("tall") || grid.family().equals("gemm"))
                        .toList());
        assertThat(some.forks()).isEqualTo(whole.forks());
        assertThat(some.iterationMillis()).isEqualTo(whole.iterationMillis());
    }

    @Test
    void aFamilyThatThePlanDoesNotHaveIsRefusedByName() {
        Plan plan = Plan.named("sizes");
        assertThatThrownBy(() -> plan.of(Set.of("tall", "tell")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tell")
                .hasMessageContaining("together");
    }
}

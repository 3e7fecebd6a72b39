package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EngineOptionsTest {
    private final String before = System.getProperty(Tiers.PROPERTY, "");

    @BeforeEach
    void nothingIsNamed() {
        System.clearProperty(Tiers.PROPERTY);
    }

    @AfterEach
    void restore() {
        System.setProperty(Tiers.PROPERTY, before);
    }

    private static EngineOptions options(String... arguments) {
        return CommandLine.populateCommand(new EngineOptions(), arguments);
    }

    @Test
    void whatIsSmallTakesPlainJavaAndWhatIsLargeTheBest() {
        EngineOptions auto = new EngineOptions();
        assertThat(auto.tier(EngineOptions.SMALL)).contains(Tier.REFERENCE);
        assertThat(auto.tier(EngineOptions.SMALL + 1)).isEmpty();
        try (Engine small = auto.open(1);
                Engine large = auto.open(EngineOptions.LARGE)) {
            assertThat(small.report().active()).isEqualTo(Tier.REFERENCE);
            assertThat(large.report().active())
                    .isEqualTo(Tiers.select().report().active());
        }
        assertThat(auto.reason(1)).contains("small");
        assertThat(auto.reason(EngineOptions.LARGE)).contains("best");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "vector"})
    void aTierOfThePropertyIsHonouredAtAnySize(String name) {
        System.setProperty(Tiers.PROPERTY, name);
        EngineOptions auto = new EngineOptions();
        try (Engine small = auto.open(1)) {
            assertThat(small.report().active()).isEqualTo(Tier.named(name));
        }
        assertThat(auto.reason(1)).contains(Tiers.PROPERTY);
    }

    @Test
    void aTierOfTheOptionIsHonouredAtAnySizeAndBeforeTheProperty() {
        System.setProperty(Tiers.PROPERTY, "reference");
        EngineOptions vector = options("--tier", "vector");
        assertThat(vector.tier(1)).contains(Tier.VECTOR);
        assertThat(vector.tier(EngineOptions.LARGE)).contains(Tier.VECTOR);
        assertThat(vector.reason(1)).contains("--tier");
    }
}

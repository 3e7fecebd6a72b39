package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import lowrank4j.kernel.Tier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code lowrank4j doctor} says. */
class DoctorCommandTest {
    @Test
    void theMachineIsDescribedAndTested() {
        Command.Outcome outcome = Command.run("doctor", "--json");
        assertThat(outcome.code()).as(outcome.out()).isZero();
        JsonNode report = Json.mapper().readTree(outcome.out());
        assertThat(report.get("usable").asBoolean()).isTrue();
        assertThat(report.get("java").get("version").stringValue()).startsWith("25");
        assertThat(report.get("processor").get("threads").asInt()).isPositive();
        assertThat(report.get("memory").get("largestHeapBytes").asLong()).isPositive();
        assertThat(report.get("tier").propertyNames()).contains("active", "blas", "blasThreads", "refusals");
        JsonNode reference = report.get("selfTest").get(0);
        assertThat(reference.get("tier").stringValue()).isEqualTo("reference");
        assertThat(reference.get("passed").asBoolean()).isTrue();
        assertThat(reference.get("relativeError").asDouble()).isLessThan(1e-8);
    }

    @Test
    void everyTierIsTestedOrItsRefusalToldInWords() {
        String text = Command.run("doctor").out();
        assertThat(text).contains("tier reference", "tier vector", "tier native", "usable: yes");
    }

    @Test
    void aTierThatComputesWrongIsNotUsable() {
        assertThat(new TierCheck(Tier.VECTOR, 1e-3, "").isWrong()).isTrue();
        assertThat(new TierCheck(Tier.VECTOR, Double.NaN, "").isWrong()).isTrue();
        assertThat(new TierCheck(Tier.NATIVE, Double.NaN, "not there").isWrong())
                .isFalse();
    }
}

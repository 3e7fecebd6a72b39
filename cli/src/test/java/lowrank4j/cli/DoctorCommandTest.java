package lowrank4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
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

    @Test
    void theOracleChecksEveryTierAndMeasuresIt() {
        Command.Outcome outcome = Command.run("doctor", "--oracle", "--json");
        assertThat(outcome.code()).as(outcome.out()).isZero();
        JsonNode oracle = Json.mapper().readTree(outcome.out()).get("oracle");
        assertThat(oracle.size()).isEqualTo(Tier.values().length);
        for (JsonNode tier : oracle) {
            assertThat(tier.get("available").asBoolean()).isTrue();
            assertThat(tier.get("passed").asBoolean()).isTrue();
            assertThat(tier.get("checks").asInt()).isGreaterThan(300);
            assertThat(tier.get("failed").asInt()).isZero();
            assertThat(tier.get("speeds").size()).isEqualTo(10);
            for (JsonNode speed : tier.get("speeds")) {
                assertThat(speed.get("seconds").asDouble()).isPositive();
                assertThat(speed.get("rate").asDouble()).isPositive();
                assertThat(speed.get("unit").stringValue()).isIn("GB/s", "GFLOP/s");
            }
        }
    }

    @Test
    void withoutTheOptionTheOracleIsSilent() {
        assertThat(Json.mapper().readTree(Command.run("doctor", "--json").out()).has("oracle"))
                .isFalse();
    }

    @Test
    void aKernelThatComputesWrongIsNamed() {
        OracleVerdict verdict = OracleVerdict.of(Tier.VECTOR, withWrongAxpy());
        assertThat(verdict.isWrong()).isTrue();
        assertThat(DoctorCommand.isUsable(List.of(), List.of(verdict))).isFalse();
        assertThat(verdict.toJson()).containsEntry("passed", false).containsEntry("available", true);
        assertThat(verdict.firstFailures()).hasSize(5).allMatch(failure -> failure.contains("axpy"));
        assertThat(String.join("\n", OracleText.lines(List.of(verdict))))
                .contains("tier vector: WRONG, ", " of " + verdict.checks() + " checks failed", "updates: axpy adds");
    }

    private static Kernels withWrongAxpy() {
        Kernels right = Tiers.select(Tier.REFERENCE).kernels();
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("axpy")) {
                        arguments[0] = -(double) arguments[0];
                    }
                    return method.invoke(right, arguments);
                });
    }

    @Test
    void aTierThatIsMissingIsNotWrong() {
        OracleVerdict missing = new OracleVerdict(Tier.NATIVE, 0, List.of(), List.of(), "Not there.");
        assertThat(DoctorCommand.isUsable(List.of(), List.of(missing))).isTrue();
        assertThat(missing.toJson()).containsEntry("available", false).containsEntry("refusal", "Not there.");
        assertThat(OracleText.lines(List.of(missing)))
                .containsExactly("oracle:", "  - tier native: not available. Not there.");
    }

    @Test
    void speedsStandInATable() {
        KernelSpeed slow = new KernelSpeed("gram 5000x10", 0.0005, 5e5, "GFLOP/s");
        KernelSpeed fast = new KernelSpeed("gram 5000x10", 0.00005, 5e5, "GFLOP/s");
        List<String> lines = OracleText.lines(List.of(
                new OracleVerdict(Tier.REFERENCE, 9, List.of(), List.of(slow), ""),
                new OracleVerdict(Tier.VECTOR, 9, List.of(), List.of(fast), "")));
        assertThat(lines).contains("  - tier vector: right, 9 checks passed");
        assertThat(lines.getLast()).matches("  gram 5000x10 +500 us +1\\.0 GFLOP/s +50 us +10\\.0 GFLOP/s");
    }
}

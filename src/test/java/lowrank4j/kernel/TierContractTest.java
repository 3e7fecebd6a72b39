package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lowrank4j.kernel.contract.KernelCheck;
import lowrank4j.kernel.contract.KernelContract;
import lowrank4j.kernel.contract.KernelContract.Extent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The contract of the kernels, kept by the tier under test behind its door. */
@Tag("tier")
final class TierContractTest {
    private static final String CALLS = "calls";

    private final List<KernelCheck> checks = KernelContract.checks(TierUnderTest.kernels(), Extent.FULL);

    @Test
    void theContractIsNotEmpty() {
        assertThat(checks).hasSizeGreaterThan(800);
        assertThat(checks.stream().map(KernelCheck::toString)).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> results() {
        return checks.stream().filter(check -> !check.family().equals(CALLS)).map(TierContractTest::test);
    }

    /** Apart from the others, because they wait for the compiler. */
    @TestFactory
    @Tag("compiled")
    Stream<DynamicTest> calls() {
        return checks.stream().filter(check -> check.family().equals(CALLS)).map(TierContractTest::test);
    }

    private static DynamicTest test(KernelCheck check) {
        return DynamicTest.dynamicTest(check.toString(), check::run);
    }
}

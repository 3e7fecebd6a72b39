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
    private final List<KernelCheck> checks = KernelContract.checks(TierUnderTest.kernels(), Extent.FULL);

    @Test
    void theContractIsNotEmpty() {
        assertThat(checks).hasSizeGreaterThan(800);
        assertThat(checks.stream().map(KernelCheck::toString)).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> results() {
        return checks.stream().filter(check -> !waitsForTheCompiler(check)).map(TierContractTest::test);
    }

    /** Apart from the others, because they take long and mean little where classes are changed while they run. */
    @TestFactory
    @Tag("compiled")
    Stream<DynamicTest> calls() {
        return checks.stream().filter(TierContractTest::waitsForTheCompiler).map(TierContractTest::test);
    }

    private static boolean waitsForTheCompiler(KernelCheck check) {
        return check.name().contains("compil");
    }

    private static DynamicTest test(KernelCheck check) {
        return DynamicTest.dynamicTest(check.toString(), check::run);
    }
}

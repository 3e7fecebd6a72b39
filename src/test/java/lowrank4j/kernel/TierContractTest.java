package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        return checks.stream()
                .filter(check -> !CompiledContract.waitsForTheCompiler(check))
                .map(TierContractTest::test);
    }

    /**
     * In processes of their own, since what the compiler makes of a kernel depends on all that a JVM has done before, and in two: a kernel
     * that keeps a promise in one of them keeps it by its code, and the compiler may miss what it does in another.
     */
    @Test
    @Tag("compiled")
    void promisesOfCompiledKernelsAreKept() throws IOException, InterruptedException {
        Set<String> broken = brokenOnceCompiled();
        if (!broken.isEmpty()) {
            broken.retainAll(brokenOnceCompiled());
        }
        assertThat(broken).isEmpty();
    }

    /** The checks that fail in a new process. */
    private static Set<String> brokenOnceCompiled() throws IOException, InterruptedException {
        OwnProcess.Ended ended = OwnProcess.run(
                CompiledContract.class, List.of("-D" + Tiers.PROPERTY + "=" + TierUnderTest.NAMED, "-ea"));
        List<String> lines = ended.output().lines().toList();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(lines).anyMatch(line -> line.matches("checked: [1-9]\\d\\d"));
        return lines.stream()
                .filter(line -> line.startsWith(CompiledContract.BROKEN))
                .map(line -> line.replaceFirst(": this does not hold: .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DynamicTest test(KernelCheck check) {
        return DynamicTest.dynamicTest(check.toString(), check::run);
    }
}

package lowrank4j.kernel;

import java.util.Arrays;
import java.util.stream.Stream;
import lowrank4j.kernel.contract.KernelCheck;
import lowrank4j.kernel.contract.KernelContract;
import lowrank4j.kernel.contract.KernelContract.Extent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract as a few long tests, for mutation testing, which waits for each test that could notice a change: first the few sizes,
 * which notice most, then all. {@link TierContractTest} is the same as hundreds of tests, each of which prepares all of them. What
 * waits for the compiler is left out: a class that was just changed is not compiled.
 */
final class ContractInParts {
    /** Names families of operations, separated by commas. */
    private static final String PROPERTY = "lowrank4j.contract";

    static Stream<Arguments> parts() {
        String[] families = System.getProperty(PROPERTY, "").split(",", 0);
        return Stream.of(Extent.QUICK, Extent.FULL)
                .flatMap(extent -> Arrays.stream(families).map(family -> Arguments.of(extent, family)));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void isKept(Extent extent, String family) {
        KernelContract.checks(TierUnderTest.kernels(), extent).stream()
                .filter(check -> check.family().equals(family) && !check.name().contains("compil"))
                .forEach(KernelCheck::run);
    }
}

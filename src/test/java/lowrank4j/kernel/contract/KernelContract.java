package lowrank4j.kernel.contract;

import java.util.ArrayList;
import java.util.List;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;

/**
 * What every implementation of {@link Kernels} owes to its callers, as a list of checks that need no test framework. With JUnit,
 * and the artifact {@code io.github.lowrank4j:lowrank4j-contract} among the dependencies of the tests, an implementation is
 * checked by
 *
 * <pre>{@code
 * class MyKernelsTest {
 *     @TestFactory
 *     Stream<DynamicTest> contract() {
 *         return KernelContract.checks(new MyKernels(), Extent.FULL).stream()
 *                 .map(check -> DynamicTest.dynamicTest(check.toString(), check::run));
 *     }
 * }
 * }</pre>
 *
 * <p>Results are compared with the formulas of the reference tier, entry by entry, within {@code c·k·eps} times the same formula
 * on absolute values; decompositions, whose factors are not unique, by residual, orthogonality, order and values. Everything
 * that is not an output stands between canaries and must not change. What an implementation may take for granted is what {@link
 * lowrank4j.kernel.Tiers} checks at its door: shapes that fit, outputs apart from inputs, finite numbers in decompositions.
 *
 * <p>The checks share nothing and may run in any order, but one after the other: some count the bytes that a thread allocates.
 */
public final class KernelContract {
    /** How much is checked. */
    public enum Extent {
        /**
         * Everything, about 15 seconds. Some operands lie flush against pages that cannot be touched: an implementation that
         * reads beyond them ends the process. Needs {@code --enable-native-access} for this module to go without a warning.
         */
        FULL,
        /**
         * A third of that, for the machine of a user: fewer sizes, no forbidden pages, and no count of allocated bytes, which
         * has to wait for the compiler.
         */
        QUICK
    }

    private KernelContract() {}

    /**
     * The checks of an implementation, in the order of the operations in {@link Kernels}. Where its tier is {@link Tier#NATIVE},
     * large operations may allocate views of their operands.
     *
     * @param kernels the implementation
     * @param extent how much to check
     */
    public static List<KernelCheck> checks(Kernels kernels, Extent extent) {
        List<KernelCheck> checks = new ArrayList<>();
        for (Family family : List.of(
                new UpdateContract(kernels, extent),
                new ProductContract(kernels, extent),
                new SensingContract(kernels, extent),
                new SignContract(kernels, extent),
                new SeededContract(kernels, extent),
                new FourierContract(kernels, extent),
                new CompletionContract(kernels, extent),
                new CholeskyContract(kernels, extent),
                new DecompositionContract(kernels, extent),
                new CallContract(kernels, extent))) {
            checks.addAll(family.checks());
        }
        return List.copyOf(checks);
    }
}

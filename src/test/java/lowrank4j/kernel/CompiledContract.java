package lowrank4j.kernel;

import lowrank4j.kernel.contract.KernelCheck;
import lowrank4j.kernel.contract.KernelContract;
import lowrank4j.kernel.contract.KernelContract.Extent;

/** What the contract says of compiled kernels, in a process of its own; each broken promise is a line of the output. */
final class CompiledContract {
    static final String BROKEN = "broken: ";

    private CompiledContract() {}

    static boolean waitsForTheCompiler(KernelCheck check) {
        return check.name().contains("compil");
    }

    public static void main(String[] arguments) {
        int checked = 0;
        for (KernelCheck check : KernelContract.checks(TierUnderTest.kernels(), Extent.FULL)) {
            if (waitsForTheCompiler(check)) {
                checked++;
                try {
                    check.run();
                } catch (AssertionError e) {
                    System.out.println(BROKEN + e.getMessage());
                }
            }
        }
        System.out.println("checked: " + checked);
    }
}

package lowrank4j.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.VectorShape;

/** Whether vectors are instructions of the processor here, or objects a hundred times slower. */
final class Hardware {
    private Hardware() {}

    /** What speaks against the vector tier on this machine, each with its remedy; empty when all is well. */
    static List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        int preferred = VectorShape.preferredShape().vectorBitSize();
        int asked = Integer.getInteger(Lanes.PROPERTY, preferred);
        if (preferred < 128) {
            refusals.add("This JVM does not use the processor's vectors (its preferred width is " + preferred
                    + " bits): use a HotSpot JVM with the C2 compiler.");
        } else if ((asked != 128 && asked != 256 && asked != 512) || asked > preferred) {
            refusals.add("The property " + Lanes.PROPERTY + " is " + asked
                    + ", but must be 128, 256 or 512 and at most this processor's " + preferred + ".");
        }
        if (!compiledByC2()) {
            refusals.add(
                    "The vector tier needs code compiled by C2: start java without -Xint and  -XX:TieredStopAtLevel below 4.");
        }
        return refusals;
    }

    private static boolean compiledByC2() {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return flags != null
                && !System.getProperty("java.vm.info", "").contains("interpreted")
                && Integer.parseInt(flags.getVMOption("TieredStopAtLevel").getValue()) >= 4;
    }
}

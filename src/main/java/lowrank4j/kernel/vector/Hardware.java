package lowrank4j.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.VectorShape;

/** Whether vectors are instructions of the processor here, or objects a hundred times slower. */
final class Hardware {
    private Hardware() {}

    /** What speaks against the vector tier on this machine, each with its remedy; empty when all is well. */
    static List<String> refusals() {
        return refusals(
                VectorShape.preferredShape().vectorBitSize(),
                System.getProperty(Lanes.PROPERTY, ""),
                compiledByC2(),
                flag("UseFMA").equals("true"),
                opensMemory());
    }

    /**
     * @param preferred the width that the JVM prefers, in bits
     * @param asked the value of {@link Lanes#PROPERTY}, empty without it
     */
    static List<String> refusals(int preferred, String asked, boolean compiled, boolean fma, boolean memory) {
        List<String> refusals = new ArrayList<>();
        if (!compiled) {
            refusals.add(
                    "The vector tier needs code compiled by C2: start java without -Xint and -XX:TieredStopAtLevel.");
        } else if (preferred < 128) {
            refusals.add("This JVM does not use the processor's vectors (its preferred width is " + preferred
                    + " bits): use a HotSpot JVM with the C2 compiler.");
        } else if (!asked.isEmpty() && !isWidth(asked, preferred)) {
            refusals.add("The property " + Lanes.PROPERTY + " is \"" + asked
                    + "\", but must be 128, 256 or 512, and at most this processor's " + preferred + ".");
        }
        // Emulated, a fused multiply-add takes thousands of times longer, and separate bodies would double the kernels.
        if (!fma) {
            refusals.add(
                    "The vector tier needs a processor with fused multiply-add (FMA), and java without -XX:-UseFMA.");
        }
        if (!memory) {
            refusals.add("The vector tier keeps packed numbers in memory outside the heap: start java with"
                    + " --enable-native-access=lowrank4j, or =ALL-UNNAMED on the class path.");
        }
        return refusals;
    }

    /** Whether Linux says that the processor is of this vendor; elsewhere nothing is known. */
    static boolean isOf(String vendor) {
        Path processors = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(processors)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(processors)) {
            return lines.anyMatch(line -> line.startsWith("vendor_id") && line.endsWith(vendor));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static boolean isWidth(String asked, int preferred) {
        return List.of("128", "256", "512").contains(asked) && Integer.parseInt(asked) <= preferred;
    }

    private static boolean compiledByC2() {
        return !System.getProperty("java.vm.info", "").contains("interpreted")
                && List.of("4", "").contains(flag("TieredStopAtLevel"));
    }

    private static boolean opensMemory() {
        try {
            return AllMemory.SEGMENT.byteSize() > 0;
        } catch (LinkageError denied) {
            return false;
        }
    }

    /** A flag of the JVM; empty where it has none of that name. */
    private static String flag(String name) {
        HotSpotDiagnosticMXBean flags = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (flags == null) {
            return "";
        }
        try {
            return flags.getVMOption(name).getValue();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import lowrank4j.error.EnvironmentException;
import lowrank4j.io.AvailableMemory;

/** What memory there is, what was used, and what is needed. */
final class MemoryNeed {
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path PROCESS = Path.of("/proc/self/status");

    private MemoryNeed() {}

    /** Refuses, with both numbers, what the machine or its container has no memory for. */
    static void require(long bytes, String what, String remedy) {
        long available = AvailableMemory.bytes();
        if (bytes > available) {
            throw new EnvironmentException(
                    what + " need " + bytes + " bytes of memory, but " + available + " are available; " + remedy);
        }
    }

    /** Refuses, with both numbers, what the heap cannot hold. */
    static void requireHeap(long bytes, String what) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new EnvironmentException(what + " needs " + bytes + " bytes of memory, but the heap may have " + most
                    + "; LOWRANK4J_JAVA_OPTS=-Xmx... allows more where the machine has it");
        }
    }

    /** All memory of the machine, where the system tells. */
    static OptionalLong totalBytes() {
        return kibibytes(MACHINE, "MemTotal:");
    }

    /** The most memory that this process has had at a time, mapped files included; where the system tells. */
    static OptionalLong peakBytes() {
        return kibibytes(PROCESS, "VmHWM:");
    }

    private static OptionalLong kibibytes(Path statistics, String name) {
        if (!Files.isReadable(statistics)) {
            return OptionalLong.empty();
        }
        try {
            for (String line : Files.readAllLines(statistics)) {
                if (line.startsWith(name)) {
                    String number =
                            line.substring(name.length()).replace("kB", "").strip();
                    return OptionalLong.of(1024 * Long.parseLong(number));
                }
            }
        } catch (IOException | NumberFormatException ignored) {
            // Statistics of another form tell nothing.
        }
        return OptionalLong.empty();
    }
}

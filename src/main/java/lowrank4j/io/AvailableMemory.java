package lowrank4j.io;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import lowrank4j.error.EnvironmentException;

/** The memory a reader may take, asked before it is taken. */
public final class AvailableMemory {
    private static final long CACHE_LINE = 64;

    /** For less than this it is not worth asking the operating system. */
    private static final long ALWAYS_THERE = 1 << 24;

    private static final String AVAILABLE = "MemAvailable:";

    private AvailableMemory() {}

    /** Allocates off the heap, aligned to a cache line, or says how much is needed and how much there is. */
    static MemorySegment allocate(Arena arena, long bytes, String place) {
        if (bytes > ALWAYS_THERE) {
            long available = bytes();
            if (bytes > available) {
                throw tooLittle(place, bytes, available + " bytes of memory are available");
            }
        }
        try {
            return arena.allocate(bytes, CACHE_LINE);
        } catch (OutOfMemoryError unused) {
            throw tooLittle(
                    place,
                    bytes,
                    "this JVM may not take them off its heap; -XX:MaxDirectMemorySize raises the limit, which is the"
                            + " largest heap size, now " + Runtime.getRuntime().maxMemory() + " bytes, if not set");
        }
    }

    /** Says early that the heap cannot hold what is about to be read. */
    static void requireHeap(long bytes, String place) {
        if (bytes > freeHeap()) {
            // What is free can be told only after garbage is gone.
            System.gc();
            long free = freeHeap();
            if (bytes > free) {
                throw tooLittle(place, bytes, free + " bytes of the heap are free; -Xmx allows a larger one");
            }
        }
    }

    private static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    private static EnvironmentException tooLittle(String place, long bytes, String limit) {
        return new EnvironmentException(place + ": needs " + bytes + " bytes of memory, but " + limit);
    }

    /** Bytes that can be had outside the heap: what Linux calls available, or elsewhere all memory; never more than a container's limit. */
    public static long bytes() {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        Path statistics = Path.of("/proc/meminfo");
        if (!Files.isReadable(statistics)) {
            return total;
        }
        try {
            for (String line : Files.readAllLines(statistics)) {
                if (line.startsWith(AVAILABLE)) {
                    String kibibytes =
                            line.substring(AVAILABLE.length()).replace("kB", "").strip();
                    return Math.min(total, 1024 * Long.parseLong(kibibytes));
                }
            }
            return total;
        } catch (IOException | NumberFormatException unused) {
            // Statistics of another form tell nothing; the total still bounds what can be had.
            return total;
        }
    }
}

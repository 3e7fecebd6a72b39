package lowrank4j.matrix;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Memory in pages of two megabytes, where Linux hands them out on demand ("madvise" in
 * {@code /sys/kernel/mm/transparent_hugepage/enabled}): rows that pass by once a gradient are then read at up to 1.2 times the
 * speed, since a page of four kilobytes is over before its address has been looked up. Elsewhere nothing changes.
 */
final class LargePages {
    private static final long SIZE = 2L << 20;
    private static final int USE_LARGE_PAGES = 14; // MADV_HUGEPAGE of <sys/mman.h>
    private static final int TAKE_BACK = 4; // MADV_DONTNEED

    private static final Optional<MethodHandle> ADVISE = advise();

    private LargePages() {}

    /** Zeros; aligned to a page of that size if they fill one, or else to 64 bytes. */
    static MemorySegment allocate(Arena arena, long bytes) {
        if (bytes < SIZE || ADVISE.isEmpty()) {
            return arena.allocate(bytes, 64);
        }
        MemorySegment zeros = arena.allocate(bytes, SIZE);
        MemorySegment whole = zeros.asSlice(0, bytes / SIZE * SIZE);
        // The arena has written its zeros to small pages: these are given back, and their place reads as zeros again.
        if (zeros.isNative() && !zeros.isMapped() && advise(ADVISE.get(), whole, USE_LARGE_PAGES)) {
            advise(ADVISE.get(), whole, TAKE_BACK);
        }
        return zeros;
    }

    /** Whether the system takes the advice. */
    private static boolean advise(MethodHandle madvise, MemorySegment segment, int advice) {
        try {
            return (int) madvise.invokeExact(segment, segment.byteSize(), advice) == 0;
        } catch (Throwable thrown) {
            throw new IllegalStateException("madvise cannot be called", thrown);
        }
    }

    /** The system's call, unless it has none or this code may not make it. */
    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> advise() {
        if (!System.getProperty("os.name").equals("Linux")
                || !LargePages.class.getModule().isNativeAccessEnabled()) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        AddressLayout address = ValueLayout.ADDRESS;
        return linker.defaultLookup()
                .find("madvise")
                .map(function -> linker.downcallHandle(
                        function,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, address, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT)));
    }
}

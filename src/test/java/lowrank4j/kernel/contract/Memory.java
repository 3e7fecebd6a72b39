package lowrank4j.kernel.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.DenseRows.Precision;
import lowrank4j.matrix.SignRows;

/** The kinds of off-heap memory that measurements may lie in. */
enum Memory {
    ALLOCATED {
        @Override
        MemorySegment place(MemorySegment content, long unit, Arena arena) {
            return arena.allocate(content.byteSize(), 64).copyFrom(content);
        }
    },
    /** Aligned to one number only, in the middle of a larger segment. */
    SLICE {
        @Override
        MemorySegment place(MemorySegment content, long unit, Arena arena) {
            MemorySegment whole =
                    arena.allocate(content.byteSize() + 4 * unit, 64).fill((byte) -1); // NaN
            return whole.asSlice(3 * unit, content.byteSize()).copyFrom(content);
        }
    },
    /** A file, read-only. */
    MAPPED {
        @Override
        MemorySegment place(MemorySegment content, long unit, Arena arena) {
            try {
                Path file = Files.createTempFile("rows", ".bin");
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, content.byteSize(), arena)
                            .copyFrom(content);
                    return channel.map(FileChannel.MapMode.READ_ONLY, 0, content.byteSize(), arena);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    /** Its last byte is the last before a page that cannot be read: reading on ends the process. */
    BEFORE_FORBIDDEN_PAGE {
        @Override
        MemorySegment place(MemorySegment content, long unit, Arena arena) {
            MemorySegment pages = Pages.between(content.byteSize(), arena);
            return pages.asSlice(pages.byteSize() - content.byteSize()).copyFrom(content);
        }
    },
    /** Its first byte is the first after a page that cannot be read. */
    AFTER_FORBIDDEN_PAGE {
        @Override
        MemorySegment place(MemorySegment content, long unit, Arena arena) {
            return Pages.between(content.byteSize(), arena)
                    .asSlice(0, content.byteSize())
                    .copyFrom(content);
        }
    };

    /** The kinds that this system has, with or without those where an error ends the process. */
    static List<Memory> usable(boolean forbiddenPages) {
        boolean hasMmap = !System.getProperty("os.name").startsWith("Windows");
        return forbiddenPages && hasMmap ? List.of(values()) : List.of(ALLOCATED, SLICE, MAPPED);
    }

    /** A copy of {@code content}, whose numbers have {@code unit} bytes. */
    abstract MemorySegment place(MemorySegment content, long unit, Arena arena);

    /** Rows of Gaussian numbers in this kind of memory. */
    DenseRows gaussian(int count, int width, Precision precision, Random random, Arena arena) {
        DenseRows rows = DenseRows.allocate(arena, count, width, precision);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                rows.set(i, j, random.nextGaussian());
            }
        }
        return copyOf(rows, arena);
    }

    /** Rows of random signs in this kind of memory, with zeros beyond the width. */
    SignRows signs(int count, int width, Random random, Arena arena) {
        SignRows rows = SignRows.random(arena, count, width, random.nextLong());
        return SignRows.wrap(place(rows.segment(), 1, arena), count, width);
    }

    DenseRows copyOf(DenseRows rows, Arena arena) {
        MemorySegment segment = place(rows.segment(), rows.precision().bytes(), arena);
        return DenseRows.wrap(segment, rows.count(), rows.width(), rows.precision());
    }

    /** Pages of memory between two that cannot be touched, from the operating system. */
    @SuppressWarnings("restricted")
    private static final class Pages {
        private static final int NONE = 0;
        private static final int READ_WRITE = 3;
        private static final int PRIVATE_ANONYMOUS = isLinux() ? 0x22 : 0x1002;
        private static final MethodHandle MMAP = handle(
                "mmap",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG));
        private static final MethodHandle MPROTECT = handle(
                "mprotect",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        private static final MethodHandle MUNMAP = handle(
                "munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        private static final long PAGE = pageSize();

        private static boolean isLinux() {
            return System.getProperty("os.name").startsWith("Linux");
        }

        private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        }

        private static long pageSize() {
            return call(() -> (int) handle("getpagesize", FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeExact());
        }

        /** At least {@code bytes} of zeros in whole pages, unmapped with the arena. */
        static MemorySegment between(long bytes, Arena arena) {
            long inside = (bytes + PAGE - 1) / PAGE * PAGE;
            long all = inside + 2 * PAGE;
            long address = call(() -> (long) MMAP.invokeExact(0L, all, NONE, PRIVATE_ANONYMOUS, -1, 0L));
            if (address == -1) {
                throw new IllegalStateException("mmap of " + all + " bytes failed");
            }
            long changed = call(() -> (int) MPROTECT.invokeExact(address + PAGE, inside, READ_WRITE));
            if (inside > 0 && changed != 0) {
                throw new IllegalStateException("mprotect failed");
            }
            return MemorySegment.ofAddress(address + PAGE)
                    .reinterpret(inside, arena, segment -> call(() -> (int) MUNMAP.invokeExact(address, all)));
        }

        private static long call(Call call) {
            try {
                return call.run();
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private interface Call {
            long run() throws Throwable;
        }
    }
}

package lowrank4j.blas;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Handles that take operands on the heap. */
final class CriticalCalls {
    private CriticalCalls() {}

    @SuppressWarnings("restricted")
    static MethodHandle handle(MemorySegment address, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(address, descriptor, Linker.Option.critical(true));
    }

    /** Throws on what a handle threw; the error it returns never arises, since a native routine throws nothing checked. */
    static AssertionError unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return new AssertionError("a native routine threw", thrown);
    }
}

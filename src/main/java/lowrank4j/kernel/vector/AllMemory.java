package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;

/**
 * All of memory as one segment, for loops over buffers of {@link Scratch}. Its size is a constant, so that the compiler sees that an address
 * below 2⁵⁶ with an index beside it needs no check. One that stays in a loop costs three instructions for each load, one that is moved out
 * of it a hundred before it. An index that comes from a caller, such as the column of an entry, is checked before it becomes an address.
 */
final class AllMemory {
    @SuppressWarnings("restricted") // a process that does not permit it goes without the vector tier
    static final MemorySegment SEGMENT = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** No process has an address with more bits. */
    private static final long ADDRESSES = (1L << 56) - 1;

    private AllMemory() {}

    /** Of byte {@code offset} of {@code buffer}. Only in the method that loops does the compiler see how large it can be. */
    static long address(MemorySegment buffer, long offset) {
        return address(buffer.address() + offset);
    }

    static long address(long address) {
        return address & ADDRESSES;
    }
}

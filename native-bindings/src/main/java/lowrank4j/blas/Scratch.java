package lowrank4j.blas;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory off the heap for the duration of one call.
 *
 * <p>Each thread keeps up to {@value #KEPT_BYTES} bytes between calls, so that a loop over small problems allocates nothing; what a
 * call needs beyond that is freed when it ends. The kept memory goes with its thread. One scratch a thread is open at a time.
 */
final class Scratch implements AutoCloseable {
    /** Enough for a singular value decomposition of 1000x1000; larger problems take far longer than their allocation. */
    static final long KEPT_BYTES = 64 << 20;

    private static final long CACHE_LINE = 64;
    private static final ThreadLocal<Kept> KEPT = ThreadLocal.withInitial(Kept::new);

    private static final class Kept {
        private MemorySegment memory = MemorySegment.NULL;
        private boolean lent;
    }

    private final Kept kept = KEPT.get();
    private final Arena beyond = Arena.ofConfined();
    private long asked;

    private Scratch() {
        if (kept.lent) {
            throw new IllegalStateException("this thread has a scratch open already: must close it first");
        }
        kept.lent = true;
    }

    static Scratch open() {
        return new Scratch();
    }

    /** {@code bytes} bytes of unspecified content, aligned to a cache line. */
    MemorySegment take(long bytes) {
        long start = asked;
        asked += (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
        return asked <= kept.memory.byteSize() ? kept.memory.asSlice(start, bytes) : beyond.allocate(bytes, CACHE_LINE);
    }

    /** A compact block of unspecified content. */
    Block block(Precision precision, int rows, int columns) {
        return new Block(take((long) rows * columns * precision.bytes()), precision, rows, columns, columns);
    }

    /** A compact copy. */
    Block copy(Block block) {
        Block copy = block(block.precision(), block.rows(), block.columns());
        block.copyTo(copy);
        return copy;
    }

    /** The block itself if it lies off the heap, else a copy. */
    Block offHeap(Block block) {
        return block.onHeap() ? copy(block) : block;
    }

    @Override
    public void close() {
        beyond.close();
        kept.lent = false;
        if (asked > kept.memory.byteSize() && asked <= KEPT_BYTES) {
            kept.memory = Arena.ofAuto().allocate(Long.highestOneBit(asked - 1) << 1, CACHE_LINE);
        }
    }
}

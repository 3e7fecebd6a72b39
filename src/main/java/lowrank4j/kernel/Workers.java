package lowrank4j.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import lowrank4j.error.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * The library's own threads. Work is given as blocks whose boundaries do not depend on the number of threads, so results have
 * the same bits for any number. The calling thread works too; the others wait between calls without spinning for long. One call
 * at a time.
 */
public final class Workers implements AutoCloseable {
    /** A block of work. */
    @FunctionalInterface
    public interface Block {
        void run(int index);
    }

    /** What one call shares among the threads. */
    private static final class Round {
        private final Block block;
        private final int count;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private final AtomicReference<@Nullable Throwable> problem = new AtomicReference<>();
        private final Thread caller = Thread.currentThread();

        Round(Block block, int count) {
            this.block = block;
            this.count = count;
            this.left = new AtomicInteger(count);
        }

        @SuppressWarnings("CatchAndPrintStackTrace") // nothing is printed: the caller rethrows what is caught here
        void work() {
            int index = next.getAndIncrement();
            while (index < count) {
                try {
                    block.run(index);
                } catch (Throwable e) {
                    problem.compareAndSet(null, e);
                } finally {
                    if (left.decrementAndGet() == 0) {
                        LockSupport.unpark(caller);
                    }
                }
                index = next.getAndIncrement();
            }
        }
    }

    private final Thread[] threads;
    private final Round none = new Round(index -> {}, 0);
    private volatile Round round = none;
    private volatile boolean closed;

    /**
     * Starts the threads.
     *
     * @param threads number of threads that work, the calling one included; at least 1
     */
    public Workers(int threads) {
        if (threads < 1) {
            throw new InvalidArgumentException("threads is " + threads + ", but must be at least 1");
        }
        this.threads = new Thread[threads - 1];
        for (int t = 0; t < this.threads.length; t++) {
            this.threads[t] =
                    Thread.ofPlatform().daemon().name("lowrank4j-" + (t + 1)).start(this::serve);
        }
    }

    /** Number of threads that work, the calling one included. */
    public int threads() {
        return threads.length + 1;
    }

    /** Whether all threads may read {@code segment}: of a confined arena's only the thread that opened it may. */
    public boolean canRead(MemorySegment segment) {
        return segment.isAccessibleBy(Thread.currentThread())
                && Arrays.stream(threads).allMatch(segment::isAccessibleBy);
    }

    /** Runs blocks 0 … count - 1, and returns when all are done; what a block throws is thrown here. */
    public void run(int count, Block block) {
        if (threads.length == 0 || count == 1) {
            for (int index = 0; index < count; index++) {
                block.run(index);
            }
            return;
        }
        Round now = new Round(block, count);
        round = now;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        now.work();
        while (now.left.get() > 0) {
            LockSupport.park(this);
        }
        @Nullable Throwable problem = now.problem.get();
        if (problem instanceof RuntimeException e) {
            throw e;
        }
        if (problem instanceof Error e) {
            throw e;
        }
    }

    private void serve() {
        Round done = none; // not the round under way, which a thread that starts late must not miss
        while (!closed) {
            Round now = round;
            if (now == done) {
                LockSupport.park(this);
            } else {
                now.work();
                done = now;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}

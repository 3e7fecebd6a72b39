package lowrank4j.matrix;

import java.lang.foreign.MemorySegment;

/**
 * One passage through the rows of a mapped file, in the order of the file: a thread of its own brings the bytes in a little ahead of
 * those who {@link #await} them, in large pieces, so that they never wait for one page after another.
 *
 * <p>Where the file is larger than memory, rows that were used are let go at once ({@link #release}), so that the system finds room
 * for the next ones without a search. Cost: the file once, and one touch a page.
 */
public final class ReadAhead implements AutoCloseable {
    /** What is asked of the system at a time: enough that a disk works on many requests, and seldom waits for the next piece. */
    private static final long PIECE_BYTES = 16L << 20;

    /** How far the reading may be ahead of what is used. */
    private static final long LEAD_BYTES = 64L << 20;

    private final MemorySegment file;
    private final long rowBytes;
    private final boolean releasing;
    private final Thread reader;

    /** Bytes from the start that are in memory, or were; all of them once the reader has ended, for whatever reason. */
    private long loaded;

    private long wanted;
    private boolean closed;

    /** @param releasing whether rows that were used are let go at once */
    ReadAhead(DenseRows rows, boolean releasing) {
        this.file = rows.segment();
        this.rowBytes = rows.byteOffset(1);
        // What was written to a private mapping would be lost.
        this.releasing = releasing && file.isReadOnly();
        this.reader = Thread.ofPlatform().daemon().name("lowrank4j-read-ahead").start(this::read);
    }

    private void read() {
        try {
            for (long at = 0; at < file.byteSize() && mayRead(at); at += PIECE_BYTES) {
                long end = Math.min(file.byteSize(), at + PIECE_BYTES);
                file.asSlice(at, end - at).load();
                advance(end);
            }
        } finally {
            // Where reading fails, whoever uses the rows meets the same fault at their place, and reports it.
            advance(file.byteSize());
        }
    }

    private synchronized boolean mayRead(long at) {
        while (!closed && at > wanted + LEAD_BYTES) {
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return !closed;
    }

    private synchronized void advance(long bytes) {
        loaded = bytes;
        notifyAll();
    }

    /** Returns once rows 0 … to - 1 have been read. */
    public synchronized void await(int to) {
        long end = to * rowBytes;
        wanted = Math.max(wanted, end);
        notifyAll();
        boolean interrupted = false;
        while (loaded < end) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that rows from … to - 1 are not used again in this passage. */
    public void release(int from, int to) {
        if (releasing) {
            file.asSlice(from * rowBytes, (to - from) * rowBytes).unload();
        }
    }

    /** Ends the passage; the reader has left the file when this returns. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package lowrank4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices that the process is told to end, by Ctrl-C or a signal, and lets the run in progress write its last good iterate before
 * it does.
 */
final class Interruption implements AutoCloseable {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(PrintWriter err, String sentence) {
        this.hook = new Thread(() -> await(err, sentence), "lowrank4j-interruption");
    }

    /** Begins to listen, in a run of which the last good iterate is kept. */
    static Interruption listen(PrintWriter err) {
        return listen(err, "Interrupted: ending with the last good iterate.");
    }

    /**
     * Begins to listen.
     *
     * @param sentence printed once the process is told to end
     */
    static Interruption listen(PrintWriter err, String sentence) {
        Interruption interruption = new Interruption(err, sentence);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** The JVM ends when this returns. */
    private void await(PrintWriter err, String sentence) {
        requested.set(true);
        err.println();
        err.println(sentence);
        err.flush();
        try {
            written.await();
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the run is to end now. */
    boolean isRequested() {
        return requested.get();
    }

    /** Everything is written: the process may end. */
    @Override
    public void close() {
        if (!requested.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ignored) {
                // The JVM has begun to end; the hook waits for the line below.
            }
        }
        written.countDown();
    }
}

package lowrank4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A bar on a terminal that says how much of a large file has been read. */
final class ReadingProgress implements LongConsumer {
    /** Smaller files are read before anybody has looked. */
    private static final long LEAST_BYTES = 1 << 24;

    private static final int WIDTH = 40;

    private final PrintWriter err;
    private final Path file;
    private final long bytes;
    private long lastPercent = -1;

    /** @param bytes size of the file */
    ReadingProgress(PrintWriter err, Path file, long bytes) {
        this.err = err;
        this.file = file;
        this.bytes = bytes;
    }

    @Override
    public void accept(long read) {
        if (bytes < LEAST_BYTES) {
            return;
        }
        long percent = Math.clamp((long) (100.0 * read / bytes), 0L, 100L);
        if (percent != lastPercent) {
            lastPercent = percent;
            int filled = (int) (WIDTH * percent / 100);
            err.print(Progress.CLEAR_LINE + "reading " + file.getFileName() + " [" + "#".repeat(filled)
                    + " ".repeat(WIDTH - filled) + "] " + percent + " %");
            err.flush();
        }
    }

    /** Leaves the line empty for what comes next. */
    void finish() {
        if (lastPercent >= 0) {
            err.print(Progress.CLEAR_LINE);
            err.flush();
        }
    }
}

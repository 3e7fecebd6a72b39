package lowrank4j.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import lowrank4j.error.BadDataException;

/** A text file as bytes in a buffer that a parser works through and refills; no object is made per line. */
final class ByteFeed implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    /** No line of numbers or names is as long as this; a file without line ends is no text. */
    private static final int MAX_LINE_BYTES = 1 << 26;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path path;
    private final ReadableByteChannel channel;
    private final long length;
    private final LongConsumer progress;
    private byte[] buffer;
    private int limit;
    private boolean ended;
    private long bytesRead;

    private ByteFeed(Path path, ReadableByteChannel channel, long length, LongConsumer progress) {
        this.path = path;
        this.channel = channel;
        this.length = length;
        this.progress = progress;
        this.buffer = new byte[length > 0 ? (int) Math.min(length + 1, BUFFER_BYTES) : BUFFER_BYTES];
    }

    /**
     * Takes an open file and fills the buffer for the first time.
     *
     * @param path how messages call the file
     * @param channel the file from its first byte, closed with the feed
     * @param progress told the number of bytes read so far each time the buffer is filled
     */
    static ByteFeed open(Path path, FileChannel channel, LongConsumer progress) {
        long length;
        try {
            length = channel.size();
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
        return filled(new ByteFeed(path, channel, length, progress));
    }

    /** Begins another feed with the first bytes of this one, at most so many, and nothing behind them. */
    ByteFeed sample(int bytes) {
        int count = Math.min(bytes, limit);
        ReadableByteChannel start = Channels.newChannel(new ByteArrayInputStream(buffer, 0, count));
        return filled(new ByteFeed(path, start, count, unused -> {}));
    }

    private static ByteFeed filled(ByteFeed feed) {
        try {
            feed.refill(0);
        } catch (RuntimeException e) {
            feed.close();
            throw e;
        }
        return feed;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the bytes in the buffer end. */
    int limit() {
        return limit;
    }

    /** Whether no byte follows those in the buffer. */
    boolean ended() {
        return ended;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** Length of the file; 0 for a pipe. */
    long fileBytes() {
        return length;
    }

    /** The bytes that tell what the file is; to be called before any are given up. */
    byte[] start() {
        return Arrays.copyOf(buffer, Math.min(limit, FileKind.SNIFFED_BYTES));
    }

    /** Where the text begins: after the byte order mark, if there is one. */
    int textStart() {
        boolean marked = limit >= 3 && Arrays.equals(buffer, 0, 3, BYTE_ORDER_MARK, 0, 3);
        return marked ? BYTE_ORDER_MARK.length : 0;
    }

    /** Gives up the bytes before an index, moves the others to the front of the buffer and reads more behind them. */
    void refill(int from) {
        int kept = limit - from;
        if (kept == buffer.length) {
            if (kept == MAX_LINE_BYTES) {
                throw new BadDataException(path + ": byte " + (bytesRead - kept) + ": a line is longer than "
                        + MAX_LINE_BYTES + " bytes; this is no text of numbers, or a quote is never closed");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        } else if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, kept);
        }
        limit = kept;
        try {
            while (limit < buffer.length) {
                int count = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
                if (count < 0) {
                    ended = true;
                    break;
                }
                limit += count;
                bytesRead += count;
            }
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
        progress.accept(bytesRead);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }
}

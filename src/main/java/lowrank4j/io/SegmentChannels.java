package lowrank4j.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import lowrank4j.error.BadDataException;

/** Moves memory segments of any size and kind through channels, which know only buffers of less than 2³¹ bytes. */
final class SegmentChannels {
    static final int BUFFER_BYTES = 1 << 20;

    private SegmentChannels() {}

    /** Takes a buffer of bytes. */
    interface Sink {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** Fills a segment or says where the source ended. */
    static void read(ReadableByteChannel source, MemorySegment target, String place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, target.byteSize()));
        long done = 0;
        while (done < target.byteSize()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), target.byteSize() - done));
            int count = source.read(buffer);
            if (count < 0) {
                throw new BadDataException(place + ": ends after " + done + " of " + target.byteSize()
                        + " bytes of elements: it is truncated");
            }
            MemorySegment.copy(MemorySegment.ofBuffer(buffer.flip()), 0, target, done, count);
            done += count;
        }
    }

    /** Hands over a segment piece by piece. Heap segments of numbers give no buffers of their own, so all are copied. */
    static void write(MemorySegment source, Sink target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, source.byteSize()));
        long done = 0;
        while (done < source.byteSize()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), source.byteSize() - done));
            MemorySegment.copy(source, done, MemorySegment.ofBuffer(buffer), 0, buffer.limit());
            done += buffer.limit();
            target.write(buffer);
        }
    }
}

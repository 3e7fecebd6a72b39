package lowrank4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes UTF-8 text in one step, through a buffer. */
final class TextFile implements AutoCloseable {
    private static final int BUFFER_CHARACTERS = 1 << 16;

    private final AtomicFile file;
    private final StringBuilder buffer = new StringBuilder(BUFFER_CHARACTERS + 256);

    private TextFile(AtomicFile file) {
        this.file = file;
    }

    static TextFile create(Path path) {
        return new TextFile(AtomicFile.create(path));
    }

    TextFile append(String text) {
        buffer.append(text);
        return flushIfFull();
    }

    TextFile append(long number) {
        buffer.append(number);
        return flushIfFull();
    }

    /** Appends the shortest digits that are read as the same number. */
    TextFile append(double number) {
        buffer.append(number);
        return flushIfFull();
    }

    /** Puts the complete file in its place. */
    void finish() {
        flush();
        file.commit();
    }

    private TextFile flushIfFull() {
        if (buffer.length() >= BUFFER_CHARACTERS) {
            flush();
        }
        return this;
    }

    private void flush() {
        try {
            file.write(ByteBuffer.wrap(buffer.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw file.failure(e);
        }
        buffer.setLength(0);
    }

    @Override
    public void close() {
        file.close();
    }
}

package lowrank4j.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import lowrank4j.error.EnvironmentException;

/** A file that appears under its name complete or not at all: written beside it, flushed, then moved over it. */
final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private boolean committed;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    static AtomicFile create(Path path) {
        try {
            // A link stays a link: its destination is what gets replaced.
            Path target = Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new EnvironmentException(path + ": cannot be written: it exists and is not an ordinary file");
            }
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new AtomicFile(target, temporary, channel);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A stream into the file; closing it leaves the file open. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                AtomicFile.this.write(ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    EnvironmentException failure(IOException e) {
        return failure(target, e);
    }

    /** Makes what was written the content of the target. */
    void commit() {
        try {
            channel.force(true);
            channel.close();
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
            committed = true;
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /** Discards what was written unless it was committed. */
    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    static EnvironmentException failure(Path path, IOException e) {
        String reason = e instanceof NoSuchFileException ? "its folder does not exist" : String.valueOf(e.getMessage());
        EnvironmentException failure = new EnvironmentException(path + ": cannot be written: " + reason);
        failure.addSuppressed(e);
        return failure;
    }
}

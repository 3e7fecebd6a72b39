package lowrank4j.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lowrank4j.error.BadDataException;

/** Opens files to be read and says in one sentence why one cannot be. */
final class InputFiles {
    private InputFiles() {}

    static FileChannel open(Path path) {
        if (Files.isDirectory(path)) {
            throw new BadDataException(path + ": is a directory; a file is expected");
        }
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Opens a file whose length is known before it is read, which a pipe's is not. */
    static FileChannel openRegular(Path path) {
        FileChannel channel = open(path);
        if (Files.isRegularFile(path)) {
            return channel;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(path, e);
        }
        throw new BadDataException(path + ": is a pipe or device; an ordinary file is expected");
    }

    static BadDataException failure(Path path, IOException e) {
        return switch (e) {
            case NoSuchFileException unused -> new BadDataException(path + ": there is no such file", e);
            case AccessDeniedException unused ->
                new BadDataException(path + ": this user has no permission to read the file", e);
            case ClosedByInterruptException unused ->
                new BadDataException(path + ": the thread was interrupted while it read the file", e);
            default -> new BadDataException(path + ": cannot be read: " + e.getMessage(), e);
        };
    }
}

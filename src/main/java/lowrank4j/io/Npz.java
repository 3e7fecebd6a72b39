package lowrank4j.io;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;

/**
 * NumPy's {@code .npz} archives: named arrays in a zip file, compressed or not, of any size. Entries whose names do not
 * end in {@code .npy} are no arrays and are passed over.
 */
public final class Npz {
    /** All archives carry the date NumPy gives them, so that equal arrays give equal files. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {}

    /**
     * Lists the arrays of an archive.
     *
     * @param path the file
     * @return names without {@code .npy}, in the order of the archive
     * @throws BadDataException if there is no such file or it is no archive of arrays
     */
    public static List<String> names(Path path) {
        try (NpzFile file = NpzFile.open(path)) {
            return file.names();
        }
    }

    /**
     * Reads all arrays of an archive into memory off the heap.
     *
     * @param path the file
     * @param arena what the memory belongs to
     * @return the arrays by name, in the order of the archive
     * @throws BadDataException if there is no such file, it is no archive of arrays, or an entry cannot be read
     * @throws EnvironmentException if there is not enough memory
     */
    public static Map<String, NpyArray> read(Path path, Arena arena) {
        try (NpzFile file = NpzFile.open(path)) {
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            for (String name : file.names()) {
                arrays.put(name, file.read(name, arena));
            }
            return Collections.unmodifiableMap(arrays);
        }
    }

    /**
     * Reads one array of an archive into memory off the heap.
     *
     * @param path the file
     * @param name name of the array, without {@code .npy}
     * @param arena what the memory belongs to
     * @return the array
     * @throws InvalidArgumentException if the archive has no array of that name
     * @throws BadDataException if there is no such file, it is no archive of arrays, or the entry cannot be read
     * @throws EnvironmentException if there is not enough memory
     */
    public static NpyArray read(Path path, String name, Arena arena) {
        try (NpzFile file = NpzFile.open(path)) {
            return file.read(name, arena);
        }
    }

    /**
     * Writes an archive in one step, without compression, as {@code numpy.savez} does. Equal arrays give equal files.
     *
     * @param path the file, replaced if it exists
     * @param arrays the arrays by name; written in the order of the map
     * @throws EnvironmentException if the file cannot be written
     */
    public static void write(Path path, Map<String, NpyArray> arrays) {
        try (AtomicFile file = AtomicFile.create(path)) {
            try (OutputStream out = file.stream();
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, NpyArray> entry : arrays.entrySet()) {
                    write(zip, entry.getKey(), entry.getValue());
                }
            } catch (IOException e) {
                throw AtomicFile.failure(path, e);
            }
            file.commit();
        }
    }

    private static void write(ZipOutputStream zip, String name, NpyArray array) throws IOException {
        byte[] header = NpyWriter.header(array.type(), array.shape());
        CRC32 checksum = new CRC32();
        checksum.update(header);
        SegmentChannels.write(array.data(), checksum::update);
        ZipEntry entry = new ZipEntry(name + NpzFile.SUFFIX);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(header.length + array.data().byteSize());
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(DATE);
        zip.putNextEntry(entry);
        zip.write(header);
        byte[] bytes = new byte[SegmentChannels.BUFFER_BYTES];
        SegmentChannels.write(array.data(), buffer -> copy(buffer, bytes, zip));
        zip.closeEntry();
    }

    private static void copy(ByteBuffer buffer, byte[] bytes, OutputStream out) throws IOException {
        int count = buffer.remaining();
        buffer.get(bytes, 0, count);
        out.write(bytes, 0, count);
    }
}

package lowrank4j.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import lowrank4j.error.BadDataException;
import lowrank4j.error.InvalidArgumentException;

/** An open {@code .npz} archive. What the archive says of its entries is checked before memory is taken for them. */
final class NpzFile implements AutoCloseable {
    static final String SUFFIX = ".npy";

    /** Deflate never shrinks data further than this; an entry that claims more lies. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private static final int MAX_TEXT_BYTES = 1024;

    private final Path path;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private NpzFile(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    static NpzFile open(Path path) {
        requireZip(path);
        try {
            NpzFile file = new NpzFile(path, new ZipFile(path.toFile()));
            try {
                file.list();
            } catch (RuntimeException e) {
                file.close();
                throw e;
            }
            return file;
        } catch (ZipException | IllegalArgumentException e) {
            throw new BadDataException(path + ": is a damaged or truncated zip archive: " + e.getMessage(), e);
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }

    private static void requireZip(Path path) {
        try (FileChannel channel = InputFiles.openRegular(path);
                InputStream in = Channels.newInputStream(channel)) {
            FileKind kind = FileKind.ofStart(in.readNBytes(FileKind.SNIFFED_BYTES));
            if (kind != FileKind.NPZ) {
                throw new BadDataException(path + ": byte 0: does not begin like a zip archive (.npz); it looks like "
                        + kind.description());
            }
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }

    private void list() {
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (!name.endsWith(SUFFIX)) {
                continue;
            }
            if (entries.put(name.substring(0, name.length() - SUFFIX.length()), entry) != null) {
                throw new BadDataException(path + ": has two entries named " + Excerpt.quote(name));
            }
        }
        if (entries.isEmpty()) {
            throw new BadDataException(path + ": is a zip archive without arrays: none of its " + zip.size()
                    + " entries has a name that ends in .npy");
        }
    }

    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    NpyArray read(String name, Arena arena) {
        ZipEntry entry = entry(name);
        String place = place(entry);
        checkSize(entry, place);
        CRC32 checksum = new CRC32();
        try (InputStream in = new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), checksum))) {
            NpyHeader header = NpyHeaderReader.read(in, entry.getSize(), place);
            NpyArray array;
            if (header.isNative()) {
                MemorySegment data = elements(in, header, arena, place);
                array = new NpyArray(header.type(), header.shape(), data, place);
            } else {
                try (Arena scratch = Arena.ofConfined()) {
                    array = NpyLayout.convert(header, elements(in, header, scratch, place), arena, place);
                }
            }
            if (in.read() >= 0) {
                throw new BadDataException(
                        place + ": is longer than the " + entry.getSize() + " bytes that the archive says");
            }
            if (checksum.getValue() != entry.getCrc()) {
                throw new BadDataException(place + ": is damaged: its checksum is "
                        + Long.toHexString(checksum.getValue()) + ", the archive says "
                        + Long.toHexString(entry.getCrc()));
            }
            return array;
        } catch (IOException e) {
            throw damaged(place, e);
        }
    }

    /** Reads an entry that holds one short text, as SciPy uses for the name of a sparse format. */
    String text(String name) {
        ZipEntry entry = entry(name);
        String place = place(entry);
        checkSize(entry, place);
        try (InputStream in = zip.getInputStream(entry)) {
            String type = NpyHeaderReader.open(in, entry.getSize(), place).elementDescription();
            if (!type.matches("[|<>=][SU]\\d+")) {
                throw new BadDataException(place + ": has elements of type '" + type + "'; text is expected");
            }
            // NumPy pads bytes, and the four bytes of each character, with zeros.
            String text = new String(in.readNBytes(MAX_TEXT_BYTES), StandardCharsets.ISO_8859_1);
            return text.replace("\0", "");
        } catch (IOException e) {
            throw damaged(place, e);
        }
    }

    private static MemorySegment elements(InputStream in, NpyHeader header, Arena arena, String place)
            throws IOException {
        MemorySegment elements = AvailableMemory.allocate(arena, header.byteCount(), place);
        SegmentChannels.read(Channels.newChannel(in), elements, place);
        return elements;
    }

    private ZipEntry entry(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new InvalidArgumentException(
                    path + ": has no array named " + Excerpt.quote(name) + "; it has " + names());
        }
        return entry;
    }

    private static void checkSize(ZipEntry entry, String place) {
        long size = entry.getSize();
        long stored = entry.getCompressedSize();
        boolean possible = entry.getMethod() == ZipEntry.STORED ? size == stored : size / MAX_DEFLATE_RATIO <= stored;
        if (size < 0 || !possible) {
            throw new BadDataException(place + ": the archive says that " + stored + " bytes hold " + size
                    + " bytes, which is not possible");
        }
    }

    private String place(ZipEntry entry) {
        return path + ", entry " + entry.getName();
    }

    private static BadDataException damaged(String place, IOException e) {
        return new BadDataException(place + ": is damaged: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw InputFiles.failure(path, e);
        }
    }
}

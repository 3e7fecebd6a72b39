package lowrank4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lowrank4j.error.BadDataException;

/** Reads what stands before the elements of a {@code .npy} file: magic bytes, version, length, a Python dictionary. */
final class NpyHeaderReader {
    /** Marks the format, in ISO 8859-1. */
    static final String MAGIC = "\u0093NUMPY";

    /** The versions 1, 2 and 3 have no minor versions yet. */
    private static final int MAX_MAJOR_VERSION = 3;

    /** NumPy's own headers take some hundred bytes. */
    private static final long MAX_HEADER_BYTES = 1 << 20;

    private NpyHeaderReader() {}

    /**
     * Reads a header and leaves the stream at the first element.
     *
     * @param in the file from its first byte
     * @param length length of the file in bytes
     * @param place how messages call the file
     */
    static NpyHeader read(InputStream in, long length, String place) throws IOException {
        NpyHeaderParser parser = open(in, length, place);
        NpyHeader header = parser.parse();
        checkLength(header, length, place);
        return header;
    }

    /** Reads up to the first element and leaves it to the caller what to do with the dictionary. */
    static NpyHeaderParser open(InputStream in, long length, String place) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length());
        if (!Arrays.equals(magic, MAGIC.getBytes(StandardCharsets.ISO_8859_1))) {
            throw notNpy(magic, in, place);
        }
        int major = byteAt(in, place, 6, "major version");
        int minor = byteAt(in, place, 7, "minor version");
        if (major < 1 || major > MAX_MAJOR_VERSION || minor != 0) {
            throw new BadDataException(place + ": byte 6: the .npy format version is " + major + "." + minor
                    + "; 1.0, 2.0 and 3.0 are allowed");
        }
        int lengthBytes = major == 1 ? Short.BYTES : Integer.BYTES;
        long headerBytes = headerLength(in, lengthBytes, place);
        int start = MAGIC.length() + 2 + lengthBytes;
        if (headerBytes > length - start) {
            throw new BadDataException(place + ": byte 8: the header claims " + headerBytes + " bytes, but only "
                    + (length - start) + " follow; the file is truncated or no .npy file");
        }
        if (headerBytes > MAX_HEADER_BYTES) {
            throw new BadDataException(place + ": byte 8: the header claims " + headerBytes + " bytes; at most "
                    + MAX_HEADER_BYTES + " are allowed");
        }
        byte[] header = in.readNBytes((int) headerBytes);
        if (header.length < headerBytes) {
            throw new BadDataException(place + ": byte " + (start + header.length)
                    + ": the file ends within its header of " + headerBytes + " bytes");
        }
        Charset charset = major == MAX_MAJOR_VERSION ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new NpyHeaderParser(new String(header, charset), start, start + headerBytes, place);
    }

    private static void checkLength(NpyHeader header, long length, String place) {
        long expected;
        try {
            expected = Math.addExact(header.dataOffset(), header.byteCount());
        } catch (ArithmeticException unused) {
            expected = Long.MAX_VALUE;
        }
        if (expected != length) {
            throw new BadDataException(place + ": the header says shape " + NpyHeader.text(header.shape()) + " of "
                    + header.type() + ", which takes " + header.byteCount() + " bytes from byte " + header.dataOffset()
                    + ", but " + (length - header.dataOffset()) + " bytes are there: "
                    + (expected > length ? "the file is truncated" : "the file is longer than its header says"));
        }
    }

    private static BadDataException notNpy(byte[] magic, InputStream in, String place) throws IOException {
        byte[] more = in.readNBytes(FileKind.SNIFFED_BYTES - magic.length);
        byte[] start = Arrays.copyOf(magic, magic.length + more.length);
        System.arraycopy(more, 0, start, magic.length, more.length);
        if (start.length == 0) {
            return new BadDataException(place + ": is empty (0 bytes); a NumPy array (.npy) is expected");
        }
        return new BadDataException(
                place + ": byte 0: does not begin with the .npy magic bytes \\x93NUMPY; it looks like "
                        + FileKind.ofStart(start).description());
    }

    private static int byteAt(InputStream in, String place, int offset, String what) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new BadDataException(
                    place + ": byte " + offset + ": the file ends before the " + what + " of the .npy format");
        }
        return value;
    }

    private static long headerLength(InputStream in, int bytes, String place) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new BadDataException(
                    place + ": byte " + (8 + read.length) + ": the file ends within the length of its header");
        }
        ByteBuffer buffer = ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
        return bytes == Short.BYTES ? Short.toUnsignedInt(buffer.getShort()) : Integer.toUnsignedLong(buffer.getInt());
    }
}

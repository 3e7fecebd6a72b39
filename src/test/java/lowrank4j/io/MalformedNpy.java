package lowrank4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds .npy files byte by byte, so that they can be wrong. */
final class MalformedNpy {
    private MalformedNpy() {}

    static byte[] file(String header, byte[] data) {
        return file(header.length(), header, data);
    }

    static byte[] file(int claimedLength, String header, byte[] data) {
        ByteBuffer buffer =
                ByteBuffer.allocate(10 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
        buffer.putShort((short) claimedLength);
        return buffer.put(header.getBytes(StandardCharsets.ISO_8859_1))
                .put(data)
                .array();
    }

    static byte[] doubles(double... values) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return buffer.array();
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import lowrank4j.error.BadDataException;
import lowrank4j.error.EnvironmentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays beyond 2³¹ elements and beyond memory, in files of holes that take no disk. */
class NpyLargeTest {
    /** 2⁴⁰ bytes: more than the memory of the machines this runs on. */
    private static final long TEBIBYTE = 1L << 40;

    @TempDir
    Path folder;

    @Test
    void mapsMoreElementsThanAnArrayOfJavaHas() throws IOException {
        long rows = 3;
        long columns = (1L << 30) + 1;
        Path path = sparse("'<f4'", false, rows + ", " + columns, 4 * rows * columns, 42.5f);
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.map(path, arena);
            assertThat(array.shape()).containsExactly(rows, columns);
            assertThat(array.size()).isEqualTo(rows * columns).isGreaterThan(Integer.MAX_VALUE);
            assertThat(array.data().getAtIndex(ValueLayout.JAVA_FLOAT, array.size() - 1))
                    .isEqualTo(42.5f);
            assertThat(array.data().getAtIndex(ValueLayout.JAVA_FLOAT, 1L << 31))
                    .isZero();
            assertThatThrownBy(array::toDoubles)
                    .isInstanceOf(BadDataException.class)
                    .hasMessageContainingAll(path.toString(), "3221225475 elements", "2147483639");
        }
    }

    @Test
    void saysHowMuchMemoryAConversionNeedsAndHowMuchThereIs() throws IOException {
        assumeTrue(AvailableMemory.bytes() < TEBIBYTE);
        Path fortran = sparse("'<f8'", true, "131072, 1048576", TEBIBYTE, 0);
        Path plain = sparse("'<f8'", false, "131072, 1048576", TEBIBYTE, 0);
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> Npy.map(fortran, arena))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining(fortran + ": needs 1099511627776 bytes of memory, but ")
                    .hasMessageMatching(".*but \\d+ bytes of memory are available");
            assertThatThrownBy(() -> Npy.read(plain, arena))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining(plain + ": needs 1099511627776 bytes of memory");
            // What needs no conversion needs no memory.
            assertThat(Npy.map(plain, arena).size()).isEqualTo(TEBIBYTE / 8);
        }
    }

    /** Makes a file whose elements are zero but for the last four bytes. */
    private Path sparse(String descr, boolean fortran, String shape, long bytes, float last) throws IOException {
        String dictionary = "{'descr': " + descr + ", 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + shape + "), }";
        byte[] header = MalformedNpy.file(dictionary + " ".repeat(118 - dictionary.length()), new byte[0]);
        Path path = folder.resolve(fortran ? "fortran.npy" : "plain.npy");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(header);
            try {
                file.setLength(header.length + bytes);
            } catch (IOException e) {
                assumeTrue(false, "this file system has no files of " + bytes + " bytes: " + e.getMessage());
            }
            file.seek(header.length + bytes - 4);
            int bits = Float.floatToRawIntBits(last);
            file.writeInt(ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? bits : Integer.reverseBytes(bits));
        }
        return path;
    }
}

package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lowrank4j.error.EnvironmentException;
import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyWriteTest {
    @TempDir
    Path folder;

    @Test
    void writesTheBytesThatNumPyWrites() {
        double[] values = new double[12];
        Arrays.setAll(values, k -> k / 2.0 - 1);
        Path path = folder.resolve("a.npy");

        Npy.write(path, values, 3, 4);

        // From version 1.23 on NumPy writes the same dictionary; the padding is to 64 bytes in all versions.
        byte[] written = Fixtures.bytes(path);
        byte[] reference = Fixtures.bytes(Fixtures.path("float64.npy"));
        assertThat(written).hasSize(reference.length);
        assertThat(written).isEqualTo(reference);

        Npy.write(path, NpyArray.ofPairs(new double[] {1, 2, 0, 3.5, 4, 0, 5e-300, -6}, 2, 2));
        assertThat(Fixtures.bytes(path)).isEqualTo(Fixtures.bytes(Fixtures.path("complex128.npy")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 64})
    void elementsBeginAtAMultipleOf64(int dimensions) {
        long[] shape = new long[dimensions];
        Arrays.fill(shape, 1);
        Path path = folder.resolve("a.npy");
        Npy.write(path, new double[] {2.5}, shape);

        NpyHeader header = Npy.readHeader(path);
        assertThat(header.dataOffset() % 64).isZero();
        assertThat(header.shape()).isEqualTo(shape);
        assertThat(Fixtures.bytes(path)[(int) header.dataOffset() - 1]).isEqualTo((byte) '\n');
    }

    @Test
    void everyValueSurvives() {
        Random random = new Random(7);
        double[] values =
                random.longs(1000).mapToDouble(Double::longBitsToDouble).toArray();
        Path path = folder.resolve("a.npy");
        Npy.write(path, values, 10, 100);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = Npy.read(path, arena).data();
            assertThat(data.mismatch(MemorySegment.ofArray(values))).isEqualTo(-1);
        }
    }

    @Test
    void everyTypeSurvives() {
        try (Arena arena = Arena.ofConfined()) {
            for (NpyType type : NpyType.values()) {
                if (type == NpyType.FLOAT16) {
                    continue;
                }
                MemorySegment data = arena.allocate(6L * type.bytes());
                for (long i = 0; i < data.byteSize(); i++) {
                    data.set(ValueLayout.JAVA_BYTE, i, (byte) (37 * i));
                }
                Path path = folder.resolve(type + ".npy");
                Npy.write(path, NpyArray.of(type, data, 2, 3));
                NpyArray read = Npy.read(path, arena);
                assertThat(read.type()).isEqualTo(type);
                assertThat(read.data().mismatch(data)).isEqualTo(-1);
            }
        }
    }

    @Test
    void arraysOfJavaAreWrittenAsTheyAre() {
        Path path = folder.resolve("a.npy");
        try (Arena arena = Arena.ofConfined()) {
            Npy.write(path, new float[] {1.5f, -2}, 2);
            assertThat(Npy.read(path, arena).toDoubles()).containsExactly(1.5, -2);
            Npy.write(path, NpyArray.of(new long[] {1L << 40, -1}, 2));
            assertThat(Npy.read(path, arena).toLongs()).containsExactly(1L << 40, -1);
            Npy.write(path, NpyArray.of(new int[] {7}));
            assertThat(Npy.read(path, arena).shape()).isEmpty();
            assertThat(Npy.read(path, arena).toInts()).containsExactly(7);
        }
    }

    @Test
    void writesPieceByPiece() {
        Path path = folder.resolve("a.npy");
        try (NpyWriter writer = NpyWriter.create(path, NpyType.FLOAT32, 3, 2)) {
            for (int i = 0; i < 3; i++) {
                writer.write(i + 0.5f, -i);
            }
            assertThat(path).doesNotExist();
            writer.finish();
        }
        try (Arena arena = Arena.ofConfined()) {
            assertThat(Npy.read(path, arena).toDoubles()).containsExactly(0.5, 0, 1.5, -1, 2.5, -2);
        }
    }

    @Test
    void anUnfinishedFileLeavesWhatWasThere() throws IOException {
        Path path = folder.resolve("a.npy");
        Npy.write(path, new double[] {1}, 1);
        byte[] before = Fixtures.bytes(path);

        try (NpyWriter writer = NpyWriter.create(path, NpyType.FLOAT64, 1000)) {
            writer.write(new double[999]);
        }

        assertThat(Fixtures.bytes(path)).isEqualTo(before);
        assertThat(files()).containsExactly(path);
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path target = Fixtures.write(folder.resolve("target.npy"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), target);
        Npy.write(link, new double[] {1}, 1);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Npy.readHeader(target).shape()).containsExactly(1);
    }

    @Test
    void saysWhyAFileCannotBeWritten() throws IOException {
        Path nowhere = folder.resolve("missing").resolve("a.npy");
        assertThatThrownBy(() -> Npy.write(nowhere, new double[1], 1))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage(nowhere + ": cannot be written: its folder does not exist");
        Path directory = Files.createDirectory(folder.resolve("d.npy"));
        assertThatThrownBy(() -> Npy.write(directory, new double[1], 1))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("not an ordinary file");
        assertThat(files()).containsExactly(directory);
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Path path = folder.resolve("a.npy");
        assertThatThrownBy(() -> Npy.write(path, new double[6], 2, 4))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContainingAll("(2, 4)", "6");
        assertThatThrownBy(() -> Npy.write(path, new double[6], -2, -3))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("(-2, -3)");
        assertThatThrownBy(() -> NpyWriter.create(path, NpyType.FLOAT64, 1L << 62))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("less than 2^63 bytes");
        assertThatThrownBy(() -> NpyWriter.create(path, NpyType.FLOAT16, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("FLOAT16");
        assertThatThrownBy(() -> NpyWriter.create(path, NpyType.BOOL, new long[65]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("65 dimensions");
        assertThat(path).doesNotExist();
    }

    @Test
    void refusesTooManyAndTooFewElements() throws IOException {
        Path path = folder.resolve("a.npy");
        try (NpyWriter writer = NpyWriter.create(path, NpyType.FLOAT64, 2)) {
            assertThatThrownBy(() -> writer.write(1f)).hasMessageContainingAll("FLOAT32", "FLOAT64");
            writer.write(1.0);
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("1 elements were written; the shape says 2");
            assertThatThrownBy(() -> writer.write(1.0, 2.0)).hasMessageContaining("at most 8 are left");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void headerIsPlainPython() {
        String header = new String(NpyWriter.header(NpyType.BOOL, new long[] {5}), StandardCharsets.ISO_8859_1);
        assertThat(header).contains("{'descr': '|b1', 'fortran_order': False, 'shape': (5,), }");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

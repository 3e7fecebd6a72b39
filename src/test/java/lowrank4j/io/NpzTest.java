package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import lowrank4j.error.BadDataException;
import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void readsWhatNumPyWrote(String file) {
        Path path = Fixtures.path(file);
        assertThat(Npz.names(path)).containsExactly("a", "b", "c");
        try (Arena arena = Arena.ofConfined()) {
            Map<String, NpyArray> arrays = Npz.read(path, arena);
            assertThat(arrays).containsOnlyKeys("a", "b", "c");
            NpyArray a = Npz.read(path, "a", arena);
            assertThat(a.shape()).containsExactly(3, 4);
            assertThat(a.toDoubles()).startsWith(-1, -0.5, 0).endsWith(4.5);
            assertThat(Npz.read(path, "b", arena).toInts()).containsExactly(-3, -2, -1, 0, 1);
            double[] c = Npz.read(path, "c", arena).toDoubles();
            assertThat(c[c.length - 1]).isEqualTo((c.length - 1) / 2.0 - 1);
            assertThat(c[1]).isEqualTo(-0.5);
        }
    }

    @Test
    void whatIsWrittenIsReadInOrder() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("zeta", NpyArray.of(new double[] {1, 2, 3, 4}, 2, 2));
        arrays.put("alpha/beta", NpyArray.of(new int[0], 0, 5));
        arrays.put("größe", NpyArray.of(new float[] {2.5f}));
        Path path = folder.resolve("a.npz");
        Npz.write(path, arrays);
        try (Arena arena = Arena.ofConfined()) {
            Map<String, NpyArray> read = Npz.read(path, arena);
            assertThat(read.keySet()).containsExactly("zeta", "alpha/beta", "größe");
            read.forEach((name, array) -> {
                assertThat(array.shape()).isEqualTo(Npz.read(path, name, arena).shape());
                assertThat(array.toDoubles())
                        .isEqualTo(Objects.requireNonNull(arrays.get(name)).toDoubles());
            });
        }
    }

    @Test
    void equalArraysGiveEqualFiles() {
        Map<String, NpyArray> arrays = Map.of("a", NpyArray.of(new double[100], 100));
        Npz.write(folder.resolve("1.npz"), arrays);
        Npz.write(folder.resolve("2.npz"), arrays);
        assertThat(folder.resolve("1.npz")).hasSameBinaryContentAs(folder.resolve("2.npz"));
    }

    @Test
    void otherEntriesArePassedOver() {
        Path path = zip(Map.of(
                "notes.txt", MalformedNpy.latin1("hello"), "a.npy", Fixtures.bytes(Fixtures.path("float64.npy"))));
        assertThat(Npz.names(path)).containsExactly("a");
    }

    @Test
    void refusesWhatIsNoArchiveOfArrays() throws IOException {
        Path noArrays = zip(Map.of("notes.txt", MalformedNpy.latin1("hello")));
        assertRefused(noArrays, "zip archive without arrays", "1 entries");
        assertRefused(Fixtures.write(folder.resolve("csv.npz"), "1,2,3\n"), "byte 0", "it looks like plain text");
        Path renamed = Files.copy(Fixtures.path("float64.npy"), folder.resolve("renamed.npz"));
        assertRefused(renamed, "it looks like a NumPy array");
        assertRefused(Fixtures.write(folder.resolve("empty.npz"), ""), "it looks like an empty file");
        assertRefused(folder, "is a directory");
        assertRefused(folder.resolve("missing.npz"), "there is no such file");
        byte[] whole = Fixtures.bytes(Fixtures.path("stored.npz"));
        Path cut = Fixtures.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length - 30));
        assertRefused(cut, "damaged or truncated zip archive");
    }

    @Test
    void refusesDamagedEntries() {
        Path text = zip(Map.of("a.npy", MalformedNpy.latin1("1,2,3\n")));
        assertRefused(text, "entry a.npy", "magic", "it looks like plain text");
        Path cut = zip(Map.of("a.npy", Arrays.copyOf(Fixtures.bytes(Fixtures.path("float64.npy")), 200)));
        assertRefused(cut, "entry a.npy", "96 bytes", "72 bytes are there", "truncated");
        byte[] bytes = Fixtures.bytes(Fixtures.path("stored.npz"));
        bytes[bytes.length / 4] ^= 1;
        assertRefused(Fixtures.write(folder.resolve("flipped.npz"), bytes), "is damaged: its checksum is");
    }

    @Test
    void refusesTwoEntriesOfOneName() {
        byte[] array = Fixtures.bytes(Fixtures.path("float64.npy"));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.npy", array);
        entries.put("b.npy", array);
        byte[] bytes = Fixtures.bytes(zip(entries));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("b.npy", "a.npy");
        Path path = Fixtures.write(folder.resolve("twice.npz"), MalformedNpy.latin1(text));
        assertRefused(path, "two entries named 'a.npy'");
    }

    @Test
    void refusesSizesThatCannotBe() {
        byte[] bytes = Fixtures.bytes(Fixtures.path("deflated.npz"));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int directory = text.indexOf("PK\1\2");
        buffer.putInt(directory + 24, 2_000_000_000);
        assertRefused(
                Fixtures.write(folder.resolve("bomb.npz"), bytes),
                "entry a.npy",
                "hold 2000000000 bytes",
                "not possible");
    }

    @Test
    void namesWhatThereIsInsteadOfAMissingArray() {
        Path path = Fixtures.path("stored.npz");
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> Npz.read(path, "x", arena))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContainingAll("'x'", "[a, b, c]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void survivesTruncationAndFuzz(String file) {
        byte[] bytes = Fixtures.bytes(Fixtures.path(file));
        Path target = folder.resolve("damaged.npz");
        Fixtures.truncateEverywhere(Arrays.copyOf(bytes, 600), target, NpzTest::readAll);
        Fixtures.fuzz(bytes, target, 300, NpzTest::readAll);
    }

    private static void readAll(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            Npz.read(path, arena);
        }
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> readAll(path))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContainingAll(parts);
    }

    private Path zip(Map<String, byte[]> entries) {
        return Fixtures.zip(folder.resolve("made.npz"), entries);
    }
}

package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import lowrank4j.error.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no .npy file is refused, and the message says where it goes wrong, what stands there and what may. */
class NpyMalformedTest {
    private static final byte[] NONE = {};

    @TempDir
    Path folder;

    static Stream<Arguments> malformed() {
        return Stream.of(
                of("empty file", NONE, "is empty (0 bytes)"),
                of("one byte of magic", MalformedNpy.latin1("\u0093"), "byte 0", "magic"),
                of("magic only", MalformedNpy.latin1("\u0093NUMPY"), "byte 6", "major version"),
                of("no minor version", MalformedNpy.latin1("\u0093NUMPY\1"), "byte 7", "minor version"),
                of("version 4", MalformedNpy.latin1("\u0093NUMPY\4\0"), "4.0", "1.0, 2.0 and 3.0 are allowed"),
                of("version 1.1", MalformedNpy.latin1("\u0093NUMPY\1\1"), "1.1", "1.0, 2.0 and 3.0 are allowed"),
                of("half a length", MalformedNpy.latin1("\u0093NUMPY\1\0\5"), "byte 9", "length of its header"),
                of("long length cut", MalformedNpy.latin1("\u0093NUMPY\2\0\5\0\0"), "byte 11", "length of its header"),
                of("header cut", MalformedNpy.file(118, "{'descr'", NONE), "claims 118 bytes", "only 8 follow"),
                of("huge header", MalformedNpy.latin1("\u0093NUMPY\2\0\u00ff\u00ff\u00ff\u00ff{"), "claims 4294967295"),
                of("csv", MalformedNpy.latin1("user,item\n1,2\n"), "byte 0", "it looks like plain text", "CSV"),
                of("zip", MalformedNpy.latin1("PK\3\4rest"), "it looks like a zip archive", ".npz"),
                of("hdf5", MalformedNpy.latin1("\u0089HDF\r\n\u001a\n"), "it looks like an HDF5 file"),
                of("mtx", MalformedNpy.latin1("%%MatrixMarket matrix"), "it looks like Matrix Market"),
                of("binary", MalformedNpy.latin1("\0\1\2"), "it looks like binary data"),
                header("[1, 2]", "byte 10", "not a Python dictionary", "'[1, 2]'"),
                header("", "byte 10", "not a Python dictionary", "its end"),
                header("{'descr': '<f8'", "expected ',' or '}'", "its end"),
                header("{'descr': '<f8'}", "the header has no 'fortran_order'"),
                header("{'descr': '<f8', 'fortran_order': False}", "the header has no 'shape'"),
                header("{'fortran_order': False, 'shape': (1,)}", "the header has no 'descr'"),
                header("{'color': 1}", "byte 11", "unexpected key 'color'", "descr, fortran_order and shape"),
                header("{'descr': '<f8', 'descr': '<f8'}", "unexpected key 'descr'", "once each"),
                header("{descr: 1}", "expected a key in quotes", "'descr: 1}'"),
                header("{'descr' '<f8'}", "expected ':'"),
                header("{'descr': '<f8, 'fortran_order': False}", "expected ',' or '}'"),
                whole("'<f8'", "No", "(1,)", "neither True nor False", "'No, "),
                whole("'<f8'", "False", "[1]", "not a tuple", "'[1]"),
                whole("'<f8'", "False", "(1)", "not a tuple", "(n,)"),
                whole("'<f8'", "False", "(1 2)", "expected ',' or ')'"),
                whole("'<f8'", "False", "(1,,2)", "not an integer"),
                whole("'<f8'", "False", "(a,)", "not an integer", "'a,)"),
                whole("'<f8'", "False", "(1.5, 2)", "expected ',' or ')'"),
                whole("'<f8'", "False", "(-3, 4)", "a dimension is -3", "at least 0"),
                whole("'<f8'", "False", "(9223372036854775808,)", "not an integer below 2^63"),
                whole("'<f8'", "False", "(4294967296, 4294967296)", "more than 2^63 bytes", "(4294967296, 4294967296)"),
                whole("'<f8'", "False", "(1152921504606846976,)", "more than 2^63 bytes"),
                whole("'<f8'", "False", "(" + "1,".repeat(65) + ")", "more than 64 dimensions"),
                whole("'<f8'", "False", "(1,), 'shape': (1,)", "unexpected key 'shape'"),
                whole("'<f8'", "False", "(3, 4)", "(3, 4) of FLOAT64", "96 bytes", "8 bytes are there", "truncated"),
                whole("'<f4'", "False", "()", "4 bytes", "8 bytes are there", "longer than its header says"),
                whole("'<f8'", "False", "(0,)", "0 bytes", "8 bytes are there", "longer"),
                whole("'<f3'", "False", "(1,)", "'<f3'", "float16 to float64 and complex128 are allowed"),
                whole("''", "False", "(1,)", "unknown element type ''"),
                whole("'f8'", "False", "(1,)", "unknown element type 'f8'"),
                whole("'|f8'", "False", "(1,)", "no byte order"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x", "nothing but spaces", "'x'"));
    }

    private static Arguments of(String name, byte[] file, String... parts) {
        return Arguments.of(name, file, parts);
    }

    private static Arguments header(String header, String... parts) {
        return Arguments.of("header " + header, MalformedNpy.file(header, NONE), parts);
    }

    private static Arguments whole(String descr, String order, String shape, String... parts) {
        String header = "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }";
        return Arguments.of("header " + header, MalformedNpy.file(header, MalformedNpy.doubles(1)), parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesWithTheReason(String name, byte[] file, String[] messageParts) {
        Path path = Fixtures.write(folder.resolve("x.npy"), file);
        try (Arena arena = Arena.ofConfined()) {
            Stream.<Runnable>of(() -> Npy.readHeader(path), () -> Npy.read(path, arena), () -> Npy.map(path, arena))
                    .forEach(reader -> assertThatThrownBy(reader::run)
                            .as(name)
                            .isInstanceOf(BadDataException.class)
                            .hasMessageStartingWith(path + ": ")
                            .hasMessageContainingAll(messageParts));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refused_complex, complex numbers",
        "refused_object, Python objects",
        "refused_bytes, byte strings",
        "refused_text, text",
        "refused_record, records",
        "refused_date, dates",
        "refused_void, raw bytes",
        "refused_long_double, '<f16'"
    })
    void refusesTypesThatAreNoNumbers(String file, String kind) {
        assertThatThrownBy(() -> Npy.readHeader(Fixtures.path(file + ".npy")))
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll(file, kind, "not supported", "bool, int8 to int64");
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        Path missing = folder.resolve("missing.npy");
        assertThatThrownBy(() -> Npy.readHeader(missing))
                .isInstanceOf(BadDataException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> Npy.readHeader(folder))
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll(folder.toString(), "is a directory");
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), missing);
        assertThatThrownBy(() -> Npy.readHeader(link)).isInstanceOf(BadDataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"float64", "int16_big_fortran", "version2", "version3", "float16", "scalar", "empty"})
    void survivesTruncationAndFuzz(String name) {
        byte[] file = Fixtures.bytes(Fixtures.path(name + ".npy"));
        Path target = folder.resolve("damaged.npy");
        Fixtures.truncateEverywhere(file, target, NpyMalformedTest::readAndMap);
        Fixtures.fuzz(file, target, 300, NpyMalformedTest::readAndMap);
    }

    private static void readAndMap(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray read = Npy.read(path, arena);
            NpyArray mapped = Npy.map(path, arena);
            assertThat(mapped.shape()).isEqualTo(read.shape());
            assertThat(mapped.data().mismatch(read.data())).isEqualTo(-1);
        }
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] file = Fixtures.bytes(Fixtures.path("float64.npy"));
        for (int length = 0; length < file.length; length++) {
            Path path = Fixtures.write(folder.resolve("x.npy"), Arrays.copyOf(file, length));
            assertThatThrownBy(() -> Npy.readHeader(path)).isInstanceOf(BadDataException.class);
        }
    }
}

package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lowrank4j.error.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays written by NumPy are read as NumPy meant them. */
class NpyReadTest {
    static Stream<Arguments> written() {
        return Stream.of(
                written("version2", NpyType.FLOAT64, 3, 4),
                written("version3", NpyType.FLOAT64, 3, 4),
                written("scalar", NpyType.FLOAT64),
                written("empty", NpyType.FLOAT64, 0, 3),
                written("empty_fortran", NpyType.FLOAT64, 3, 0),
                written("vector", NpyType.FLOAT32, 5),
                written("cube_fortran", NpyType.FLOAT32, 2, 3, 4),
                written("four_fortran_big", NpyType.FLOAT64, 2, 3, 4, 5),
                written("wide_fortran", NpyType.FLOAT32, 33, 65),
                written("column_fortran", NpyType.FLOAT64, 5, 1));
    }

    private static Arguments written(String file, NpyType type, long... shape) {
        return Arguments.of(file, type, shape);
    }

    @ParameterizedTest
    @MethodSource("written")
    void readsShapesOrdersAndVersions(String file, NpyType type, long[] shape) {
        Path path = Fixtures.path(file + ".npy");
        try (Arena arena = Arena.ofConfined()) {
            for (NpyArray array : new NpyArray[] {Npy.read(path, arena), Npy.map(path, arena)}) {
                assertThat(array.type()).isEqualTo(type);
                assertThat(array.shape()).isEqualTo(shape);
                assertThat(array.toDoubles()).isEqualTo(expected(NpyType.FLOAT64, (int) array.size()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = NpyType.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLEX128")
    void readsEveryTypeInBothByteOrders(NpyType type) {
        String name = type.name().toLowerCase(Locale.ROOT);
        try (Arena arena = Arena.ofConfined()) {
            for (String file : new String[] {name + ".npy", name + "_big_fortran.npy"}) {
                Path path = Fixtures.path(file);
                assertThat(Npy.readHeader(path).type()).isEqualTo(type);
                for (NpyArray array : new NpyArray[] {Npy.read(path, arena), Npy.map(path, arena)}) {
                    assertThat(array.type()).isEqualTo(type == NpyType.FLOAT16 ? NpyType.FLOAT32 : type);
                    assertThat(array.shape()).containsExactly(3, 4);
                    assertThat(array.data().byteSize())
                            .isEqualTo(12L * array.type().bytes());
                    assertThat(array.toDoubles()).isEqualTo(expected(type, 12));
                    if (!type.isFloatingPoint()) {
                        assertThat(array.toLongs())
                                .isEqualTo(IntStream.range(0, 12)
                                        .mapToLong(k -> (long) expectedAt(type, k))
                                        .toArray());
                    }
                }
            }
        }
    }

    @Test
    void headerTellsWhatStandsInTheFile() {
        NpyHeader header = Npy.readHeader(Fixtures.path("four_fortran_big.npy"));

        assertThat(header.shape()).containsExactly(2, 3, 4, 5);
        assertThat(header.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(header.fortranOrder()).isTrue();
        assertThat(header.dataOffset()).isEqualTo(128);
        assertThat(header.elementCount()).isEqualTo(120);
        assertThat(header.byteCount()).isEqualTo(960);
        assertThat(header).hasToString("FLOAT64 (2, 3, 4, 5)");
    }

    @Test
    void mappingDoesNotCopyWhatNeedsNoConversion(@TempDir Path folder) {
        Path path = folder.resolve("a.npy");
        Npy.write(path, new double[] {1, 2, 3}, 3);
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.map(path, arena);
            assertThat(array.data().isMapped()).isTrue();
            assertThat(array.data().isReadOnly()).isTrue();
            // Aligned, so that vector loads and plain element access work.
            assertThat(array.data().address() % 64).isZero();
            assertThat(array.data().getAtIndex(ValueLayout.JAVA_DOUBLE, 2)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"float64_big_fortran", "float16", "cube_fortran"})
    void mappingConvertsWhatIsNotNative(String file) {
        try (Arena arena = Arena.ofConfined()) {
            NpyArray array = Npy.map(Fixtures.path(file + ".npy"), arena);
            assertThat(array.data().isMapped()).isFalse();
            assertThat(array.data().isReadOnly()).isFalse();
        }
    }

    @Test
    void readsDataThatAreNotAligned(@TempDir Path folder) {
        // A header of odd length, as other programs write them.
        Path path = Fixtures.write(
                folder.resolve("odd.npy"),
                MalformedNpy.file(
                        "{'descr':'<f8','fortran_order':False,'shape':(2,)}\n", MalformedNpy.doubles(1.5, -2)));
        assertThat(Npy.readHeader(path).dataOffset() % 8).isNotZero();
        try (Arena arena = Arena.ofConfined()) {
            NpyArray mapped = Npy.map(path, arena);
            assertThat(mapped.toDoubles()).containsExactly(1.5, -2);
            assertThat(mapped.data().getAtIndex(ValueLayout.JAVA_DOUBLE, 1)).isEqualTo(-2);
            assertThat(Npy.read(path, arena).toDoubles()).containsExactly(1.5, -2);
        }
    }

    @Test
    void acceptsEveryWayToWriteTheSameHeader(@TempDir Path folder) {
        String[] headers = {
            "{'shape': (2L,), \"fortran_order\": True, u'descr': '=f8'}",
            "  { 'descr' : '<f8' , 'fortran_order' : False , 'shape' : ( 2 , ) , }   \n",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}",
        };
        for (String header : headers) {
            Path path = Fixtures.write(folder.resolve("a.npy"), MalformedNpy.file(header, MalformedNpy.doubles(7, 8)));
            try (Arena arena = Arena.ofConfined()) {
                assertThat(Npy.read(path, arena).toDoubles()).as(header).containsExactly(7, 8);
            }
        }
    }

    @Test
    void onlyFloatsHaveAnElementType() {
        try (Arena arena = Arena.ofConfined()) {
            assertThat(Npy.read(Fixtures.path("float32.npy"), arena).elementType())
                    .isEqualTo(ElementType.FLOAT32);
            assertThat(Npy.read(Fixtures.path("float64.npy"), arena).elementType())
                    .isEqualTo(ElementType.FLOAT64);
            NpyArray integers = Npy.read(Fixtures.path("int32.npy"), arena);
            assertThatThrownBy(integers::elementType)
                    .isInstanceOf(BadDataException.class)
                    .hasMessageContaining("int32.npy")
                    .hasMessageContaining("INT32")
                    .hasMessageContaining("float32 and float64 are allowed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"complex128", "complex128_big_fortran"})
    void readsComplexNumbersAsPairs(String file) {
        try (Arena arena = Arena.ofConfined()) {
            for (NpyArray array : List.of(
                    Npy.read(Fixtures.path(file + ".npy"), arena), Npy.map(Fixtures.path(file + ".npy"), arena))) {
                assertThat(array.toPairs()).containsExactly(1, 2, 0, 3.5, 4, 0, 5e-300, -6);
                assertThatThrownBy(array::toDoubles)
                        .isInstanceOf(BadDataException.class)
                        .hasMessageContainingAll(file, "COMPLEX128", "real numbers are allowed");
            }
            assertThatThrownBy(Npy.read(Fixtures.path("vector.npy"), arena)::toPairs)
                    .isInstanceOf(BadDataException.class)
                    .hasMessageContainingAll("vector", "FLOAT32", "complex128 is allowed");
        }
    }

    private static double[] expected(NpyType type, int count) {
        return IntStream.range(0, count).mapToDouble(k -> expectedAt(type, k)).toArray();
    }

    private static double expectedAt(NpyType type, int k) {
        if (type == NpyType.BOOL) {
            return k % 2;
        }
        if (type.isFloatingPoint()) {
            return k / 2.0 - 1;
        }
        return type.name().startsWith("U") ? k : k - 3;
    }
}

package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import lowrank4j.error.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTriplesTest {
    @TempDir
    Path folder;

    @Test
    void readsNamedArrays() {
        Triples triples = NpzTriples.read(Fixtures.path("triples.npz"));
        assertThat(triples).hasToString("4 entries of a 3 × 4 matrix");
        assertThat(triples.row()).containsExactly(0, 2, 1, 2);
        assertThat(triples.column()).containsExactly(1, 0, 3, 3);
        assertThat(triples.value()).containsExactly(0.5, -1, 0, 4);
    }

    @Test
    void readsOtherNamesFloatIndicesAndAShape() {
        Triples triples = NpzTriples.read(Fixtures.path("triples_float_index.npz"));
        assertThat(triples.rows()).isEqualTo(4);
        assertThat(triples.columns()).isEqualTo(5);
        assertThat(triples.row()).containsExactly(0, 2, 1, 2);
        assertThat(triples.value()).containsExactly(0.5, -1, 0, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coo", "csr", "csc"})
    void readsSparseMatricesOfSciPy(String format) {
        Triples triples = NpzTriples.read(Fixtures.path("scipy_" + format + ".npz"));
        assertThat(triples.rows()).isEqualTo(4);
        assertThat(triples.columns()).isEqualTo(5);
        // A stored zero is a value.
        assertThat(triples.count()).isEqualTo(4);
        double[] dense = new double[20];
        for (int k = 0; k < triples.count(); k++) {
            dense[5 * triples.row()[k] + triples.column()[k]] += triples.value()[k];
        }
        double[] expected = new double[20];
        expected[1] = 0.5;
        expected[10] = -1;
        expected[13] = 4;
        assertThat(dense).isEqualTo(expected);
    }

    @Test
    void refusesOtherSparseFormats() {
        assertRefused(Fixtures.path("scipy_bsr.npz"), "'bsr'", "coo, csr and csc");
    }

    @Test
    void whatIsWrittenIsRead() {
        Path path = folder.resolve("a.npz");
        NpzTriples.write(path, new Triples(7, 9, new int[] {6, 0}, new int[] {0, 8}, new double[] {Math.PI, -1e-300}));
        Triples read = NpzTriples.read(path);
        assertThat(read.rows()).isEqualTo(7);
        assertThat(read.columns()).isEqualTo(9);
        assertThat(read.row()).containsExactly(6, 0);
        assertThat(read.column()).containsExactly(0, 8);
        assertThat(read.value()).containsExactly(Math.PI, -1e-300);
    }

    @Test
    void duplicatesFollowThePolicy() {
        Path path = archive(ints(1, 0, 1), ints(2, 2, 2), doubles(1, 5, 4));
        assertRefused(path, "element 0 and element 2 both give the entry at row 1, column 2");
        assertThat(NpzTriples.read(path, DuplicatePolicy.LAST).value()).containsExactly(4, 5);
        assertThat(NpzTriples.read(path, DuplicatePolicy.MEAN).value()).containsExactly(2.5, 5);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertRefused(archive(ints(0, 1), ints(0, 1), doubles(1)), "2, 2 and 1 elements");
        assertRefused(archive(ints(0, -1), ints(0, 1), doubles(1, 2)), "row.npy: element 1 is -1");
        assertRefused(archive(doubles(0, 0.5), ints(0, 1), doubles(1, 2)), "row.npy: element 1 is 0.5", "whole");
        assertRefused(archive(ints(0, 1), ints(0, 1), doubles(1, Double.NaN)), "value.npy: element 1 is NaN", "finite");
        assertRefused(
                archive(ints(0, Integer.MAX_VALUE), ints(0, 1), doubles(1, 2)), "row.npy", "2147483647", "2^31 − 2");
        NpyArray square = NpyArray.of(new int[4], 2, 2);
        assertRefused(archive(square, ints(0, 1), doubles(1, 2)), "row.npy: has the shape (2, 2)", "one dimension");
        Map<String, NpyArray> arrays = arrays(ints(0, 3), ints(0, 1), doubles(1, 2));
        arrays.put("shape", NpyArray.of(new long[] {3, 3}, 2));
        assertRefused(write(arrays), "row.npy: element 1 is 3", "0 to 2");
        arrays.put("shape", NpyArray.of(new long[] {3}, 1));
        assertRefused(write(arrays), "shape.npy", "[3]", "rows and columns");
    }

    @Test
    void refusesArchivesWithoutTheArrays() {
        assertRefused(Fixtures.path("stored.npz"), "[a, b, c]", "row, rows");
        Map<String, NpyArray> arrays = arrays(ints(0), ints(0), doubles(1));
        arrays.put("user", ints(0));
        assertRefused(write(arrays), "two arrays for the same purpose, row and user");
    }

    @Test
    void refusesBrokenCompressedRows() {
        assertRefused(
                compressed(new int[] {0, 1}, 3), "indptr.npy: has 2 elements from 0 to 1", "4 elements from 0 to 2");
        assertRefused(compressed(new int[] {0, 2, 1, 2}, 3), "indptr.npy: element 2 is 1", "may not fall");
        assertRefused(compressed(new int[] {0, 9, 9, 2}, 3), "indptr.npy: element 1 is 9", "at most", "2");
        assertRefused(compressed(new int[] {1, 1, 1, 2}, 3), "from 1 to 2");
        assertThat(NpzTriples.read(compressed(new int[] {0, 1, 1, 2}, 3)).row()).containsExactly(0, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"triples.npz", "scipy_csr.npz", "scipy_coo.npz"})
    void survivesFuzz(String file) {
        Fixtures.fuzz(Fixtures.bytes(Fixtures.path(file)), folder.resolve("damaged.npz"), 300, NpzTriples::read);
    }

    /** A matrix of two entries in compressed rows, as SciPy writes it, with starts that may be wrong. */
    private Path compressed(int[] starts, int rows) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("indices", ints(0, 1));
        arrays.put("indptr", ints(starts));
        arrays.put("data", doubles(1, 2));
        arrays.put("shape", NpyArray.of(new long[] {rows, 2}, 2));
        // The format is the one array that holds no numbers.
        byte[] format = MalformedNpy.file(
                "{'descr': '|S3', 'fortran_order': False, 'shape': (), }" + " ".repeat(63), MalformedNpy.latin1("csr"));
        return Fixtures.zip(folder.resolve("csr.npz"), Fixtures.unzip(write(arrays)), Map.of("format.npy", format));
    }

    private static NpyArray ints(int... values) {
        return NpyArray.of(values, values.length);
    }

    private static NpyArray doubles(double... values) {
        return NpyArray.of(values, values.length);
    }

    private static Map<String, NpyArray> arrays(NpyArray row, NpyArray column, NpyArray value) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("row", row);
        arrays.put("col", column);
        arrays.put("value", value);
        return arrays;
    }

    private Path archive(NpyArray row, NpyArray column, NpyArray value) {
        return write(arrays(row, column, value));
    }

    private Path write(Map<String, NpyArray> arrays) {
        Path path = folder.resolve("a.npz");
        Npz.write(path, arrays);
        return path;
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> NpzTriples.read(path))
                .isInstanceOf(BadDataException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContainingAll(parts);
    }
}

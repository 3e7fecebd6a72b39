package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import lowrank4j.error.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "'\u0093NUMPY\1\0', NPY",
        "'PK\3\4', NPZ",
        "'PK\5\6', NPZ",
        "%%matrixmarket MATRIX, MATRIX_MARKET",
        "'1,2,3', DELIMITED",
        "'%%comment', DELIMITED",
        "BZhang, DELIMITED",
        "PARIS, DELIMITED",
        "'\u001f\u008b\b', GZIP",
        "BZh91AY&SY, BZIP2",
        "'\u00fd7zXZ\0', XZ",
        "'(\u00b5/\u00fd', ZSTANDARD",
        "'\u0089HDF\r\n', HDF5",
        "'MATLAB 5.0 MAT-file, x', MATLAB",
        "'PAR1\25', PARQUET",
        "'\u0080\4\u0095', PICKLE",
        "'\u0089PNG\r\n', IMAGE",
        "'\u00ff\u00d8\u00ff\u00e0', IMAGE",
        "%PDF-1.4, PDF",
        "'\u00ff\u00fe1\0', UTF16",
        "'a\0b', BINARY",
        "'a\u007f', BINARY"
    })
    void contentDecides(String content, FileKind kind) {
        // The name lies.
        Path path = Fixtures.write(folder.resolve("a.npy"), MalformedNpy.latin1(content));
        assertThat(FileKind.of(path)).isEqualTo(kind);
        assertThat(kind.description()).isNotBlank();
    }

    @Test
    void emptyFilesAreAKindOfTheirOwn() {
        assertThat(FileKind.of(Fixtures.write(folder.resolve("a.csv"), ""))).isEqualTo(FileKind.EMPTY);
    }

    @Test
    void namesAreClaims() {
        assertThat(FileKind.claimedBy(Path.of("x", "A.NPY"))).isEqualTo(Optional.of(FileKind.NPY));
        assertThat(FileKind.claimedBy(Path.of("a.npz"))).contains(FileKind.NPZ);
        assertThat(FileKind.claimedBy(Path.of("a.mtx"))).contains(FileKind.MATRIX_MARKET);
        assertThat(FileKind.claimedBy(Path.of("a.tsv"))).contains(FileKind.DELIMITED);
        assertThat(FileKind.claimedBy(Path.of("a"))).isEmpty();
    }

    @Test
    void missingFilesAreNoKind() {
        assertThatThrownBy(() -> FileKind.of(folder.resolve("none"))).isInstanceOf(BadDataException.class);
        assertThatThrownBy(() -> FileKind.of(folder)).isInstanceOf(BadDataException.class);
    }
}

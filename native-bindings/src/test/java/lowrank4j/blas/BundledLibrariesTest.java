package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BundledLibrariesTest {
    @TempDir
    Path cache;

    private List<Path> unpack() throws IOException {
        return new BundledLibraries(Platform.current()).unpack(Optional.of(cache));
    }

    @Test
    void unpacksInTheOrderOfLoadingAndOnlyOnce() throws IOException {
        List<Path> files = unpack();
        assertThat(files).allMatch(Files::isRegularFile).allMatch(file -> file.startsWith(cache));
        assertThat(files.getLast().getFileName().toString()).contains("openblas");
        FileTime past = FileTime.fromMillis(1_000_000);
        for (Path file : files) {
            Files.setLastModifiedTime(file, past);
        }
        assertThat(unpack()).isEqualTo(files);
        for (Path file : files) {
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(past);
        }
    }

    @Test
    void replacesAFileThatWasCleanedAway() throws IOException {
        Path first = unpack().getFirst();
        byte[] content = Files.readAllBytes(first);
        Files.delete(first);
        assertThat(unpack().getFirst()).hasBinaryContent(content);
    }

    @Test
    void leavesNothingButTheLibraries() throws IOException {
        assertNothingBeside(unpack());
    }

    private static void assertNothingBeside(List<Path> files) throws IOException {
        try (var inFolder = Files.list(files.getFirst().getParent())) {
            assertThat(inFolder).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void severalMayUnpackAtOnce() throws Exception {
        Callable<List<Path>> unpack = this::unpack;
        try (var executor = Executors.newFixedThreadPool(3)) {
            List<Future<List<Path>>> results = executor.invokeAll(List.of(unpack, unpack, unpack));
            for (Future<List<Path>> result : results) {
                assertThat(result.get()).isEqualTo(results.getFirst().get()).allMatch(Files::isRegularFile);
            }
        }
        assertNothingBeside(unpack());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForThisUserOnly() throws IOException {
        Path folder = unpack().getFirst().getParent();
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(this::unpack)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder + " belongs to ")
                .hasMessageContaining("rwxrwx---")
                .hasMessageContaining("must belong to this user");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));
        assertThatThrownBy(() -> new BundledLibraries(Platform.current()).unpack(Optional.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aPlatformWithoutLibrariesIsEmpty() throws IOException {
        assertThat(new BundledLibraries(new Platform("plan9", "sparc")).isEmpty())
                .isTrue();
    }
}

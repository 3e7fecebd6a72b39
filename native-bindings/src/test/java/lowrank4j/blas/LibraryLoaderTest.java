package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LibraryLoaderTest {
    @TempDir
    Path folder;

    /** Unpacks where {@link OpenBlas#load} does: a process that loads two copies of a library calls either. */
    private static LoadReport load(Optional<Path> path, String source) {
        return LibraryLoader.load(new LoadSettings(path, source, Optional.empty()));
    }

    @Test
    void aMissingFileIsSaidAndTheBundledLibraryTaken() {
        Path missing = folder.resolve("libnothing.so");
        LoadReport report = load(Optional.of(missing), "auto");
        assertThat(report).isInstanceOf(LoadReport.Loaded.class);
        assertThat(report.refusals()).containsExactly("lowrank4j.blas.path = " + missing + ": there is no such file.");
    }

    @Test
    void aFileThatIsNoLibraryIsSaidAndTheBundledLibraryTaken() throws Exception {
        Path text = Files.writeString(folder.resolve("libtext.so"), "no library");
        LoadReport report = load(Optional.of(text), "AUTO");
        assertThat(report).isInstanceOf(LoadReport.Loaded.class);
        assertThat(report.refusals()).singleElement().asString().startsWith(text + " cannot be loaded: ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLibraryWithoutTheRoutinesIsSaidToLackThem() {
        Path quadmath = unpacked().getFirst();
        LoadReport report = load(Optional.of(quadmath), "path");
        assertThat(report).isInstanceOf(LoadReport.Unavailable.class);
        assertThat(report.refusals())
                .containsExactly(quadmath + " lacks 30 of the 30 routines called, cblas_dgemm first.");
    }

    @Test
    void aPathCanBeTheOnlyOneTried() {
        Path missing = folder.resolve("libnothing.so");
        assertThat(load(Optional.of(missing), "path"))
                .isEqualTo(new LoadReport.Unavailable(
                        List.of("lowrank4j.blas.path = " + missing + ": there is no such file.")));
        assertThat(load(Optional.empty(), "path").refusals())
                .containsExactly("No library is named: the property lowrank4j.blas.path is not set.");
    }

    @Test
    void aPathIsTakenFirst() {
        Path bundled = unpacked().getLast();
        LoadReport report = load(Optional.of(bundled), "auto");
        assertThat(report).isInstanceOfSatisfying(LoadReport.Loaded.class, loaded -> {
            assertThat(loaded.library().source()).isEqualTo(Source.PATH);
            assertThat(loaded.library().location()).isEqualTo(bundled);
        });
        assertThat(report.refusals()).isEmpty();
    }

    @Test
    void anUnknownSourceIsSaid() {
        assertThat(load(Optional.empty(), "fast").refusals())
                .containsExactly("lowrank4j.blas.source = fast: must be auto, path, bundled or system.");
    }

    private static List<Path> unpacked() {
        Path file = Library.open().location();
        return List.of(file.resolveSibling("libquadmath.so.0"), file);
    }
}

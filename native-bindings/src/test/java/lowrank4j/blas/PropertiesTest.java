package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system properties, each in a Java of its own: a library can be loaded only once. */
class PropertiesTest {
    @TempDir
    Path folder;

    /** What the other Java runs, on the class path. */
    static final class Report {
        private Report() {}

        public static void main(String[] arguments) {
            LoadReport report = OpenBlas.load();
            report.refusals().forEach(System.out::println);
            if (report instanceof LoadReport.Loaded loaded) {
                OpenBlas library = loaded.library();
                System.out.println(library.source() + " " + library.threads() + " " + library.location());
            } else {
                System.out.println("unavailable");
            }
        }
    }

    private List<String> report(String... properties) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath =
                folderOf(OpenBlas.class) + System.getProperty("path.separator") + folderOf(PropertiesTest.class);
        List<String> command =
                new ArrayList<>(List.of(java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        Stream.of(properties).map(property -> "-D" + property).forEach(command::add);
        command.add(Report.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    private static Path folderOf(Class<?> type) throws Exception {
        URI file = type.getResource(type.getSimpleName() + ".class").toURI();
        return Path.of(file).resolve("../../..").normalize();
    }

    @Test
    void theBundledLibraryIsUnpackedWhereTheCacheIs() throws Exception {
        assertThat(report("lowrank4j.blas.cache=" + folder))
                .singleElement()
                .asString()
                .startsWith("BUNDLED 1 " + folder.toAbsolutePath());
    }

    @Test
    void aMissingPathIsSaidAndTheBundledLibraryTaken() throws Exception {
        Path missing = folder.resolve("libnothing.so");
        assertThat(report("lowrank4j.blas.path=" + missing))
                .satisfiesExactly(
                        refusal -> assertThat(refusal)
                                .isEqualTo("lowrank4j.blas.path = " + missing + ": there is no such file."),
                        taken -> assertThat(taken).startsWith("BUNDLED 1 "));
    }

    @Test
    void aMissingPathThatIsForcedLeavesNothing() throws Exception {
        Path missing = folder.resolve("libnothing.so");
        assertThat(report("lowrank4j.blas.path=" + missing, "lowrank4j.blas.source=path"))
                .containsExactly("lowrank4j.blas.path = " + missing + ": there is no such file.", "unavailable");
    }

    @Test
    void theSystemIsTheOnlyOneTriedIfForced() throws Exception {
        List<String> lines = report("lowrank4j.blas.source=system");
        boolean found = lines.getLast().startsWith("SYSTEM 1 ");
        boolean refused = lines.getLast().equals("unavailable") && lines.size() > 1;
        assertThat(found || refused).as("%s", lines).isTrue();
    }
}

package lowrank4j.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every width that this processor has gives the plain loops' results; the width is fixed in a JVM, so each gets its own. */
class WidthsTest {
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void everyWidthAgreesWithPlainLoops(int bits) throws IOException, InterruptedException, URISyntaxException {
        assumeTrue(bits <= VectorShape.preferredShape().vectorBitSize());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-D" + Lanes.PROPERTY + "=" + bits,
                        "-cp",
                        classPath(),
                        BodyChecks.class.getName(),
                        "1")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).endsWith("checked at " + bits + System.lineSeparator());
    }

    /** Wherever the classes come from here: modules, class path, or test classes laid over a module. */
    private static String classPath() throws URISyntaxException {
        Set<String> places = new LinkedHashSet<>();
        places.add(System.getProperty("jdk.module.path", ""));
        places.add(System.getProperty("java.class.path", ""));
        Path checks = Path.of(BodyChecks.class.getResource("BodyChecks.class").toURI());
        Path root = checks;
        for (int depth = BodyChecks.class.getName().split("\\.").length; depth > 0; depth--) {
            root = Objects.requireNonNull(root.getParent());
        }
        places.add(root.toString());
        places.remove("");
        return String.join(File.pathSeparator, places);
    }
}

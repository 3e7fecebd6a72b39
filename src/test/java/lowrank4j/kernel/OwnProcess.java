package lowrank4j.kernel;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Runs a main class among the tests in a JVM of its own, for what is fixed in a JVM or depends on what it has done before. */
public final class OwnProcess {
    private OwnProcess() {}

    /** How a process ended, and what it wrote. */
    public record Ended(int exitCode, String output) {}

    /** Runs to the end with these options of java. */
    public static Ended run(Class<?> main, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** Wherever the classes come from here: modules, class path, or test classes laid over a module. */
    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        places.add(System.getProperty("jdk.module.path", ""));
        places.add(System.getProperty("java.class.path", ""));
        places.add(testClasses().toString());
        places.remove("");
        return String.join(File.pathSeparator, places);
    }

    private static Path testClasses() {
        String file = OwnProcess.class.getSimpleName() + ".class";
        try {
            Path root = Path.of(
                    Objects.requireNonNull(OwnProcess.class.getResource(file)).toURI());
            for (int depth = OwnProcess.class.getName().split("\\.").length; depth > 0; depth--) {
                root = Objects.requireNonNull(root.getParent());
            }
            return root;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package lowrank4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the operating system tells about the machine. */
final class MachineFacts {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private MachineFacts() {}

    /** The name of the processor, where the system tells. */
    static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException ignored) {
            // A name is a nicety.
            return "unknown";
        }
    }
}

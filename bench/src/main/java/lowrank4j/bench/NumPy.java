package lowrank4j.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** NumPy's part of a run, where this machine has it: the same sizes, on one thread. */
final class NumPy {
    private final Path script;

    NumPy(Path script) {
        this.script = script;
    }

    /** Writes its results, or that it is missing. */
    void write(Plan plan, Path file) throws IOException, InterruptedException {
        Optional<String> python = python();
        if (python.isEmpty()) {
            Environment.write(file, Map.of("missing", "python3 with numpy is not installed"));
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(
                        python.get(),
                        script.toString(),
                        file.toString(),
                        Machinery.openBlas(1).location().toString())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        builder.environment().put("MKL_NUM_THREADS", "1");
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        try (var sizes = process.getOutputStream()) {
            sizes.write(JsonMapper.shared().writeValueAsString(sizes(plan)).getBytes(StandardCharsets.UTF_8));
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the part of NumPy failed");
        }
    }

    /** Each size once, on one thread. */
    private static List<Map<String, Object>> sizes(Plan plan) {
        LinkedHashSet<Map<String, Object>> sizes = new LinkedHashSet<>();
        for (Grid grid : plan.grids()) {
            for (Map<String, String> size : grid.combinations()) {
                if (size.getOrDefault("threads", "1").equals("1")) {
                    sizes.add(Map.of("family", grid.family(), "params", size));
                }
            }
        }
        return new ArrayList<>(sizes);
    }

    private static Optional<String> python() throws InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", "import numpy")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(candidate);
                }
            } catch (IOException ignored) {
                // There is no such command; the next one may be.
            }
        }
        return Optional.empty();
    }
}

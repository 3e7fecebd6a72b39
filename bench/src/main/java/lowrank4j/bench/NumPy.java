package lowrank4j.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * NumPy's part of a run, where this machine has it: the same sizes, on one thread, each measured right after the contenders of
 * Java, so that all meet the machine in the same state. Its process waits in between.
 */
final class NumPy implements AutoCloseable {
    private static final String MISSING = "python3 with numpy is not installed";

    private final Optional<Process> process;
    private final Set<Map<String, Object>> measured = new HashSet<>();

    private NumPy(Optional<Process> process) {
        this.process = process;
    }

    /**
     * Starts NumPy.
     *
     * @param script what it runs
     * @param file where its results, or that it is missing, will be written
     */
    static NumPy open(Path script, Path file) throws IOException, InterruptedException {
        Optional<String> python = python("numpy");
        if (python.isEmpty()) {
            Environment.write(file, Map.of("missing", MISSING));
            return new NumPy(Optional.empty());
        }
        ProcessBuilder builder = command(
                python.get(),
                script.toString(),
                file.toString(),
                Machinery.openBlas(1).location().toString());
        return new NumPy(Optional.of(builder.start()));
    }

    /** Python on one thread, whose complaints are shown. */
    static ProcessBuilder command(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        for (String threads : List.of("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")) {
            builder.environment().put(threads, "1");
        }
        return builder;
    }

    /** Measures a size, on one thread and once, and returns when it is done. */
    void measure(String family, Map<String, String> size) throws IOException {
        Map<String, Object> request = Map.of("family", family, "params", size);
        if (process.isEmpty() || !size.getOrDefault("threads", "1").equals("1") || !measured.add(request)) {
            return;
        }
        BufferedWriter requests = process.get().outputWriter();
        requests.write(JsonMapper.shared().writeValueAsString(request));
        requests.newLine();
        requests.flush();
        BufferedReader answers = process.get().inputReader();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the part of NumPy failed at " + request);
        }
        System.out.println(answer);
    }

    /** Has the results written. */
    @Override
    public void close() throws IOException {
        if (process.isPresent()) {
            process.get().outputWriter().close();
            if (process.get().onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the part of NumPy failed");
            }
        }
    }

    /** A Python that has these modules, named with commas. */
    static Optional<String> python(String modules) throws InterruptedException {
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", "import " + modules)
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

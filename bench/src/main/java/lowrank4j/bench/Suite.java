package lowrank4j.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a plan: all contenders of a size one after the other, NumPy among them, then the next size; then accuracy, waits of the
 * collector and cold starts.
 */
public final class Suite {
    /** The family that a plan may ask NumPy about while it answers its one question. */
    private static final String OPERATORS = "operators";

    private static final String ENVIRONMENT = "environment.json";
    private static final String NUMPY = "numpy.json";

    private final Plan plan;
    private final Path directory;
    private final long start = System.nanoTime();

    private Suite(Plan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
    }

    /**
     * Runs all of a plan, or some of its families, whose results then stand in place of an earlier run's.
     *
     * @param arguments the plan's name, an empty folder for the results, the script of NumPy's part, and for some families only the folder
     *     of the earlier run and these
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        Plan whole = Plan.named(arguments[0]);
        if (arguments.length > 3) {
            Set<String> families = new TreeSet<>(List.of(arguments).subList(4, arguments.length));
            new Suite(whole.of(families), Path.of(arguments[1]))
                    .renew(families, Path.of(arguments[2]), Path.of(arguments[3]));
            return;
        }
        Suite suite = new Suite(whole, Path.of(arguments[1]));
        Map<String, String> environment = Environment.of(suite.plan);
        if (suite.plan.answers()) {
            suite.answer(environment, Path.of(arguments[2]));
        } else {
            Environment.write(suite.directory.resolve(ENVIRONMENT), environment);
            suite.runAll(Path.of(arguments[2]));
        }
    }

    private void answer(Map<String, String> environment, Path script)
            throws IOException, InterruptedException, RunnerException {
        List<RunResult> results = new ArrayList<>();
        Path peer = directory.resolve(plan.name() + "-numpy.json");
        try (NumPy numpy = NumPy.open(script, peer)) {
            for (Grid grid : plan.grids()) {
                for (Map<String, String> size : grid.combinations()) {
                    results.addAll(new Runner(options(grid, size).build()).run());
                    if (grid.family().equals(OPERATORS)) {
                        numpy.measure(OPERATORS, size);
                    }
                }
            }
        }
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        write(results, runs);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("environment", environment);
        answer.put("runs", JsonMapper.shared().readTree(runs.toByteArray()));
        answer.put("numpy", JsonMapper.shared().readTree(Files.readString(peer)));
        Files.delete(peer);
        Environment.write(directory.resolve(plan.name() + ".json"), answer);
    }

    private void runAll(Path script) throws IOException, InterruptedException, RunnerException {
        try (NumPy numpy = NumPy.open(script, directory.resolve(NUMPY))) {
            runFamilies(numpy);
        }
        Accuracy.write(directory.resolve("accuracy.json"));
        SafepointWaits.write(directory.resolve("safepoints.json"));
        ColdStarts.write(directory.resolve("coldstart.json"));
    }

    /** Runs the families, and writes beside theirs what NumPy and the environment of the earlier run are with them. */
    private void renew(Set<String> families, Path script, Path earlier)
            throws IOException, InterruptedException, RunnerException {
        Map<String, Object> environment = properties(read(earlier.resolve(ENVIRONMENT)));
        Map<String, String> now = Environment.of(plan);
        families.forEach(family -> environment.put(
                "Anew: " + family,
                "revision " + now.get("Revision") + ", " + now.get("Date") + ", load " + now.get("Load at the start")));
        Environment.write(directory.resolve(ENVIRONMENT), environment);
        Path numbers = directory.resolve(NUMPY);
        try (NumPy numpy = NumPy.open(script, numbers)) {
            runFamilies(numpy);
        }
        List<JsonNode> results = new ArrayList<>();
        for (JsonNode result : read(earlier.resolve(NUMPY)).path("results")) {
            if (!families.contains(result.path("family").asString())) {
                results.add(result);
            }
        }
        JsonNode fresh = read(numbers);
        fresh.path("results").forEach(results::add);
        Map<String, Object> merged = properties(fresh);
        merged.put("results", results);
        Environment.write(numbers, merged);
    }

    private static JsonNode read(Path file) {
        return JsonMapper.shared().readTree(file.toFile());
    }

    private static Map<String, Object> properties(JsonNode object) {
        Map<String, Object> properties = new LinkedHashMap<>();
        object.properties().forEach(property -> properties.put(property.getKey(), property.getValue()));
        return properties;
    }

    private void runFamilies(NumPy numpy) throws IOException, RunnerException {
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (Grid grid : plan.grids()) {
            for (Map<String, String> size : grid.combinations()) {
                results.computeIfAbsent(grid.family(), family -> new ArrayList<>())
                        .addAll(new Runner(options(grid, size).build()).run());
                numpy.measure(grid.family(), size);
            }
        }
        for (Map.Entry<String, List<RunResult>> family : results.entrySet()) {
            try (OutputStream out = Files.newOutputStream(directory.resolve(family.getKey() + ".json"))) {
                write(family.getValue(), out);
            }
        }
    }

    private static void write(List<RunResult> results, OutputStream to) {
        PrintStream out = new PrintStream(to, false, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
        out.flush();
    }

    private int forks() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < plan.patience() ? plan.forks() : 1;
    }

    private ChainedOptionsBuilder options(Grid grid, Map<String, String> size) {
        String name = grid.family().substring(0, 1).toUpperCase(Locale.ROOT)
                + grid.family().substring(1) + "Benchmark";
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("lowrank4j[.]bench[.]" + name + "[.]")
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .jvmArgs() // none of this JVM's own
                .forks(forks())
                .warmupIterations(plan.warmups())
                .warmupTime(TimeValue.milliseconds(plan.warmupMillis()))
                .measurementIterations(plan.iterations())
                .measurementTime(TimeValue.milliseconds(plan.iterationMillis()));
        size.forEach((parameter, value) -> {
            if (parameter.equals(Grid.WIDTH)) {
                options.jvmArgsPrepend("-D" + Grid.WIDTH + "=" + value);
            } else {
                options.param(parameter, value);
            }
        });
        if (grid.family().equals(OPERATORS)) {
            options.addProfiler(KeptMemory.class);
        }
        if (!grid.contenders().isEmpty()) {
            options.param("by", grid.contenders().stream().map(Contender::name).toArray(String[]::new));
        }
        return options;
    }
}

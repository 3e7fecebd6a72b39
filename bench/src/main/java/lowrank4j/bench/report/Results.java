package lowrank4j.bench.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that a run left behind, read from {@code bench/results}. */
final class Results {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What sets the width of vectors in a fork, and what it is called among the parameters of a size. */
    private static final String VECTOR_BITS = "-Dlowrank4j.vectorBits=";

    static final String WIDTH = "bits";

    private final Path directory;
    private final List<Measurement> measurements = new ArrayList<>();
    private final String numpy;

    private Results(Path directory) {
        this.directory = directory;
        for (Family family : Family.values()) {
            readJmh(family.key());
        }
        readJmh("roof");
        this.numpy = readNumPy();
    }

    static Results read(Path directory) {
        return new Results(directory);
    }

    List<Measurement> of(String family) {
        return measurements.stream()
                .filter(measurement -> measurement.family().equals(family))
                .toList();
    }

    /** What NumPy was, or why it is not there. */
    String numpy() {
        return numpy;
    }

    /** Labels and values, in the order in which they are shown. */
    Map<String, String> environment() {
        return file("environment.json").map(Results::facts).orElse(Map.of());
    }

    Optional<JsonNode> accuracy() {
        return file("accuracy.json");
    }

    Optional<JsonNode> safepoints() {
        return file("safepoints.json");
    }

    Optional<JsonNode> coldStart() {
        return file("coldstart.json");
    }

    Optional<JsonNode> wholeProcess() {
        return file("process.json");
    }

    /** Ratings by the library and its peers. */
    Optional<JsonNode> ratings() {
        return file("ratings.json");
    }

    Optional<SolverResults> solvers() {
        return file("solvers.json").map(SolverResults::new);
    }

    /** What a plan found that answers one question: its environment and its runs. */
    Optional<Answer> answer(String plan) {
        return file(plan + ".json").map(json -> {
            List<Measurement> times = new ArrayList<>();
            json.path("runs").forEach(run -> times.add(ofJmh(family(run), run)));
            json.path("numpy").path("results").forEach(result -> times.add(ofNumPy(result)));
            return new Answer(facts(json.path("environment")), times, json);
        });
    }

    /**
     * What one plan found.
     *
     * @param environment labels and values
     * @param json all of it
     */
    record Answer(Map<String, String> environment, List<Measurement> times, JsonNode json) {
        Answer {
            times = List.copyOf(times);
        }

        String sentence() {
            return Results.sentence(environment);
        }
    }

    /** When and where, in a sentence. */
    static String sentence(JsonNode environment) {
        return sentence(facts(environment));
    }

    private static String sentence(Map<String, String> environment) {
        String run = environment.getOrDefault("Run", "");
        return "Measured " + environment.getOrDefault("Date", "undated") + " at revision "
                + environment.getOrDefault("Revision", "unknown") + ", the load being "
                + environment.getOrDefault("Load at the start", "unknown") + (run.isEmpty() ? "" : "; " + run) + ".";
    }

    /** Such as "tall" of the benchmark "lowrank4j.bench.TallBenchmark.call". */
    private static String family(JsonNode run) {
        return run.path("benchmark")
                .asString()
                .replaceFirst(".*\\.(\\w+)Benchmark\\.\\w+", "$1")
                .toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> facts(JsonNode json) {
        Map<String, String> facts = new LinkedHashMap<>();
        json.properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        return facts;
    }

    private Optional<JsonNode> file(String name) {
        Path file = directory.resolve(name);
        return Files.isReadable(file) ? Optional.of(JSON.readTree(file.toFile())) : Optional.empty();
    }

    private void readJmh(String family) {
        file(family + ".json").ifPresent(runs -> runs.forEach(run -> measurements.add(ofJmh(family, run))));
    }

    private static Measurement ofJmh(String family, JsonNode run) {
        Map<String, String> size = new TreeMap<>();
        run.path("params")
                .properties()
                .forEach(entry -> size.put(entry.getKey(), entry.getValue().asString()));
        for (JsonNode argument : run.path("jvmArgs")) {
            if (argument.asString().startsWith(VECTOR_BITS)) {
                size.put(WIDTH, argument.asString().substring(VECTOR_BITS.length()));
            }
        }
        String by = size.remove("by");
        String threads = size.remove("threads");
        boolean one = threads == null || threads.equals("1");
        // What waits for another program is left out; but only of the thread that JMH calls is this known.
        JsonNode metric = one ? run.path("secondaryMetrics").path("processorTime") : run.path("primaryMetric");
        double[] samples = StreamSupport.stream(metric.path("rawData").spliterator(), false)
                .flatMap(fork -> StreamSupport.stream(fork.spliterator(), false))
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        return new Measurement(family, (by == null ? "" : by) + (one ? "" : " " + threads), size, Interval.of(samples));
    }

    private String readNumPy() {
        Optional<JsonNode> file = file("numpy.json");
        if (file.isEmpty() || file.get().has("missing")) {
            return "NumPy was not there: "
                    + file.map(json -> json.path("missing").asString()).orElse("there are no results of it") + ".";
        }
        for (JsonNode result : file.get().path("results")) {
            measurements.add(ofNumPy(result));
        }
        return file.get().path("numpy").asString() + ", one thread.";
    }

    private static Measurement ofNumPy(JsonNode result) {
        Map<String, String> size = new TreeMap<>();
        result.path("params")
                .properties()
                .forEach(entry -> size.put(entry.getKey(), entry.getValue().asString()));
        size.remove("threads");
        double[] samples = StreamSupport.stream(result.path("milliseconds").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        return new Measurement(
                result.path("family").asString(), result.path("by").asString(), size, Interval.of(samples));
    }
}

package lowrank4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ratings of MovieLens-10M's shape ({@link RatingsData}) by the library, by NumPy and by Spark's MLlib, each in a process of its own, by
 * turns; then the library at other sizes.
 */
public final class Ratings {
    private static final int ROUNDS = 3;
    private static final long ENTRIES = 10_000_000;
    private static final long[] SIZES = {100_000, 1_000_000, 10_000_000, 100_000_000};

    /** Told to the library once, and to the peers, which cannot find it. */
    private static final int RANK = RatingsData.RANK;

    /** What predicted best at this rank, of 0.15, 0.25 and 0.5; and sweeps after which one more takes less than a thousandth off the error. */
    private static final String NUMPY_RIDGE = "0.25";

    private static final String NUMPY_SWEEPS = "8";

    /** What the arrays of the caller and of the library take together, 28 bytes a rating, and a little more. */
    private static final String HEAP = "288m";

    private final Path peers;
    private final Path place;
    private final Map<String, ProcessBuilder> sides = new LinkedHashMap<>();
    private final Map<String, Object> missing = new LinkedHashMap<>();

    private Ratings(Path peers, Path place) {
        this.peers = peers;
        this.place = place;
    }

    /**
     * Measures all sides.
     *
     * @param arguments the file to write, and the folder of the peers
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("environment", Environment.ofMachine());
        Path place = Files.createTempDirectory("lowrank4j-bench-");
        try {
            Ratings ratings = new Ratings(Path.of(arguments[1]), place);
            found.put("data", write(place, ENTRIES));
            ratings.addSides();
            found.put("sides", ratings.measured());
            found.put("missing", ratings.missing);
            found.put("sizes", ratings.sizes());
        } finally {
            WholeProcess.delete(place);
        }
        Environment.write(Path.of(arguments[0]), found);
    }

    private static Map<String, Object> write(Path folder, long entries) throws IOException {
        Files.createDirectories(folder);
        RatingsData data = RatingsData.draw(entries);
        data.write(folder);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rows", data.rows());
        facts.put("columns", data.columns());
        facts.put("fitted", data.fitted().value().length);
        facts.put("heldOut", data.heldOut().value().length);
        facts.put("rank", RatingsData.RANK);
        facts.put("noise", RatingsData.NOISE);
        return facts;
    }

    private void addSides() throws IOException, InterruptedException {
        sides.put("lowrank4j, told nothing, 2 threads", ours(place, 2, 0, HEAP));
        sides.put("lowrank4j, told nothing, 1 thread", ours(place, 1, 0, HEAP));
        sides.put("lowrank4j, told the rank, 2 threads", ours(place, 2, RANK, HEAP));
        Optional<String> python = NumPy.python("numpy");
        if (python.isPresent()) {
            sides.put(
                    "NumPy ALS, told rank and ridge, 2 threads",
                    new ProcessBuilder(
                            python.get(),
                            peers.resolve("ratings_peer.py").toString(),
                            place.toString(),
                            String.valueOf(RANK),
                            NUMPY_RIDGE,
                            NUMPY_SWEEPS,
                            "2"));
        } else {
            missing.put("NumPy", "there is no Python with NumPy");
        }
        Optional<String> spark = sparkClassPath();
        if (spark.isPresent()) {
            sides.put("Spark MLlib ALS, told rank and ridge, local[2]", spark(spark.get()));
        } else {
            missing.put("Spark", "Maven could not fetch it");
        }
    }

    private static ProcessBuilder ours(Path folder, int threads, int rank, String heap) {
        return new ProcessBuilder(
                java(),
                "-XX:+UseSerialGC", // these two as the launcher of the command has them
                "-Xms24m",
                "-Xmx" + heap,
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RatingsFork.class.getName(),
                folder.toString(),
                String.valueOf(threads),
                String.valueOf(rank));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Spark is fetched here only, since it is ten times as large as all else. */
    private Optional<String> sparkClassPath() throws IOException, InterruptedException {
        Path file = place.resolve("spark.classpath");
        Process maven = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-q",
                        "-f",
                        peers.resolve("spark").resolve("pom.xml").toString(),
                        "dependency:build-classpath",
                        "-Dmdep.outputFile=" + file)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return maven.waitFor() == 0 && Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private ProcessBuilder spark(String classPath) {
        List<String> words = new ArrayList<>(List.of(java(), "-Xmx4g", "--enable-native-access=ALL-UNNAMED"));
        for (String opened : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.nio",
                "java.util",
                "java.util.concurrent",
                "java.util.concurrent.atomic",
                "sun.nio.ch",
                "sun.nio.cs",
                "sun.security.action",
                "sun.util.calendar")) {
            words.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        words.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path") + ":" + classPath,
                peers.resolve("spark").resolve("SparkRatings.java").toString(),
                place.toString(),
                String.valueOf(RANK)));
        return new ProcessBuilder(words);
    }

    private Map<String, List<JsonNode>> measured() throws IOException, InterruptedException {
        Map<String, List<JsonNode>> answers = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, ProcessBuilder> side : sides.entrySet()) {
                JsonNode answer = answer(side.getKey(), side.getValue());
                answers.computeIfAbsent(side.getKey(), name -> new ArrayList<>())
                        .add(answer);
            }
        }
        return answers;
    }

    /** Runs a side to its end; its last line is its answer. */
    private static JsonNode answer(String name, ProcessBuilder builder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String last = "";
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(name + " ended with exit code " + process.exitValue());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        JsonMapper.shared().readTree(last).properties().forEach(fact -> answer.put(fact.getKey(), fact.getValue()));
        answer.put("secondsInAll", (System.nanoTime() - start) * 1e-9);
        JsonNode node = JsonMapper.shared().valueToTree(answer);
        System.out.println(name + " " + node);
        return node;
    }

    private List<Map<String, Object>> sizes() throws IOException, InterruptedException {
        List<Map<String, Object>> found = new ArrayList<>();
        for (long size : SIZES) {
            Path folder = place.resolve("size");
            Map<String, Object> facts = write(folder, size);
            long megabytes = 96 + 30 * size / 1_000_000;
            facts.put("run", answer(size + " ratings", ours(folder, 2, 0, megabytes + "m")));
            found.add(facts);
            WholeProcess.delete(folder);
        }
        return found;
    }
}

package lowrank4j.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs {@link ColdStart} in several JVMs, one after the other. */
final class ColdStarts {
    private static final int RUNS = 5;

    private ColdStarts() {}

    static void write(Path file) throws IOException, InterruptedException {
        Map<String, List<List<Double>>> microseconds = new LinkedHashMap<>();
        for (String tier : List.of("vector", "reference")) {
            List<List<Double>> runs = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                runs.add(run(tier));
            }
            microseconds.put(tier, runs);
        }
        Environment.write(file, Map.of("calls", ColdStart.CALLS, "microseconds", microseconds));
    }

    private static List<Double> run(String tier) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdStart.class.getName(),
                        tier)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the cold start of tier " + tier + " failed");
        }
        System.out.println("cold start, tier " + tier + ", microseconds: " + line.strip());
        return Arrays.stream(line.strip().split(" ", -1)).map(Double::valueOf).toList();
    }
}

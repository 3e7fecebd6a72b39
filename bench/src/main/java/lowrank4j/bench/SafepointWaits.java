package lowrank4j.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Tier;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Matrix;

/**
 * How long a collection waits for a thread that is in the middle of a large native product. A call that pins the heap would keep
 * all threads waiting until it is done, for tenths of a second.
 */
public final class SafepointWaits {
    private static final int ORDER = 1600;
    private static final int PRODUCTS = 12;
    private static final int MILLIS_BETWEEN = 20;
    private static final Pattern WAIT = Pattern.compile("Reaching safepoint: +(\\d+) ns");

    private SafepointWaits() {}

    /**
     * The part that is observed from outside: products on one thread, collections on another.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(1);
        Kernels kernels = Tiers.select(Tier.NATIVE).kernels();
        Matrix a = Numbers.matrix(random, ORDER, ORDER);
        Matrix b = Numbers.matrix(random, ORDER, ORDER);
        Matrix c = Matrix.zeros(ORDER, ORDER);
        Thread worker = Thread.ofPlatform().start(() -> {
            for (int k = 0; k < PRODUCTS; k++) {
                kernels.multiply(1, a, b, 0, c);
            }
        });
        while (worker.isAlive()) {
            System.gc();
            Thread.sleep(MILLIS_BETWEEN);
        }
    }

    static void write(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseParallelGC",
                        "-Xlog:safepoint",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SafepointWaits.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the products with collections beside them failed");
        }
        double[] milliseconds = WAIT.matcher(log)
                .results()
                .map(MatchResult::group)
                .mapToDouble(text -> Long.parseLong(text.replaceAll("\\D", "")) * 1e-6)
                .sorted()
                .toArray();
        System.out.println(milliseconds.length + " safepoints, the longest wait "
                + Arrays.stream(milliseconds).max().orElse(0) + " ms");
        Environment.write(file, Map.of("milliseconds", milliseconds));
    }
}

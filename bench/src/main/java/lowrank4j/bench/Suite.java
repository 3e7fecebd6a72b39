package lowrank4j.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs a plan: all contenders of a size one after the other, then the next size; then accuracy, waits of the collector, cold starts and NumPy. */
public final class Suite {
    private final Plan plan;
    private final Path directory;
    private final long start = System.nanoTime();

    private Suite(Plan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
    }

    /**
     * Runs all of a plan.
     *
     * @param arguments the plan's name, an empty folder for the results, and the script of NumPy's part
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        Suite suite = new Suite(Plan.named(arguments[0]), Path.of(arguments[1]));
        Environment.write(suite.plan, suite.directory.resolve("environment.json"));
        suite.runFamilies();
        Accuracy.write(suite.directory.resolve("accuracy.json"));
        SafepointWaits.write(suite.directory.resolve("safepoints.json"));
        ColdStarts.write(suite.directory.resolve("coldstart.json"));
        new NumPy(Path.of(arguments[2])).write(suite.plan, suite.directory.resolve("numpy.json"));
    }

    private void runFamilies() throws IOException, RunnerException {
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (Grid grid : plan.grids()) {
            for (Map<String, String> size : grid.combinations()) {
                results.computeIfAbsent(grid.family(), family -> new ArrayList<>())
                        .addAll(new Runner(options(grid, size).build()).run());
            }
        }
        for (Map.Entry<String, List<RunResult>> family : results.entrySet()) {
            Path file = directory.resolve(family.getKey() + ".json");
            try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
                ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(family.getValue());
            }
        }
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
        size.forEach(options::param);
        if (!grid.contenders().isEmpty()) {
            options.param("by", grid.contenders().stream().map(Contender::name).toArray(String[]::new));
        }
        return options;
    }
}

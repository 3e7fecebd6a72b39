package lowrank4j.bench;

import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation, done by several contenders. A fork has one contender and one size, so that the compiled code
 * is what a program with that one use would get; it prints who computes, and does not measure a result that is wrong.
 *
 * <p>Only ratios within one run mean something; on a machine that others use too, those of {@link ProcessorTime}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Xms2g",
            "-Xmx8g",
            "-XX:+UseParallelGC"
        })
@Warmup(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before it measures
public abstract class FamilyBenchmark {
    /** Memory off the heap that lives as long as the fork. */
    protected final Arena arena = Arena.ofShared();

    private Call call;

    /** Makes the numbers, checks the contender's result, and returns the call to measure. */
    abstract Call prepared();

    /** For a contender that a family does not have. */
    static IllegalArgumentException absent(Contender by) {
        return new IllegalArgumentException("this family has no contender " + by);
    }

    @Setup
    public final void prepare() {
        call = prepared();
    }

    @TearDown
    public final void free() {
        arena.close();
    }

    @Benchmark
    public double call() {
        return call.run();
    }
}

package lowrank4j.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/** A JMH profiler that reports the bytes that what is measured says it holds. */
public final class KeptMemory implements InternalProfiler {
    /** Set by the benchmark of this fork before it is measured. */
    static volatile long bytes;

    @Override
    public String getDescription() {
        return "Memory held";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        // What is held is known before.
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return List.of(new ScalarResult("keptBytes", bytes, "bytes", AggregationPolicy.MAX));
    }
}

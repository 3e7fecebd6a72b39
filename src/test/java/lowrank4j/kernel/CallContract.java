package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call promises beside its result: the same bits each time and on each thread, and no garbage. */
public abstract class CallContract extends KernelContract {
    private static final int BATCH = 20;

    /** What a foreign call may allocate: views of its operands, in bytes. Copies of them would be far more. */
    private static final int VIEWS = 1024;

    private static final int BATCHES = 2000;

    protected CallContract(Kernels kernels) {
        super(kernels);
    }

    static List<Call> hot() {
        return Call.hot();
    }

    @ParameterizedTest
    @MethodSource("hot")
    void sameBitsBeforeAndAfterCompilation(Call call) {
        call.make(kernels);
        List<Long> first = call.bits();
        for (int repetition = 0; repetition < 400; repetition++) {
            call.make(kernels);
            assertThat(repetition % 20 == 0 ? call.bits() : first).isEqualTo(first);
        }
    }

    @Test
    void sameBitsOnEveryThread() throws InterruptedException, ExecutionException {
        List<String> alone = results();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Callable<List<String>> results = this::results;
            for (Future<List<String>> together : threads.invokeAll(Collections.nCopies(3, results))) {
                assertThat(together.get()).isEqualTo(alone);
            }
        }
    }

    /** What every call gives, on problems of their own. */
    private List<String> results() {
        List<String> results = new ArrayList<>();
        for (Call call : Call.all()) {
            for (int repetition = 0; repetition < 3; repetition++) {
                call.make(kernels);
                results.add(call + ": " + call.bits().hashCode());
            }
        }
        return results;
    }

    // Vectors are objects until the compiler has removed them, so the first calls may allocate.
    @ParameterizedTest
    @MethodSource("hot")
    void allocatesNothingOnceCompiled(Call call) throws InterruptedException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allowed = call.isLarge() && kernels.tier() == Tier.NATIVE ? BATCH * VIEWS : 0;
        long bytes = -1;
        int quiet = 0;
        for (int batch = 0; batch < BATCHES && quiet < 3; batch++) {
            long start = thread.getCurrentThreadAllocatedBytes();
            for (int repetition = 0; repetition < BATCH; repetition++) {
                call.make(kernels);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - start;
            quiet = bytes <= allowed ? quiet + 1 : 0;
            if (bytes > allowed) {
                Thread.sleep(10); // leaves the compiler some of the processor
            }
        }
        assertThat(quiet)
                .as("%s: the last %d calls allocated %d bytes", call, BATCH, bytes)
                .isEqualTo(3);
    }
}

package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call promises beside its result: the same bits each time and on each thread, and no garbage. */
public abstract class CallContract extends KernelContract {
    private static final int BATCH = 20;
    private static final int BATCHES = 2000;

    protected CallContract(Kernels kernels) {
        super(kernels);
    }

    static List<Call> hot() {
        return Call.hot();
    }

    static List<Call> all() {
        return Call.all();
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

    @ParameterizedTest
    @MethodSource("all")
    void sameBitsOnEveryThread(Call call) throws InterruptedException, ExecutionException {
        call.make(kernels);
        List<Long> alone = call.bits();
        int index = Call.all().stream().map(Call::toString).toList().indexOf(call.toString());
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<List<Long>>> futures = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                Call own = Call.all().get(index);
                futures.add(threads.submit(() -> {
                    for (int repetition = 0; repetition < 4; repetition++) {
                        own.make(kernels);
                    }
                    return own.bits();
                }));
            }
            for (Future<List<Long>> future : futures) {
                assertThat(future.get()).isEqualTo(alone);
            }
        }
    }

    // Vectors are objects until the compiler has removed them, so the first calls may allocate.
    @ParameterizedTest
    @MethodSource("hot")
    void allocatesNothingOnceCompiled(Call call) throws InterruptedException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = -1;
        int quiet = 0;
        for (int batch = 0; batch < BATCHES && quiet < 3; batch++) {
            long start = thread.getCurrentThreadAllocatedBytes();
            for (int repetition = 0; repetition < BATCH; repetition++) {
                call.make(kernels);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - start;
            quiet = bytes == 0 ? quiet + 1 : 0;
            if (bytes > 0) {
                Thread.sleep(10); // leaves the compiler some of the processor
            }
        }
        assertThat(quiet)
                .as("%s: the last %d calls allocated %d bytes", call, BATCH, bytes)
                .isEqualTo(3);
    }
}

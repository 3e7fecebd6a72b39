package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's own threads. */
final class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyBlockRunsOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThat(workers.threads()).isEqualTo(threads);
            for (int count : new int[] {0, 1, 2, 3, 64, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(count);
                workers.run(count, runs::incrementAndGet);
                for (int index = 0; index < count; index++) {
                    assertThat(runs.get(index))
                            .as("block %d of %d", index, count)
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void resultsHaveTheSameBitsForAnyNumberOfThreads() {
        double[] values = new Random(7).doubles(100_000, -1, 1).toArray();
        double expected = sum(1, values);
        for (int threads : new int[] {2, 5}) {
            for (int repetition = 0; repetition < 50; repetition++) {
                assertThat(sum(threads, values)).isEqualTo(expected);
            }
        }
    }

    /** A sum by blocks of 1000, added in their order. */
    private static double sum(int threads, double[] values) {
        double[] parts = new double[values.length / 1000];
        try (Workers workers = new Workers(threads)) {
            workers.run(parts.length, block -> {
                for (int i = 1000 * block; i < 1000 * (block + 1); i++) {
                    parts[block] += values[i];
                }
            });
        }
        return Arrays.stream(parts).reduce(0, Double::sum);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whatABlockThrowsIsThrownToTheCaller(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int bad : new int[] {0, 17, 39}) {
                assertThatThrownBy(() -> workers.run(40, index -> {
                            if (index == bad) {
                                throw new IllegalStateException("block " + index);
                            }
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("block " + bad);
            }
            assertThatThrownBy(() -> workers.run(3, index -> {
                        throw new AssertionError("an error too");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("an error too");
            AtomicIntegerArray runs = new AtomicIntegerArray(10);
            workers.run(10, runs::incrementAndGet);
            assertThat(runs.get(9)).as("still at work after an error").isEqualTo(1);
        }
    }

    /** As many blocks as there are threads, none of which ends before all have begun. */
    static Set<Thread> threadsAtWork(Workers workers) {
        CyclicBarrier begun = new CyclicBarrier(workers.threads());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        workers.run(workers.threads(), index -> {
            threads.add(Thread.currentThread());
            try {
                begun.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        });
        return threads;
    }

    @Test
    void everyThreadWorks() {
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 100; round++) {
                assertThat(threadsAtWork(workers))
                        .extracting(Thread::getName)
                        .containsExactlyInAnyOrder(Thread.currentThread().getName(), "lowrank4j-1", "lowrank4j-2");
            }
        }
    }

    @Test
    void manyShortRounds() {
        try (Workers workers = new Workers(3)) {
            int[] counts = new int[7];
            for (int round = 0; round < 20_000; round++) {
                workers.run(counts.length, index -> counts[index]++); // each round happens before the next
            }
            assertThat(counts).containsOnly(20_000);
        }
    }

    @Test
    void closedThreadsEnd() throws InterruptedException {
        Workers workers = new Workers(4);
        Set<Thread> seen = threadsAtWork(workers);
        workers.close();
        seen.remove(Thread.currentThread());
        for (Thread thread : seen) {
            thread.join();
        }
    }

    @Test
    void thereIsAtLeastOneThread() {
        assertThatThrownBy(() -> new Workers(0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("threads is 0, but must be at least 1");
    }
}

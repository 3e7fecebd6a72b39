package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** An engine is what was chosen, and threads. */
final class EngineTest {
    @Test
    void givesWhatItWasOpenedWith() {
        Tiers.Selection selection = Tiers.select(Tier.REFERENCE);
        try (Engine engine = Engine.open(selection, 3)) {
            assertThat(engine.kernels()).isSameAs(selection.kernels());
            assertThat(engine.report()).isSameAs(selection.report());
            assertThat(engine.clock()).isSameAs(selection.clock());
            assertThat(engine.workers().threads()).isEqualTo(3);
        }
    }

    @Test
    void takesTheWholeMachineUnlessToldOtherwise() {
        try (Engine engine = Engine.open()) {
            assertThat(engine.report()).isEqualTo(Tiers.select().report());
            assertThat(engine.workers().threads())
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }

    @Test
    void closedItsThreadsEnd() throws InterruptedException {
        Engine engine = Engine.open(Tiers.select(Tier.REFERENCE), 2);
        Set<Thread> threads = WorkersTest.threadsAtWork(engine.workers());
        engine.close();
        threads.remove(Thread.currentThread());
        for (Thread thread : threads) {
            thread.join();
        }
    }
}

package lowrank4j.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import jdk.incubator.vector.VectorShape;
import lowrank4j.kernel.OwnProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every width that this processor has gives the plain loops' results; the width is fixed in a JVM, so each gets its own. */
class WidthsTest {
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void everyWidthAgreesWithPlainLoops(int bits) throws IOException, InterruptedException {
        assumeTrue(bits <= VectorShape.preferredShape().vectorBitSize());
        OwnProcess.Ended ended = OwnProcess.run(BodyChecks.class, List.of("-D" + Lanes.PROPERTY + "=" + bits), "1");
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).endsWith("checked at " + bits + System.lineSeparator());
    }
}

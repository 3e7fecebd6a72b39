package lowrank4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import lowrank4j.kernel.KernelClock.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the door lets through reaches the body as it came, is timed, and comes back. */
final class BehindTheDoorTest {
    static List<SampleCall> calls() {
        return SampleCall.ofEach();
    }

    @Test
    void everyOperationIsLookedAt() {
        assertThat(calls().stream().map(SampleCall::operation))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Kernels.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> !name.equals("tier"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theBodyIsCalledAndItsResultReturned(SampleCall call) throws ReflectiveOperationException {
        for (boolean answer : new boolean[] {true, false}) {
            RecordingKernels body = new RecordingKernels(answer);
            Object result = call.on(new CheckedKernels(body.kernels(), new KernelClock()));
            assertThat(body.operations()).containsExactly(call.operation());
            assertThat(body.arguments())
                    .usingElementComparator(BehindTheDoorTest::identity)
                    .containsExactlyElementsOf(call.arguments());
            assertThat(result).isEqualTo(body.answerOf(call.operation()));
        }
    }

    /** 0 for the very same object, or number: a copy would not be the output that the caller looks at. */
    @SuppressWarnings("ReferenceEquality") // identity is what is asked for
    private static int identity(Object given, Object expected) {
        return given == expected || (given instanceof Number && given.equals(expected)) ? 0 : 1;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theTimeIsCountedWhereItBelongs(SampleCall call) throws ReflectiveOperationException {
        KernelClock clock = new KernelClock();
        Kernels door = new CheckedKernels(new RecordingKernels(true).kernels(), clock);
        long start = System.nanoTime();
        for (int repetition = 0; repetition < 100; repetition++) {
            call.on(door);
        }
        double elapsed = (System.nanoTime() - start) * 1e-9;
        for (Kind kind : Kind.values()) {
            double seconds = Objects.requireNonNull(clock.seconds().get(kind));
            if (kind == call.kind()) {
                assertThat(seconds).as(kind.label()).isPositive().isLessThanOrEqualTo(elapsed);
            } else {
                assertThat(seconds).as(kind.label()).isZero();
            }
        }
    }

    @Test
    void theTierIsThatOfTheBody() {
        assertThat(new CheckedKernels(new RecordingKernels(true).kernels(), new KernelClock()).tier())
                .isEqualTo(Tier.VECTOR);
    }

    @Test
    void kindsHaveLabelsToPrint() {
        assertThat(Kind.values())
                .extracting(Kind::label)
                .doesNotHaveDuplicates()
                .allMatch(label -> !label.isBlank());
    }
}

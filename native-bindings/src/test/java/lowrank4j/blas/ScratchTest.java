package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void isKeptForTheNextCall() {
        try (Scratch scratch = Scratch.open()) {
            scratch.take(100_000);
        }
        long first;
        try (Scratch scratch = Scratch.open()) {
            first = scratch.take(90_000).address();
        }
        try (Scratch scratch = Scratch.open()) {
            assertThat(scratch.take(80_000).address()).isEqualTo(first);
        }
    }

    @Test
    void piecesAreApartAndAligned() {
        try (Scratch scratch = Scratch.open()) {
            MemorySegment one = scratch.take(1000);
            MemorySegment other = scratch.take(1000);
            assertThat(one.asOverlappingSlice(other)).isEmpty();
            assertThat(one.address() % 64).isZero();
            assertThat(other.address() % 64).isZero();
        }
    }

    @Test
    void isLentOnceAtATime() {
        try (Scratch scratch = Scratch.open()) {
            assertThat(scratch.take(8).byteSize()).isEqualTo(8);
            assertThatThrownBy(Scratch::open).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatIsNotKeptIsFreed() {
        MemorySegment large;
        try (Scratch scratch = Scratch.open()) {
            large = scratch.take(Scratch.KEPT_BYTES + 1);
        }
        assertThatThrownBy(() -> large.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
    }
}

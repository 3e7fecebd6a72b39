package lowrank4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import lowrank4j.error.BadDataException;
import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;

class NpyArrayTest {
    @Test
    void integersAreCheckedForTheirRange() {
        NpyArray longs = NpyArray.of(new long[] {5, 1L << 31}, 2);
        assertThat(longs.toLongs()).containsExactly(5, 1L << 31);
        assertThatThrownBy(longs::toInts)
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("element 1 is 2147483648", "−2^31 to 2^31 − 1");

        NpyArray unsigned = NpyArray.of(NpyType.UINT64, MemorySegment.ofArray(new long[] {1, -1}), 2);
        assertThatThrownBy(unsigned::toLongs)
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("element 1 is 18446744073709551615", "below 2^63");
    }

    @Test
    void doublesHoldEveryIntegerExactlyOrRefuseIt() {
        assertThat(NpyArray.of(new long[] {1L << 53, -(1L << 53)}, 2).toDoubles())
                .containsExactly(0x1p53, -0x1p53);
        assertThatThrownBy(() -> NpyArray.of(new long[] {0, (1L << 53) + 1}, 2).toDoubles())
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("element 1 is 9007199254740993", "2^53");
        assertThatThrownBy(() -> NpyArray.of(new long[] {Long.MIN_VALUE}, 1).toDoubles())
                .isInstanceOf(BadDataException.class);
    }

    @Test
    void indicesMayBeWholeNumbersInFloats() {
        assertThat(NpyArray.of(new double[] {3, -0.0}, 2).toInts()).containsExactly(3, 0);
        assertThat(NpyArray.of(new float[] {3}, 1).toLongs()).containsExactly(3);
        for (double odd : new double[] {2.5, Double.NaN, Double.POSITIVE_INFINITY, 0x1p60}) {
            assertThatThrownBy(() -> NpyArray.of(new double[] {0, odd}, 2).toLongs())
                    .isInstanceOf(BadDataException.class)
                    .hasMessageContainingAll("element 1 is " + odd, "whole numbers");
        }
    }

    @Test
    void theShapeCannotBeChangedFromOutside() {
        long[] shape = {2, 3};
        NpyArray array = NpyArray.of(new double[6], shape);
        shape[0] = 7;
        array.shape()[1] = 7;
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array).hasToString("FLOAT64 (2, 3)");
    }

    @Test
    void halfPrecisionIsNoTypeInMemory() {
        assertThatThrownBy(() -> NpyArray.of(NpyType.FLOAT16, MemorySegment.ofArray(new short[2]), 2))
                .isInstanceOf(InvalidArgumentException.class);
    }
}

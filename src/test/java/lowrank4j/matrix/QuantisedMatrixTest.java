package lowrank4j.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantisedMatrixTest {
    @Test
    void twoBitsAreFourEvenlySpacedNumbers() {
        QuantisedMatrix quantised = QuantisedMatrix.of(Matrix.of(new double[][] {{-1, 0.4, 2}, {0.6, 1.4, -0.6}}), 2);
        assertThat(quantised.codes()).containsExactly(0, 1, 3, 2, 2, 0);
        assertThat(quantised.low()).isEqualTo(-1);
        assertThat(quantised.step()).isEqualTo(1);
        assertThat(quantised.toMatrix().toArray()).containsExactly(-1, 0, 2, 1, 1, -1);
        assertThat(quantised.totalBits()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void noEntryIsOffByMoreThanHalfAStep(int bits) {
        Matrix whole = Matrix.zeros(9, 12);
        for (int k = 0; k < whole.data().length; k++) {
            whole.data()[k] = Math.sin(k) * 1e3;
        }
        Matrix part = whole.columnRange(2, 11);
        QuantisedMatrix quantised = QuantisedMatrix.of(part, bits);
        Matrix back = quantised.toMatrix();
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                assertThat(Math.abs(back.get(i, j) - part.get(i, j))).isLessThanOrEqualTo(0.5000001 * quantised.step());
                assertThat(Byte.toUnsignedInt(quantised.codes()[9 * i + j])).isLessThan(1 << bits);
            }
        }
    }

    @Test
    void equalEntriesAndNoneAreKept() {
        assertThat(QuantisedMatrix.of(Matrix.of(new double[][] {{0.1, 0.1}}), 1)
                        .toMatrix()
                        .toArray())
                .containsExactly(0.1, 0.1);
        assertThat(QuantisedMatrix.of(Matrix.zeros(0, 3), 4).toMatrix().shape()).isEqualTo("0x3");
    }

    @Test
    void misuseNamesTheValue() {
        assertThatThrownBy(() -> QuantisedMatrix.of(Matrix.zeros(1, 1), 9))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("bits is 9, but must be from 1 to 8");
        assertThatThrownBy(() -> QuantisedMatrix.of(Matrix.of(new double[][] {{1, Double.NaN}}), 4))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> QuantisedMatrix.of(Matrix.of(new double[][] {{-1e308, 1e308}}), 4))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("1.0E308");
    }
}

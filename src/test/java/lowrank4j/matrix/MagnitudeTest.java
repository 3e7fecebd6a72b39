package lowrank4j.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import lowrank4j.MatrixCompletion;
import lowrank4j.MatrixSensing;
import lowrank4j.RecoveryOptions;
import lowrank4j.RecoveryResult;
import lowrank4j.error.InvalidArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudeTest {
    private static final List<Matrix> UNIT_MATRICES = List.of(
            Matrix.of(new double[][] {{1, 0}, {0, 0}}),
            Matrix.of(new double[][] {{0, 1}, {0, 0}}),
            Matrix.of(new double[][] {{0, 0}, {1, 0}}),
            Matrix.of(new double[][] {{0, 0}, {0, 1}}));

    @Test
    void whatCanBeSquaredIsLeftInPeace() {
        assertThat(Magnitude.objection(new double[0])).isEmpty();
        assertThat(Magnitude.objection(new double[] {0, -0.0})).isEmpty();
        assertThat(Magnitude.objection(new double[] {-1e150, 1e-300})).isEmpty();
        assertThat(Magnitude.objection(new double[] {1e-150, 0})).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e151, -1e200, 1e-151, -1e-310})
    void whatCannotIsNamed(double value) {
        assertThat(Magnitude.objection(new double[] {0, value}))
                .hasValueSatisfying(
                        objection -> assertThat(objection).contains("is " + Math.abs(value), "1.0E-150 to 1.0E150"));
        assertThatThrownBy(() -> MatrixSensing.of(UNIT_MATRICES, new double[] {value, 0, 0, 0})
                        .solve(RecoveryOptions.defaults()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("scale the values");
        assertThatThrownBy(() -> MatrixCompletion.of(2, 2, new int[] {0}, new int[] {1}, new double[] {value})
                        .solve(RecoveryOptions.defaults()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("scale the values");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e140, 1e-140})
    void theAnswerScalesWithTheData(double scale) {
        double[] observed = {2 * scale, 4 * scale, 3 * scale, 6 * scale};
        RecoveryResult result = MatrixSensing.of(UNIT_MATRICES, observed)
                .solve(RecoveryOptions.defaults().withRank(1));
        double[] found = Arrays.stream(result.factors().toMatrix().toArray())
                .map(x -> x / scale)
                .toArray();
        assertThat(found).usingComparatorWithPrecision(1e-8).containsExactly(2, 4, 3, 6);
    }
}

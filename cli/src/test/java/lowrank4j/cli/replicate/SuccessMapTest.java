package lowrank4j.cli.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import lowrank4j.cli.replicate.SuccessCell.Form;
import lowrank4j.cli.replicate.SuccessCell.Found;
import lowrank4j.cli.replicate.SuccessCell.Noise;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.DenseRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuccessMapTest {
    private static Found solved(SuccessCell cell) {
        try (Engine engine = Engine.open(Tiers.select(), 1);
                Arena arena = Arena.ofShared()) {
            DenseRows rows = cell.form().measurements(cell.count() + 5, 3, engine, arena);
            return cell.solve(rows, new Random(4), engine.report().active());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCellWithManyMeasurementsIsRecovered(Form form) {
        Found exact = solved(new SuccessCell(form, 2, 10, 5, Noise.NONE));
        assertThat(exact.recovered()).isTrue();
        assertThat(exact.rank()).isEqualTo(2);
        assertThat(exact.error()).isLessThan(1e-6);
        Found noisy = solved(new SuccessCell(form, 2, 3, 5, Noise.SLIGHT));
        assertThat(noisy.recovered()).isTrue();
        assertThat(noisy.error()).isBetween(1e-3, 2e-2);
        Found nothing = solved(new SuccessCell(form, 2, 1, 5, Noise.PURE));
        assertThat(nothing.recovered()).isTrue();
        assertThat(nothing.rank()).isZero();
    }

    /** A cell cannot be won with fewer measurements than free parameters: what is measured must be able to fail. */
    @Test
    void aCellBelowTheInformationLimitIsNotRecoveredAndNotMisleading() {
        Found found = solved(new SuccessCell(Form.RECTANGULAR, 1, 1, 0.7, Noise.NONE));
        assertThat(found.recovered()).isFalse();
        assertThat(found.misleading()).isFalse();
    }

    @Test
    void theOracleKnowsTheTangentSpace() {
        // 40·30 of rank 2: 136 free parameters, 272 measurements.
        SuccessCell cell = new SuccessCell(Form.RECTANGULAR, 2, 1e4, 2, Noise.SLIGHT);
        assertThat(cell.count()).isEqualTo(272);
        assertThat(cell.oracle(2)).isCloseTo(0.01 * Math.sqrt(136.0 / 135), within(1e-12));
        // The second singular value, 1e-4, is below the noise: rank one is right, and leaves it out.
        assertThat(cell.distinct(1)).isOne();
        assertThat(cell.oracle(1)).isCloseTo(0.01 * Math.sqrt(69.0 / 202), within(1e-4));
        assertThat(cell.oracle(0)).isCloseTo(1, within(1e-9));
    }

    @Test
    void cellsWithMoreMeasurementsThanEntriesAreLeftOut() {
        List<SuccessCell> cells = SuccessMap.cells(Form.RECTANGULAR, false);
        assertThat(cells)
                .contains(new SuccessCell(Form.RECTANGULAR, 20, 1e4, 1.2, Noise.STRONG))
                .doesNotContain(new SuccessCell(Form.RECTANGULAR, 20, 1e4, 1.5, Noise.STRONG))
                .allMatch(cell -> cell.count() <= 1200);
        assertThat(SuccessMap.cells(Form.SYMMETRIC, false)).allMatch(cell -> cell.count() <= 820);
        assertThat(cells).doesNotHaveDuplicates();
        assertThat(SuccessMap.cells(Form.RECTANGULAR, true)).hasSizeLessThan(60);
    }
}

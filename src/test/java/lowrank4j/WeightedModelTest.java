package lowrank4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Tiers;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a model fitted with weights says of new rows and of its errors, by hand. */
@Tag("tier")
class WeightedModelTest {
    @Test
    void newRowsAreSolvedWithTheirWeights() {
        Matrix right = Matrix.wrap(new double[] {1, 2, -1, 0.5}, 4, 1);
        CompletionModel model = new CompletionModel(
                new Factors(Matrix.zeros(1, 1), right), 3, new double[1], new double[4], 0.5, Range.ALL, false, 10);
        double[] weights = {20, 5, 40};
        double[] values = {4, 2.5, 1};
        double count = 2 + 0.5 + 4;
        double offset = (2 * 1 + 0.5 * -0.5 + 4 * -2) / (count + 4);
        double gram = 2 * 1 + 0.5 * 4 + 4 * 1;
        double known = 2 * (1 - offset) + 0.5 * 2 * (-0.5 - offset) - 4 * (-2 - offset);
        double left = known / (gram + 0.5 * Math.pow(count, 0.75));
        var kernels = Tiers.select().kernels();
        double[] predicted = model.predictNewRow(new int[] {0, 1, 2}, values, weights, kernels);
        assertThat(predicted[3]).isCloseTo(3 + offset + 0.5 * left, within(1e-12));
        // The same in any order, and as a row that is added.
        assertThat(model.predictNewRow(
                        new int[] {2, 0, 1}, new double[] {1, 4, 2.5}, new double[] {40, 20, 5}, kernels))
                .containsExactly(predicted, within(1e-12));
        SparsePattern pattern = new SparsePattern(1, 4, new int[] {0, 3}, new int[] {0, 1, 2});
        assertThat(model.withRows(pattern, values, weights, kernels).predict(1, 3))
                .isCloseTo(predicted[3], within(1e-12));
        assertThat(model.withEntries(new int[] {0}, pattern, values, weights, kernels)
                        .predict(0, 3))
                .isCloseTo(predicted[3], within(1e-12));
        assertThatThrownBy(() -> model.withRows(pattern, values, kernels))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("fitted with weights");
        assertThatThrownBy(() -> model.withRows(pattern, values, new double[] {1, -1, 1}, kernels))
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> model.withRows(pattern, values, new double[] {1}, kernels))
                .hasMessageContaining("1 weights");
        CompletionModel without =
                new CompletionModel(new Factors(Matrix.zeros(1, 1), right), 3, new double[1], new double[4], 0.5);
        assertThatThrownBy(() -> without.withRows(pattern, values, weights, kernels))
                .hasMessageContaining("fitted without weights");
    }

    @Test
    void standardErrorsAreThoseOfRepeatedEntries() {
        // Rank 1 without offsets: the quadratic forms are quotients of sums.
        double[] l = {1, 2, -1};
        double[] r = {1, -0.5};
        int[] row = {0, 0, 1, 2, 2};
        int[] column = {0, 1, 0, 0, 1};
        double[] value = {1.5, -0.5, 1.5, -1.25, 1};
        double[] weight = {2, 4, 6, 2, 1};
        CompletionModel model = new CompletionModel(
                new Factors(Matrix.wrap(l, 3, 1), Matrix.wrap(r, 2, 1)),
                0,
                new double[3],
                new double[2],
                0.2,
                Range.ALL,
                false,
                2);
        MatrixCompletion fitted = MatrixCompletion.of(3, 2, row, column, value);
        double[] byRow = new double[3];
        double[] byColumn = new double[2];
        double[] rowCount = new double[3];
        double[] columnCount = new double[2];
        double loss = 0;
        for (int e = 0; e < 5; e++) {
            double w = weight[e] / 2;
            byRow[row[e]] += w * r[column[e]] * r[column[e]];
            byColumn[column[e]] += w * l[row[e]] * l[row[e]];
            rowCount[row[e]] += w;
            columnCount[column[e]] += w;
            loss += w * Math.pow(value[e] - l[row[e]] * r[column[e]], 2);
        }
        double used = -1;
        for (int e = 0; e < 5; e++) {
            used += weight[e] / 2 * leverage(row[e], column[e], l, r, byRow, byColumn, rowCount, columnCount);
        }
        double noise = Math.sqrt(loss / (5 - used));
        try (Engine engine = Engine.open()) {
            ErrorBars bars = new ErrorBars(fitted.withWeights(row, column, weight), model, engine);
            assertThat(bars.noise()).isCloseTo(noise, within(1e-12));
            double there = leverage(1, 1, l, r, byRow, byColumn, rowCount, columnCount);
            assertThat(bars.at(new int[] {1}, new int[] {1}, engine)[0])
                    .isCloseTo(noise * Math.sqrt(1 + there), within(1e-12));
            assertThat(bars.at(new int[] {1}, new int[] {1}, new double[] {4}, engine)[0])
                    .isCloseTo(noise * Math.sqrt(0.25 + there), within(1e-12));
            assertThatThrownBy(() -> new ErrorBars(fitted, model, engine)).hasMessageContaining("fitted with weights");
        }
    }

    private static double leverage(
            int i, int j, double[] l, double[] r, double[] byRow, double[] byColumn, double[] rows, double[] columns) {
        return r[j] * r[j] / (byRow[i] + 0.2 * Math.pow(rows[i], 0.75))
                + l[i] * l[i] / (byColumn[j] + 0.2 * Math.pow(columns[j], 0.75));
    }
}

package lowrank4j;

import java.util.Arrays;
import lowrank4j.matrix.SparsePattern;

/**
 * A mean and an offset a row and a column, {@code value ≈ mean + rowOffset + columnOffset}, each offset damped towards zero by the
 * weight of a few entries, so that a row seen once does not get an offset of its own.
 *
 * @param mean of all observed values
 * @param row one offset a row
 * @param column one offset a column
 */
record Offsets(double mean, double[] row, double[] column) {
    /** Weight of the zero towards which an offset is drawn, in entries; of 2 to 10, all within 0.002 RMSE on real ratings. */
    static final double DAMPING = 4;

    private static final int SWEEPS = 10;

    static Offsets none(int rows, int columns) {
        return new Offsets(0, new double[rows], new double[columns]);
    }

    /** Fits the offsets by alternating damped means. Cost: 20 passes over the entries. */
    static Offsets fit(SparsePattern pattern, double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value;
        }
        mean /= values.length;
        double[] row = new double[pattern.rows()];
        double[] column = new double[pattern.columns()];
        double[] columnCount = new double[pattern.columns()];
        for (int j : pattern.columnIndex()) {
            columnCount[j]++;
        }
        double[] sum = new double[pattern.columns()];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            Arrays.fill(sum, 0);
            for (int i = 0; i < pattern.rows(); i++) {
                double rowSum = 0;
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    rowSum += values[e] - mean - column[pattern.columnIndex()[e]];
                }
                row[i] = rowSum / (pattern.count(i) + DAMPING);
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    sum[pattern.columnIndex()[e]] += values[e] - mean - row[i];
                }
            }
            for (int j = 0; j < column.length; j++) {
                column[j] = sum[j] / (columnCount[j] + DAMPING);
            }
        }
        return new Offsets(mean, row, column);
    }

    double at(int i, int j) {
        return mean + row[i] + column[j];
    }

    /** What is left of the values, by position. */
    double[] residuals(SparsePattern pattern, double[] values) {
        double[] left = new double[values.length];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                left[e] = values[e] - at(i, pattern.columnIndex()[e]);
            }
        }
        return left;
    }
}

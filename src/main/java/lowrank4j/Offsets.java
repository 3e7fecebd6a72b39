package lowrank4j;

import java.util.Arrays;
import lowrank4j.matrix.SparsePattern;
import lowrank4j.solver.Median;
import lowrank4j.solver.Reweighting;

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

    /** Change of a column's offset, in parts of the largest, below which the fit ends. */
    private static final double SETTLED = 1e-4;

    static Offsets none(int rows, int columns) {
        return new Offsets(0, new double[rows], new double[columns]);
    }

    /**
     * Fits the offsets by alternating damped means, each entry weighted anew by its residual where the loss is not that of squares. Cost: 30
     * passes over the entries, and 10 medians.
     */
    static Offsets fit(SparsePattern pattern, double[] values, Loss loss) {
        if (loss.reweighting(1).isEmpty()) {
            return fit(pattern, values, EntryWeights.none());
        }
        Offsets offsets = none(pattern.rows(), pattern.columns());
        Median median = new Median(values.length);
        double[] weight = new double[values.length];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double[] left = offsets.residuals(pattern, values);
            Reweighting weights = loss.reweighting(median.deviation(left)).orElseThrow();
            for (int e = 0; e < left.length; e++) {
                weight[e] = weights.weight(left[e], 0);
            }
            offsets = offsets.improved(pattern, values, weight);
        }
        return offsets;
    }

    /** Weighted means: of all, of the rows, of the columns. */
    private Offsets improved(SparsePattern pattern, double[] values, double[] weight) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                sum += weight[e] * (values[e] - row[i] - column[pattern.columnIndex()[e]]);
                total += weight[e];
            }
        }
        double newMean = sum / total;
        double[] newRow = new double[row.length];
        double[] columnSum = new double[column.length];
        double[] columnTotal = new double[column.length];
        for (int i = 0; i < row.length; i++) {
            double rowSum = 0;
            double rowTotal = DAMPING;
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                rowSum += weight[e] * (values[e] - newMean - column[pattern.columnIndex()[e]]);
                rowTotal += weight[e];
            }
            newRow[i] = rowSum / rowTotal;
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                int j = pattern.columnIndex()[e];
                columnSum[j] += weight[e] * (values[e] - newMean - newRow[i]);
                columnTotal[j] += weight[e];
            }
        }
        double[] newColumn = new double[column.length];
        for (int j = 0; j < column.length; j++) {
            newColumn[j] = columnSum[j] / (columnTotal[j] + DAMPING);
        }
        return new Offsets(newMean, newRow, newColumn);
    }

    /**
     * Fits the offsets by alternating damped means, weighted as the entries are. Cost: two passes over the entries a sweep, ten sweeps at
     * the most.
     */
    static Offsets fit(SparsePattern pattern, double[] values, EntryWeights weights) {
        double mean = 0;
        for (int e = 0; e < values.length; e++) {
            mean += weights.at(e) * values[e];
        }
        mean /= weights.sum(values.length);
        double[] row = new double[pattern.rows()];
        double[] column = new double[pattern.columns()];
        double[] columnCount = new double[pattern.columns()];
        for (int e = 0; e < values.length; e++) {
            columnCount[pattern.columnIndex()[e]] += weights.at(e);
        }
        double[] sum = new double[pattern.columns()];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            Arrays.fill(sum, 0);
            for (int i = 0; i < pattern.rows(); i++) {
                double rowSum = 0;
                double rowCount = 0;
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    rowSum += weights.at(e) * (values[e] - mean - column[pattern.columnIndex()[e]]);
                    rowCount += weights.at(e);
                }
                row[i] = rowSum / (rowCount + DAMPING);
                for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                    sum[pattern.columnIndex()[e]] += weights.at(e) * (values[e] - mean - row[i]);
                }
            }
            double change = 0;
            double largest = 0;
            for (int j = 0; j < column.length; j++) {
                double before = column[j];
                column[j] = sum[j] / (columnCount[j] + DAMPING);
                change = Math.max(change, Math.abs(column[j] - before));
                largest = Math.max(largest, Math.abs(column[j]));
            }
            if (change <= SETTLED * largest) {
                break;
            }
        }
        return new Offsets(mean, row, column);
    }

    double at(int i, int j) {
        return mean + row[i] + column[j];
    }

    /** The weighted sum of the squares that the offsets leave. */
    double loss(SparsePattern pattern, double[] values, EntryWeights weights) {
        double loss = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            for (int e = pattern.rowStart()[i]; e < pattern.rowStart()[i + 1]; e++) {
                double left = values[e] - at(i, pattern.columnIndex()[e]);
                loss += weights.at(e) * left * left;
            }
        }
        return loss;
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

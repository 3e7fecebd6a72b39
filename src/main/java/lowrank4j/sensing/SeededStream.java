package lowrank4j.sensing;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.SeededRows;

/**
 * Rows made anew each time, tile by tile: some numbers of a few rows, which stay in a cache while they are multiplied. Of
 * symmetric matrices the numbers on the diagonal count √2 times.
 */
final class SeededStream implements RowStream {
    private static final double ON_DIAGONAL = Math.sqrt(2);

    private final SeededRows rows;
    /** Where the diagonal is in a packed row, ascending; empty for rectangular matrices. */
    private final int[] diagonal;

    private final ThreadLocal<SeededTile> tile;

    /** @param order of symmetric matrices, packed; 0 for rectangular ones */
    SeededStream(SeededRows rows, int order) {
        this.rows = rows;
        this.diagonal = new int[order];
        for (int i = 0, at = 0; i < order; at += order - i, i++) {
            diagonal[i] = at;
        }
        this.tile = ThreadLocal.withInitial(() -> new SeededTile(rows));
    }

    @Override
    public int count() {
        return rows.count();
    }

    @Override
    public int width() {
        return rows.width();
    }

    /** None. */
    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void row(int i, double[] out) {
        for (int j = 0; j < rows.width(); j++) {
            out[j] = rows.get(i, j);
        }
        weigh(out, 0, rows.width());
    }

    @Override
    public void forward(Kernels kernels, int from, int to, double[] x, double[] out) {
        SeededTile own = tile.get();
        Arrays.fill(out, from, to, 0);
        for (int first = 0; first < rows.width(); first += own.columns()) {
            load(own, x, first);
            for (int i = from; i < to; i += own.height()) {
                int end = Math.min(to, i + own.height());
                own.make(kernels, i, end, first);
                own.forward(kernels, end - i);
                for (int k = i; k < end; k++) {
                    out[k] += own.measured()[k - i];
                }
            }
        }
    }

    @Override
    public void adjoint(Kernels kernels, int from, int to, double[] z, double[] g) {
        SeededTile own = tile.get();
        for (int first = 0; first < rows.width(); first += own.columns()) {
            Arrays.fill(own.gradient(), 0);
            for (int i = from; i < to; i += own.height()) {
                int end = Math.min(to, i + own.height());
                own.make(kernels, i, end, first);
                System.arraycopy(z, i, own.measured(), 0, end - i);
                own.adjoint(kernels, end - i);
            }
            store(own, first, g);
        }
    }

    @Override
    public double gradient(Kernels kernels, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return gradient(kernels, from, to, x, residual, g, k -> {
            residual[k] -= y[k];
            return residual[k] * residual[k];
        });
    }

    @Override
    public double gradient(
            Kernels kernels,
            int from,
            int to,
            double[] factor,
            double[] x,
            double[] y,
            double[] residual,
            double[] scaled,
            double[] g) {
        return gradient(kernels, from, to, x, scaled, g, k -> ScaledGradient.gap(factor[k], y, k, residual, scaled));
    }

    /**
     * {@code z ← aᵢ·x}, then what {@code gap} makes of it, then {@code g ← g + Σ zᵢ aᵢ}. Rows that fit into a tile are made once.
     *
     * @param gap replaces the number of a row in z, and returns its part of the loss
     */
    private double gradient(
            Kernels kernels, int from, int to, double[] x, double[] z, double[] g, IntToDoubleFunction gap) {
        SeededTile own = tile.get();
        double loss = 0;
        if (own.columns() < rows.width()) {
            forward(kernels, from, to, x, z);
            for (int i = from; i < to; i++) {
                loss += gap.applyAsDouble(i);
            }
            adjoint(kernels, from, to, z, g);
            return loss;
        }
        load(own, x, 0);
        Arrays.fill(own.gradient(), 0);
        for (int i = from; i < to; i += own.height()) {
            int end = Math.min(to, i + own.height());
            own.make(kernels, i, end, 0);
            own.forward(kernels, end - i);
            System.arraycopy(own.measured(), 0, z, i, end - i);
            for (int k = i; k < end; k++) {
                loss += gap.applyAsDouble(k);
            }
            System.arraycopy(z, i, own.measured(), 0, end - i);
            own.adjoint(kernels, end - i);
        }
        store(own, 0, g);
        return loss;
    }

    /** The part of x that belongs to a tile, weighted, with zeros for what the tile has beyond the rows' end. */
    private void load(SeededTile own, double[] x, int first) {
        int length = Math.min(own.columns(), rows.width() - first);
        System.arraycopy(x, first, own.x(), 0, length);
        Arrays.fill(own.x(), length, own.columns(), 0);
        weigh(own.x(), first, length);
    }

    private void store(SeededTile own, int first, double[] g) {
        int length = Math.min(own.columns(), rows.width() - first);
        weigh(own.gradient(), first, length);
        for (int j = 0; j < length; j++) {
            g[first + j] += own.gradient()[j];
        }
    }

    /** Numbers first … first + length - 1 of a row times their weights. */
    private void weigh(double[] numbers, int first, int length) {
        int k = Arrays.binarySearch(diagonal, first);
        for (k = k < 0 ? -k - 1 : k; k < diagonal.length && diagonal[k] < first + length; k++) {
            numbers[diagonal[k] - first] *= ON_DIAGONAL;
        }
    }
}

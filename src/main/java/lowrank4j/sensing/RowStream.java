package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.ReadAhead;

/**
 * Rows of numbers that a gradient goes through once, one for each measurement: read from memory or a file, unpacked, or made anew.
 * Row i is aᵢ; x and g have {@link #width()} numbers, and arrays of measurements {@link #count()}.
 */
public interface RowStream {
    /** Bytes of rows that stay in a second-level cache beside x and g. */
    long CACHED_BYTES = 1 << 18;

    /** Rows that the kernels like to take at a time. */
    int LEAST_ROWS = 6;

    /** How many rows, at least 1. */
    int count();

    /** Numbers in a row, at least 1. */
    int width();

    /** Bytes that the rows take in memory or in a file. */
    long bytes();

    /** Whether rows come from a file, and are dear to read once more. */
    default boolean isInFile() {
        return false;
    }

    /** Whether all of the threads may read the rows. */
    default boolean isReadableBy(Workers workers) {
        return true;
    }

    /** A passage through all rows in order, for what comes from a file; closed when it ends. */
    default Optional<ReadAhead> readAhead() {
        return Optional.empty();
    }

    /** {@code out ← aᵢ}, for what is not worth a kernel. */
    void row(int i, double[] out);

    /** {@code outᵢ ← aᵢ·x} for rows from … to - 1. */
    void forward(Kernels kernels, int from, int to, double[] x, double[] out);

    /** {@code g ← g + Σ zᵢ aᵢ} over rows from … to - 1. */
    void adjoint(Kernels kernels, int from, int to, double[] z, double[] g);

    /**
     * {@code residualᵢ ← aᵢ·x - yᵢ} and {@code g ← g + Σ residualᵢ aᵢ} over rows from … to - 1, each row once.
     *
     * @return Σ residualᵢ²
     */
    double gradient(Kernels kernels, int from, int to, double[] x, double[] y, double[] residual, double[] g);

    /**
     * The same of rows times a factor each: {@code residualᵢ ← fᵢ aᵢ·x - yᵢ} and {@code g ← g + Σ fᵢ residualᵢ aᵢ}, a few rows at a
     * time, which are still in a cache when they are gone through again. The residual of a row whose factor is zero is left alone.
     *
     * @param scaled written, {@code fᵢ residualᵢ}
     * @return Σ residualᵢ²
     */
    default double gradient(
            Kernels kernels,
            int from,
            int to,
            double[] factor,
            double[] x,
            double[] y,
            double[] residual,
            double[] scaled,
            double[] g) {
        int together = (int) Math.max(LEAST_ROWS, CACHED_BYTES * count() / Math.max(1, bytes()));
        double loss = 0;
        for (int first = from; first < to; first += together) {
            int end = Math.min(to - first, together) + first;
            forward(kernels, first, end, x, scaled);
            for (int i = first; i < end; i++) {
                loss += ScaledGradient.gap(factor[i], y, i, residual, scaled);
            }
            adjoint(kernels, first, end, scaled, g);
        }
        return loss;
    }
}

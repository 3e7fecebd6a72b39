package lowrank4j.sensing;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;
import lowrank4j.kernel.Engine;
import lowrank4j.matrix.Factors;
import lowrank4j.matrix.SparsePattern;

/**
 * Measurement matrices with few entries that are not zero. The entries of X at the union of their positions are computed once, and summed
 * as the matrices say; n1×n2 is formed only where the union is all of it.
 *
 * <p>Cost of a gradient: 14r flops a position of the union, 4 flops an entry of a matrix. Memory: 24 bytes an entry, 36 a position.
 */
public final class SparseSensing extends UnfusedMeasurements {
    private final ObservedEntries positions;
    /** Row i: Aᵢ, by the places of its entries in the union. */
    private final SparseRows measurements;
    /** The same by position. */
    private final SparseRows transposed;

    private final Engine engine;
    private final double energy;
    private final double[] entries;
    private final double[] back;

    private SparseSensing(ObservedEntries positions, SparseRows measurements, Engine engine) {
        super(measurements.rows());
        this.positions = positions;
        this.measurements = measurements;
        this.transposed = measurements.transposed(positions.length());
        this.engine = engine;
        this.energy = energy(measurements, positions);
        this.entries = new double[positions.length()];
        this.back = new double[positions.length()];
    }

    /**
     * Matrices of n1×n2 by their entries, in any order; entries of one matrix at one position add up.
     *
     * @param count m, the number of matrices; some may be empty
     * @param measurement from 0 to m - 1, of each entry
     * @param row from 0 to n1 - 1, of each entry
     * @param column from 0 to n2 - 1, of each entry
     * @param value finite, of each entry
     */
    public static SparseSensing rectangular(
            int n1, int n2, int count, int[] measurement, int[] row, int[] column, double[] value, Engine engine) {
        require(n1, n2, count, measurement, row, column, value);
        long[] position = positions(row, column, n2);
        long[] union = Arrays.stream(position).sorted().distinct().toArray();
        return new SparseSensing(
                new ObservedEntries(pattern(n1, n2, union), engine),
                SparseRows.of(count, measurement, places(position, union), value),
                engine);
    }

    /** Matrices of n×n, of which the symmetric parts count, for a positive semidefinite X; otherwise as {@link #rectangular}. */
    public static SparseSensing symmetric(
            int n, int count, int[] measurement, int[] row, int[] column, double[] value, Engine engine) {
        require(n, n, count, measurement, row, column, value);
        int[] twice = Arrays.copyOf(measurement, 2 * measurement.length);
        System.arraycopy(measurement, 0, twice, measurement.length, measurement.length);
        double[] halves = new double[2 * value.length];
        Arrays.setAll(halves, k -> value[k % value.length] / 2);
        long[] position = Arrays.copyOf(positions(row, column, n), twice.length);
        System.arraycopy(positions(column, row, n), 0, position, row.length, row.length);
        long[] union = Arrays.stream(position).sorted().distinct().toArray();
        return new SparseSensing(
                ObservedEntries.symmetric(pattern(n, n, union), engine),
                SparseRows.of(count, twice, places(position, union), halves),
                engine);
    }

    private static void require(int n1, int n2, int count, int[] measurement, int[] row, int[] column, double[] value) {
        int length = measurement.length;
        if (row.length != length || column.length != length || value.length != length) {
            throw new InvalidArgumentException("measurement, row, column and value must have one length, not " + length
                    + ", " + row.length + ", " + column.length + " and " + value.length);
        }
        if (length == 0) {
            throw new InvalidArgumentException("there are no entries of measurement matrices: at least 1 is needed");
        }
        requireWithin("measurement", measurement, count);
        requireWithin("row", row, n1);
        requireWithin("column", column, n2);
    }

    private static void requireWithin(String name, int[] index, int bound) {
        for (int k = 0; k < index.length; k++) {
            if (index[k] < 0 || index[k] >= bound) {
                throw new InvalidArgumentException(
                        name + " of entry " + k + " is " + index[k] + ", but must be from 0 to " + (bound - 1));
            }
        }
    }

    private static long[] positions(int[] row, int[] column, int columns) {
        long[] position = new long[row.length];
        Arrays.setAll(position, k -> (long) row[k] * columns + column[k]);
        return position;
    }

    private static int[] places(long[] position, long[] union) {
        int[] place = new int[position.length];
        Arrays.setAll(place, k -> Arrays.binarySearch(union, position[k]));
        return place;
    }

    private static SparsePattern pattern(int n1, int n2, long[] union) {
        int[] rowStart = new int[n1 + 1];
        int[] columns = new int[union.length];
        for (int e = 0; e < union.length; e++) {
            rowStart[(int) (union[e] / n2) + 1]++;
            columns[e] = (int) (union[e] % n2);
        }
        Arrays.parallelPrefix(rowStart, Integer::sum);
        return new SparsePattern(n1, n2, rowStart, columns);
    }

    private static double energy(SparseRows measurements, ObservedEntries positions) {
        double sum = 0;
        for (double value : measurements.value()) {
            sum += value * value;
        }
        if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
            throw new InvalidArgumentException(
                    sum == 0
                            ? "all measurement matrices are zero: nothing is measured"
                            : "the measurement matrices hold NaN or an infinity, or overflow when squared");
        }
        double n = positions.rows();
        return sum / (positions.isSymmetric() ? n * (n + 1) / 2 : n * positions.columns());
    }

    @Override
    public int rows() {
        return positions.rows();
    }

    @Override
    public int columns() {
        return positions.columns();
    }

    @Override
    public long count() {
        return length();
    }

    @Override
    public boolean isSymmetric() {
        return positions.isSymmetric();
    }

    /** Where no position is left out: otherwise a spiky matrix may hide, as from {@link ObservedEntries}. */
    @Override
    public boolean isNearIsometry() {
        return positions.length() == (long) rows() * columns();
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public void forward(Factors x, double[] out) {
        positions.forward(x, entries);
        measurements.times(entries, out, engine.workers());
    }

    @Override
    public LinearMap adjoint(double[] z) {
        transposed.times(z, back, engine.workers());
        return positions.adjoint(back);
    }

    @Override
    public long memoryBytes() {
        return positions.memoryBytes() + measurements.bytes() + transposed.bytes() + 24L * entries.length;
    }
}

package lowrank4j.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import lowrank4j.io.NpyArray;
import lowrank4j.io.Npz;

/**
 * Ratings like real ones, of which all is known: {@code 3.5 + a_i + b_j + Σ_k s_k u_ik v_jk + noise}, everything Gaussian, the deviations
 * of the ten directions falling geometrically by {@link #CONDITION} in all. Who rates how much and what is rated how often follows the
 * ratings of bench/data/movielens, by their quantiles. One entry in ten is held out.
 *
 * @param fitted the entries to fit, in the order of their rows
 * @param heldOut the others
 */
record RatingsData(int rows, int columns, Part fitted, Part heldOut) {
    /** Rank of the signal. */
    static final int RANK = 10;

    /** Deviation of the noise: no prediction has a smaller error. */
    static final double NOISE = 0.8;

    private static final double CONDITION = 10;
    private static final double MEAN = 3.5;
    private static final double OFFSET = 0.4;
    private static final double SIGNAL = 0.45;

    /** Shape of MovieLens-10M, but for the last digits. */
    private static final long LIKE = 10_000_000;

    private static final int ROWS = 70_000;
    private static final int COLUMNS = 10_700;

    private static final double[] QUANTILES = {
        0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1
    };

    /** Ratings of a user over their mean, 671 users. */
    private static final double[] BY_USER = {
        0.134, 0.161, 0.208, 0.275, 0.356, 0.476, 0.664, 0.926, 1.355, 2.17, 3.49, 6.01, 7.59, 11.2, 13.7, 16.0
    };

    /** Ratings of a film over their mean, 9066 films. */
    private static final double[] BY_FILM = {
        0.0907, 0.0907, 0.0907, 0.0907, 0.181, 0.272, 0.363, 0.635, 1.18, 2.54, 4.44, 8.07, 11.2, 14.4, 21.5, 30.9
    };

    /** Columns are drawn from a table of so many places, in which each has its share. */
    private static final int PLACES = 1 << 22;

    /** Of the columns, the most that a row rates. */
    private static final double LARGEST_SHARE = 0.25;

    /**
     * Some entries.
     *
     * @param value exact in single precision
     */
    record Part(int[] row, int[] column, float[] value) {
        private Part cut(int size) {
            return new Part(Arrays.copyOf(row, size), Arrays.copyOf(column, size), Arrays.copyOf(value, size));
        }

        private void set(int at, int i, int j, double x) {
            row[at] = i;
            column[at] = j;
            value[at] = (float) x;
        }

        private static Part of(int size) {
            return new Part(new int[size], new int[size], new float[size]);
        }
    }

    /**
     * Draws about so many entries, always the same: with as many in a row as MovieLens-10M has, and columns as the root of the rows.
     *
     * @param entries 10⁴ … 10⁹
     */
    static RatingsData draw(long entries) {
        double scale = (double) entries / LIKE;
        int rows = (int) Math.round(ROWS * scale);
        int columns = (int) Math.round(COLUMNS * Math.sqrt(scale));
        SplittableRandom random = new SplittableRandom(1);
        double[] activity = resampled(BY_USER, rows, random);
        int[] place = places(resampled(BY_FILM, columns, random));
        int[] count = counts(activity, entries, columns);
        int size = Arrays.stream(count).sum();
        Signal signal = new Signal(rows, columns, random);
        Part fitted = Part.of(size);
        Part heldOut = Part.of(size / 5);
        int fits = 0;
        int held = 0;
        BitSet rated = new BitSet(columns);
        for (int i = 0; i < rows; i++) {
            rated.clear();
            while (rated.cardinality() < count[i]) {
                for (int left = count[i] - rated.cardinality(); left > 0; left--) {
                    rated.set(place[random.nextInt(PLACES)]);
                }
            }
            for (int j = rated.nextSetBit(0); j >= 0; j = rated.nextSetBit(j + 1)) {
                double value = signal.at(i, j) + NOISE * random.nextGaussian();
                if (random.nextInt(10) == 0) {
                    heldOut.set(held++, i, j, value);
                } else {
                    fitted.set(fits++, i, j, value);
                }
            }
        }
        return new RatingsData(rows, columns, fitted.cut(fits), heldOut.cut(held));
    }

    private static double[] resampled(double[] quantile, int size, SplittableRandom random) {
        double[] drawn = new double[size];
        for (int k = 0; k < size; k++) {
            double share = random.nextDouble();
            int q = 1;
            while (QUANTILES[q] < share) {
                q++;
            }
            double part = (share - QUANTILES[q - 1]) / (QUANTILES[q] - QUANTILES[q - 1]);
            drawn[k] = quantile[q - 1] + part * (quantile[q] - quantile[q - 1]);
        }
        return drawn;
    }

    private static int[] counts(double[] activity, long entries, int columns) {
        double all = Arrays.stream(activity).sum();
        return Arrays.stream(activity)
                .mapToInt(a -> (int) Math.clamp(Math.rint(a / all * entries), 1, LARGEST_SHARE * columns))
                .toArray();
    }

    private static int[] places(double[] weight) {
        double all = Arrays.stream(weight).sum();
        int[] place = new int[PLACES];
        double before = 0;
        int next = 0;
        for (int j = 0; j < weight.length; j++) {
            before += weight[j];
            int end = j + 1 == weight.length ? PLACES : (int) Math.round(before / all * PLACES);
            Arrays.fill(place, next, Math.max(next, end), j);
            next = Math.max(next, end);
        }
        return place;
    }

    /** The values without their noise. */
    private static final class Signal {
        private final double[] rowOffset;
        private final double[] columnOffset;
        private final double[] left;
        private final double[] right;

        Signal(int rows, int columns, SplittableRandom random) {
            this.rowOffset = gaussian(rows, OFFSET, random);
            this.columnOffset = gaussian(columns, OFFSET, random);
            this.left = gaussian(rows * RANK, 1, random);
            this.right = gaussian(columns * RANK, 1, random);
            double[] deviation = new double[RANK];
            double square = 0;
            for (int k = 0; k < RANK; k++) {
                deviation[k] = Math.pow(CONDITION, -k / (RANK - 1.0));
                square += deviation[k] * deviation[k];
            }
            for (int at = 0; at < right.length; at++) {
                right[at] *= SIGNAL * deviation[at % RANK] / Math.sqrt(square);
            }
        }

        private static double[] gaussian(int size, double deviation, SplittableRandom random) {
            double[] drawn = new double[size];
            for (int k = 0; k < size; k++) {
                drawn[k] = deviation * random.nextGaussian();
            }
            return drawn;
        }

        double at(int i, int j) {
            double sum = MEAN + rowOffset[i] + columnOffset[j];
            for (int k = 0; k < RANK; k++) {
                sum += left[i * RANK + k] * right[j * RANK + k];
            }
            return sum;
        }
    }

    /** Writes {@code fitted.npz} and {@code heldout.npz} into a folder, each with the arrays row, col and value. */
    void write(Path folder) {
        write(folder.resolve("fitted.npz"), fitted);
        write(folder.resolve("heldout.npz"), heldOut);
    }

    private static void write(Path file, Part part) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("row", NpyArray.of(part.row(), part.row().length));
        arrays.put("col", NpyArray.of(part.column(), part.column().length));
        arrays.put("value", NpyArray.of(part.value(), part.value().length));
        Npz.write(file, arrays);
    }

    /**
     * Writes ratings into a folder.
     *
     * @param arguments how many, and the folder
     */
    public static void main(String[] arguments) {
        RatingsData data = draw(Long.parseLong(arguments[0]));
        data.write(Path.of(arguments[1]));
        System.out.println(data.fitted().value().length + " ratings to fit and "
                + data.heldOut().value().length + " held out, " + data.rows() + "x" + data.columns());
    }
}

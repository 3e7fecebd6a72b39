package lowrank4j.matrix;

import java.util.Arrays;
import lowrank4j.error.InvalidArgumentException;

/**
 * A matrix in low precision: entry (i, j) is {@code low + step·code}, its code being one of 0 … 2^bits - 1 (the uniform scalar
 * quantiser). Memory: one byte an entry, whatever the bits.
 */
public final class QuantisedMatrix {
    /** Bits that a code may have: it is kept in a byte. */
    public static final int MAX_BITS = Byte.SIZE;

    private final int rows;
    private final int columns;
    private final int bits;
    private final double low;
    private final double step;
    private final byte[] codes;

    private QuantisedMatrix(int rows, int columns, int bits, double low, double step, byte[] codes) {
        this.rows = rows;
        this.columns = columns;
        this.bits = bits;
        this.low = low;
        this.step = step;
        this.codes = codes;
    }

    /**
     * Each entry as the nearest of 2^bits numbers evenly spaced from the least to the largest entry, so off by at most half a step;
     * equal entries are kept exactly.
     *
     * @param matrix finite, and its entries apart by less than the largest double
     * @param bits 1 … 8
     */
    public static QuantisedMatrix of(Matrix matrix, int bits) {
        requireBits("bits", bits);
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                least = Math.min(least, matrix.get(i, j));
                largest = Math.max(largest, matrix.get(i, j));
            }
        }
        double span = matrix.rows() == 0 || matrix.columns() == 0 ? 0 : largest - least;
        if (!(span < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException("the entries are from " + least + " to " + largest
                    + ", but must be finite and apart by less than the largest double to be quantised");
        }
        double step = span / ((1 << bits) - 1);
        byte[] codes = new byte[Math.multiplyExact(matrix.rows(), matrix.columns())];
        for (int i = 0, k = 0; step > 0 && i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                codes[k++] = (byte) Math.round((matrix.get(i, j) - least) / step);
            }
        }
        return new QuantisedMatrix(matrix.rows(), matrix.columns(), bits, least, step, codes);
    }

    /**
     * Each entry by one bit: as the mean of those above the mean of all, or of the others.
     *
     * @param matrix finite, and its sum too
     */
    public static QuantisedMatrix ofTwoMeans(Matrix matrix) {
        double[] entries = matrix.toArray();
        double mean = Arrays.stream(entries).average().orElse(0);
        double low =
                Arrays.stream(entries).filter(entry -> entry <= mean).average().orElse(mean);
        double high =
                Arrays.stream(entries).filter(entry -> entry > mean).average().orElse(low);
        if (!(high - low < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgumentException(
                    "the entries have the mean " + mean + ", but must be finite, and their sum too, to be quantised");
        }
        byte[] codes = new byte[entries.length];
        for (int k = 0; k < codes.length; k++) {
            codes[k] = (byte) (entries[k] > mean ? 1 : 0);
        }
        return new QuantisedMatrix(matrix.rows(), matrix.columns(), 1, low, high - low, codes);
    }

    /** Refuses what no code can have. */
    public static void requireBits(String name, int bits) {
        if (bits < 1 || bits > MAX_BITS) {
            throw new InvalidArgumentException(name + " is " + bits + ", but must be from 1 to " + MAX_BITS);
        }
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Bits of a code. */
    public int bits() {
        return bits;
    }

    /** What code 0 stands for: the least entry. */
    public double low() {
        return low;
    }

    /** Distance of two codes that follow each other; 0 where all entries are equal. */
    public double step() {
        return step;
    }

    /** The codes row by row, each an unsigned byte; the storage itself. */
    public byte[] codes() {
        return codes;
    }

    /** Bits of all codes, packed. */
    public long totalBits() {
        return (long) bits * codes.length;
    }

    /** The matrix in full precision. */
    public Matrix toMatrix() {
        double[] values = new double[codes.length];
        for (int k = 0; k < codes.length; k++) {
            values[k] = low + step * Byte.toUnsignedInt(codes[k]);
        }
        return Matrix.wrap(values, rows, columns);
    }

    @Override
    public String toString() {
        return "Matrix " + rows + "x" + columns + " of " + bits + " bits an entry";
    }
}

package lowrank4j.sensing;

/** The Walsh-Hadamard transform {@code out[z] = Σ_b (-1)^|z∧b| in[b]}, its own inverse up to the factor n. */
final class WalshHadamard {
    private WalshHadamard() {}

    /**
     * Transforms in place. Cost: n·log₂(n) additions.
     *
     * @param from index of the first of the n numbers
     * @param n a power of two
     */
    static void transform(double[] data, int from, int n) {
        int width = 1;
        for (; 4 * width <= n; width *= 4) {
            for (int start = from; start < from + n; start += 4 * width) {
                fours(data, start, width);
            }
        }
        if (width < n) {
            twos(data, from, width);
        }
    }

    /** Two levels at once, so that numbers are read and written half as often. */
    private static void fours(double[] data, int start, int width) {
        for (int i = start; i < start + width; i++) {
            double a = data[i];
            double b = data[i + width];
            double c = data[i + 2 * width];
            double d = data[i + 3 * width];
            data[i] = (a + b) + (c + d);
            data[i + width] = (a - b) + (c - d);
            data[i + 2 * width] = (a + b) - (c + d);
            data[i + 3 * width] = (a - b) - (c - d);
        }
    }

    private static void twos(double[] data, int start, int width) {
        for (int i = start; i < start + width; i++) {
            double a = data[i];
            double b = data[i + width];
            data[i] = a + b;
            data[i + width] = a - b;
        }
    }
}

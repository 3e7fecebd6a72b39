package lowrank4j.sensing;

/**
 * What some of the measurement matrices say of all.
 *
 * @param squaredNorm ‖Aᵢ‖², on average
 * @param seesAll whether each entry of X is seen by some measurement
 */
record RowSample(double squaredNorm, boolean seesAll) {
    private static final long NUMBERS = 4_000_000;

    /**
     * Of all rows if there are few; of enough for about a percent of the norm, without going through all of a large file, if they are many.
     *
     * @param n order, if symmetric and packed
     */
    static RowSample of(RowStream rows, int n, boolean symmetric) {
        int stride = (int) Math.max(1, (long) rows.count() * rows.width() / NUMBERS);
        double[] row = new double[rows.width()];
        boolean[] seen = new boolean[rows.width()];
        int unseen = seen.length;
        double sum = 0;
        int sampled = 0;
        for (int i = 0; i < rows.count(); i += stride, sampled++) {
            rows.row(i, row);
            sum += symmetric ? packedSquaredNorm(row, n) : squaredNorm(row, 0, row.length);
            for (int j = 0; unseen > 0 && j < row.length; j++) {
                if (row[j] != 0 && !seen[j]) {
                    seen[j] = true;
                    unseen--;
                }
            }
        }
        // The rows that were not read are taken to miss the same share of the entries, whichever.
        double share = (double) unseen / seen.length;
        double expected = seen.length * Math.pow(share, (double) rows.count() / sampled);
        return new RowSample(sum / sampled, expected < 0.5);
    }

    private static double squaredNorm(double[] row, int from, int to) {
        double sum = 0;
        for (int j = from; j < to; j++) {
            sum += row[j] * row[j];
        }
        return sum;
    }

    private static double packedSquaredNorm(double[] row, int n) {
        double sum = 0;
        for (int i = 0, k = 0; i < n; k += n - i, i++) {
            sum += row[k] * row[k] + 2 * squaredNorm(row, k + 1, k + n - i);
        }
        return sum;
    }
}

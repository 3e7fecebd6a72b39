package lowrank4j.kernel.vector;

/** Householder reflections {@code H = I - weight·vvᵀ} (Golub and Van Loan, Matrix Computations, 5.1). */
final class Reflectors {
    private Reflectors() {}

    /**
     * Overwrites x with the v of the H that turns x into a multiple of the first unit vector, and returns that multiple. The
     * largest entry of v is between 1 and 4·sqrt(n), so no product with it overflows or vanishes.
     */
    static double make(double[] x, int from, int n, double[] weight, int index) {
        double largest = Updates.largest(x, from, n);
        if (largest == 0) {
            weight[index] = 0;
            return 0;
        }
        // In two steps: the reciprocal of a subnormal power of two overflows.
        int exponent = Math.getExponent(largest);
        int half = exponent / 2;
        Updates.scale(Math.scalb(1.0, -half), x, from, x, from, n);
        Updates.scale(Math.scalb(1.0, half - exponent), x, from, x, from, n);
        double norm = Math.sqrt(Updates.dot(x, from, x, from, n));
        double first = x[from];
        double image = first > 0 ? -norm : norm;
        x[from] = first - image;
        weight[index] = 1 / (norm * (norm + Math.abs(first)));
        return Math.scalb(image, exponent);
    }

    /** {@code x ← Hx}. */
    static void apply(double[] v, int vFrom, double weight, double[] x, int from, int n) {
        Updates.axpy(-weight * Updates.dot(v, vFrom, x, from, n), v, vFrom, x, from, n);
    }
}

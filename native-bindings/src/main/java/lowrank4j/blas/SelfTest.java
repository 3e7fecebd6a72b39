package lowrank4j.blas;

import static lowrank4j.blas.Transpose.NONE;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A few milliseconds that show whether the kernels chosen for this processor are right: some releases had wrong ones.
 *
 * <p>Odd sizes, so that main loops and tails both run. Products are compared after multiplication by a random vector, which hides
 * no wrong entry and costs n² in place of n³ in code that is still interpreted.
 */
final class SelfTest {
    /** Entries are about 10, and rounding errors about 1e-14. */
    private static final double TOLERANCE = 1e-11;

    private SelfTest() {}

    /** What is wrong, if anything is. */
    static Optional<String> run(Blas blas, Lapack lapack) {
        SplittableRandom random = new SplittableRandom(67);
        return product(blas, random).or(() -> decomposition(lapack, random));
    }

    private static Optional<String> product(Blas blas, SplittableRandom random) {
        int n = 67;
        double[] a = entries(random, n * n);
        double[] b = entries(random, n * n);
        double[] c = new double[n * n];
        blas.gemm(NONE, NONE, n, n, n, 1, a, 0, n, b, 0, n, 0, c, 0, n);
        double[] x = entries(random, n);
        double error = distance(times(c, n, n, x), times(a, n, n, times(b, n, n, x)));
        return refuse("a product of two 67x67 matrices", error);
    }

    private static Optional<String> decomposition(Lapack lapack, SplittableRandom random) {
        int m = 60;
        int n = 40;
        double[] a = entries(random, m * n);
        double[] u = new double[m * n];
        double[] s = new double[n];
        double[] v = new double[n * n];
        try {
            lapack.thinSvd(m, n, a, 0, n, u, 0, n, s, 0, v, 0, n);
        } catch (BlasException failed) {
            return Optional.of("the singular value decomposition of a 60x40 matrix: " + failed.getMessage());
        }
        double[] x = entries(random, n);
        double[] inV = transposeTimes(v, n, n, x);
        double[] scaled = inV.clone();
        boolean sorted = s[n - 1] >= 0;
        for (int i = 0; i < n; i++) {
            scaled[i] *= s[i];
            sorted &= i == 0 || s[i] <= s[i - 1];
        }
        double[] image = times(u, m, n, scaled);
        double error = distance(image, times(a, m, n, x));
        error += distance(transposeTimes(u, m, n, image), scaled);
        error += distance(times(v, n, n, inV), x);
        return refuse("the singular value decomposition of a 60x40 matrix", sorted ? error : Double.NaN);
    }

    private static Optional<String> refuse(String what, double error) {
        return error <= TOLERANCE
                ? Optional.empty()
                : Optional.of(what + " has an error of " + error + ", more than " + TOLERANCE);
    }

    private static double[] entries(SplittableRandom random, int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    private static double[] times(double[] a, int m, int n, double[] x) {
        double[] y = new double[m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                y[i] += a[i * n + j] * x[j];
            }
        }
        return y;
    }

    private static double[] transposeTimes(double[] a, int m, int n, double[] x) {
        double[] y = new double[n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                y[j] += a[i * n + j] * x[i];
            }
        }
        return y;
    }

    private static double distance(double[] x, double[] y) {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(x[i] - y[i])); // NaN stays
        }
        return largest;
    }
}

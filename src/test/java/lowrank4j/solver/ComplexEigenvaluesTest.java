package lowrank4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eigenvalues against those that a matrix was made of. */
class ComplexEigenvaluesTest {
    /** S D S⁻¹ with S a product of unit lower and upper triangular matrices of small entries. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 25})
    void theyAreThoseOfASimilarMatrix(int n) {
        Random random = new Random(n);
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        for (int k = 0; k < n; k++) {
            re[k][k] = k % 3 + random.nextDouble();
            im[k][k] = random.nextDouble() - 0.5;
        }
        double[][] expected = sorted(diagonal(re), diagonal(im));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    shear(re, im, i, j, random.nextGaussian() / n, random.nextGaussian() / n);
                }
            }
        }
        double[][] found = ComplexEigenvalues.of(re, im);
        assertThat(sorted(found[0], found[1])[0]).containsExactly(expected[0], within(1e-11));
        assertThat(sorted(found[0], found[1])[1]).containsExactly(expected[1], within(1e-11));
    }

    /** Row i plus c times row j, then column j less c times column i. */
    private static void shear(double[][] re, double[][] im, int i, int j, double cRe, double cIm) {
        int n = re.length;
        for (int k = 0; k < n; k++) {
            re[i][k] += cRe * re[j][k] - cIm * im[j][k];
            im[i][k] += cRe * im[j][k] + cIm * re[j][k];
        }
        for (int k = 0; k < n; k++) {
            double a = re[k][i];
            re[k][j] -= cRe * a - cIm * im[k][i];
            im[k][j] -= cRe * im[k][i] + cIm * a;
        }
    }

    private static double[] diagonal(double[][] matrix) {
        double[] diagonal = new double[matrix.length];
        Arrays.setAll(diagonal, k -> matrix[k][k]);
        return diagonal;
    }

    /** By their real parts, which differ. */
    private static double[][] sorted(double[] re, double[] im) {
        Integer[] order = new Integer[re.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Double.compare(re[a], re[b]));
        return new double[][] {
            Arrays.stream(order).mapToDouble(k -> re[k]).toArray(),
            Arrays.stream(order).mapToDouble(k -> im[k]).toArray()
        };
    }

    /** A cyclic shift, which a QR step without an exceptional shift leaves as it is: the roots of one. */
    @Test
    void rootsOfOneAreFound() {
        int n = 8;
        double[][] re = new double[n][n];
        for (int k = 0; k < n; k++) {
            re[k][(k + 1) % n] = 1;
        }
        double[][] found = ComplexEigenvalues.of(re, new double[n][n]);
        double[] angles = new double[n];
        for (int k = 0; k < n; k++) {
            assertThat(Math.hypot(found[0][k], found[1][k])).isCloseTo(1, within(1e-13));
            angles[k] = n * Math.atan2(found[1][k], found[0][k]) / (2 * Math.PI);
            assertThat(angles[k]).isCloseTo(Math.rint(angles[k]), within(1e-12));
        }
        assertThat(Arrays.stream(angles)
                        .map(angle -> (Math.rint(angle) + n) % n)
                        .distinct()
                        .count())
                .isEqualTo(n);
    }

    @Test
    void zerosAreZero() {
        assertThat(ComplexEigenvalues.of(new double[3][3], new double[3][3])[0]).containsOnly(0);
    }
}

package lowrank4j.blas;

import static org.assertj.core.api.Assertions.assertThat;

/** Matrices as rows of doubles, and what can be said of them in plain loops. */
final class Formulas {
    private Formulas() {}

    static double[][] transpose(double[][] a, int columns) {
        double[][] t = new double[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    /** op(A) for an A stored with {@code columns} columns. */
    static double[][] op(Transpose transpose, Operand a) {
        return transpose == Transpose.NONE ? a.values() : transpose(a.values(), a.columns());
    }

    /** AB for an A with {@code k} and a B with {@code n} columns. */
    static double[][] times(double[][] a, double[][] b, int k, int n) {
        double[][] c = new double[a.length][n];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    c[i][j] += a[i][p] * b[p][j];
                }
            }
        }
        return c;
    }

    static double[][] magnitudes(double[][] a) {
        double[][] magnitudes = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            magnitudes[i] = a[i].clone();
            for (int j = 0; j < a[i].length; j++) {
                magnitudes[i][j] = Math.abs(a[i][j]);
            }
        }
        return magnitudes;
    }

    /** The square matrix with one triangle of {@code a}, and its mirror image if {@code symmetric}, else zeros. */
    static double[][] triangle(double[][] a, Triangle triangle, boolean symmetric) {
        int n = a.length;
        double[][] t = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean inside = triangle == Triangle.LOWER ? j <= i : i <= j;
                t[i][j] = inside ? a[i][j] : symmetric ? a[j][i] : 0;
            }
        }
        return t;
    }

    static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    static double largest(double[][] a) {
        double largest = 0;
        for (double[] row : a) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        assertThat(actual.length).isEqualTo(expected.length);
        for (int i = 0; i < actual.length; i++) {
            for (int j = 0; j < actual[i].length; j++) {
                if (!(Math.abs(actual[i][j] - expected[i][j]) <= tolerance)) {
                    assertThat(actual[i][j])
                            .as("entry [%d, %d], expected within %s of %s", i, j, tolerance, expected[i][j])
                            .isEqualTo(expected[i][j]);
                }
            }
        }
    }

    /** The columns of a matrix with {@code columns} columns are orthonormal. */
    static void assertOrthonormal(double[][] q, int columns, double tolerance) {
        assertClose(times(transpose(q, columns), q, q.length, columns), identity(columns), tolerance);
    }
}

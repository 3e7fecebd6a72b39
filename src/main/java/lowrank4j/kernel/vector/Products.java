package lowrank4j.kernel.vector;

import java.util.Arrays;
import lowrank4j.matrix.Matrix;

/** Matrix products. */
final class Products {
    private Products() {}

    static void gram(Matrix x, Matrix g) {
        transposedMultiply(1, x, x, 0, g);
    }

    static void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        scale(beta, c);
        double[] entries = a.data();
        for (int i = 0; i < c.rows(); i++) {
            for (int p = 0; p < a.columns(); p++) {
                addRow(alpha * entries[a.rowOffset(i) + p], b, p, c, i);
            }
        }
    }

    static void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        scale(beta, c);
        double[] out = c.data();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                out[c.rowOffset(i) + j] +=
                        alpha * Updates.dot(a.data(), a.rowOffset(i), b.data(), b.rowOffset(j), a.columns());
            }
        }
    }

    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        scale(beta, c);
        double[] entries = a.data();
        for (int p = 0; p < a.rows(); p++) {
            for (int i = 0; i < c.rows(); i++) {
                addRow(alpha * entries[a.rowOffset(p) + i], b, p, c, i);
            }
        }
    }

    private static void addRow(double alpha, Matrix b, int row, Matrix c, int to) {
        Updates.axpy(alpha, b.data(), b.rowOffset(row), c.data(), c.rowOffset(to), c.columns());
    }

    private static void scale(double beta, Matrix c) {
        for (int i = 0; i < c.rows(); i++) {
            int row = c.rowOffset(i);
            if (beta == 0) {
                Arrays.fill(c.data(), row, row + c.columns(), 0);
            } else {
                Updates.scale(beta, c.data(), row, c.data(), row, c.columns());
            }
        }
    }
}

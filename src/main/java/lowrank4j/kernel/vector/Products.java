package lowrank4j.kernel.vector;

import java.util.Arrays;
import lowrank4j.matrix.Matrix;

/**
 * Matrix products, in the manner of Goto and van de Geijn (2008, Anatomy of high-performance matrix multiplication) with what
 * the shapes of this field allow: A is read where it lies, only blocks of B are packed.
 */
final class Products {
    private Products() {}

    static void gram(Matrix x, Matrix g) {
        if (x.columns() <= OuterProducts.COLUMNS) {
            OuterProducts.gram(x, g);
        } else {
            transposedMultiply(1, x, x, 0, g);
        }
    }

    static void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        double[] panels = Scratch.ofThread().panels;
        scale(beta, a.columns(), c);
        for (int j = 0; j < c.columns(); j += Panels.COLUMNS) {
            int columns = Math.min(Panels.COLUMNS, c.columns() - j);
            for (int p = 0; p < a.columns(); p += Panels.DEPTH) {
                int depth = Math.min(Panels.DEPTH, a.columns() - p);
                Panels.pack(alpha, b.data(), b.rowOffset(p) + j, b.stride(), depth, columns, panels);
                Blocks.alongRows(a, p, depth, columns, c, j, beta != 0 || p > 0);
            }
        }
    }

    static void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        double[] panels = Scratch.ofThread().panels;
        scale(beta, a.columns(), c);
        for (int j = 0; j < c.columns(); j += Panels.COLUMNS) {
            int columns = Math.min(Panels.COLUMNS, c.columns() - j);
            for (int p = 0; p < a.columns(); p += Panels.DEPTH) {
                int depth = Math.min(Panels.DEPTH, a.columns() - p);
                Panels.packTransposed(alpha, b.data(), b.rowOffset(j) + p, b.stride(), depth, columns, panels);
                Blocks.alongRows(a, p, depth, columns, c, j, beta != 0 || p > 0);
            }
        }
    }

    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        if (b.columns() <= OuterProducts.COLUMNS) {
            OuterProducts.transposedMultiply(alpha, a, b, beta, c);
            return;
        }
        if (a.columns() <= OuterProducts.COLUMNS) {
            OuterProducts.transposedMultiplyFewRows(alpha, a, b, beta, c);
            return;
        }
        double[] panels = Scratch.ofThread().panels;
        scale(beta, a.rows(), c);
        for (int j = 0; j < c.columns(); j += Panels.COLUMNS) {
            int columns = Math.min(Panels.COLUMNS, c.columns() - j);
            for (int p = 0; p < a.rows(); p += Panels.DEPTH) {
                int depth = Math.min(Panels.DEPTH, a.rows() - p);
                Panels.pack(alpha, b.data(), b.rowOffset(p) + j, b.stride(), depth, columns, panels);
                Blocks.alongColumns(a, p, depth, columns, c, j, beta != 0 || p > 0);
            }
        }
    }

    /** {@code C ← βC} where the tiles do not do it: they write or add. */
    private static void scale(double beta, int depth, Matrix c) {
        if (beta == 1 || (beta == 0 && depth > 0)) {
            return;
        }
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

package lowrank4j.kernel.vector;

import java.lang.foreign.MemorySegment;
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
            ThinProducts.gram(x, g);
        } else {
            transposedMultiply(1, x, x, 0, g);
        }
    }

    static void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        blocked(false, false, alpha, a, b, beta, c);
    }

    static void multiplyTransposed(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        blocked(false, true, alpha, a, b, beta, c);
    }

    static void transposedMultiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        if (Math.max(a.columns(), b.columns()) <= OuterProducts.COLUMNS) {
            ThinProducts.transposedMultiply(alpha, a, b, beta, c);
        } else if (RowSums.canMultiply(b)) {
            RowSums.transposedMultiply(alpha, a, b, beta, c);
        } else if (b.columns() <= OuterProducts.COLUMNS) {
            OuterProducts.transposedMultiply(alpha, a, b, beta, c);
        } else if (a.columns() <= OuterProducts.COLUMNS) {
            OuterProducts.transposedMultiplyFewRows(alpha, a, b, beta, c);
        } else {
            blocked(true, false, alpha, a, b, beta, c);
        }
    }

    private static void blocked(
            boolean transposedA, boolean transposedB, double alpha, Matrix a, Matrix b, double beta, Matrix c) {
        MemorySegment panels = Scratch.ofThread().panels;
        int terms = transposedA ? a.rows() : a.columns();
        scale(beta, terms, c);
        if (!transposedA && ThinProducts.canMultiply(a, beta, c)) {
            ThinProducts.multiply(transposedB, alpha, a, b, c);
            return;
        }
        if (!transposedA && InnerProducts.canMultiply(a, c)) {
            InnerProducts.multiply(transposedB, alpha, a, b, beta != 0, c);
            return;
        }
        for (int j = 0; j < c.columns(); j += Panels.COLUMNS) {
            int columns = Math.min(Panels.COLUMNS, c.columns() - j);
            for (int p = 0; p < terms; p += Panels.DEPTH) {
                int depth = Math.min(Panels.DEPTH, terms - p);
                if (transposedB) {
                    Panels.packTransposed(alpha, b.data(), b.rowOffset(j) + p, b.stride(), depth, columns, panels);
                } else {
                    Panels.pack(alpha, b.data(), b.rowOffset(p) + j, b.stride(), depth, columns, panels);
                }
                Blocks.multiply(transposedA, a, p, depth, columns, c, j, beta != 0 || p > 0);
            }
        }
    }

    /** {@code C ← βC} where the tiles do not do it: they write or, with other β, add. */
    private static void scale(double beta, int terms, Matrix c) {
        if (beta == 1 || (beta == 0 && terms > 0)) {
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

package lowrank4j.kernel.reference;

import lowrank4j.matrix.Matrix;

/** Scaling by powers of two, which rounds nothing: squares of the scaled entries neither overflow nor all vanish. */
final class Scaling {
    private Scaling() {}

    /** The exponent e that brings the largest entry of {@code 2⁻ᵉ·A} into 1 … 2; 0 for a matrix of zeros. */
    static int exponent(Matrix a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                largest = Math.max(largest, Math.abs(a.get(i, j)));
            }
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    /** {@code A ← 2ᵉ·A}. */
    static void scale(Matrix a, int exponent) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                a.set(i, j, Math.scalb(a.get(i, j), exponent));
            }
        }
    }
}

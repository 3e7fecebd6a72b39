package lowrank4j.sensing;

import lowrank4j.matrix.Matrix;

/** The loops of {@link PauliSensing} over one diagonal, the entries (b⊕x, b) of a matrix of order n. */
final class PauliDiagonals {
    private PauliDiagonals() {}

    /**
     * {@code e[b] += part·(Re + Im)(Σ_k conj(L[b⊕x, k])·R[b, k])}, and e[b⊕x] the same of the conjugate. Cost: 4r flops an entry.
     *
     * @param flip x
     * @param left L, stacked, 2n×r
     * @param right R, stacked, 2n×r
     * @param offset index of e[0]
     */
    static void add(double part, int flip, int n, Matrix left, Matrix right, double[] e, int offset) {
        if (flip == 0) {
            for (int b = 0; b < n; b++) {
                addPair(part, b, b, n, left, right, e, offset);
            }
            return;
        }
        int top = Integer.highestOneBit(flip);
        for (int start = 0; start < n; start += 2 * top) {
            for (int b = start; b < start + top; b++) {
                addPair(part, b ^ flip, b, n, left, right, e, offset);
            }
        }
    }

    private static void addPair(double part, int a, int b, int n, Matrix left, Matrix right, double[] e, int offset) {
        double[] l = left.data();
        double[] r = right.data();
        int pa = left.rowOffset(a);
        int qa = left.rowOffset(n + a);
        int pb = right.rowOffset(b);
        int qb = right.rowOffset(n + b);
        double real = 0;
        double imaginary = 0;
        for (int k = 0; k < left.columns(); k++) {
            real += l[pa + k] * r[pb + k] + l[qa + k] * r[qb + k];
            imaginary += l[pa + k] * r[qb + k] - l[qa + k] * r[pb + k];
        }
        if (a == b) {
            e[offset + b] += part * real;
        } else {
            e[offset + b] += part * (real + imaginary);
            e[offset + a] += part * (real - imaginary);
        }
    }

    /**
     * {@code out[a] += w[a⊕x]·v[a⊕x]} for the complex rows fromRow ≤ a &lt; toRow, {@code w[b] = ½(e[b] + e[b⊕x]) + ½i(e[b⊕x] - e[b])}. Cost: 8r + 4
     * flops a row.
     *
     * @param flip x
     * @param e transformed diagonal, from {@code offset} on
     * @param v stacked, 2n×r
     * @param out stacked, 2n×r
     */
    static void addProduct(int flip, int n, double[] e, int offset, Matrix v, int fromRow, int toRow, Matrix out) {
        double[] source = v.data();
        double[] target = out.data();
        for (int a = fromRow; a < toRow; a++) {
            int b = a ^ flip;
            double here = e[offset + a];
            double there = e[offset + b];
            double real = 0.5 * (here + there);
            double imaginary = 0.5 * (here - there);
            int pa = out.rowOffset(a);
            int qa = out.rowOffset(n + a);
            int pb = v.rowOffset(b);
            int qb = v.rowOffset(n + b);
            for (int k = 0; k < v.columns(); k++) {
                double p = source[pb + k];
                double q = source[qb + k];
                target[pa + k] += real * p - imaginary * q;
                target[qa + k] += real * q + imaginary * p;
            }
        }
    }
}

package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/** The loops over the terms of four entries e … e + 3 of one row i, for {@link CompletionRows} of any rank. */
final class CompletionQuads {
    private CompletionQuads() {}

    /** out_e ← ⟨l_i, r_j⟩. */
    static void products(SparsePattern pattern, int e, Matrix left, int i, Matrix right, double[] out) {
        int[] columns = pattern.columnIndex();
        double[] x = left.data();
        double[] y = right.data();
        int l = left.rowOffset(i);
        int r0 = right.rowOffset(columns[e]);
        int r1 = right.rowOffset(columns[e + 1]);
        int r2 = right.rowOffset(columns[e + 2]);
        int r3 = right.rowOffset(columns[e + 3]);
        int rank = left.columns();
        int end = DOUBLES.loopBound(rank);
        DoubleVector s0 = zero(DOUBLES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int k = 0; k < end; k += COUNT) {
            DoubleVector xk = fromArray(DOUBLES, x, l + k);
            s0 = Lanes.fma(fromArray(DOUBLES, y, r0 + k), xk, s0);
            s1 = Lanes.fma(fromArray(DOUBLES, y, r1 + k), xk, s1);
            s2 = Lanes.fma(fromArray(DOUBLES, y, r2 + k), xk, s2);
            s3 = Lanes.fma(fromArray(DOUBLES, y, r3 + k), xk, s3);
        }
        out[e] = Lanes.sum(s0);
        out[e + 1] = Lanes.sum(s1);
        out[e + 2] = Lanes.sum(s2);
        out[e + 3] = Lanes.sum(s3);
        for (int k = end; k < rank; k++) {
            double xk = x[l + k];
            out[e] += xk * y[r0 + k];
            out[e + 1] += xk * y[r1 + k];
            out[e + 2] += xk * y[r2 + k];
            out[e + 3] += xk * y[r3 + k];
        }
    }

    /** gradLeft_i += Σ z_e r_j and gradRight_j += z_e l_i. */
    static void update(
            SparsePattern pattern,
            int e,
            double[] z,
            Matrix left,
            int i,
            Matrix right,
            Matrix gradLeft,
            Matrix gradRight) {
        int[] columns = pattern.columnIndex();
        int end = DOUBLES.loopBound(left.columns());
        addRights(columns, e, z, right, gradLeft.data(), gradLeft.rowOffset(i), end);
        addLeft(columns, e, z, left.data(), left.rowOffset(i), gradRight, end);
        for (int k = end; k < left.columns(); k++) {
            for (int q = e; q < e + 4; q++) {
                gradLeft.data()[gradLeft.rowOffset(i) + k] += z[q] * right.data()[right.rowOffset(columns[q]) + k];
                gradRight.data()[gradRight.rowOffset(columns[q]) + k] += z[q] * left.data()[left.rowOffset(i) + k];
            }
        }
    }

    private static void addRights(int[] columns, int e, double[] z, Matrix right, double[] g, int to, int end) {
        double[] y = right.data();
        int r0 = right.rowOffset(columns[e]);
        int r1 = right.rowOffset(columns[e + 1]);
        int r2 = right.rowOffset(columns[e + 2]);
        int r3 = right.rowOffset(columns[e + 3]);
        DoubleVector z0 = broadcast(z[e]);
        DoubleVector z1 = broadcast(z[e + 1]);
        DoubleVector z2 = broadcast(z[e + 2]);
        DoubleVector z3 = broadcast(z[e + 3]);
        for (int k = 0; k < end; k += COUNT) {
            DoubleVector even = Lanes.fma(fromArray(DOUBLES, y, r0 + k), z0, fromArray(DOUBLES, g, to + k));
            DoubleVector odd = fromArray(DOUBLES, y, r1 + k).mul(z1);
            even = Lanes.fma(fromArray(DOUBLES, y, r2 + k), z2, even);
            odd = Lanes.fma(fromArray(DOUBLES, y, r3 + k), z3, odd);
            even.add(odd).intoArray(g, to + k);
        }
    }

    private static void addLeft(int[] columns, int e, double[] z, double[] x, int l, Matrix gradRight, int end) {
        double[] g = gradRight.data();
        int g0 = gradRight.rowOffset(columns[e]);
        int g1 = gradRight.rowOffset(columns[e + 1]);
        int g2 = gradRight.rowOffset(columns[e + 2]);
        int g3 = gradRight.rowOffset(columns[e + 3]);
        DoubleVector z0 = broadcast(z[e]);
        DoubleVector z1 = broadcast(z[e + 1]);
        DoubleVector z2 = broadcast(z[e + 2]);
        DoubleVector z3 = broadcast(z[e + 3]);
        for (int k = 0; k < end; k += COUNT) {
            DoubleVector xk = fromArray(DOUBLES, x, l + k);
            Lanes.fma(xk, z0, fromArray(DOUBLES, g, g0 + k)).intoArray(g, g0 + k);
            Lanes.fma(xk, z1, fromArray(DOUBLES, g, g1 + k)).intoArray(g, g1 + k);
            Lanes.fma(xk, z2, fromArray(DOUBLES, g, g2 + k)).intoArray(g, g2 + k);
            Lanes.fma(xk, z3, fromArray(DOUBLES, g, g3 + k)).intoArray(g, g3 + k);
        }
    }
}

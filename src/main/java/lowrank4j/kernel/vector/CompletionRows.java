package lowrank4j.kernel.vector;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static lowrank4j.kernel.vector.Lanes.COUNT;
import static lowrank4j.kernel.vector.Lanes.DOUBLES;
import static lowrank4j.kernel.vector.Lanes.broadcast;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import lowrank4j.matrix.Matrix;
import lowrank4j.matrix.SparsePattern;

/**
 * The entries of one row i of {@link Completion#gradient}, by the number of vectors that hold a row of a factor: l_i and its
 * gradient stay in registers while the r_j pass by. The last vector ends with the row and overlaps the one before it; what it
 * repeats is left out of inner products, and written twice with the same value. Each returns the row's Σ residual².
 */
final class CompletionRows {
    private CompletionRows() {}

    /** Rank equal to the lanes of a vector. */
    static double fullVector(
            SparsePattern pattern,
            int i,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int[] columns = pattern.columnIndex();
        double[] rightData = right.data();
        double[] gradData = gradRight.data();
        DoubleVector l = fromArray(DOUBLES, left.data(), left.rowOffset(i));
        DoubleVector g = fromArray(DOUBLES, gradLeft.data(), gradLeft.rowOffset(i));
        double loss = 0;
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            DoubleVector r = fromArray(DOUBLES, rightData, right.rowOffset(columns[e]));
            double difference = Lanes.sum(r.mul(l)) - y[e];
            residual[e] = difference;
            loss += difference * difference;
            g = broadcast(difference).fma(r, g);
            int to = gradRight.rowOffset(columns[e]);
            DoubleVector old = fromArray(DOUBLES, gradData, to);
            broadcast(difference).fma(l, old).intoArray(gradData, to);
        }
        Lanes.exact(g).intoArray(gradLeft.data(), gradLeft.rowOffset(i));
        return loss;
    }

    /** Rank below the lanes of a vector, where masked loads are instructions: with a mask an entry takes 1.4 times as long. */
    static double oneVector(
            SparsePattern pattern,
            int i,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int[] columns = pattern.columnIndex();
        double[] rightData = right.data();
        double[] gradData = gradRight.data();
        VectorMask<Double> rank = DOUBLES.indexInRange(0, left.columns());
        DoubleVector l = fromArray(DOUBLES, left.data(), left.rowOffset(i), rank);
        DoubleVector g = fromArray(DOUBLES, gradLeft.data(), gradLeft.rowOffset(i), rank);
        double loss = 0;
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            DoubleVector r = fromArray(DOUBLES, rightData, right.rowOffset(columns[e]), rank);
            double difference = Lanes.sum(r.mul(l)) - y[e];
            residual[e] = difference;
            loss += difference * difference;
            g = broadcast(difference).fma(r, g);
            int to = gradRight.rowOffset(columns[e]);
            DoubleVector old = fromArray(DOUBLES, gradData, to, rank);
            broadcast(difference).fma(l, old).intoArray(gradData, to, rank);
        }
        Lanes.exact(g).intoArray(gradLeft.data(), gradLeft.rowOffset(i), rank);
        return loss;
    }

    /** Rank at least the lanes of a vector, at most those of two. */
    static double twoVectors(
            SparsePattern pattern,
            int i,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int[] columns = pattern.columnIndex();
        double[] rightData = right.data();
        double[] gradData = gradRight.data();
        int last = left.columns() - COUNT;
        DoubleVector l0 = fromArray(DOUBLES, left.data(), left.rowOffset(i));
        DoubleVector l1 = fromArray(DOUBLES, left.data(), left.rowOffset(i) + last);
        LongVector repeated = Lanes.clearingFirst(COUNT - last);
        DoubleVector g0 = fromArray(DOUBLES, gradLeft.data(), gradLeft.rowOffset(i));
        DoubleVector g1 = fromArray(DOUBLES, gradLeft.data(), gradLeft.rowOffset(i) + last);
        double loss = 0;
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            int from = right.rowOffset(columns[e]);
            DoubleVector r0 = fromArray(DOUBLES, rightData, from);
            DoubleVector r1 = fromArray(DOUBLES, rightData, from + last);
            DoubleVector product1 =
                    r1.mul(l1).viewAsIntegralLanes().and(repeated).viewAsFloatingLanes();
            double difference = Lanes.sum(r0.fma(l0, product1)) - y[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            int to = gradRight.rowOffset(columns[e]);
            DoubleVector new0 = d.fma(l0, fromArray(DOUBLES, gradData, to));
            DoubleVector new1 = d.fma(l1, fromArray(DOUBLES, gradData, to + last));
            new0.intoArray(gradData, to);
            new1.intoArray(gradData, to + last);
        }
        Lanes.exact(g0).intoArray(gradLeft.data(), gradLeft.rowOffset(i));
        Lanes.exact(g1).intoArray(gradLeft.data(), gradLeft.rowOffset(i) + last);
        return loss;
    }

    /** Rank at least the lanes of two vectors, at most those of four. */
    static double fourVectors(
            SparsePattern pattern,
            int i,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int[] columns = pattern.columnIndex();
        double[] rightData = right.data();
        double[] gradData = gradRight.data();
        int rank = left.columns();
        int third = rank - 2 * COUNT;
        int last = rank - COUNT;
        int l = left.rowOffset(i);
        DoubleVector l0 = fromArray(DOUBLES, left.data(), l);
        DoubleVector l1 = fromArray(DOUBLES, left.data(), l + COUNT);
        DoubleVector l2 = fromArray(DOUBLES, left.data(), l + third);
        DoubleVector l3 = fromArray(DOUBLES, left.data(), l + last);
        LongVector repeated2 = Lanes.clearingFirst(2 * COUNT - third);
        LongVector repeated3 = Lanes.clearingFirst(2 * COUNT - last);
        int g = gradLeft.rowOffset(i);
        DoubleVector g0 = fromArray(DOUBLES, gradLeft.data(), g);
        DoubleVector g1 = fromArray(DOUBLES, gradLeft.data(), g + COUNT);
        DoubleVector g2 = fromArray(DOUBLES, gradLeft.data(), g + third);
        DoubleVector g3 = fromArray(DOUBLES, gradLeft.data(), g + last);
        double loss = 0;
        for (int e = pattern.rowStart()[i], end = pattern.rowStart()[i + 1]; e < end; e++) {
            int from = right.rowOffset(columns[e]);
            DoubleVector r0 = fromArray(DOUBLES, rightData, from);
            DoubleVector r1 = fromArray(DOUBLES, rightData, from + COUNT);
            DoubleVector r2 = fromArray(DOUBLES, rightData, from + third);
            DoubleVector r3 = fromArray(DOUBLES, rightData, from + last);
            DoubleVector product2 =
                    r2.mul(l2).viewAsIntegralLanes().and(repeated2).viewAsFloatingLanes();
            DoubleVector product3 =
                    r3.mul(l3).viewAsIntegralLanes().and(repeated3).viewAsFloatingLanes();
            DoubleVector products = r0.fma(l0, product2).add(r1.fma(l1, product3));
            double difference = Lanes.sum(products) - y[e];
            residual[e] = difference;
            loss += difference * difference;
            DoubleVector d = broadcast(difference);
            g0 = d.fma(r0, g0);
            g1 = d.fma(r1, g1);
            g2 = d.fma(r2, g2);
            g3 = d.fma(r3, g3);
            int to = gradRight.rowOffset(columns[e]);
            DoubleVector new0 = d.fma(l0, fromArray(DOUBLES, gradData, to));
            DoubleVector new1 = d.fma(l1, fromArray(DOUBLES, gradData, to + COUNT));
            DoubleVector new2 = d.fma(l2, fromArray(DOUBLES, gradData, to + third));
            DoubleVector new3 = d.fma(l3, fromArray(DOUBLES, gradData, to + last));
            new0.intoArray(gradData, to);
            new1.intoArray(gradData, to + COUNT);
            new2.intoArray(gradData, to + third);
            new3.intoArray(gradData, to + last);
        }
        Lanes.exact(g0).intoArray(gradLeft.data(), g);
        Lanes.exact(g1).intoArray(gradLeft.data(), g + COUNT);
        Lanes.exact(g2).intoArray(gradLeft.data(), g + third);
        Lanes.exact(g3).intoArray(gradLeft.data(), g + last);
        return loss;
    }

    /** Any rank; four entries at a time, so that four rows of each matrix are on their way from the caches at once. */
    static double anyVectors(
            SparsePattern pattern,
            int i,
            Matrix left,
            Matrix right,
            double[] y,
            double[] residual,
            Matrix gradLeft,
            Matrix gradRight) {
        int end = pattern.rowStart()[i + 1];
        double loss = 0;
        int e = pattern.rowStart()[i];
        for (; e <= end - 4; e += 4) {
            CompletionQuads.products(pattern, e, left, i, right, residual);
            for (int k = e; k < e + 4; k++) {
                residual[k] -= y[k];
                loss += residual[k] * residual[k];
            }
            CompletionQuads.update(pattern, e, residual, left, i, right, gradLeft, gradRight);
        }
        int rank = left.columns();
        int l = left.rowOffset(i);
        int g = gradLeft.rowOffset(i);
        for (; e < end; e++) {
            int j = pattern.columnIndex()[e];
            int r = right.rowOffset(j);
            double difference = Updates.dot(left.data(), l, right.data(), r, rank) - y[e];
            residual[e] = difference;
            loss += difference * difference;
            Updates.axpy(difference, right.data(), r, gradLeft.data(), g, rank);
            Updates.axpy(difference, left.data(), l, gradRight.data(), gradRight.rowOffset(j), rank);
        }
        return loss;
    }
}

package lowrank4j.kernel.vector;

import lowrank4j.matrix.DenseRows;

/** The dense sensing operations of {@link lowrank4j.kernel.Kernels}, by the precision of the rows. */
final class Sensing {
    private Sensing() {}

    static void forward(DenseRows rows, int from, int to, double[] x, double[] out) {
        switch (rows.precision()) {
            case FLOAT64 -> SensingDoubles.forward(rows, from, to, x, out);
            case FLOAT32 -> SensingFloats.forward(rows, from, to, x, out);
        }
    }

    static void adjoint(DenseRows rows, int from, int to, double[] z, double[] g) {
        switch (rows.precision()) {
            case FLOAT64 -> SensingDoubles.adjoint(rows, from, to, z, g);
            case FLOAT32 -> SensingFloats.adjoint(rows, from, to, z, g);
        }
    }

    static double gradient(DenseRows rows, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return switch (rows.precision()) {
            case FLOAT64 -> SensingDoubles.gradient(rows, from, to, x, y, residual, g);
            case FLOAT32 -> SensingFloats.gradient(rows, from, to, x, y, residual, g);
        };
    }
}

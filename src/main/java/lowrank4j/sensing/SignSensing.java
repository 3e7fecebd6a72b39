package lowrank4j.sensing;

import lowrank4j.kernel.Engine;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.PackedSymmetric;
import lowrank4j.matrix.SignRows;

/**
 * Measurement matrices of +1 and -1 in one bit each, a sixty-fourth of the memory of doubles: random ones measure as well as Gaussian ones
 * (Recht, Fazel, Parrilo, "Guaranteed minimum-rank solutions of linear matrix equations via nuclear norm minimization", SIAM
 * Review 2010, theorem 4.2).
 */
public final class SignSensing {
    private SignSensing() {}

    /** Measurement matrices of n1×n2, row-major, one a row of width n1·n2. */
    public static DenseSensing rectangular(SignRows rows, int n1, int n2, Engine engine) {
        return DenseSensing.rectangular(new Stream(rows), n1, n2, engine);
    }

    /** Symmetric measurement matrices of order n, upper triangles as in {@link PackedSymmetric}, in rows of width n(n+1)/2. */
    public static DenseSensing symmetric(SignRows rows, int n, Engine engine) {
        return DenseSensing.symmetric(new Stream(rows), n, engine);
    }

    private record Stream(SignRows rows) implements RowStream {
        @Override
        public int count() {
            return rows.count();
        }

        @Override
        public int width() {
            return rows.width();
        }

        @Override
        public long bytes() {
            return rows.bytes();
        }

        @Override
        public boolean isReadableBy(Workers workers) {
            return workers.canRead(rows.segment());
        }

        @Override
        public void row(int i, double[] out) {
            for (int j = 0; j < rows.width(); j++) {
                out[j] = rows.get(i, j);
            }
        }

        @Override
        public void forward(Kernels kernels, int from, int to, double[] x, double[] out) {
            kernels.signForward(rows, from, to, x, out);
        }

        @Override
        public void adjoint(Kernels kernels, int from, int to, double[] z, double[] g) {
            kernels.signAdjoint(rows, from, to, z, g);
        }

        @Override
        public double gradient(
                Kernels kernels, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
            return kernels.signGradient(rows, from, to, x, y, residual, g);
        }
    }
}

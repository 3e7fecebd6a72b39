package lowrank4j.sensing;

import java.util.Optional;
import lowrank4j.kernel.Kernels;
import lowrank4j.kernel.Workers;
import lowrank4j.matrix.DenseRows;
import lowrank4j.matrix.ReadAhead;

/** Rows as they are stored. */
record StoredRows(DenseRows rows) implements RowStream {
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
    public boolean isInFile() {
        return rows.segment().isMapped();
    }

    @Override
    public boolean isReadableBy(Workers workers) {
        return workers.canRead(rows.segment());
    }

    @Override
    public Optional<ReadAhead> readAhead() {
        return rows.readAhead();
    }

    @Override
    public void row(int i, double[] out) {
        for (int j = 0; j < rows.width(); j++) {
            out[j] = rows.get(i, j);
        }
    }

    @Override
    public void forward(Kernels kernels, int from, int to, double[] x, double[] out) {
        kernels.sensingForward(rows, from, to, x, out);
    }

    @Override
    public void adjoint(Kernels kernels, int from, int to, double[] z, double[] g) {
        kernels.sensingAdjoint(rows, from, to, z, g);
    }

    @Override
    public double gradient(Kernels kernels, int from, int to, double[] x, double[] y, double[] residual, double[] g) {
        return kernels.sensingGradient(rows, from, to, x, y, residual, g);
    }
}

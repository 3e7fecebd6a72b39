package lowrank4j.bench;

import java.lang.foreign.MemorySegment;
import lowrank4j.blas.Lapack;
import lowrank4j.kernel.Kernels;
import lowrank4j.matrix.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.openjdk.jmh.annotations.Param;

/** Thin QR of an m×n matrix, m ≥ n, with both factors formed. */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters
public class QrBenchmark extends FamilyBenchmark {
    @Param({"VECTOR", "NATIVE", "OPENBLAS", "EJML"})
    private Contender by;

    /** Rows and columns. */
    @Param({"100x10", "1000x20", "10000x20", "300x300"})
    private String shape;

    private Matrix a;
    private int m;
    private int n;

    @Override
    Call prepared() {
        int[] extents = Shape.extents(shape);
        m = extents[0];
        n = extents[1];
        a = Numbers.matrix(Numbers.random(), m, n);
        return switch (by) {
            case VECTOR, NATIVE, REFERENCE -> ours(Machinery.kernels(by));
            case OPENBLAS -> ofOpenBlas(Machinery.openBlas(1).lapack());
            case EJML -> ofEjml();
            default -> throw absent(by);
        };
    }

    private Call ours(Kernels kernels) {
        Matrix q = Matrix.zeros(m, n);
        Matrix r = Matrix.zeros(n, n);
        Call call = () -> {
            kernels.thinQr(a, q, r);
            return r.data()[0];
        };
        call.run();
        requireFactors(q, r);
        return call;
    }

    private Call ofOpenBlas(Lapack lapack) {
        MemorySegment copy = Numbers.offHeap(arena, a);
        MemorySegment q = arena.allocate(8L * m * n, 64);
        MemorySegment r = arena.allocate(8L * n * n, 64);
        Call call = () -> {
            lapack.thinQr(m, n, copy, n, q, n, r, n);
            return 0;
        };
        call.run();
        requireFactors(Numbers.onHeap(q, m, n), Numbers.onHeap(r, n, n));
        return call;
    }

    private Call ofEjml() {
        DMatrixRMaj copy = new DMatrixRMaj(m, n);
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(m, n);
        DMatrixRMaj q = new DMatrixRMaj(m, n);
        DMatrixRMaj r = new DMatrixRMaj(n, n);
        Call call = () -> {
            System.arraycopy(a.data(), 0, copy.data, 0, m * n);
            if (!qr.decompose(copy)) {
                throw new IllegalStateException("EJML has no QR of this matrix");
            }
            qr.getQ(q, true);
            return qr.getR(r, true).data[0];
        };
        call.run();
        requireFactors(Matrix.wrap(q.data, m, n), Matrix.wrap(r.data, n, n));
        return call;
    }

    private void requireFactors(Matrix q, Matrix r) {
        Kernels kernels = Machinery.kernels(Contender.REFERENCE);
        Matrix back = Matrix.zeros(m, n);
        kernels.multiply(1, q, r, 0, back);
        Agreement.require(back, a);
        Matrix identity = Matrix.zeros(n, n);
        kernels.gram(q, identity);
        Agreement.require(identity, Matrix.identity(n));
    }
}
